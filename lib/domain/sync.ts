// What PortOne's records mean for an order: a join of what we hold with what we see, never a copy, because
// nobody promises that PortOne's reads are in order. Cancels are united by cancellation_id, paid stays
// paid, and a record that lacks something we hold is old: it changes nothing and concludes nothing.

import { decideCharge } from "./charge.ts";
import { owingRead } from "./due.ts";
import { hasRoom, isFolded } from "./folding.ts";
import { noteForeign, noteTestPayments, noteUnreadable } from "./foreign-payment.ts";
import { decideInstruction } from "./instruction.ts";
import { joinMoney, type Seen } from "./join-money.ts";
import { goOnLooking } from "./ladder.ts";
import { acceptedIn, type Look, recordOf } from "./look.ts";
import { quietMs } from "./operation.ts";
import {
  type Attempt,
  attemptOf,
  endedAs,
  holdsMoney,
  isOpen,
  newAttempt,
  type Order,
  type OwedRead,
  withAttempt,
} from "./order.ts";
import { changeOrder } from "./order-change.ts";
import { closeAccounts, endOverdueHold, expire, followWindows } from "./passing-time.ts";
import { closesAtMs, type PaymentRecord, tookMoney } from "./payment-record.ts";
import { isForeign } from "./review.ts";
import { brokenRules, type VerificationPolicy } from "./verification.ts";
import { finishVoid } from "./voiding.ts";

/**
 * The order after this look. The same object when nothing changes, so that callers write nothing.
 * Idempotent: deciding again on the result with the same look changes nothing.
 */
export function decideSync(order: Order, look: Look, policy: VerificationPolicy): Order {
  const isLive = ({ sandbox }: PaymentRecord) => policy.acceptsSandbox || !sandbox;
  const live = { ...look, records: look.records.filter(isLive) };
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
  next = followWindows(expire(finishVoid(next, look), look), look);
  return goOnLooking(order, payReads(next, look), look);
}

const takenAtMs = (record: PaymentRecord): number => record.paidAtMs ?? Number.POSITIVE_INFINITY;

function joinRecord(order: Order, record: PaymentRecord, look: Look, policy: VerificationPolicy): Order {
  const known = attemptOf(order, record.impUid);
  if ((known && isOlderThan(record, known)) || isFolded(order, record)) return order;
  const isAccepted = acceptedIn(look, record.impUid) !== null;
  const [broken = null] = isAccepted ? [] : brokenRules(order, record, policy);
  const seen = { record, known, broken };
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
  const seen = new Set(record.cancels.map((cancel) => cancel.cancellationId));
  return known.cancels.some((cancel) => !seen.has(cancel.cancellationId));
}

/** `ready` alone is an open window; with an account number it waits for a deposit, and marks nobody. */
function joinAccount(order: Order, { record, known, broken }: Seen, look: Look): Order {
  const { account, impUid } = record;
  if (!account || look.atMs >= closesAtMs(account)) return order;
  if (broken !== null && isForeign(broken)) return order;
  // Whoever chose an account late, when nobody waited for the window any more, waits for a deposit all the same.
  if (known && known.state !== "approved" && known.state !== "abandoned") return order;
  const isOwn = broken === null && (known !== undefined || isBuyersOwn(order));
  // Nothing may be paid into it when the order has its money or is void, or when confirm was told another amount.
  const isWrong = known !== undefined && broken !== null;
  const isOver = isClosed(order) || isWrong || (!isOwn && look.atMs >= order.expiresAtMs);
  if (!isOwn && !isOver) return lookAgain(order, order.expiresAtMs, look);
  // However many are opened: what is paid in is seen by the look at the end of the account.
  if (known === undefined && !hasRoom(order, isOwn))
    return lookAgain(order, isOver ? look.atMs + quietMs : closesAtMs(account), look);
  const attempt: Attempt = {
    ...(known ?? newAttempt(impUid, order, look.atMs)),
    state: "ready",
    stateSinceMs: look.atMs,
    isRevoking: isOver,
    account,
  };
  return changeOrder(order, { attempts: withAttempt(order.attempts, attempt) }, look);
}

/**
 * An account confirm was not asked about. Where confirm came, it came for the buyer's own; where it never does, or we
 * asked for the account ourselves, whatever fits is the buyer's own.
 */
const isBuyersOwn = ({ isAccountAsked, attempts, payMethod }: Order): boolean =>
  isAccountAsked || (payMethod === "vbank" && !attempts.some(({ wasApproved }) => wasApproved));

const isClosed = ({ impUid, voidedAtMs, isVoidWanted, supersededBy }: Order): boolean =>
  impUid !== null || voidedAtMs !== null || isVoidWanted || supersededBy !== null;

/** An account that is left alone for now is seen again then, to be closed if it is still open. */
const lookAgain = (order: Order, atMs: number, look: Look): Order => {
  const owedReads = owingRead(order, { atMs, impUid: null });
  return owedReads === order.owedReads ? order : changeOrder(order, { owedReads }, look);
};

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
