// Every function's handler: one middy stack, written out here in the order in which it works, so that the
// onion hides nothing. Expected refusals and failures are answers; none makes the invocation fail, so a
// failed invocation means one thing: the deployment is broken.

import middy, { type MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import type { Log } from "../log.ts";
import type { Clock } from "../ports/environment.ts";
import { StorageUnavailableError } from "../ports/table.ts";
import { type Answer, type LambdaResult, toLambdaResult } from "./answer.ts";
import { ProblemError, problemAnswer } from "./problem.ts";

export interface EndpointParts {
  readonly log: Log;
  readonly clock: Clock;
}

/** One invocation. */
export interface Call {
  readonly requestId: string;
  /** What is left until Lambda ends the invocation. */
  readonly timeLeftMs: () => number;
}

/** One kind of caller: what it is answered, and what it is answered when that fails. */
export interface Door<Event> {
  /** The route or action, for the log; never the path, which may hold a token. */
  readonly name: string;
  readonly handle: (event: Event, call: Call) => Promise<Answer>;
  readonly fail: (error: unknown, requestId: string, event: Event) => Answer;
}

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
    .use(shapeResult(shape))
    .use(logOneLine(parts, pickDoor))
    .use(answerFailure(parts, pickDoor))
    .handler((event, context) =>
      pickDoor(event).handle(event, {
        requestId: context.awsRequestId,
        timeLeftMs: () => context.getRemainingTimeInMillis(),
      }),
    );
}

type Middleware<Event, Result> = MiddlewareObj<Event, Answer | Result, Error, Context, Internal>;

/** Last: the answer becomes what the caller's protocol wants. */
function shapeResult<Event, Result>(
  shape: (answer: Answer, event: Event, requestId: string) => Result,
): Middleware<Event, Result> {
  const step: Middleware<Event, Result>["after"] = (request) => {
    request.response = shape(request.response as Answer, request.event, request.context.awsRequestId);
  };
  return { after: step, onError: step };
}

/** Before that: one line per call, with the outcome's name and never a body. */
function logOneLine<Event, Result>(
  { log, clock }: EndpointParts,
  pickDoor: (event: Event) => Door<Event>,
): Middleware<Event, Result> {
  const step: Middleware<Event, Result>["after"] = ({ event, context, response, internal }) => {
    const answer = response as Answer;
    log.info({
      event: "answered",
      request_id: context.awsRequestId,
      door: pickDoor(event).name,
      status: answer.status,
      outcome: answer.outcome,
      code: answer.code,
      merchant_uid: answer.merchantUid,
      imp_uid: answer.impUid,
      ms: clock.nowMs() - (internal.startedAtMs ?? clock.nowMs()),
    });
  };
  return {
    before: (request) => {
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
      if (error instanceof StorageUnavailableError)
        log.error({ event: "storage_unavailable", request_id: requestId, why: error.message });
      else if (!(error instanceof ProblemError))
        log.error({ event: "unexpected_error", request_id: requestId, why: error?.stack ?? String(error) });
      request.response = pickDoor(event).fail(error, requestId, event);
    },
  };
}

/** The failure answer of doors that speak problem+json. */
export function failWithProblem(error: unknown, requestId: string): Answer {
  if (error instanceof ProblemError) return problemAnswer(error.code, requestId, { errors: error.errors });
  return problemAnswer(
    error instanceof StorageUnavailableError ? "storage_unavailable" : "internal",
    requestId,
  );
}

/** The shape of results for API Gateway. */
export const shapeForHttp = (answer: Answer, _event: unknown, requestId: string): LambdaResult =>
  toLambdaResult(answer, requestId);
