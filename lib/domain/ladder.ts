// The ladder of looks at an order that still owes something: climbed by the sweep's claim, left or begun anew by what
// a look shows. Nothing else moves its next rung.
import { isInDoubt, isLadderUsedUp, isMoneyDue, isNewlyOwed, owed, rungMs } from "./due.ts";
import { isOpenWindow, type Look } from "./look.ts";
import { approvedAttempt, type Order, type Stamp } from "./order.ts";
import { changeOrder, markForReview } from "./order-change.ts";
import type { ReviewReason } from "./review.ts";

/** From 0 to 1: how much of a tenth of the rung is left out, so that what became due together does not stay together. */
export type Earliness = number;
const mostEarly = 0.1;

/** When the look after this one is wanted, that many having been made. */
const nextRungAtMs = (nowMs: number, looks: number, earliness: Earliness): number =>
  afterMs(nowMs, rungMs(looks), earliness);

const afterMs = (nowMs: number, waitMs: number, earliness: Earliness): number =>
  nowMs + Math.round(waitMs * (1 - mostEarly * earliness));

/** Whoever lifts the brake need not wait longer for what it holds. */
const stoppedLookMs = 10 * 60_000;

const waitMsOf = ({ looks, reviewReason }: Order): number =>
  reviewReason === "give_back_stopped" ? Math.min(rungMs(looks), stoppedLookMs) : rungMs(looks);

export interface LookClaim {
  readonly earliness: Earliness;
  /** Names the sweep that looks now; null in the write of the look itself, which needs no claim any more. */
  readonly lookClaim: string | null;
}

/**
 * The sweep has come: what is owed by now has its look, and the next one is a rung away. What has just become due
 * begins a climb of its own, whatever was climbed for before. Out of turn a rung that comes sooner stays as it is, so
 * that whoever may ask for looks climbs no order into review.
 */
export function claimLook(order: Order, { earliness, lookClaim }: LookClaim, stamp: Stamp): Order {
  const { looks, nextLookAtMs, dueAtMs } = order;
  const { atMs } = stamp;
  const claim = { lookClaim, lookedAtMs: atMs, silences: 0 };
  if (isWindowsDue(order, atMs) && (isNewlyOwed(order, atMs) || isFirstLook(order, atMs)))
    return changeOrder(order, { ...claim, nextLookAtMs: dueAtMs, looks: 0 }, stamp);
  const comesMs = nextLookAtMs !== null && nextLookAtMs > atMs ? nextLookAtMs : Number.POSITIVE_INFINITY;
  if (isNewlyOwed(order, atMs)) {
    const rungAtMs = Math.min(comesMs, nextRungAtMs(atMs, 0, earliness));
    return changeOrder(order, { ...claim, nextLookAtMs: rungAtMs, looks: 1 }, stamp);
  }
  if (isLeftDue(order, atMs))
    return changeOrder(order, { ...claim, nextLookAtMs: nextRungAtMs(atMs, 1, earliness), looks: 2 }, stamp);
  if (comesMs <= atMs + waitMsOf(order)) return changeOrder(order, claim, stamp);
  const isPersons = isLadderUsedUp(looks) && isInDoubt(order, atMs);
  return changeOrder(
    order,
    {
      ...claim,
      nextLookAtMs: afterMs(atMs, waitMsOf(order), earliness),
      looks: looks + 1,
      // A mark alone does not begin the climb anew: from here on the looks stay daily.
      ...(isPersons ? { reviewReason: order.reviewReason ?? ("operation_unresolved" as const) } : {}),
    },
    stamp,
  );
}

/** PortOne answered what nobody can read, as often as there are rungs: a person asks it, whatever the look was for. */
export const tellUnreadable = (order: Order, stamp: Stamp): Order =>
  isLadderUsedUp(order.looks) ? markForReview(order, "operation_unresolved", stamp) : order;

const minuteMs = 60_000;
/** After looks that nobody answered: soon again, so that whatever was missed is seen minutes after PortOne is back. */
const silentWaitsMs = [1, 2, 5].map((minutes) => minutes * minuteMs);
const longestSilentWaitMs = 10 * minuteMs;
/** A day of them: whoever is never answered ends before a person like any other. */
const mostSilences = 144;

const silentWaitMs = (silences: number): number => silentWaitsMs[silences] ?? longestSilentWaitMs;
const isSilentTooLong = (silences: number): boolean => silences + 1 >= mostSilences;

/** An order as it was read, as its look was claimed, and as it stands after the look. */
export interface Looked {
  readonly before: Order;
  readonly claimed: Order;
  readonly standing: Order;
}

/**
 * Nobody answered, so that the look was not made: its rung is given back, and it is tried again after a wait of its own.
 * Whoever has moved the ladder since the claim has looked.
 */
export function giveRungBack(
  { before, claimed, standing }: Looked,
  { earliness, lookClaim }: LookClaim,
  stamp: Stamp,
): Order {
  const isMoved = standing.looks !== claimed.looks || standing.nextLookAtMs !== claimed.nextLookAtMs;
  if (isMoved || isSilentTooLong(before.silences)) return standing;
  const againAtMs = afterMs(stamp.atMs, silentWaitMs(before.silences), earliness);
  const kept = { lookClaim, silences: before.silences + 1 };
  const isOutOfTurn = claimed.looks === before.looks && claimed.nextLookAtMs === before.nextLookAtMs;
  // Out of turn no rung was climbed: the look that somebody wanted is still wanted.
  if (isOutOfTurn)
    return changeOrder(standing, { ...kept, lookNowAtMs: standing.lookNowAtMs && againAtMs }, stamp);
  const looks = isNewlyOwed(before, claimed.lookedAtMs ?? stamp.atMs) ? 0 : before.looks;
  return changeOrder(standing, { ...kept, looks, nextLookAtMs: againAtMs }, stamp);
}

/** What is remembered of the looks at an item beside the orders. */
export interface Climb {
  readonly dueAtMs: number | null;
  readonly looks: number;
  /** Looks in a row that nobody answered. */
  readonly silences: number;
  /** Set when the ladder is used up, so that a person looks; the looks stay daily. */
  readonly reviewReason: ReviewReason | null;
}

/** Not looked at yet, and due at this time if ever. */
export const firstLook = (dueAtMs: number | null): Climb => ({
  dueAtMs,
  looks: 0,
  silences: 0,
  reviewReason: null,
});

/** The sweep has come for it. */
export const climb = ({ looks, reviewReason }: Climb, nowMs: number, earliness: Earliness): Climb => ({
  dueAtMs: nextRungAtMs(nowMs, looks, earliness),
  looks: looks + 1,
  silences: 0,
  reviewReason: reviewReason ?? (isLadderUsedUp(looks) ? "operation_unresolved" : null),
});

/** Nobody answered: as an order's rung, given back; null where the silence has lasted too long for that. */
export const climbDown = (before: Climb, nowMs: number, earliness: Earliness): Climb | null =>
  isSilentTooLong(before.silences)
    ? null
    : {
        ...before,
        dueAtMs: afterMs(nowMs, silentWaitMs(before.silences), earliness),
        silences: before.silences + 1,
      };

/**
 * Nobody is known to have begun to pay. The first rung of such an order is as long as a sweep's turn, so that it stays
 * due for the next sweep: to move its time costs more than the look.
 */
const isWindowsDue = (order: Order, nowMs: number): boolean =>
  order.dueAtMs !== null && order.dueAtMs <= nowMs && !isMoneyDue(order, nowMs);

const isFirstLook = ({ looks, lookedAtMs, nextLookAtMs }: Order, nowMs: number): boolean =>
  looks === 0 && lookedAtMs === null && nextLookAtMs !== null && nextLookAtMs <= nowMs;

/** A look was made since it became due, and it was left due. */
const isLeftDue = (order: Order, nowMs: number): boolean =>
  isWindowsDue(order, nowMs) &&
  order.looks === 0 &&
  order.lookedAtMs !== null &&
  (order.dueAtMs ?? 0) <= order.lookedAtMs;

const turnMs = 30_000;

/** Another of this minute's sweeps has just looked at it, and left it due for the next minute's. */
export const isLookedAtThisTurn = (order: Order, nowMs: number): boolean =>
  isLeftDue(order, nowMs) && !isNewlyOwed(order, nowMs) && nowMs - (order.lookedAtMs ?? 0) < turnMs;

/**
 * What a look at all attempts makes of the ladder. While a window is open, an attempt approved, or something owed by
 * now still there, the looks go on, from the first rung again if this look brought news; otherwise each debt waits
 * for its own time. A first look that has not been made yet is not given up.
 */
export function goOnLooking(before: Order, order: Order, look: Look): Order {
  const { nextLookAtMs, dueAtMs } = order;
  if (!look.isComplete || dueAtMs === null) return order;
  const { atMs } = look;
  const firstRungMs = atMs + rungMs(0);
  const isClimbing = before.looks > 0 || (nextLookAtMs !== null && nextLookAtMs <= atMs);
  if (look.records.some(isOpenWindow) || approvedAttempt(order)) {
    const beginsAnew = nextLookAtMs === null || (before.looks > 0 && order.looks === 0);
    if (!beginsAnew) return order;
    if (isLeftDue(before, atMs) && !isMoneyDue(order, atMs))
      return changeOrder(order, { nextLookAtMs: before.dueAtMs, lookedAtMs: before.lookedAtMs }, look);
    const rungAtMs = Math.min(nextLookAtMs ?? firstRungMs, firstRungMs);
    return changeOrder(order, { nextLookAtMs: rungAtMs, looks: 1 }, look);
  }
  const isStillOwed = owed(order).some((debt) => debt.atMs <= atMs);
  if (nextLookAtMs === null || isStillOwed || !isClimbing) return order;
  return changeOrder(order, { nextLookAtMs: null, lookedAtMs: null, looks: 0 }, look);
}
