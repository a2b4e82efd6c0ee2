// The moves between an order's states. This table is the authority: a move that is not in it is impossible. Every
// change of an order goes through here: the state is derived, the move checked, the history written, and the next
// look computed. Pure: time comes in as an argument.
import { dueAt, isAtRest, lookNowAtMs, wishedAtMs } from "./due.ts";
import { foldAttempts, mostAttempts } from "./folding.ts";
import { holdsMoneyNow } from "./held-money.ts";
import {
  type Attempt,
  approvedAttempt,
  cancelledOf,
  type HistoryEntry,
  type Order,
  type OrderState,
  type Stamp,
} from "./order.ts";
import { isRecipientSpent } from "./receipt-goal.ts";
import type { ReviewReason } from "./review.ts";
import { withoutSpentWishes } from "./spent-wishes.ts";

export const moves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  created: [
    "approved",
    "awaiting_deposit",
    "paid",
    "partially_refunded",
    "refunded",
    "failed",
    "expired",
    "voided",
  ],
  approved: ["awaiting_deposit", "paid", "partially_refunded", "refunded", "failed"],
  awaiting_deposit: [
    "approved",
    "paid",
    "partially_refunded",
    "refunded",
    "failed",
    "expired",
    "voided",
    "created",
  ],
  failed: ["approved", "awaiting_deposit", "paid", "partially_refunded", "refunded", "voided"],
  expired: ["awaiting_deposit", "paid", "partially_refunded", "refunded", "voided"],
  paid: ["partially_refunded", "refunded"],
  partially_refunded: ["refunded"],
  refunded: [],
  voided: [],
};

export const canMove = (from: OrderState, to: OrderState): boolean => moves[from].includes(to);

const historyLength = 8;

/** An account that is only waited for to be closed is none the order waits for, unless its void waits for that. */
const isAwaited = (attempt: Attempt, { isVoidWanted }: Pick<Order, "isVoidWanted">): boolean =>
  attempt.state === "ready" && (!attempt.isRevoking || isVoidWanted);

/** The state as a function of the attempts, the paying attempt, void and expiry, and of what it was; never set by hand. */
export function stateOf(order: Order): OrderState {
  const paying = order.attempts.find((attempt) => attempt.impUid === order.impUid);
  if (paying) {
    const cancelled = cancelledOf(paying);
    if (cancelled === 0) return "paid";
    return cancelled < paying.amount ? "partially_refunded" : "refunded";
  }
  if (order.voidedAtMs !== null) return "voided";
  if (order.attempts.some((attempt) => attempt.state === "approved")) return "approved";
  if (order.attempts.some((attempt) => isAwaited(attempt, order))) return "awaiting_deposit";
  // While a buyer's money is here that pays nothing yet, nobody has failed or is too late.
  const holding = order.attempts.filter(holdsMoneyNow);
  if (holding.some((attempt) => attempt.wasApproved)) return order.state;
  // Only an attempt that confirm approved takes the order with it when it ends without paying it.
  if (order.attempts.some((attempt) => attempt.wasApproved)) return "failed";
  if (order.chargeResult?.status === "failed") return "failed";
  if (holding.length > 0) return order.state;
  return order.isExpired ? "expired" : "created";
}

/** What may be set by name of field; what an order is, and what paid it, is set once and never patched. */
export type Patch = Partial<
  Pick<
    Order,
    | "attempts"
    | "reviewReason"
    | "cancel"
    | "charge"
    | "chargeResult"
    | "instruction"
    | "reservation"
    | "isAccountAsked"
    | "supersededBy"
    | "receipt"
    | "receiptOperation"
    | "receiptRecipient"
    | "receiptHandedOver"
    | "owedReads"
    | "refusedRefunds"
    | "expiresAtMs"
    | "holdUntilMs"
    | "voidedAtMs"
    | "isVoidWanted"
    | "isExpired"
    | "openWindows"
    | "openUntilMs"
    | "lookNowAtMs"
    | "nextLookAtMs"
    | "lookedAtMs"
    | "lookClaim"
    | "looks"
    | "silences"
  >
>;

export interface Change extends Stamp {
  readonly reason?: string | null;
  /** Worth a history line although neither state nor mark changes. */
  readonly isNoted?: boolean;
}

/**
 * Applies a patch: derives the state, checks the move, writes the history line and the next look. The
 * version is the store's to move. Throws on a move the table does not have, which can only be our own mistake.
 */
export const changeOrder = (order: Order, patch: Patch, change: Change): Order =>
  applied(order, { ...order, ...patch }, patch.looks, change);

/** The order paid by one of its attempts, for good; with its figures, where a person accepted them. */
export const payOrder = (
  order: Order,
  paid: Pick<Order, "impUid" | "paidAtMs"> & Partial<Pick<Order, "taxFree" | "escrow">>,
  patch: Patch,
  change: Change,
): Order => applied(order, { ...order, ...patch, ...paid }, patch.looks, change);

function applied(order: Order, patched: Order, wantedLooks: number | undefined, change: Change): Order {
  const kept = { ...patched, attempts: withoutSpentWishes(patched.attempts, patched.cancel) };
  const { attempts, folded } = foldAttempts(kept, change.atMs);
  const state = stateOf({ ...patched, attempts });
  const isMove = state !== order.state;
  if (isMove && !canMove(order.state, state))
    throw new Error(`order ${order.merchantUid} cannot go from ${order.state} to ${state}`);
  // A ninth that holds money is kept, and somebody should know why there are so many.
  const isCrowded = attempts.length > Math.max(mostAttempts, order.attempts.length);
  const reviewReason = patched.reviewReason ?? (isCrowded ? "manual_refund" : null);
  const isMarked = reviewReason !== order.reviewReason;
  const isTaken =
    patched.cancel !== order.cancel ||
    patched.charge !== order.charge ||
    patched.instruction !== order.instruction ||
    patched.receiptOperation !== order.receiptOperation;
  const isNews = isMove || isMarked || change.isNoted === true;
  const entry: HistoryEntry = {
    atMs: change.atMs,
    by: change.by,
    key: change.key ?? null,
    from: order.state,
    to: state,
    reason: change.reason ?? (isMarked ? reviewReason : null),
  };
  const next = {
    ...patched,
    attempts,
    folded,
    receiptRecipient: isRecipientSpent({ ...patched, attempts }) ? null : patched.receiptRecipient,
    reviewReason,
    reviewSinceMs: reviewReason === null ? null : (order.reviewSinceMs ?? change.atMs),
    state,
    history: isNews ? [...order.history, entry].slice(-historyLength) : order.history,
    holdUntilMs:
      state === "approved" && approvedAttempt({ ...patched, attempts }) ? patched.holdUntilMs : null,
    // Claim tokens never repeat, so one that stood there before is an earlier claim's.
    lookClaim: patched.lookClaim === order.lookClaim ? null : patched.lookClaim,
    looks: wantedLooks ?? (isNews || isTaken ? 0 : patched.looks),
  };
  const owing = { ...next, wishedAtMs: wishedAtMs(order, next, change.atMs) };
  const ladder = isAtRest(owing, change.atMs)
    ? { nextLookAtMs: null, lookedAtMs: null, looks: 0, silences: 0 }
    : {};
  const climbing = { ...owing, ...ladder };
  const dueAtMs = dueAt(climbing);
  return { ...climbing, dueAtMs };
}

/** A person has to look; a mark already set stays, because it was first. */
export const markForReview = (order: Order, reason: ReviewReason, stamp: Stamp): Order =>
  order.reviewReason === null ? changeOrder(order, { reviewReason: reason }, stamp) : order;

/** The order due at once, whatever its state; the same object if it is due already. */
export function makeDueNow(order: Order, stamp: Stamp): Order {
  const { atMs } = stamp;
  if (order.dueAtMs !== null && order.dueAtMs <= atMs) return order;
  return changeOrder(order, { lookNowAtMs: lookNowAtMs(order, atMs) }, stamp);
}
