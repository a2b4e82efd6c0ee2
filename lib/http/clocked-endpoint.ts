// Handlers the clock calls. Their result is a report, logged as one line and returned; an event that names something
// wrong is answered by its problem. A failure makes the invocation fail: nobody waits for an answer, and the alarm is
// for a person.
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { Call } from "../ports/environment.ts";
import { explained } from "./answer.ts";
import type { Fields } from "./body.ts";
import { asksNothing, callOf, type EndpointParts, secretsLimitMs } from "./endpoint.ts";
import { failWithProblem } from "./problem.ts";
import { ProblemError } from "./problem-error.ts";

/** `work` may throw ProblemError for an event it cannot read. */
export const clockedEndpoint = (
  { log, secrets, config, tally }: EndpointParts,
  work: (event: Fields, call: Call) => Promise<object>,
) =>
  middy<unknown, object, Error, Context>({ timeoutEarlyInMillis: 0 })
    .use({
      before: ({ context }) => log.forRequest(context.awsRequestId),
      after: ({ response }) =>
        log.info({
          event: "reported",
          ...(response && countsOf(response)),
          ...tally.take(),
        }),
      onError: (request) => {
        const { error, context } = request;
        if (!(error instanceof ProblemError)) {
          log.error({ event: "unexpected_error", why: error?.stack ?? "" });
          return;
        }
        const answer = explained(failWithProblem(error, context.awsRequestId), config.docsUrl);
        const { status, code, body = {} } = answer;
        log.error({ event: "event_refused", status, code });
        request.response = { status, body };
      },
    })
    .handler(async (event, context) => {
      if (asksNothing(event)) return { ignored: true };
      await secrets.ready(AbortSignal.timeout(secretsLimitMs));
      return work(fieldsOf(event), callOf(context));
    });

function fieldsOf(event: unknown): Fields {
  const fields = event ?? {};
  if (typeof fields !== "object" || Array.isArray(fields)) throw new ProblemError("malformed_json");
  return fields as Fields;
}

/** A report's figures; lists are told by their length, because a line is for counting. */
const countsOf = (report: object): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(report).flatMap(([name, value]) => {
      if (Array.isArray(value)) return [[name, value.length]];
      return typeof value === "object" ? Object.entries(value ?? {}) : [[name, value]];
    }),
  );
