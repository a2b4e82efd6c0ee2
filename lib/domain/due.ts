// When the sweep looks at an order next: the earliest time of everything the order owes, each with its own time.
// Computed inside every write, so that nothing is put off by another fact and only orders that still need attention
// carry index keys.
import { type CancelOperation, firstLookAfterSendMs, quietMs } from "./operation.ts";
import { type Attempt, hasEnded, type Order, type OrderState, type OwedRead } from "./order.ts";
import { closesAtMs } from "./payment-record.ts";
import { recipientEndsAtMs } from "./receipt-goal.ts";
import { allWishesOf, receiptWishesOf, wishedSinceMs, wishesOf } from "./wishes.ts";

type Attention = Pick<
  Order,
  | "state"
  | "impUid"
  | "amount"
  | "taxFree"
  | "isExpired"
  | "attempts"
  | "cancel"
  | "charge"
  | "instruction"
  | "receipt"
  | "receiptOperation"
  | "receiptRecipient"
  | "receiptHandedOver"
  | "owedReads"
  | "expiresAtMs"
  | "holdUntilMs"
  | "openUntilMs"
  | "lookNowAtMs"
  | "wishedAtMs"
  | "nextLookAtMs"
  | "lookedAtMs"
>;

/** What an order can owe: the first five are in doubt, and end before a person if nothing ends them. */
export type Debt =
  | "call"
  | "wish"
  | "receipt"
  | "read"
  | "hold"
  | "account_end"
  | "window_end"
  | "expiry"
  | "recipient_end"
  | "look_now";

export interface Owed {
  readonly what: Debt;
  readonly atMs: number;
}

const inDoubt: Readonly<Record<Debt, boolean>> = {
  call: true,
  wish: true,
  receipt: true,
  read: true,
  hold: true,
  account_end: false,
  window_end: false,
  expiry: false,
  recipient_end: false,
  look_now: false,
};

/** Does PortOne's record have to be asked when the order's own time is over, because a window may still be paid in? */
export const mayExpire: Readonly<Record<OrderState, (order: Attention) => boolean>> = {
  // Money that waits for a person keeps it as it is.
  created: (order) => !order.isExpired,
  failed: (order) => !order.isExpired,
  // An account waits for days; the order's windows are over with the order's own time.
  awaiting_deposit: (order) => !order.isExpired,
  // An attempt that may still pay has a time of its own; money that waits for a person has none.
  approved: (order) => !order.isExpired && !order.attempts.some(({ state }) => state === "approved"),
  paid: () => false,
  partially_refunded: () => false,
  refunded: () => false,
  expired: () => false,
  voided: () => false,
};

/** Everything the order owes a look, and from when on. */
export function owed(order: Attention): readonly Owed[] {
  const { charge, instruction } = order;
  return [
    ...at("look_now", order.lookNowAtMs),
    ...at("wish", wishedSinceMs(wishesOf(order), order)),
    ...at("receipt", receiptOwedAtMs(order)),
    ...at("read", order.receipt?.readAtMs ?? null),
    ...at("recipient_end", recipientEndsAtMs(order)),
    ...order.owedReads.flatMap(({ atMs }) => at("read", atMs)),
    ...at("call", order.cancel && looksAtCancel[order.cancel.state](order.cancel)),
    ...at("call", order.receiptOperation && looksAfterSend(order.receiptOperation)),
    ...at("call", charge && charge.state !== "resend" ? looksAfterCharge(charge) : null),
    ...(instruction && instruction.state !== "resend" ? looksAfterInstruction(instruction) : []),
    ...order.attempts.flatMap((attempt) => owedByAttempt(attempt, order)),
    ...at("window_end", order.openUntilMs),
    ...at("expiry", mayExpire[order.state](order) && !isSeenWithWindows(order) ? order.expiresAtMs : null),
  ];
}

/** Its windows end so soon after itself that one look sees both. */
const isSeenWithWindows = ({ openUntilMs, expiresAtMs }: Attention): boolean =>
  openUntilMs !== null && openUntilMs >= expiresAtMs;

const at = (what: Debt, atMs: number | null): readonly Owed[] => (atMs === null ? [] : [{ what, atMs }]);

/** PortOne runs a reservation at its time; the first look comes a little later. */
const firstLookAfterRunMs = 2 * 60_000;

const looksAfterSend = ({ sentAtMs }: { readonly sentAtMs: number }): number =>
  sentAtMs + firstLookAfterSendMs;

/** One that may not be sent again at night is looked at in the morning as well. */
const looksOnceSent = (cancel: CancelOperation): number =>
  Math.max(looksAfterSend(cancel), cancel.scheduledAtMs ?? 0);

const looksAtCancel: Readonly<Record<CancelOperation["state"], (cancel: CancelOperation) => number>> = {
  claimed: looksOnceSent,
  unknown: looksOnceSent,
  scheduled: ({ scheduledAtMs, sinceMs }) => scheduledAtMs ?? sinceMs,
  closed: looksAfterSend,
};

const looksAfterCharge = ({ scheduledAtMs, sentAtMs }: NonNullable<Order["charge"]>): number =>
  scheduledAtMs === null ? looksAfterSend({ sentAtMs }) : scheduledAtMs + firstLookAfterRunMs;

/** Until it is read back, a move may have happened or not: the order is looked at after both times. */
const looksAfterInstruction = (instruction: NonNullable<Order["instruction"]>): readonly Owed[] => [
  ...at("call", looksAfterSend(instruction)),
  ...at("call", instruction.kind === "reschedule" ? instruction.wantedAtMs + firstLookAfterRunMs : null),
];

/** How long a window that is open may still be paid in after nobody waits for it any more. */
export const windowLifeMs = 30 * 60_000;

/** An order that was paid meanwhile is held by nobody, but the attempt approved before may still be paid, too. */
export const holdEndMs = (attempt: Attempt, { holdUntilMs }: Pick<Order, "holdUntilMs">): number =>
  holdUntilMs ?? attempt.stateSinceMs + windowLifeMs;

function owedByAttempt(attempt: Attempt, order: Attention): readonly Owed[] {
  const { state, account, isRevoking } = attempt;
  if (state === "approved") return at("hold", holdEndMs(attempt, order));
  if (state !== "ready" || isRevoking) return [];
  return at("account_end", account ? closesAtMs(account) : order.expiresAtMs);
}

/** No new receipt is issued while a DELETE may still be on its way. */
function receiptOwedAtMs(order: Attention): number | null {
  const sinceMs = wishedSinceMs(receiptWishesOf(order), order);
  return sinceMs && Math.max(sinceMs, order.receipt?.restsUntilMs ?? sinceMs);
}

/** `wishedAtMs` of the changed order: a new wish is wished now, whatever was wished and looked at before. */
export function wishedAtMs(before: Attention, after: Attention, atMs: number): number | null {
  const wishes = allWishesOf(after);
  if (wishes.length === 0) return null;
  const known = new Set(allWishesOf(before).map(({ name }) => name));
  const isNew = wishes.some(({ name }) => !known.has(name));
  return isNew ? unlessWaiting(after, after.wishedAtMs, atMs) : after.wishedAtMs;
}

/** `lookNowAtMs` of an order that somebody wants looked at now. */
export const lookNowAtMs = (order: Attention, atMs: number): number =>
  unlessWaiting(order, order.lookNowAtMs, atMs);

/** What waits since earlier and was not looked at keeps its time. */
const unlessWaiting = (order: Attention, sinceMs: number | null, atMs: number): number =>
  sinceMs !== null && !isLookedAt(order, sinceMs) ? Math.min(sinceMs, atMs) : atMs;

const isLookedAt = ({ lookedAtMs, nextLookAtMs }: Attention, owedAtMs: number): boolean =>
  lookedAtMs !== null && nextLookAtMs !== null && owedAtMs <= lookedAtMs;

/**
 * The stored `due_at`: null while nothing is owed. A debt that a sweep has come for and that is still there is looked
 * at again by the ladder; every other one at its own time.
 */
export function dueAt(order: Attention): number | null {
  const debts = owed(order);
  if (debts.length === 0) return null;
  const ahead = debts.filter(({ atMs }) => !isLookedAt(order, atMs)).map(({ atMs }) => atMs);
  return Math.min(...ahead, ...(order.nextLookAtMs === null ? [] : [order.nextLookAtMs]));
}

/** Nothing is owed but to forget, some day, for whom a receipt was: no look is wanted before. */
export const isAtRest = (order: Attention, nowMs: number): boolean =>
  owed(order).every(({ what, atMs }) => what === "recipient_end" && atMs > nowMs);

const isCallInFlight = ({ cancel, charge, instruction, receiptOperation }: Attention): boolean =>
  [cancel, charge, instruction, receiptOperation].some((call) => call !== null);

/**
 * A sweep with more to do than time looks at it first: a call in flight, money held or waited for, a word that something
 * happened. Otherwise nobody is known to have begun to pay, and most never will.
 */
export const isMoneyDue = (order: Attention, nowMs: number): boolean =>
  isCallInFlight(order) ||
  order.lookNowAtMs !== null ||
  order.attempts.some((attempt) => !hasEnded(attempt)) ||
  isInDoubt(order, nowMs);

/** Looking at it may send something, so that a look is claimed before it is made. */
export const mayBeSentOn = (order: Attention): boolean =>
  isCallInFlight(order) || allWishesOf(order).length > 0 || (order.receipt?.readAtMs ?? null) !== null;

/** Something happened or may have happened that a look had to clear up by now, so that a person is told if none does. */
export const isInDoubt = (order: Attention, nowMs: number): boolean =>
  owed(order).some(({ what, atMs }) => inDoubt[what] && atMs <= nowMs);

/** The time of a debt has come since the sweep was here last; a look that somebody wants is none. */
export const isNewlyOwed = (order: Attention, nowMs: number): boolean =>
  owed(order).some(({ what, atMs }) => what !== "look_now" && atMs <= nowMs && !isLookedAt(order, atMs));

/** More are not kept apart: of one attempt's, the first and the last are enough then. */
const mostReads = 8;

/** The reads owed with one more among them, each kept with its own time; the same list if it is owed already. */
export const owingRead = (
  { owedReads }: Pick<Order, "owedReads">,
  read: { readonly atMs: number; readonly impUid: string | null },
): readonly OwedRead[] => {
  if (owedReads.some(({ atMs, impUid }) => atMs === read.atMs && impUid === read.impUid)) return owedReads;
  const reads = [...owedReads, read].sort((a, b) => a.atMs - b.atMs);
  if (reads.length <= mostReads) return reads;
  return reads.filter(
    ({ impUid }, index) =>
      reads.findIndex((other) => other.impUid === impUid) === index ||
      reads.findLastIndex((other) => other.impUid === impUid) === index,
  );
};

/** One more look is owed QUIET after this moment: what was refused may be the late success of something lost. */
export const owingQuietRead = (
  order: Pick<Order, "owedReads">,
  impUid: string | null,
  nowMs: number,
): readonly OwedRead[] => owingRead(order, { atMs: nowMs + quietMs, impUid });

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Between one look of the sweep and the next; afterwards it stays daily. */
const rungsMs = [1, 5, 15, 30, 120].map((minutes) => minutes * minuteMs).concat(Array(5).fill(dayMs));

/** How long to wait after the given number of looks. */
export const rungMs = (looks: number): number => rungsMs[looks] ?? dayMs;

/** The whole ladder has been climbed without a result. */
export const isLadderUsedUp = (looks: number): boolean => looks >= rungsMs.length;
