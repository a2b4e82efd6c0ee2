// Merchants give money back here. A refund is asked for under an Idempotency-Key: the key moves money at
// most once, and answers alike for ever once the outcome is known.
import type { Answer } from "../lib/http/answer.ts";
import { invalidField, parseMerchantUid } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { problemAnswer, ruleAnswer } from "../lib/http/problem.ts";
import { refuse } from "../lib/http/refusal.ts";
import { parseRefund, parseRefundName } from "../lib/http/requests/refund.ts";
import {
  answerKeptRefund,
  answerRefusedRefund,
  answerRunningRefund,
  answerUnreadableRefund,
  viewLeft,
  viewRefund,
} from "../lib/http/views/refund.ts";
import { findRefund, listRefunds } from "../lib/usecases/refunds/list-refunds.ts";
import { type RefundResult, requestRefund } from "../lib/usecases/refunds/request-refund.ts";
import { wire, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("refund");
const ports = { ...wiring, ...wireSyncing(wiring) };

const create: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/refunds",
  action: "refund.create",
  scope: "refunds",
  headers: { "idempotency-key": "idempotency_key" },
  answer: async (fields, call) => {
    const request = parseRefund(fields);
    const refundId = ports.ids.refundId(request.merchantUid, request.idempotencyKey);
    const result = await requestRefund({ ...request, refundId }, call, ports);
    return { ...answerRefund(result, call.requestId), outcome: result.outcome };
  },
};

function answerRefund(result: RefundResult, requestId: string): Answer {
  switch (result.outcome) {
    case "finished":
      return answerKeptRefund(result.refund);
    case "pending":
      return answerRunningRefund(result);
    case "claim_unreadable":
      return answerUnreadableRefund(result);
    case "refused":
      return answerRefusedRefund(result.refusal, result.order, requestId);
    case "rules_broken":
      return ruleAnswer(result.broken, requestId, viewLeft(result.order));
    case "malformed_amount": {
      const errors = [invalidField("/amount", "이 주문의 통화에 맞지 않는 금액입니다.")];
      return problemAnswer("invalid_field", requestId, { errors });
    }
    default:
      return refuse(result, requestId);
  }
}

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/refunds/{refund_id}",
  action: "refund.get",
  scope: "refunds",
  answer: async (fields, { requestId }) => {
    const { merchantUid, refundId } = parseRefundName(fields);
    const found = await findRefund(merchantUid, refundId, ports);
    if (typeof found === "string") return problemAnswer(found, requestId);
    return { status: 200, body: viewRefund(found) };
  },
};

const list: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/refunds",
  action: "refund.list",
  scope: "refunds",
  answer: async (fields, { requestId }) => {
    const refunds = await listRefunds(parseMerchantUid(fields), ports);
    if (!refunds) return problemAnswer("order_not_found", requestId);
    return { status: 200, body: { refunds: refunds.map(viewRefund) } };
  },
};

export const { prime } = wiring;
export const handler = merchantEndpoint(wiring, [create, get, list]);
