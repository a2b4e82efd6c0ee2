// When the sweep looks at an order next. Computed inside every write, so that only orders that still need
// attention carry index keys.
import type { Order } from "./order.ts";

/** Orders whose truth may still change without anybody telling us. */
function needsAttention(order: Pick<Order, "state" | "isExpired" | "attempts">): boolean {
  if (order.attempts.some((attempt) => attempt.giveBack === "wanted" || attempt.giveBack === "scheduled"))
    return true;
  switch (order.state) {
    case "created":
    case "approved":
    case "awaiting_deposit":
      return true;
    case "failed":
      return !order.isExpired;
    default:
      return false;
  }
}

/** The stored `due_at`: the wanted look while the order needs attention, nothing otherwise. */
export const dueAt = (
  order: Pick<Order, "state" | "isExpired" | "attempts">,
  wantedAtMs: number,
): number | null => (needsAttention(order) ? wantedAtMs : null);
