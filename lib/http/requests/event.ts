// An event of ours as the bus hands it over, and what of it the shop is told. On the bus the table's numbers are text,
// and what is not known is empty text: a pipe has no words for more.
import * as z from "zod/mini";
import { eventTypes } from "../../domain/event.ts";
import { currencies, parseMoney, toWire } from "../../domain/money.ts";
import { orderStates } from "../../domain/order.ts";
import { reviewReasons } from "../../domain/review.ts";

/** What our events are known by on the bus. */
export const eventSource = "portone-ksnet";

const amount = z.union([z.number(), z.string()]);
const orNothing = z.nullable(z.string());

const busEvent = z.object({
  "detail-type": z.enum(eventTypes),
  detail: z.object({
    schema: z.literal(1),
    event_id: z.string().check(z.regex(/^.+#\d+$/)),
    merchant_uid: z.string(),
    imp_uid: orNothing,
    state: z.enum(orderStates),
    previous: z.enum(orderStates),
    amount,
    cancel_amount: amount,
    remaining: amount,
    currency: z.enum(currencies),
    occurred_at: z.iso.datetime(),
    late: z.boolean(),
    review_reason: z.nullable(z.union([z.literal(""), z.enum(reviewReasons)])),
  }),
});

/** Null for what is no event of ours. Throws for one that cannot be read, so that it is not lost. */
export function parseEvent(event: unknown) {
  if (typeof event !== "object" || event === null || !("source" in event) || event.source !== eventSource)
    return null;
  const { "detail-type": type, detail } = z.parse(busEvent, event);
  const { currency } = detail;
  const wire = (name: "amount" | "cancel_amount" | "remaining") => {
    const money = parseMoney(detail[name], currency);
    if (money === null) throw new Error(`the event's ${name} is no amount`);
    return toWire(money, currency);
  };
  return {
    type,
    detail: {
      ...detail,
      imp_uid: detail.imp_uid || null,
      amount: wire("amount"),
      cancel_amount: wire("cancel_amount"),
      remaining: wire("remaining"),
      review_reason: detail.review_reason || null,
    },
  };
}

export type ToldEvent = NonNullable<ReturnType<typeof parseEvent>>;
