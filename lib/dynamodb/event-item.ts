// What the shop is told by a write, as a map inside its order's item. A pipe makes the event of it by configuration
// alone, so everything stands in the form in which it is told: text where nothing is known, times and amounts as they
// leave. What the item says anyway (state, currency, version) stands there once.
import { amountsOf, type OrderEvent } from "../domain/event.ts";
import { toWire } from "../domain/money.ts";
import type { Order } from "../domain/order.ts";
import { type Item, number, text } from "./item.ts";

export function encodeEvent(event: OrderEvent, order: Order): Item {
  const { amount, cancelAmount, remaining } = amountsOf(order);
  return {
    type: text(event.type),
    id: text(order.merchantUid),
    imp: text(order.impUid ?? ""),
    was: text(event.previous),
    sum: number(toWire(amount, order.currency)),
    back: number(toWire(cancelAmount, order.currency)),
    left: number(toWire(remaining, order.currency)),
    at: text(new Date(event.occurredAtMs).toISOString()),
    why: text(order.reviewReason ?? ""),
    late: { BOOL: event.isLate },
  };
}
