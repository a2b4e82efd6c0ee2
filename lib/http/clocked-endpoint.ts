// Handlers the clock calls. Their result is a report, logged as one line and returned. A failure makes the
// invocation fail: nobody waits for an answer, and the alarm is for a person.
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { Call } from "../ports/environment.ts";
import { callOf, type EndpointParts } from "./endpoint.ts";

export const clockedEndpoint = <Event, Report extends object>(
  { log }: EndpointParts,
  work: (event: Event, call: Call) => Promise<Report>,
) =>
  middy<Event, Report, Error, Context>({ timeoutEarlyInMillis: 0 })
    .use({
      before: ({ context }) => log.forRequest(context.awsRequestId),
      after: ({ response }) =>
        log.info({
          event: "reported",
          ...(response && countsOf(response)),
        }),
      onError: ({ error }) => log.error({ event: "unexpected_error", why: error?.stack ?? "" }),
    })
    .handler((event, context) => work(event, callOf(context)));

/** A report's figures; lists are told by their length, because a line is for counting. */
const countsOf = (report: object): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(report).flatMap(([name, value]) => {
      if (Array.isArray(value)) return [[name, value.length]];
      return typeof value === "object" ? Object.entries(value ?? {}) : [[name, value]];
    }),
  );
