// The buyer's browser comes back: by the window's callback on a PC, by a redirect on a phone. Either may
// be anybody's request, so both ids are needed and only the public state is told.
import * as z from "zod/mini";
import type { Answer } from "../lib/http/answer.ts";
import { readBody } from "../lib/http/body.ts";
import { answerPreflight, withCors } from "../lib/http/cors.ts";
import { failWithProblem, noteNames } from "../lib/http/endpoint.ts";
import { impUid, merchantUid, parseFields } from "../lib/http/fields.ts";
import { type HttpDoor, httpEndpoint } from "../lib/http/http-endpoint.ts";
import { problemAnswer } from "../lib/http/problem.ts";
import { answerRedirect } from "../lib/http/result-redirect.ts";
import { viewPublicOrder } from "../lib/http/views/order.ts";
import { completePayment } from "../lib/usecases/payments/complete-payment.ts";
import type { SignalResult } from "../lib/usecases/payments/follow-signal.ts";
import { wire, wireAdmission, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("complete");
const ports = { ...wiring, ...wireSyncing(wiring), ...wireAdmission(wiring) };
const { config } = wiring;
const completeBody = z.object({ imp_uid: z.nullable(impUid), merchant_uid: merchantUid });
const redirectQuery = z.object({ imp_uid: z.optional(impUid), merchant_uid: merchantUid });

function answerCompletion(result: SignalResult, impUid: string | null, requestId: string): Answer {
  switch (result.outcome) {
    case "synced":
    case "unchanged":
    case "busy":
    case "deferred":
      // Who names only the order number may learn its state, not where its buyer pays.
      return { status: 200, body: viewPublicOrder(result.order, { showsAccount: impUid !== null }) };
    case "order_not_found":
    case "not_this_orders_payment":
      return problemAnswer("order_not_found", requestId);
    case "unavailable":
      return problemAnswer("provider_unavailable", requestId);
  }
}

const complete: HttpDoor = {
  handle: async (event, call, notes) => {
    const body = readBody(event, ["json"]);
    noteNames(notes, body);
    const fields = parseFields(completeBody, body);
    const named = { merchantUid: fields.merchant_uid, impUid: fields.imp_uid };
    const result = await completePayment(named, call, ports);
    const answer = answerCompletion(result, fields.imp_uid, call.requestId);
    return withCors(
      { ...answer, outcome: result.outcome, ...named },
      event.headers["origin"],
      config.allowedOrigins,
    );
  },
  // A page that may not read the answer could not tell "try again" from a broken network.
  fail: (error, requestId, event) =>
    withCors(failWithProblem(error, requestId), event.headers["origin"], config.allowedOrigins),
};

const preflight: HttpDoor = {
  handle: (event) => Promise.resolve(answerPreflight(event.headers["origin"], config.allowedOrigins)),
  fail: failWithProblem,
};

const redirect: HttpDoor = {
  handle: async (event, call, notes) => {
    const query = event.queryStringParameters ?? {};
    noteNames(notes, query);
    const fields = redirectQuery.safeParse(query);
    if (!fields.success) return answerRedirect(config.resultUrl, "", "unknown", query["error_code"]);
    const { merchant_uid, imp_uid = null } = fields.data;
    // Nobody is left in the middle of a checkout: undecided is a state to show, not an error page.
    const result = await completePayment({ merchantUid: merchant_uid, impUid: imp_uid }, call, ports).catch(
      (error: unknown) => {
        wiring.log.error({
          event: "redirect_undecided",
          merchant_uid,
          why: String(error),
        });
        return { outcome: "unavailable" as const, why: "failed" };
      },
    );
    const unsynced = result.outcome === "unavailable" ? "pending" : "unknown";
    const state = "order" in result ? result.order.state : unsynced;
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
