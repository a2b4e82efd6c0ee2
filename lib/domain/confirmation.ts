// May PortOne take this money? The decision behind confirm_url, in the order of its rules. Money has not
// moved yet, so whenever it is not clearly yes the answer is no.

import type { Money } from "./money.ts";
import {
  approvedAttempt,
  attemptOf,
  endedAs,
  newAttempt,
  type Order,
  remainingOfAttempt,
  withAttempt,
} from "./order.ts";
import { changeOrder } from "./order-change.ts";

/** Why confirm said no; the same word in the log, the table of answers and the tests. */
export type Refusal =
  | "order_not_found"
  | "order_already_paid"
  | "order_not_payable"
  | "order_expired"
  | "amount_mismatch"
  | "attempt_in_progress";

export type Confirmation =
  | { readonly decision: "approve"; readonly order: Order }
  /** It was approved before: the same answer, no second hold. */
  | { readonly decision: "already_approved" }
  | { readonly decision: "refuse"; readonly refusal: Refusal }
  /** Another attempt holds the order; only PortOne knows whether it has ended. */
  | { readonly decision: "ask_about"; readonly impUid: string };

export interface ConfirmRequest {
  readonly impUid: string;
  readonly amount: Money;
}

export interface HoldPolicy {
  readonly holdTtlMs: number;
  readonly firstLookMs: number;
}

/** Pure and repeatable: a repeat for an approved imp_uid is answered alike and changes nothing. */
export function decideConfirmation(
  order: Order,
  request: ConfirmRequest,
  nowMs: number,
  policy: HoldPolicy,
): Confirmation {
  const known = attemptOf(order, request.impUid);
  if (order.impUid !== null) return refuse("order_already_paid");
  // Whoever holds a buyer's money for an unclear reason must not take it a second time.
  if (order.reviewReason !== null && holdsUnclearMoney(order)) return refuse("order_not_payable");
  if (order.voidedAtMs !== null || order.isVoidWanted) return refuse("order_not_payable");
  // A number that is charged without a window opens none.
  if (order.charge !== null || order.chargeResult !== null || order.supersededBy !== null)
    return refuse("order_not_payable");
  if (known && known.state !== "approved") return refuse("order_not_payable");
  if (known && request.amount === order.amount) return { decision: "already_approved" };
  if (order.isExpired || nowMs >= order.expiresAtMs) return refuse("order_expired");
  if (request.amount !== order.amount) return refuse("amount_mismatch");
  const other = approvedAttempt(order);
  if (other) return { decision: "ask_about", impUid: other.impUid };
  return { decision: "approve", order: approve(order, request.impUid, nowMs, policy) };
}

/**
 * A buyer's money of which a person decides whether it pays the order: what confirm approved, or exactly what the order
 * costs. Any other is not the order's own, and stands in nobody's way.
 */
const holdsUnclearMoney = (order: Order): boolean =>
  order.attempts.some(
    (attempt) =>
      attempt.state === "paid" &&
      attempt.giveBack === null &&
      (attempt.wasApproved || (attempt.amount === order.amount && attempt.currency === order.currency)) &&
      remainingOfAttempt(attempt) > 0,
  );

const refuse = (refusal: Refusal): Confirmation => ({ decision: "refuse", refusal });

function approve(order: Order, impUid: string, nowMs: number, policy: HoldPolicy): Order {
  const attempt = { ...newAttempt(impUid, order, nowMs), wasApproved: true };
  const firstLookAtMs = nowMs + policy.firstLookMs;
  return changeOrder(
    order,
    {
      attempts: withAttempt(order.attempts, attempt),
      holdUntilMs: nowMs + policy.holdTtlMs,
      // A write that leaves the index keys alone costs no index unit, so an early look stays as it is.
      nextLookAtMs: Math.min(order.nextLookAtMs ?? firstLookAtMs, firstLookAtMs),
    },
    { by: "portone", atMs: nowMs },
  );
}

/** The order with the attempt that held it ended, so that another one may be approved. */
export function releaseEnded(order: Order, impUid: string, nowMs: number): Order {
  const known = attemptOf(order, impUid);
  if (!known) return order;
  const attempts = withAttempt(order.attempts, endedAs(known, "failed", nowMs));
  return changeOrder(order, { attempts }, { by: "portone", atMs: nowMs, reason: "attempt_failed" });
}
