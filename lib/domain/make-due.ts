// Leaving an order to the sweep, durably.
import { type Actor, changeOrder, type Order } from "./order.ts";

/** The order due at once, whatever its state; the same object if it is due already. */
export function makeDueNow(order: Order, nowMs: number, by: Actor): Order {
  if (order.dueAtMs !== null && order.dueAtMs <= nowMs) return order;
  const recheckAtMs = Math.min(order.recheckAtMs ?? nowMs, nowMs);
  return changeOrder(order, { recheckAtMs }, { by, atMs: nowMs, lookAtMs: nowMs });
}
