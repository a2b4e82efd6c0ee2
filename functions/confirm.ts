// PortOne calls this just before it takes the money. Only exactly 200 lets it go on; the short Korean
// reason of every other answer is shown to the buyer.
import * as z from "zod/mini";
import type { Refusal } from "../lib/domain/confirmation.ts";
import type { Answer } from "../lib/http/answer.ts";
import { readBody } from "../lib/http/body.ts";
import { noteNames } from "../lib/http/endpoint.ts";
import { amount, impUid, merchantUid, parseFields } from "../lib/http/fields.ts";
import { type HttpDoor, httpEndpoint } from "../lib/http/http-endpoint.ts";
import { ProblemError, statusOf } from "../lib/http/problem.ts";
import { createAllowance } from "../lib/usecases/payments/allowance.ts";
import { confirmPayment } from "../lib/usecases/payments/confirm-payment.ts";
import { wire, wireAdmission } from "../lib/wiring.ts";

const wiring = wire("confirm");
const { config } = wiring;
const ports = { ...wiring, ...wireAdmission(wiring), allowance: createAllowance() };
const confirmBody = z.object({ imp_uid: impUid, merchant_uid: merchantUid, amount });

const reasons: Record<Refusal | "malformed", { status: number; reason: string }> = {
  order_not_found: { status: 409, reason: "주문을 찾을 수 없습니다" },
  amount_mismatch: { status: 409, reason: "결제 금액이 주문과 다릅니다" },
  order_expired: { status: 409, reason: "주문 시간이 지났습니다" },
  order_already_paid: { status: 409, reason: "이미 결제된 주문입니다" },
  order_not_payable: { status: 409, reason: "결제할 수 없는 주문입니다" },
  attempt_in_progress: { status: 409, reason: "다른 결제가 진행 중입니다" },
  not_decided: { status: 503, reason: "잠시 후 다시 시도해 주세요" },
  malformed: { status: 400, reason: "요청 형식이 올바르지 않습니다" },
};

const refuse = (code: keyof typeof reasons, ids: Pick<Answer, "merchantUid" | "impUid"> = {}): Answer => ({
  status: reasons[code].status,
  body: { reason: reasons[code].reason },
  outcome: "refused",
  code,
  ...ids,
});

/** The part of the deadline that secrets and calls may use; the rest is for the way back to PortOne. */
const callShare = 5 / 6;

const confirm: HttpDoor = {
  limitMs: config.confirmDeadlineMs * callShare,
  handle: async (event, _call, notes, limit) => {
    const body = readBody(event, ["json", "form"]);
    noteNames(notes, body);
    const fields = parseFields(confirmBody, body);
    const ids = { merchantUid: fields.merchant_uid, impUid: fields.imp_uid };
    const token = event.pathParameters?.["token"];
    const isTokenFine =
      token === undefined ? !config.requiresConfirmToken : wiring.isTokenOf(ids.merchantUid, token);
    if (!isTokenFine) return refuse("order_not_found", ids);
    const isPortOne = wiring.isPortOneAt(event.requestContext.http.sourceIp);
    const question = { ...ids, amount: fields.amount, hasToken: token !== undefined, isPortOne };
    const result = await confirmPayment(question, ports, limit);
    if (result.outcome === "refused") return refuse(result.refusal, ids);
    if (result.outcome === "malformed") return refuse("malformed", ids);
    return { status: 200, body: {}, outcome: result.outcome, ...ids };
  },
  fail: (error) =>
    error instanceof ProblemError
      ? { ...refuse("malformed"), status: statusOf(error.code) }
      : refuse("not_decided"),
};

export const { prime } = wiring;
export const handler = httpEndpoint(wiring, {
  "POST /portone/confirm/{token}": confirm,
  "POST /portone/confirm": confirm,
});
