// What the result page says of an order. Only the order decides: the address, which brings `state` and `error_code`
// along, may have been written by anybody.
import type { Order } from "../../../lib/client/index.ts";
import { describeWindowError } from "./words.ts";

export type OutcomeKind =
  | "paid"
  | "awaiting_deposit"
  | "partially_refunded"
  | "refunded"
  | "unpaid"
  | "expired"
  | "voided"
  | "checking";

export interface Outcome {
  readonly kind: OutcomeKind;
  readonly title: string;
  readonly text: string;
  /** The page looks again by itself. */
  readonly isOpen: boolean;
}

const unpaid = "결제되지 않았습니다";
const outcomes: Readonly<Record<OutcomeKind, Omit<Outcome, "kind">>> = {
  paid: { title: "결제가 완료되었습니다", text: "주문해 주셔서 감사합니다.", isOpen: false },
  awaiting_deposit: {
    title: "입금을 기다리고 있습니다",
    text: "기한까지 안내된 계좌로 입금해 주세요. 입금되면 이 화면이 바뀝니다.",
    isOpen: true,
  },
  partially_refunded: {
    title: "일부 환불된 주문입니다",
    text: "남은 금액은 결제된 그대로입니다.",
    isOpen: false,
  },
  refunded: { title: "환불된 주문입니다", text: "결제한 금액을 모두 돌려드렸습니다.", isOpen: false },
  unpaid: { title: unpaid, text: "결제가 승인되지 않았습니다. 다시 결제하실 수 있습니다.", isOpen: false },
  expired: { title: unpaid, text: "주문 시간이 지났습니다. 다시 주문해 주세요.", isOpen: false },
  voided: { title: unpaid, text: "취소된 주문입니다.", isOpen: false },
  checking: {
    title: "결제를 확인하고 있습니다",
    text: "확인되면 이 화면이 바뀝니다. 다시 결제하지 마세요.",
    isOpen: true,
  },
};

/** The number is paid already, so whatever failed now was one attempt too many. */
const alreadyPaid = "F1002";

/** `order` is null when there is none, or when nobody could tell just now. */
export function outcomeOf(order: Order | null, errorCode: string | null): Outcome {
  const kind = kindOf(order, errorCode);
  const outcome = { kind, ...outcomes[kind] };
  return kind === "unpaid" && errorCode !== null
    ? { ...outcome, text: describeWindowError(errorCode) }
    : outcome;
}

function kindOf(order: Order | null, errorCode: string | null): OutcomeKind {
  if (order === null) return "checking";
  // Money is here that is not decided on yet: it counts or goes back by itself, and nothing is over until then.
  const isDeciding = order.imp_uid === null && order.attempts.some(({ state }) => state === "paid");
  if (isDeciding) return "checking";
  switch (order.state) {
    case "created":
      // The buyer came back from the window without paying; before that there is only waiting.
      return errorCode !== null && errorCode !== alreadyPaid ? "unpaid" : "checking";
    case "approved":
      return "checking";
    case "failed":
      return "unpaid";
    default:
      return order.state;
  }
}
