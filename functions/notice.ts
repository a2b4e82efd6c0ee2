// PortOne calls this when a payment changed. The body tells only which payment; nothing else in it is
// believed, PortOne's record is asked. PortOne repeats on 5xx and on no answer only, so 500 is said where
// a repeat can help and nowhere else.
import type { Answer } from "../lib/http/answer.ts";
import { readBody } from "../lib/http/body.ts";
import { noteNames } from "../lib/http/endpoint.ts";
import { type HttpDoor, httpEndpoint } from "../lib/http/http-endpoint.ts";
import { isMerchantUid } from "../lib/http/names.ts";
import { ProblemError, unreadableStatusOf } from "../lib/http/problem-error.ts";
import { readNotice } from "../lib/http/requests/read-signal.ts";
import { createAllowance } from "../lib/usecases/payments/allowance.ts";
import type { SignalResult } from "../lib/usecases/payments/follow-signal.ts";
import { receiveNotice } from "../lib/usecases/payments/receive-notice.ts";
import { wire, wireAdmission, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("notice");
const ports = { ...wiring, ...wireSyncing(wiring), ...wireAdmission(wiring), allowance: createAllowance() };

const statuses: Record<SignalResult["outcome"], 200 | 500> = {
  synced: 200,
  unchanged: 200,
  deferred: 200,
  turned_away: 200,
  order_not_found: 200,
  not_this_orders_payment: 200,
  busy: 500,
  unavailable: 500,
};

const notice: HttpDoor = {
  handle: async (event, call, notes) => {
    const body = readBody(event, ["json", "form"]);
    noteNames(notes, body);
    const fields = readNotice(body);
    if (!isMerchantUid(fields.merchant_uid))
      return { ...empty(statuses.order_not_found), outcome: "not_ours", impUid: fields.imp_uid };
    const ids = { merchantUid: fields.merchant_uid, impUid: fields.imp_uid };
    const token = event.pathParameters?.["token"];
    const told = {
      ...ids,
      status: fields.status ?? "",
      cancellationId: fields.cancellation_id,
      hasToken: token !== undefined && wiring.isTokenOf(ids.merchantUid, token),
      isPortOne: wiring.isPortOneAt(event.requestContext.http.sourceIp),
    };
    const result = await receiveNotice(told, call, ports);
    const review = "order" in result ? result.order.reviewReason : null;
    const code = result.outcome === "unavailable" ? result.why : review;
    return { ...empty(statuses[result.outcome]), outcome: result.outcome, code, ...ids };
  },
  fail: (error) =>
    error instanceof ProblemError ? { ...empty(unreadableStatusOf(error)), code: error.code } : empty(500),
};

const empty = (status: number): Answer => ({ status, body: {} });

export const { prime } = wiring;
export const handler = httpEndpoint(wiring, {
  "POST /portone/notice/{token}": notice,
  "POST /portone/notice": notice,
});
