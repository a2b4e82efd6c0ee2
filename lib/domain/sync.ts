// What PortOne's records mean for an order: a join of what we hold with what we see, never a copy, because
// nobody promises that PortOne's reads are in order. Cancels are united by cancellation_id, paid stays
// paid, and a record that lacks something we hold is old: it changes nothing and concludes nothing.

import { joinAccount, type Seen } from "./account.ts";
import { decideCharge } from "./charge.ts";
import { endedAs } from "./ended-attempt.ts";
import { isFolded } from "./folding.ts";
import { isUntold, noteForeign, noteTestPayments, noteUnreadable } from "./foreign-payment.ts";
import { followSums, missingCancels, namedAsHeld } from "./held-cancels.ts";
import { decideInstruction } from "./instruction.ts";
import { joinMoney } from "./join-money.ts";
import { goOnLooking } from "./ladder.ts";
import { acceptedIn, type Look, recordOf } from "./look.ts";
import {
  type Attempt,
  attemptOf,
  holdsMoney,
  isOpen,
  type Order,
  type OwedRead,
  withAttempt,
} from "./order.ts";
import { changeOrder } from "./order-change.ts";
import { closeAccounts, endOverdueHold, expire, followWindows, forgetRecipient } from "./passing-time.ts";
import { mayBeMoney, type PaymentRecord, tookMoney } from "./payment-record.ts";
import { brokenRules, type VerificationPolicy } from "./verification.ts";
import { finishVoid } from "./voiding.ts";

/**
 * The order after this look. The same object when nothing changes, so that callers write nothing.
 * Idempotent: deciding again on the result with the same look changes nothing.
 */
export function decideSync(order: Order, look: Look, policy: VerificationPolicy): Order {
  const isLive = ({ sandbox }: PaymentRecord) => policy.acceptsSandbox || !sandbox;
  const records = look.records.filter(isLive).map((record) => namedAsHeld(order, record));
  const live = { ...look, records };
  return noteTestPayments(
    noteUnreadable(syncLive(order, live, policy), live),
    look.records.filter((record) => !isLive(record)),
    live,
  );
}

function syncLive(order: Order, look: Look, policy: VerificationPolicy): Order {
  let next = order;
  // Oldest first, so that of two approvals the earlier one pays the order and the later is the second.
  const inOrder = [...look.records].sort((a, b) => takenAtMs(a) - takenAtMs(b));
  for (const record of inOrder) next = joinRecord(next, record, look, policy);
  next = closeAccounts(endOverdueHold(next, look), look);
  next = decideInstruction(decideCharge(next, look), look);
  next = forgetRecipient(followWindows(expire(finishVoid(next, look), look), look), look);
  // Nothing is looked at to its end while a payment's status is a word nobody knows.
  const isWhole = look.isComplete && !look.records.some((record) => isUntold(next, record));
  const seen = { ...look, isComplete: isWhole };
  return goOnLooking(order, payReads(next, seen), seen);
}

const takenAtMs = (record: PaymentRecord): number => record.paidAtMs ?? Number.POSITIVE_INFINITY;

function joinRecord(order: Order, record: PaymentRecord, look: Look, policy: VerificationPolicy): Order {
  const known = attemptOf(order, record.impUid);
  // Shown when PortOne was asked for this order's: nothing of it is believed, and what may be money marks.
  if (record.merchantUid !== order.merchantUid)
    return mayBeMoney(record) ? noteForeign(order, record, "merchant_uid_mismatch", look) : order;
  if (known && isOlderThan(record, known)) return followSums(order, record, look);
  if (isFolded(order, record)) return order;
  const isAccepted = acceptedIn(look, record.impUid) !== null;
  const [broken = null] = isAccepted ? [] : brokenRules(order, record, policy);
  // Of what pays the order already, a difference of sums waits for QUIET.
  const isFollowed = broken === "cancel_sum_mismatch" && order.impUid === record.impUid;
  const seen = { record, known, broken: isFollowed ? null : broken };
  return followSums(joinAsShown(order, seen, look, policy), record, look);
}

function joinAsShown(order: Order, seen: Seen, look: Look, policy: VerificationPolicy): Order {
  const { record, known } = seen;
  switch (record.status) {
    case "unrecognised":
      // Only money marks: what nobody paid and nobody approved may be anybody's.
      return known || record.paidAtMs !== null ? noteForeign(order, record, "status_unknown", look) : order;
    case "paid":
      return joinMoney(order, seen, look, policy);
    case "cancelled":
      return tookMoney(record) ? joinMoney(order, seen, look, policy) : endAttempt(order, known, look);
    case "failed":
      return endAttempt(order, known, look);
    case "ready":
      return joinAccount(order, seen, look);
  }
}

/** The record lacks something we hold, so it was read before it happened. */
function isOlderThan(record: PaymentRecord, known: Attempt): boolean {
  if (holdsMoney(known) && !tookMoney(record)) return true;
  return missingCancels(record, known).length > 0;
}

/** An attempt PortOne reports as ended, money never taken. One we do not hold needs no memory. */
function endAttempt(order: Order, known: Attempt | undefined, look: Look): Order {
  if (!known || !isOpen(known)) return order;
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, endedAs(known, "failed", look.atMs)) },
    { ...look, reason: "attempt_failed" },
  );
}

/** Owed reads are paid by the look they asked for only; a look wanted by somebody, by any at all attempts. */
function payReads(order: Order, look: Look): Order {
  const owedReads = order.owedReads.filter((read) => !isPaid(read, order, look));
  const isSeen = order.lookNowAtMs !== null && look.isComplete && look.atMs >= order.lookNowAtMs;
  const isAnyPaid = owedReads.length < order.owedReads.length;
  if (!isAnyPaid && !isSeen) return order;
  const lookNowAtMs = isSeen ? null : order.lookNowAtMs;
  return changeOrder(order, isAnyPaid ? { owedReads, lookNowAtMs, looks: 0 } : { lookNowAtMs }, look);
}

/** The look came no earlier, and shows what it is owed about by no old record. */
function isPaid({ atMs, impUid }: OwedRead, order: Order, look: Look): boolean {
  if (look.atMs < atMs || (impUid === null && !look.isComplete)) return false;
  if (impUid === null && order.reservation !== null && look.reservations === undefined) return false;
  const concerned = order.attempts.filter((attempt) =>
    impUid === null ? holdsMoney(attempt) : attempt.impUid === impUid,
  );
  return concerned.every((attempt) => {
    const record = recordOf(look, attempt.impUid);
    return record !== undefined && !isOlderThan(record, attempt);
  });
}
