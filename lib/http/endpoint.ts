// Every function's handler: one middy stack, written out here in the order in which it works, so that the
// onion hides nothing. Expected refusals and failures are answers; none makes the invocation fail, so a
// failed invocation means one thing: the deployment is broken.

import middy, { type MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { limited } from "../limited.ts";
import type { Log } from "../log.ts";
import type { Call, Clock, Tally } from "../ports/environment.ts";
import { StorageUnavailableError } from "../ports/table.ts";
import { type Answer, explained, type LambdaResult, toLambdaResult } from "./answer.ts";
import { impUidForm, merchantUidForm } from "./names.ts";
import { ProblemError } from "./problem-error.ts";

export interface EndpointParts {
  readonly log: Log;
  readonly clock: Clock;
  readonly secrets: SecretsAtHand;
  readonly tally: Pick<Tally, "take">;
  readonly config: { readonly docsUrl: string };
}

/** Nothing is decided without them, and a door that is asked says when it must have them. */
export interface SecretsAtHand {
  ready(signal: AbortSignal): Promise<void>;
}

/** What the log line says of a call beside its answer, noted as soon as it is known. */
export interface LineNotes {
  merchantUid?: string | null;
  impUid?: string | null;
  /** The name of the merchant key that asked. */
  key?: string | null;
}

/** Notes the numbers a request names, whatever else is wrong with it; anything that is none is not repeated. */
export function noteNames(notes: LineNotes, fields: Readonly<Record<string, unknown>>): void {
  notes.merchantUid = nameIn(fields["merchant_uid"], merchantUidForm);
  notes.impUid = nameIn(fields["imp_uid"], impUidForm);
}

const nameIn = (value: unknown, form: RegExp): string | null =>
  typeof value === "string" && form.test(value) ? value : null;

/** One kind of caller: what it is answered, and what it is answered when that fails. */
export interface Door<Event> {
  /** The route or action, for the log; never the path, which may hold a token. */
  readonly name: string;
  readonly handle: (event: Event, call: Call, notes: LineNotes, limit: AbortSignal) => Promise<Answer>;
  /** How long the secrets, and whatever heeds `limit`, may take in all; absent where nobody waits on the wire. */
  readonly limitMs?: number;
  readonly fail: (error: unknown, requestId: string, event: Event) => Answer;
}

/** What EventBridge and warm-ups send says where it comes from, and asks for nothing. */
export const asksNothing = (event: unknown): boolean =>
  typeof event === "object" &&
  event !== null &&
  "source" in event &&
  !("action" in event) &&
  !("routeKey" in event);

/** Answered all the same, because a failed invocation calls a person. */
export const ignoring: Door<unknown> = {
  name: "ignored",
  handle: () => Promise.resolve({ status: 200, body: { ignored: true }, outcome: "ignored" }),
  fail: () => ({ status: 500, body: {} }),
};

interface Internal extends Record<string, unknown> {
  startedAtMs?: number;
}

/**
 * A Lambda handler: picks the door, runs it, turns a failure into that door's answer, writes one log line
 * and shapes the result. `shape` is API Gateway's form unless another is given.
 */
export function endpoint<Event, Result = LambdaResult>(
  parts: EndpointParts,
  pickDoor: (event: Event) => Door<Event>,
  shape: (answer: Answer, event: Event, requestId: string) => Result,
) {
  return middy<Event, Answer | Result, Error, Context, Internal>({ timeoutEarlyInMillis: 0 })
    .use(shapeResult(parts, shape))
    .use(logOneLine(parts, pickDoor))
    .use(answerFailure(parts, pickDoor))
    .handler(async (event, context) => {
      const door = pickDoor(event);
      return limited(door.limitMs ?? secretsLimitMs, undefined, async (limit) => {
        if (door !== ignoring) await parts.secrets.ready(limit);
        return door.handle(event, callOf(context), notesOf(context), limit);
      });
    });
}

/** Of a caller who can wait; they are at hand already but for the first call and once in some minutes. */
export const secretsLimitMs = 2_000;

/** One invocation, of whom nobody has shown a key yet. */
export const callOf = (context: Context): Call => ({
  requestId: context.awsRequestId,
  timeLeftMs: () => context.getRemainingTimeInMillis(),
  key: null,
});

/** Lambda makes a context for each invocation; nothing is kept beyond it. */
const notes = new WeakMap<Context, LineNotes>();

function notesOf(context: Context): LineNotes {
  const known = notes.get(context) ?? {};
  notes.set(context, known);
  return known;
}

type Middleware<Event, Result> = MiddlewareObj<Event, Answer | Result, Error, Context, Internal>;

/** Last: the answer becomes what the caller's protocol wants. */
function shapeResult<Event, Result>(
  { config }: EndpointParts,
  shape: (answer: Answer, event: Event, requestId: string) => Result,
): Middleware<Event, Result> {
  const step: Middleware<Event, Result>["after"] = (request) => {
    const answer = explained(request.response as Answer, config.docsUrl);
    request.response = shape(answer, request.event, request.context.awsRequestId);
  };
  return { after: step, onError: step };
}

/** Before that: one line per call, with the outcome's name and never a body. */
function logOneLine<Event, Result>(
  { log, clock, tally }: EndpointParts,
  pickDoor: (event: Event) => Door<Event>,
): Middleware<Event, Result> {
  const step: Middleware<Event, Result>["after"] = ({ event, context, response, internal }) => {
    const answer = response as Answer;
    const noted = notesOf(context);
    log.info({
      event: "answered",
      door: pickDoor(event).name,
      status: answer.status,
      outcome: answer.outcome,
      code: answer.code,
      merchant_uid: answer.merchantUid ?? noted.merchantUid ?? undefined,
      imp_uid: answer.impUid ?? noted.impUid ?? undefined,
      key: noted.key ?? undefined,
      ms: clock.nowMs() - (internal.startedAtMs ?? clock.nowMs()),
      ...tally.take(),
    });
  };
  return {
    before: (request) => {
      log.forRequest(request.context.awsRequestId);
      request.internal.startedAtMs = clock.nowMs();
    },
    after: step,
    onError: step,
  };
}

/** First: what was thrown becomes the door's own answer; what nobody expected is logged for a person. */
function answerFailure<Event, Result>(
  { log }: EndpointParts,
  pickDoor: (event: Event) => Door<Event>,
): Middleware<Event, Result> {
  return {
    onError: (request) => {
      const { error, event, context } = request;
      const requestId = context.awsRequestId;
      const merchant_uid = notesOf(context).merchantUid ?? undefined;
      if (error instanceof StorageUnavailableError)
        log.error({ event: "storage_unavailable", merchant_uid, why: error.message });
      else if (!(error instanceof ProblemError))
        log.error({ event: "unexpected_error", merchant_uid, why: error?.stack ?? String(error) });
      request.response = pickDoor(event).fail(error, requestId, event);
    },
  };
}

/** The shape of results for API Gateway. */
export const shapeForHttp = (answer: Answer, _event: unknown, requestId: string): LambdaResult =>
  toLambdaResult(answer, requestId);
