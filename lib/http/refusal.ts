// The answers of merchants' doors to what was not done, one table for all: an outcome that is not in it does not
// compile where a door hands it in.

import type { AcceptRefusal } from "../domain/acceptance.ts";
import type { BrokenRule } from "../domain/ksnet/rule.ts";
import type { NumberTaken } from "../domain/taken-number.ts";
import { whyNotAccepted } from "./accept-refusal.ts";
import type { Answer } from "./answer.ts";
import { problemAnswer, ruleAnswer } from "./problem.ts";
import type { PlainCode } from "./problem-code.ts";
import { problemKinds } from "./problem-kinds.ts";

const codes = {
  order_not_found: "order_not_found",
  order_not_paid: "order_not_paid",
  order_not_payable: "order_not_payable",
  order_not_voidable: "order_not_voidable",
  order_not_in_review: "order_not_in_review",
  not_replaceable: "order_not_payable",
  not_this_orders_payment: "order_not_found",
  idempotency_key_reused: "idempotency_key_reused",
  billing_key_not_found: "billing_key_not_found",
  schedule_not_found: "schedule_not_found",
  schedule_not_open: "schedule_not_open",
  refund_not_found: "refund_not_found",
  refund_not_scheduled: "refund_not_scheduled",
  receipt_exists: "receipt_exists",
  receipt_not_applicable: "receipt_not_applicable",
  receipt_not_found: "receipt_not_found",
  escrow_not_requested: "escrow_not_requested",
  delivery_not_found: "delivery_not_found",
  delivery_not_visible_yet: "delivery_not_visible_yet",
  busy: "order_busy",
  unavailable: "provider_unavailable",
} as const satisfies Record<string, PlainCode>;

/** Outcomes that share a code with others, whose words would mislead. */
const ownWords = {
  too_early_to_replace: {
    code: "order_not_payable",
    detail: "앞선 결제의 결과를 확인하는 중입니다. 10분 뒤에 다시 시도해 주세요.",
  },
  receipt_of_window: {
    code: "receipt_not_applicable",
    detail:
      "구매자가 결제창에서 발급받은 현금영수증은 여기서 취소할 수 없습니다. KSNET에 취소를 요청해 주세요.",
  },
  number_of_order: {
    code: "receipt_not_applicable",
    detail:
      "같은 번호의 주문이 있습니다. 주문의 현금영수증은 POST /orders/{merchant_uid}/receipt로 발급하고, 포트원 밖에서 받은 돈이면 다른 번호로 요청해 주세요.",
  },
} as const satisfies Record<string, { readonly code: PlainCode; readonly detail: string }>;

/** The code of each outcome that tells nothing more than its words. */
export type RefusalCodes = typeof codes & {
  readonly [Outcome in keyof typeof ownWords]: (typeof ownWords)[Outcome]["code"];
};

/** What use cases answer when they did not do what was asked. */
export type Refused =
  | { readonly outcome: keyof typeof codes | keyof typeof ownWords }
  | NumberTaken
  | { readonly outcome: "order_not_acceptable"; readonly why: AcceptRefusal }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string };

export function refuse(result: Refused, requestId: string): Answer {
  switch (result.outcome) {
    case "exists":
      return tellTaken(result, requestId);
    case "order_not_acceptable":
      return problemAnswer(result.outcome, requestId, {
        reason: result.why,
        detail: whyNotAccepted(result.why),
      });
    case "rules_broken":
      return ruleAnswer(result.broken, requestId);
    case "provider_refused":
      return problemAnswer("provider_refused", requestId, { provider_message: result.message });
    case "operation_in_flight":
      return problemAnswer("operation_in_flight", requestId, { operation: result.operationId });
    case "too_early_to_replace":
    case "receipt_of_window":
    case "number_of_order": {
      const { code, detail } = ownWords[result.outcome];
      return problemAnswer(code, requestId, { detail });
    }
    default:
      return problemAnswer(codes[result.outcome], requestId);
  }
}

/** Names of fields, never the values of an order that may be somebody else's. */
function tellTaken({ at, differing }: NumberTaken, requestId: string): Answer {
  const error = (pointer: string, detail: string) => ({ pointer, code: "order_exists", detail }) as const;
  if (differing.length === 0) {
    const { detail } = problemKinds.order_exists;
    return problemAnswer("order_exists", requestId, { errors: [error(`${at}/merchant_uid`, detail)] });
  }
  const names = differing.map((pointer) => pointer.slice(1)).join(", ");
  return problemAnswer("order_exists", requestId, {
    detail: `같은 주문번호의 주문과 다른 항목이 있습니다: ${names}. 같은 내용으로 다시 보내거나 새 주문번호로 요청해 주세요.`,
    errors: differing.map((pointer) => error(`${at}${pointer}`, "같은 주문번호의 주문과 다릅니다.")),
  });
}
