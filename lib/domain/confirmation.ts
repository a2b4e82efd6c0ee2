// May PortOne take this money? The decision behind confirm_url, in the order of its rules. Money has not
// moved yet, so whenever it is not clearly yes the answer is no.

import { endedAs } from "./ended-attempt.ts";
import { holdsMoneyNow } from "./held-money.ts";
import type { Money } from "./money.ts";
import { type Attempt, approvedAttempt, attemptOf, newAttempt, type Order, withAttempt } from "./order.ts";
import { changeOrder, makeDueNow } from "./order-change.ts";
import { type PaymentRecord, tookMoney } from "./payment-record.ts";

/** Why confirm said no; the same word in the log, the table of answers and the tests. */
export type Refusal =
  | "order_not_found"
  | "order_already_paid"
  | "order_not_payable"
  | "order_expired"
  | "amount_mismatch"
  | "attempt_in_progress"
  | "not_decided";

export type Decision =
  | { readonly decision: "approve"; readonly order: Order }
  /** It was approved before: the same answer, no second hold. */
  | { readonly decision: "already_approved" }
  /** `order` is to be written before it is said, where that changes it. */
  | { readonly decision: "refuse"; readonly refusal: Refusal; readonly order?: Order };

export type Confirmation =
  | Decision
  /**
   * Another attempt holds the order; only PortOne knows whether it has ended. Or this one itself, where whoever held the
   * order before never paid: only PortOne knows whether there is such a payment.
   */
  | { readonly decision: "ask_about"; readonly impUid: string };

export interface ConfirmRequest {
  readonly impUid: string;
  readonly amount: Money;
  /** It came from one of PortOne's own addresses, so that nobody is likely to have made it up. */
  readonly isPortOne?: boolean;
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
  if (needsProof(order, request)) return { decision: "ask_about", impUid: request.impUid };
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
      holdsMoneyNow(attempt),
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

/** Confirm said yes to an attempt that was given up, and who asks now is not PortOne by its address. */
const needsProof = ({ attempts }: Order, { isPortOne = false }: ConfirmRequest): boolean =>
  !isPortOne && attempts.some(({ state, wasApproved }) => wasApproved && state === "abandoned");

/** Whoever is refused in doubt: because of another attempt, or of his own. */
export const inDoubt = (impUid: string, request: ConfirmRequest): Refusal =>
  impUid === request.impUid ? "not_decided" : "attempt_in_progress";

export interface Asked {
  readonly request: ConfirmRequest;
  /** The attempt PortOne was asked about. */
  readonly impUid: string;
  /** Null when PortOne knows no such payment. */
  readonly record: PaymentRecord | null;
}

/** What PortOne's answer to the one question makes of it. An open window may still be paid in, and is never released. */
export function decideOnAnswer(
  order: Order,
  { request, impUid, record }: Asked,
  nowMs: number,
  policy: HoldPolicy,
): Decision {
  const stamp = { by: "portone", atMs: nowMs } as const;
  const refused = { decision: "refuse", refusal: inDoubt(impUid, request) } as const;
  const yes = (free: Order): Decision => ({
    decision: "approve",
    order: approve(free, request.impUid, nowMs, policy),
  });
  // The sweep syncs it at once.
  if (record !== null && tookMoney(record)) return { ...refused, order: makeDueNow(order, stamp) };
  if (impUid === request.impUid)
    return record?.status === "ready" && record.merchantUid === order.merchantUid ? yes(order) : refused;
  const holder = attemptOf(order, impUid);
  if (!holder) return refused;
  if (record === null) {
    if (!isUnknownForGood(holder, nowMs)) return refused;
    const attempts = withAttempt(order.attempts, endedAs(holder, "abandoned", nowMs));
    const free = changeOrder(order, { attempts }, { ...stamp, reason: "payment_unknown" });
    // The first is taken at his word; where that was in vain already, nobody gains by having asked.
    return needsProof(order, request)
      ? { decision: "refuse", refusal: "not_decided", order: free }
      : yes(free);
  }
  if (record.status !== "failed" && record.status !== "cancelled") return refused;
  const attempts = withAttempt(order.attempts, endedAs(holder, "failed", nowMs));
  return yes(changeOrder(order, { attempts }, { ...stamp, reason: "attempt_failed" }));
}

/** PortOne keeps a payment from when its window opens, before it asks us, and shows it within this time. */
const showsWithinMs = 60_000;

/** An approval that PortOne does not know this long after is of no payment: somebody made it up. */
export const isUnknownForGood = ({ stateSinceMs }: Attempt, nowMs: number): boolean =>
  nowMs >= stateSinceMs + showsWithinMs;
