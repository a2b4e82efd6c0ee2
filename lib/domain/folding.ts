// Room for eight attempts: whoever opens many must not grow an order's item, and no money may be forgotten for it.

import { sum } from "./money.ts";
import {
  type Attempt,
  attemptOf,
  cancelledOf,
  type FoldedAttempts,
  hasEnded,
  isOpen,
  type Order,
  remainingOfAttempt,
} from "./order.ts";
import type { PaymentRecord } from "./payment-record.ts";

export const mostAttempts = 8;
/** Accounts kept at a time, the buyer's own and strangers' that are to be closed. */
const mostOpen = { own: mostAttempts, others: 4 };

/** One more account is kept; else it is looked at again later, and whatever is paid in is seen then. */
export const hasRoom = ({ attempts }: Pick<Order, "attempts">, isOwn: boolean): boolean =>
  attempts.length < mostAttempts && attempts.filter(isOpen).length < mostOpen[isOwn ? "own" : "others"];

/** Given back for so long that nobody asks about it any more, and nothing about it is on its way. */
const longMs = 30 * 24 * 3_600_000;

type Foldable = Pick<Order, "attempts" | "folded" | "impUid" | "cancel">;

/**
 * Keeps at most eight attempts, folding the oldest that ended without money, then the oldest long given back. Money is
 * never folded, and neither is the last attempt confirm approved, because the order's state follows from it.
 */
export function foldAttempts(order: Foldable, nowMs: number): Pick<Order, "attempts" | "folded"> {
  let { attempts, folded } = order;
  while (attempts.length > mostAttempts) {
    const approvals = attempts.filter(({ wasApproved }) => wasApproved).length;
    const oldest =
      attempts.find((attempt) => hasEnded(attempt) && (!attempt.wasApproved || approvals > 1)) ??
      attempts.find(
        (attempt) => isLongGone(attempt, order, nowMs) && (!attempt.wasApproved || approvals > 1),
      );
    if (!oldest) break;
    attempts = attempts.filter((attempt) => attempt !== oldest);
    folded = foldedWith(folded, oldest);
  }
  return { attempts, folded };
}

const isLongGone = (attempt: Attempt, { impUid, cancel }: Foldable, nowMs: number): boolean =>
  attempt.state === "given_back" &&
  attempt.impUid !== impUid &&
  attempt.impUid !== cancel?.impUid &&
  remainingOfAttempt(attempt) === 0 &&
  nowMs - Math.max(attempt.stateSinceMs, lastCancelMs(attempt)) >= longMs;

const lastCancelMs = ({ cancels }: Attempt): number => Math.max(0, ...cancels.map(({ atMs }) => atMs));

const foldedWith = (folded: FoldedAttempts | null, attempt: Attempt): FoldedAttempts => ({
  count: (folded?.count ?? 0) + 1,
  givenBack: sum([...(folded ? [folded.givenBack] : []), cancelledOf(attempt)]),
  untilMs: Math.max(folded?.untilMs ?? 0, lastCancelMs(attempt)),
});

/** Wholly given back, and by its time one of those that were folded, so that it is not met as a new one. */
export function isFolded(order: Order, { impUid, amount, cancelAmount, cancels }: PaymentRecord): boolean {
  const { folded } = order;
  if (folded === null || folded.untilMs === 0 || attemptOf(order, impUid)) return false;
  const isGone = amount !== null && cancelAmount === amount && cancels.length > 0;
  return isGone && cancels.every(({ atMs }) => atMs !== null && atMs <= folded.untilMs);
}
