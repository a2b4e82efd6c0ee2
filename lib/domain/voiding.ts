// Taking an order back before it is paid.
import { windowLifeMs } from "./due.ts";
import type { Look } from "./look.ts";
import { isOpen, type Order, type Stamp } from "./order.ts";
import { changeOrder } from "./order-change.ts";

/**
 * The voided order; the same one if it was voided before. While a buyer could still pay into an account,
 * the order only carries the wish, its accounts are to be revoked, and it is void once they are. Null when
 * it cannot be voided: paid, or an attempt may still be approved.
 */
export function decideVoid(order: Order, stamp: Stamp): Order | null {
  const { atMs } = stamp;
  if (order.charge !== null && order.charge.state !== "scheduled") return null;
  switch (order.state) {
    case "voided":
      return order;
    case "created":
    case "failed":
    case "expired":
      return changeOrder(order, voidedAt(order, atMs), stamp);
    case "awaiting_deposit": {
      if (order.isVoidWanted) return order;
      const attempts = order.attempts.map((attempt) =>
        attempt.state === "ready" ? { ...attempt, isRevoking: true } : attempt,
      );
      return changeOrder(order, { attempts, isVoidWanted: true }, stamp);
    }
    case "approved":
    case "paid":
    case "partially_refunded":
    case "refunded":
      return null;
  }
}

const voidedAt = (order: Order, nowMs: number) => ({
  voidedAtMs: nowMs,
  isVoidWanted: false,
  charge: null,
  openWindows: [],
  // A window that was open may still be paid in.
  openUntilMs: Math.max(order.expiresAtMs, nowMs + windowLifeMs),
});

/** The wish comes true as soon as nothing of the order can be paid any more. */
export function finishVoid(order: Order, look: Look): Order {
  if (!order.isVoidWanted || order.impUid !== null || order.attempts.some(isOpen)) return order;
  return changeOrder(order, voidedAt(order, look.atMs), look);
}
