// Taking an order back before it is paid.
import { changeOrder, type Order } from "./order.ts";

/**
 * The voided order; the same one if it was voided before; null when it cannot be voided: paid, or an
 * attempt may still be approved, or an account stands open into which the buyer may pay any moment.
 */
export function decideVoid(order: Order, nowMs: number): Order | null {
  switch (order.state) {
    case "voided":
      return order;
    case "created":
    case "failed":
    case "expired":
      return changeOrder(order, { voidedAtMs: nowMs }, { by: "merchant", atMs: nowMs });
    default:
      return null;
  }
}
