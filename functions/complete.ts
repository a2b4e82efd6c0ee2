// The buyer's browser comes back: by the window's callback on a PC, by a redirect on a phone. Either may
// be anybody's request, so a payment or the order's own token must prove it, and only the public state is told.
import type { Answer } from "../lib/http/answer.ts";
import { readBody } from "../lib/http/body.ts";
import { answerPreflight, isOriginAllowed, withCors } from "../lib/http/cors.ts";
import { noteNames } from "../lib/http/endpoint.ts";
import { merchantUid, parseFields } from "../lib/http/fields.ts";
import { type HttpDoor, type HttpEvent, httpEndpoint } from "../lib/http/http-endpoint.ts";
import { failWithProblem, problemAnswer } from "../lib/http/problem.ts";
import { completeBody, redirectQuery } from "../lib/http/requests/complete.ts";
import { answerRedirect } from "../lib/http/result-redirect.ts";
import { publicStateOf, viewPublicOrder } from "../lib/http/views/order.ts";
import { createAllowance } from "../lib/usecases/payments/allowance.ts";
import { completePayment } from "../lib/usecases/payments/complete-payment.ts";
import type { SignalResult } from "../lib/usecases/payments/follow-signal.ts";
import { allowedOriginsSetting, wire, wireAdmission, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("complete");
const ports = { ...wiring, ...wireSyncing(wiring), ...wireAdmission(wiring), allowance: createAllowance() };
const { config, log } = wiring;

/** What pages send when they have none: JavaScript's words for nothing are no imp_uid. */
const namedImpUid = (imp_uid: string | null | undefined): string | null =>
  imp_uid && !["null", "undefined"].includes(imp_uid) ? imp_uid : null;

/** Given twice, as the gateway joins it, with one value: once. */
const once = (value: string | undefined): string | undefined => {
  const [first, ...others] = value?.split(",") ?? [];
  return others.every((other) => other === first) ? first : value;
};

const isFromPortOne = ({ requestContext }: HttpEvent): boolean =>
  wiring.isPortOneAt(requestContext.http.sourceIp);

/** The page's origin if it may read the answer; a refused one is told to whoever sets the shop up. */
function allowedOriginOf({ headers }: HttpEvent): string | null {
  const { origin } = headers;
  if (origin === undefined) return null;
  if (isOriginAllowed(origin, config.allowedOrigins)) return origin;
  log.info({ event: "origin_refused", origin: origin.slice(0, 200), setting: allowedOriginsSetting });
  return null;
}

/** The budget of a minute is used up. */
const retryTurnedAwayS = 60;

function answerCompletion(result: SignalResult, requestId: string): Answer {
  switch (result.outcome) {
    case "synced":
    case "unchanged":
    case "busy":
    case "deferred":
      return { status: 200, body: viewPublicOrder(result.order) };
    case "order_not_found":
    case "not_this_orders_payment":
      return problemAnswer("order_not_found", requestId);
    case "unavailable":
      return problemAnswer("provider_unavailable", requestId);
    case "turned_away": {
      const answer = problemAnswer("provider_unavailable", requestId);
      return { ...answer, headers: { ...answer.headers, "retry-after": String(retryTurnedAwayS) } };
    }
  }
}

const complete: HttpDoor = {
  handle: async (event, call, notes) => {
    const body = readBody(event, ["json"]);
    noteNames(notes, body);
    const { merchant_uid, imp_uid, token } = parseFields(completeBody, body);
    const ids = { merchantUid: merchant_uid, impUid: namedImpUid(imp_uid) };
    const hasToken = typeof token === "string" && wiring.isTokenOf(merchant_uid, token);
    const isPortOne = isFromPortOne(event);
    const result = await completePayment({ ...ids, hasToken, isPortOne }, call, ports);
    const answer = answerCompletion(result, call.requestId);
    return withCors({ ...answer, outcome: result.outcome, ...ids }, allowedOriginOf(event));
  },
  // A page that may not read the answer could not tell "try again" from a broken network.
  fail: (error, requestId, event) => withCors(failWithProblem(error, requestId), allowedOriginOf(event)),
};

const preflight: HttpDoor = {
  handle: (event) => Promise.resolve(answerPreflight(allowedOriginOf(event))),
  fail: failWithProblem,
};

const redirect: HttpDoor = {
  handle: async (event, call, notes) => {
    const query = event.queryStringParameters ?? {};
    noteNames(notes, query);
    const imp = namedImpUid(once(query["imp_uid"]));
    const fields = redirectQuery.safeParse({ imp_uid: imp, merchant_uid: once(query["merchant_uid"]) });
    if (!fields.success) {
      const { data = "" } = merchantUid.safeParse(once(query["merchant_uid"]));
      return answerRedirect(config.resultUrl, data, "unknown", query["error_code"]);
    }
    const { merchant_uid, imp_uid = null } = fields.data;
    // Nobody is left in the middle of a checkout: undecided is a state to show, not an error page.
    const isPortOne = isFromPortOne(event);
    const named = { merchantUid: merchant_uid, impUid: imp_uid, hasToken: false, isPortOne };
    const result = await completePayment(named, call, ports).catch((error: unknown) => {
      log.error({ event: "redirect_undecided", merchant_uid, why: String(error) });
      return { outcome: "unavailable" as const, why: "failed" };
    });
    const isUndecided = result.outcome === "unavailable" || result.outcome === "turned_away";
    const unsynced = isUndecided ? "pending" : "unknown";
    const state = "order" in result ? publicStateOf(result.order) : unsynced;
    const answer = answerRedirect(config.resultUrl, merchant_uid, state, query["error_code"]);
    return { ...answer, outcome: result.outcome, merchantUid: merchant_uid, impUid: imp_uid };
  },
  fail: failWithProblem,
};

export const { prime } = wiring;
export const handler = httpEndpoint(wiring, {
  "POST /payments/complete": complete,
  "OPTIONS /payments/complete": preflight,
  "GET /payments/redirect": redirect,
});
