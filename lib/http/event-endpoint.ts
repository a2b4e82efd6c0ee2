// A handler of the events on our bus. Whatever it cannot do fails the invocation, so that it is tried again and at last
// kept in a queue; an event of somebody else is none of its business, and calls nobody.
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { Log } from "../log.ts";
import { secretsLimitMs } from "./endpoint.ts";
import { parseEvent, type ToldEvent } from "./requests/event.ts";

interface EventParts {
  readonly log: Log;
  readonly secrets: { ready(signal: AbortSignal): Promise<void> };
}

export const eventEndpoint = ({ log, secrets }: EventParts, work: (told: ToldEvent) => Promise<object>) =>
  middy<unknown, object, Error, Context>({ timeoutEarlyInMillis: 0 })
    .use({
      before: ({ context }) => log.forRequest(context.awsRequestId),
      onError: ({ error }) => log.error({ event: "not_delivered", why: error?.message ?? "" }),
    })
    .handler(async (event) => {
      const told = parseEvent(event);
      if (told === null) {
        log.info({ event: "ignored" });
        return { ignored: true };
      }
      await secrets.ready(AbortSignal.timeout(secretsLimitMs));
      return work(told);
    });
