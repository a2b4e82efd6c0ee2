// PortOne calls this just before it takes the money. Only exactly 200 lets it go on; the short Korean
// reason of every other answer is shown to the buyer.
import type { Answer } from "../lib/http/answer.ts";
import { readBody } from "../lib/http/body.ts";
import { noteNames } from "../lib/http/endpoint.ts";
import { type HttpDoor, httpEndpoint } from "../lib/http/http-endpoint.ts";
import { ProblemError, unreadableStatusOf } from "../lib/http/problem-error.ts";
import { readConfirm } from "../lib/http/requests/read-signal.ts";
import { confirmReasons } from "../lib/http/views/confirm.ts";
import { createAllowance } from "../lib/usecases/payments/allowance.ts";
import { confirmPayment } from "../lib/usecases/payments/confirm-payment.ts";
import { wire, wireAdmission } from "../lib/wiring.ts";

const wiring = wire("confirm");
const { config } = wiring;
const ports = { ...wiring, ...wireAdmission(wiring), allowance: createAllowance() };

const refuse = (
  code: keyof typeof confirmReasons,
  ids: Pick<Answer, "merchantUid" | "impUid"> = {},
): Answer => ({
  status: confirmReasons[code].status,
  body: { reason: confirmReasons[code].reason },
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
    const fields = readConfirm(body);
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
      ? { ...refuse("malformed"), status: unreadableStatusOf(error) }
      : refuse("not_decided"),
};

export const { prime } = wiring;
export const handler = httpEndpoint(wiring, {
  "POST /portone/confirm/{token}": confirm,
  "POST /portone/confirm": confirm,
});
