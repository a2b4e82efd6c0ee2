// Taking an order back before it is paid.
import { changeBy, type Look } from "./look.ts";
import { approvedAttempt, changeOrder, type Order } from "./order.ts";

/**
 * The voided order; the same one if it was voided before. While a buyer could still pay into an account,
 * the order only carries the wish, its accounts are to be revoked, and it is void once they are. Null when
 * it cannot be voided: paid, or an attempt may still be approved.
 */
export function decideVoid(order: Order, nowMs: number): Order | null {
  const change = { by: "merchant" as const, atMs: nowMs };
  if (order.charge !== null && order.charge.state !== "scheduled") return null;
  switch (order.state) {
    case "voided":
      return order;
    case "created":
    case "failed":
    case "expired":
      return changeOrder(order, { voidedAtMs: nowMs, charge: null }, change);
    case "awaiting_deposit": {
      if (order.isVoidWanted) return order;
      const attempts = order.attempts.map((attempt) =>
        attempt.state === "ready" ? { ...attempt, isRevoking: true } : attempt,
      );
      return changeOrder(order, { attempts, isVoidWanted: true }, { ...change, lookAtMs: nowMs });
    }
    default:
      return null;
  }
}

/** The wish comes true as soon as nothing of the order can be paid any more. */
export function finishVoid(order: Order, look: Look): Order {
  const isOpen = order.attempts.some((attempt) => attempt.state === "ready") || approvedAttempt(order);
  if (!order.isVoidWanted || order.impUid !== null || isOpen) return order;
  return changeOrder(order, { isVoidWanted: false, voidedAtMs: look.atMs }, changeBy(look));
}
