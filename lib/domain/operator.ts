// What an operator may decide about an order that waits for a person. Nothing here can make an order paid: only a payment
// does, by the rules of verification, or of acceptance.ts where a person takes its word.
import { lookNowAtMs } from "./due.ts";
import { unwantedMoney, wantedGiveBacks } from "./give-back.ts";
import { findBrokenRefundRules, refundFactsOf } from "./ksnet/refund-rules.ts";
import type { BrokenRule, RuleContext } from "./ksnet/rule.ts";
import { type Attempt, type Order, remainingOfAttempt, type Stamp, withAttempt } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import type { AskedAccount } from "./refund-account.ts";
import { mayGoAtMs } from "./scheduled-cancel.ts";
import { cutToBytes } from "./text.ts";

export const operatorActions = ["sync", "accept", "give_back", "clear"] as const;
export type OperatorAction = (typeof operatorActions)[number];

/** What of the note fits into a history line: forty Korean characters. */
const longestNoteBytes = 120;

/**
 * The mark taken off. A call that was sent as often as it may be gets its sends back: the person has
 * looked at PortOne's console, and QUIET, checksum and tag guard the new ones as they did the old.
 */
export const clearReview = (order: Order, note: string, stamp: Stamp): Order =>
  changeOrder(
    order,
    {
      reviewReason: null,
      cancel: order.cancel && { ...order.cancel, sends: Math.min(order.cancel.sends, 1) },
      instruction: order.instruction && { ...order.instruction, sends: Math.min(order.instruction.sends, 1) },
      // Without whom it is for there is nothing that could be tried again: what was handed over is done.
      receiptHandedOver: order.receiptRecipient === null ? order.receiptHandedOver : null,
      // At rest there is nothing to look at.
      ...(order.dueAtMs === null ? {} : { lookNowAtMs: lookNowAtMs(order, stamp.atMs) }),
    },
    { ...stamp, reason: inHistory("cleared", note) },
  );

const mayBeWished = (order: Order): readonly Attempt[] => [
  ...unwantedMoney(order),
  ...wantedGiveBacks(order),
];

/** KSNET's rules that forbid it, where they forbid all of it; what may go back goes, and the rest is a person's again. */
export function findBrokenByAll(
  order: Order,
  account: AskedAccount | null,
  context: RuleContext,
): readonly BrokenRule[] {
  const broken = mayBeWished(order).map((attempt) => {
    const facts = refundFactsOf(order, attempt, { amount: remainingOfAttempt(attempt), account });
    const nowMs = mayGoAtMs(order, attempt, attempt.impUid, context.nowMs);
    return findBrokenRefundRules(facts, { ...context, nowMs });
  });
  return broken.some((rules) => rules.length === 0) ? [] : (broken[0] ?? []);
}

/** The order's unwanted money wished back, past the brake; null when it holds none. */
export function wishGiveBack(order: Order, note: string, stamp: Stamp): Order | null {
  const wanted = mayBeWished(order);
  if (wanted.length === 0) return null;
  const attempts = wanted.reduce(
    (all, attempt) =>
      withAttempt(all, {
        ...attempt,
        giveBack: "wanted",
        isReleased: attempt.impUid !== order.cancel?.impUid,
      }),
    order.attempts,
  );
  return changeOrder(
    order,
    { attempts, reviewReason: null, lookNowAtMs: lookNowAtMs(order, stamp.atMs) },
    { ...stamp, reason: inHistory("give_back", note) },
  );
}

/** What the history says of a payment that a person took as the order's own. */
export const acceptedReason = (note: string): string => inHistory("accepted", note);

/** History keeps words apart by blanks, so that a note is one word there. */
const inHistory = (what: string, note: string): string =>
  note === "" ? what : `${what}:${cutToBytes(note.trim().replaceAll(/\s+/g, "_"), longestNoteBytes)}`;
