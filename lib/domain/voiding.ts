// Taking an order back before it is paid.
import { owingRead, windowLifeMs } from "./due.ts";
import { revocationWish } from "./instruction.ts";
import type { Look } from "./look.ts";
import { isOpen, type Order, type Stamp } from "./order.ts";
import { changeOrder } from "./order-change.ts";

/**
 * The voided order; the same one if it was voided before. While a buyer could still pay into an account, or PortOne
 * still charge for it, the order only carries the wish, what is open is to be revoked, and it is void once that is.
 * Null when it cannot be voided: paid, charged just now, or an attempt may still be approved.
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
      return order.charge === null && order.instruction === null
        ? changeOrder(order, { ...voidedAt(order, atMs), owedReads: readsAfterVoid(order, atMs) }, stamp)
        : wishVoid(order, stamp);
    case "awaiting_deposit":
      return wishVoid(order, stamp);
    case "approved":
    case "paid":
    case "partially_refunded":
    case "refunded":
      return null;
  }
}

/** What was reserved and is over may have been set up anew in PortOne's console: looked at once more. */
const readsAfterVoid = (order: Order, atMs: number) =>
  order.reservation === null ? order.owedReads : owingRead(order, { atMs, impUid: null });

function wishVoid(order: Order, stamp: Stamp): Order {
  const { charge, instruction } = order;
  if (order.isVoidWanted && (charge === null || instruction !== null)) return order;
  const attempts = order.attempts.map((attempt) =>
    attempt.state === "ready" ? { ...attempt, isRevoking: true } : attempt,
  );
  // One in doubt is cleared up first: only then is it known what there is to revoke.
  const wish =
    instruction ?? (charge ? revocationWish(charge.scheduledAtMs ?? charge.sentAtMs, stamp) : null);
  return changeOrder(order, { attempts, isVoidWanted: true, instruction: wish }, stamp);
}

export const voidedAt = (order: Order, nowMs: number) => ({
  voidedAtMs: nowMs,
  isVoidWanted: false,
  charge: null,
  instruction: null,
  openWindows: [],
  // A window that was open may still be paid in; one that was only reserved waits for no such time of its own.
  openUntilMs: Math.max(order.reservation === null ? order.expiresAtMs : 0, nowMs + windowLifeMs),
});

/** The wish comes true as soon as nothing of the order can be paid any more. */
export function finishVoid(order: Order, look: Look): Order {
  if (!order.isVoidWanted || order.impUid !== null || order.attempts.some(isOpen)) return order;
  if (order.charge !== null || order.instruction !== null) return order;
  return changeOrder(order, voidedAt(order, look.atMs), look);
}
