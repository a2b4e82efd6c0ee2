// Merchants give money back here. A refund is asked for under an Idempotency-Key: the key moves money at
// most once, and answers alike for ever once the outcome is known.
import * as z from "zod/mini";
import { toWire } from "../lib/domain/money.ts";
import type { Order } from "../lib/domain/order.ts";
import type { Refund } from "../lib/domain/refund.ts";
import type { Answer } from "../lib/http/answer.ts";
import { invalidField, merchantUid, parseFields } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { ProblemError, problemAnswer } from "../lib/http/problem.ts";
import { parseRefundBody } from "../lib/http/requests/refund.ts";
import { viewRefund } from "../lib/http/views/refund.ts";
import { findRefund, listRefunds } from "../lib/usecases/refunds/list-refunds.ts";
import { type RefundResult, requestRefund } from "../lib/usecases/refunds/request-refund.ts";
import { wire, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("refund");
const { config } = wiring;
const ports = {
  ...wiring,
  ...wireSyncing(wiring),
  pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

const create: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/refunds",
  action: "refund.create",
  scope: "refunds",
  headers: { "idempotency-key": "idempotency_key" },
  answer: async (fields, { requestId, timeLeftMs }) => {
    const body = parseRefundBody(fields);
    const refundId = ports.ids.refundId(body.merchantUid, body.idempotencyKey);
    const result = await requestRefund({ ...body, refundId, requestId, timeLeftMs }, ports);
    const answer = answerRefund(result, refundId, requestId);
    return { ...answer, outcome: result.outcome, merchantUid: body.merchantUid };
  },
};

function answerRefund(result: RefundResult, refundId: string, requestId: string): Answer {
  switch (result.outcome) {
    case "finished":
      return answerFinished(result.refund);
    case "pending":
      return answerPending(result.order, refundId);
    case "operation_in_flight": {
      const operation = result.operationId;
      return problemAnswer("operation_in_flight", requestId, { operation });
    }
    case "refused": {
      const { order, refusal } = result;
      const remaining = toWire(result.remaining, order.currency);
      const detail = `환불 가능한 금액은 ${remaining.toLocaleString("ko-KR")}${unitOf[order.currency]}입니다.`;
      if (refusal === "escrow_not_confirmed")
        return problemAnswer(refusal, requestId, { rule: "R-KS-33", remaining });
      if (refusal === "order_not_paid" || refusal === "refund_amount_not_positive")
        return problemAnswer(refusal, requestId);
      const remaining_tax_free = toWire(result.remainingTaxFree, order.currency);
      const isTaxSplit = refusal === "refund_tax_free_exceeds_remaining";
      const said = isTaxSplit ? "남은 면세·과세 금액에 맞지 않는 면세 금액입니다." : detail;
      const errors = [{ pointer: pointers[refusal], code: refusal, detail: said }];
      return problemAnswer(refusal, requestId, { errors, remaining, remaining_tax_free });
    }
    case "malformed_amount": {
      const errors = [invalidField("/amount", "이 주문의 통화에 맞지 않는 금액입니다.")];
      return problemAnswer("invalid_field", requestId, { errors });
    }
    case "unavailable":
      return problemAnswer("provider_unavailable", requestId);
    default:
      return problemAnswer(result.outcome, requestId);
  }
}

const unitOf = { KRW: "원", USD: "달러" };
const pointers = { refund_exceeds_remaining: "/amount", refund_tax_free_exceeds_remaining: "/tax_free" };

/** Built from the kept refund alone, so that a repeated key is answered byte for byte alike. */
function answerFinished(refund: Refund): Answer {
  if (refund.refusal === null) return { status: 200, body: viewRefund({ kind: "finished", refund }) };
  const remaining = toWire(refund.remaining, refund.currency);
  return problemAnswer(refund.refusal, refund.requestId, {
    remaining,
    remaining_tax_free: toWire(refund.remainingTaxFree, refund.currency),
    provider_message: refund.providerMessage,
    operation: refund.refundId,
  });
}

function answerPending(order: Order, refundId: string): Answer {
  const location = `/orders/${encodeURIComponent(order.merchantUid)}/refunds/${refundId}`;
  if (!order.operation) throw new Error(`order ${order.merchantUid} has no refund in flight`);
  const body = viewRefund({ kind: "running", operation: order.operation, order });
  return { status: 202, headers: { location }, body };
}

const orderNamed = z.strictObject({ merchant_uid: merchantUid });
const refundNamed = z.strictObject({ merchant_uid: merchantUid, refund_id: z.string() });

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/refunds/{refund_id}",
  action: "refund.get",
  scope: "refunds",
  answer: async (fields) => {
    const named = parseFields(refundNamed, fields);
    const found = await findRefund(named.merchant_uid, named.refund_id, ports);
    if (typeof found === "string") throw new ProblemError(found);
    return { status: 200, body: viewRefund(found), merchantUid: named.merchant_uid };
  },
};

const list: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/refunds",
  action: "refund.list",
  scope: "refunds",
  answer: async (fields) => {
    const named = parseFields(orderNamed, fields);
    const refunds = await listRefunds(named.merchant_uid, ports);
    if (!refunds) throw new ProblemError("order_not_found");
    return { status: 200, body: { refunds: refunds.map(viewRefund) }, merchantUid: named.merchant_uid };
  },
};

export const { prime } = wiring;
export const handler = merchantEndpoint({ ...wiring, merchantKeys: config.merchantKeys }, [
  create,
  get,
  list,
]);
