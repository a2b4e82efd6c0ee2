// The order, its attempts and the moves between its states. This table is the authority: a move that is
// not in it is impossible. Pure: time comes in as an argument.

import type { CancelOperation } from "./cancel.ts";
import type { Charge, ChargeResult } from "./charge.ts";
import { dueAt } from "./due.ts";
import { type Currency, least, type Money, minus, sum } from "./money.ts";
import type { VirtualAccount } from "./payment-record.ts";
import type { Receipt, ReceiptOperation } from "./receipt.ts";
import type { ReviewReason } from "./review.ts";

export type OrderState =
  | "created"
  | "approved"
  | "awaiting_deposit"
  | "paid"
  | "partially_refunded"
  | "refunded"
  | "failed"
  | "expired"
  | "voided";

/** Who caused a change: the merchant's call, PortOne's, the buyer's browser, the clock, or a person. */
export type Actor = "merchant" | "buyer" | "portone" | "sweep" | "audit" | "operator";

export type AttemptState = "approved" | "ready" | "paid" | "failed" | "abandoned" | "given_back";

/** A cancel we know of, once by its `cancellation_id`. */
export interface Cancel {
  readonly cancellationId: string;
  readonly amount: Money;
  readonly atMs: number;
  /** Known only of our own refunds; PortOne's record does not split a cancel by tax. */
  readonly taxFree: Money;
  /** The refund of ours that made it; null for one made in PortOne's console. */
  readonly refundId: string | null;
}

/** One `imp_uid`. All facts about money belong to an attempt; the order only adds them up. */
export interface Attempt {
  readonly impUid: string;
  readonly state: AttemptState;
  readonly amount: Money;
  /** PortOne's word; differs from the order's only in a payment that failed verification. */
  readonly currency: string;
  readonly atMs: number;
  /** confirm said yes to it, so its end is the end of the order's approval. */
  readonly wasApproved: boolean;
  /** Its hold was extended once because PortOne still showed an open window. */
  readonly holdExtended: boolean;
  readonly cancels: readonly Cancel[];
  /** What the buyer really paid with; null until money was taken. */
  readonly payMethod: string | null;
  readonly cashReceiptIssued: boolean;
  readonly giveBack: "wanted" | "scheduled" | "done" | null;
  /** Its account is to be revoked: nothing may be paid into it any more. */
  readonly isRevoking: boolean;
  readonly account: VirtualAccount | null;
}

export interface HistoryEntry {
  readonly atMs: number;
  readonly by: Actor;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: string | null;
}

export interface Order {
  readonly merchantUid: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly currency: Currency;
  readonly name: string;
  readonly payMethod: string;
  readonly buyerName: string;
  readonly escrow: boolean;
  /** Hash of the body it was created from: the same body again is the same order. */
  readonly bodyHash: string;
  readonly state: OrderState;
  /** The attempt that paid it; set once, never changed. */
  readonly impUid: string | null;
  readonly attempts: readonly Attempt[];
  readonly reviewReason: ReviewReason | null;
  /** The money slot: the one cancel in flight. */
  readonly operation: CancelOperation | null;
  /** The charge without a window that is in flight or reserved. */
  readonly charge: Charge | null;
  readonly chargeResult: ChargeResult | null;
  /** The order of the same debt this one was closed for, and the one it was made instead of. */
  readonly supersededBy: string | null;
  readonly replaces: string | null;
  readonly receipt: Receipt | null;
  /** A slot of its own, so that a receipt in doubt never blocks a refund. */
  readonly receiptOperation: ReceiptOperation | null;
  /** One more look is owed at this time, whatever the state. */
  readonly recheckAtMs: number | null;
  readonly history: readonly HistoryEntry[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly holdUntilMs: number | null;
  readonly paidAtMs: number | null;
  readonly voidedAtMs: number | null;
  /** The merchant wants it void as soon as no account is open any more. */
  readonly isVoidWanted: boolean;
  /** A full look at PortOne's attempts after `expiresAtMs` found nothing alive. */
  readonly isExpired: boolean;
  /** When the sweep looks next; null while nothing needs attention. */
  readonly dueAtMs: number | null;
  /** Sweeps that looked since something last changed; the rung of the ladder. */
  readonly looks: number;
  readonly version: number;
}

const moves: Record<OrderState, readonly OrderState[]> = {
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
const attemptsLength = 8;

export const cancelledOf = (attempt: Attempt): Money => sum(attempt.cancels.map((cancel) => cancel.amount));
/** What is left of an attempt by what we hold. */
export const remainingOfAttempt = (attempt: Attempt): Money => minus(attempt.amount, cancelledOf(attempt));
export const attemptOf = (order: Order, impUid: string): Attempt | undefined =>
  order.attempts.find((attempt) => attempt.impUid === impUid);
export const payingAttempt = (order: Order): Attempt | undefined =>
  order.impUid === null ? undefined : attemptOf(order, order.impUid);
export const approvedAttempt = (order: Order): Attempt | undefined =>
  order.attempts.find((attempt) => attempt.state === "approved");

/** What of the order's money has been given back, counted on the attempt that paid it. */
export function cancelAmountOf(order: Order): Money {
  const paying = payingAttempt(order);
  return paying ? cancelledOf(paying) : sum([]);
}
export const remainingOf = (order: Order): Money => minus(order.amount, cancelAmountOf(order));
/** The tax-free part of our own refunds of the paying attempt. */
export function cancelTaxFreeOf(order: Order): Money {
  const paying = payingAttempt(order);
  return sum(paying ? paying.cancels.map((cancel) => cancel.taxFree) : []);
}

/** A console cancel does not tell its tax-free part, but never can more be tax-free than is left. */
export const remainingTaxFreeOf = (order: Order): Money =>
  least(minus(order.taxFree, cancelTaxFreeOf(order)), remainingOf(order));

/** An attempt that holds or held a buyer's money, which may never be forgotten. */
export const holdsMoney = (attempt: Attempt): boolean =>
  attempt.state === "paid" || attempt.state === "given_back";
const hasEnded = (attempt: Attempt): boolean => attempt.state === "failed" || attempt.state === "abandoned";

/** The state as a function of the attempts, the paying attempt, void and expiry; never set by hand. */
export function stateOf(order: Omit<Order, "state">): OrderState {
  const paying = order.attempts.find((attempt) => attempt.impUid === order.impUid);
  if (paying) {
    const cancelled = cancelledOf(paying);
    if (cancelled === 0) return "paid";
    return cancelled < paying.amount ? "partially_refunded" : "refunded";
  }
  if (order.voidedAtMs !== null) return "voided";
  if (order.attempts.some((attempt) => attempt.state === "approved")) return "approved";
  if (order.attempts.some((attempt) => attempt.state === "ready")) return "awaiting_deposit";
  // Only an attempt that confirm approved takes the order with it when it ends without paying it.
  if (order.attempts.some((attempt) => attempt.wasApproved)) return "failed";
  if (order.chargeResult?.status === "failed") return "failed";
  return order.isExpired ? "expired" : "created";
}

export interface Change {
  readonly by: Actor;
  readonly atMs: number;
  readonly reason?: string | null;
  /** When to look again, if the result still needs attention; default: as before. */
  readonly lookAtMs?: number;
  /** Worth a history line although neither state nor mark changes. */
  readonly isNoted?: boolean;
}

/**
 * Applies a patch: derives the state, checks the move, writes the history line and the next look. The
 * version is the store's to move. Throws on a move the table does not have, which can only be our own mistake.
 */
export function changeOrder(
  order: Order,
  patch: Partial<Omit<Order, "state" | "version" | "history" | "dueAtMs">>,
  change: Change,
): Order {
  const patched = { ...order, ...patch };
  const attempts = withinLimit(patched.attempts);
  const state = stateOf({ ...patched, attempts });
  const isMove = state !== order.state;
  if (isMove && !canMove(order.state, state))
    throw new Error(`order ${order.merchantUid} cannot go from ${order.state} to ${state}`);
  const isMarked = patched.reviewReason !== order.reviewReason;
  const isTaken = patched.operation !== order.operation;
  const entry: HistoryEntry = {
    atMs: change.atMs,
    by: change.by,
    from: order.state,
    to: state,
    reason: change.reason ?? (isMarked ? patched.reviewReason : null),
  };
  const history =
    isMove || isMarked || change.isNoted ? [...order.history, entry].slice(-historyLength) : order.history;
  const next = {
    ...patched,
    attempts,
    state,
    history,
    holdUntilMs: state === "approved" ? patched.holdUntilMs : null,
    looks: isMove || isMarked || isTaken || change.isNoted ? 0 : patched.looks,
  };
  return { ...next, dueAtMs: dueAt(next, change.lookAtMs ?? order.dueAtMs ?? change.atMs) };
}

export const newAttempt = (
  impUid: string,
  order: Pick<Order, "amount" | "currency">,
  atMs: number,
): Attempt => ({
  impUid,
  state: "approved",
  amount: order.amount,
  currency: order.currency,
  atMs,
  wasApproved: false,
  holdExtended: false,
  cancels: [],
  payMethod: null,
  cashReceiptIssued: false,
  giveBack: null,
  isRevoking: false,
  account: null,
});

/** Replaces the attempt of that imp_uid, or adds it. */
export const withAttempt = (attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] =>
  attempts.some((known) => known.impUid === attempt.impUid)
    ? attempts.map((known) => (known.impUid === attempt.impUid ? attempt : known))
    : [...attempts, attempt];

/**
 * Keeps at most eight attempts, dropping the oldest that ended without money; money is never dropped, and
 * neither is the last one confirm approved, because the order's state follows from it.
 */
function withinLimit(attempts: readonly Attempt[]): readonly Attempt[] {
  let kept = attempts;
  while (kept.length > attemptsLength) {
    const approvals = kept.filter((attempt) => attempt.wasApproved).length;
    const oldest = kept.find((attempt) => hasEnded(attempt) && (!attempt.wasApproved || approvals > 1));
    if (!oldest) return kept;
    kept = kept.filter((attempt) => attempt !== oldest);
  }
  return kept;
}
