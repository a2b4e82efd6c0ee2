// What PortOne's records mean for an order: a join of what we hold with what we see, never a copy, because
// nobody promises that PortOne's reads are in order. Cancels are united by cancellation_id, paid stays
// paid, and a record that lacks something we hold is old: it changes nothing and concludes nothing.

import { sum } from "./money.ts";
import {
  type Actor,
  type Attempt,
  attemptOf,
  type Change,
  changeOrder,
  newAttempt,
  type Order,
  withAttempt,
} from "./order.ts";
import { awaitsDeposit, type PaymentRecord, tookMoney } from "./payment-record.ts";
import type { ReviewReason } from "./review.ts";
import { type VerificationPolicy, verifyPayment } from "./verification.ts";

/** One look at PortOne, taken after the order was read. */
export interface Look {
  readonly records: readonly PaymentRecord[];
  /** These are all attempts PortOne knows for the order, so that absences may mean something. */
  readonly isComplete: boolean;
  readonly atMs: number;
  readonly by: Actor;
}

const holdExtensionMs = 5 * 60_000;
/** An account still accepts a deposit booked late at the bank. */
const depositGraceMs = 3_600_000;

/** Money that is not this shop's or not this order's: noted as a mark, never kept as one of its attempts. */
const foreignReasons: ReadonlySet<ReviewReason> = new Set([
  "status_unknown",
  "merchant_uid_mismatch",
  "sandbox_payment",
  "foreign_channel",
  "payment_older_than_order",
]);

/** Until an operation claims it: made in PortOne's console, its tax-free part unknown. */
const ofUnknownOrigin = { taxFree: sum([]), refundId: null };

/**
 * The order after this look. The same object when nothing changes, so that callers write nothing.
 * Idempotent: deciding again on the result with the same look changes nothing.
 */
export function decideSettlement(order: Order, look: Look, policy: VerificationPolicy): Order {
  let next = order;
  // Oldest first, so that of two approvals the earlier one pays the order and the later is the second.
  const inOrder = [...look.records].sort((a, b) => takenAtMs(a) - takenAtMs(b));
  for (const record of inOrder) next = joinRecord(next, record, look, policy);
  next = endOverdueHold(next, look);
  if (next.recheckAtMs !== null && look.atMs >= next.recheckAtMs)
    next = changeOrder(next, { recheckAtMs: null }, changeBy(look));
  return look.isComplete ? expire(next, look) : next;
}

const takenAtMs = (record: PaymentRecord): number => record.paidAtMs ?? Number.POSITIVE_INFINITY;

function joinRecord(order: Order, record: PaymentRecord, look: Look, policy: VerificationPolicy): Order {
  const known = attemptOf(order, record.impUid);
  if (known && isOlderThan(record, known)) return order;
  if (record.status === "unrecognised") return review(order, verifyPayment(order, record, policy), look);
  if (tookMoney(record)) return joinMoney(order, record, known, look, policy);
  if (awaitsDeposit(record)) return joinAccount(order, record, known, look, policy);
  if (record.status === "failed" || record.status === "cancelled") return endAttempt(order, known, look);
  return order;
}

/** The record lacks something we hold, so it was read before it happened. */
function isOlderThan(record: PaymentRecord, known: Attempt): boolean {
  if (known.state === "paid" && !tookMoney(record)) return true;
  const seen = new Set(record.cancels.map((cancel) => cancel.cancellationId));
  return known.cancels.some((cancel) => !seen.has(cancel.cancellationId));
}

function joinMoney(
  order: Order,
  record: PaymentRecord,
  known: Attempt | undefined,
  look: Look,
  policy: VerificationPolicy,
): Order {
  const broken = verifyPayment(order, record, policy);
  const isOurs = broken === null || order.impUid === record.impUid;
  const attempt = paidAttempt(order, record, known, look);
  const isNews = known?.state !== "paid" || attempt.cancels.length > known.cancels.length;
  if (!isOurs) {
    if (foreignReasons.has(broken)) return review(order, broken, look);
    // Once only: an operator who cleared the mark is not overruled by a repeat of the same fact.
    return isNews ? mark(order, { attempts: withAttempt(order.attempts, attempt) }, broken, look) : order;
  }
  if (order.impUid !== null && order.impUid !== record.impUid)
    return keepSecond(order, attempt, isNews, look);
  if (order.voidedAtMs !== null) return keepSecond(order, attempt, isNews, look);
  if (!isNews) return review(order, broken, look);
  const patch = {
    attempts: withAttempt(order.attempts, attempt),
    impUid: record.impUid,
    paidAtMs: order.paidAtMs ?? record.paidAtMs ?? look.atMs,
    ...(broken !== null && order.reviewReason === null ? { reviewReason: broken } : {}),
  };
  const isLate = order.state === "expired" || order.state === "failed";
  return changeOrder(order, patch, { ...changeBy(look), reason: isLate ? "late" : broken });
}

/** Money that came for an order that is paid already or was voided: kept in sight for a person. */
const keepSecond = (order: Order, attempt: Attempt, isNews: boolean, look: Look): Order =>
  isNews ? mark(order, { attempts: withAttempt(order.attempts, attempt) }, "manual_refund", look) : order;

function paidAttempt(order: Order, record: PaymentRecord, known: Attempt | undefined, look: Look): Attempt {
  const held = known?.cancels ?? [];
  const heldIds = new Set(held.map((cancel) => cancel.cancellationId));
  const news = record.cancels.filter((cancel) => !heldIds.has(cancel.cancellationId));
  const cancels = [...held, ...news.map(({ reason: _, ...cancel }) => ({ ...cancel, ...ofUnknownOrigin }))];
  return {
    ...(known ?? newAttempt(record.impUid, order, look.atMs)),
    state: "paid",
    amount: record.amount ?? order.amount,
    currency: record.currency,
    atMs: record.paidAtMs ?? look.atMs,
    cancels,
    payMethod: record.payMethod,
    cashReceiptIssued: record.cashReceiptIssued,
    account: null,
  };
}

function joinAccount(
  order: Order,
  record: PaymentRecord,
  known: Attempt | undefined,
  look: Look,
  policy: VerificationPolicy,
): Order {
  const broken = verifyPayment(order, record, policy);
  if (broken !== null) return review(order, broken, look);
  if (known && known.state !== "approved") return order;
  if (!record.account || look.atMs >= record.account.dueAtMs + depositGraceMs) return order;
  const attempt: Attempt = {
    ...(known ?? newAttempt(record.impUid, order, look.atMs)),
    state: "ready",
    atMs: look.atMs,
    account: record.account,
  };
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, attempt) },
    { ...changeBy(look), lookAtMs: record.account.dueAtMs + depositGraceMs },
  );
}

/** An attempt PortOne reports as ended, money never taken. One we do not hold needs no memory. */
function endAttempt(order: Order, known: Attempt | undefined, look: Look): Order {
  if (!known || (known.state !== "approved" && known.state !== "ready")) return order;
  const ended: Attempt = { ...known, state: "failed", atMs: look.atMs, account: null };
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, ended) },
    { ...changeBy(look), reason: "attempt_failed", lookAtMs: order.expiresAtMs },
  );
}

/**
 * An approval whose hold ran out while PortOne still shows an open window: extended once, then the
 * attempt is given up and the order is payable again; an approval after that is a late payment.
 */
function endOverdueHold(order: Order, look: Look): Order {
  const approved = order.attempts.find((attempt) => attempt.state === "approved");
  if (!approved || !look.isComplete || order.holdUntilMs === null || look.atMs < order.holdUntilMs)
    return order;
  if (!approved.holdExtended) {
    const holdUntilMs = look.atMs + holdExtensionMs;
    const attempts = withAttempt(order.attempts, { ...approved, holdExtended: true });
    return changeOrder(order, { attempts, holdUntilMs }, { ...changeBy(look), lookAtMs: holdUntilMs });
  }
  const abandoned: Attempt = { ...approved, state: "abandoned", atMs: look.atMs };
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, abandoned) },
    { ...changeBy(look), reason: "hold_expired", lookAtMs: order.expiresAtMs },
  );
}

/** A complete look after the order's time, with nothing alive: closed accounts end, the order rests. */
function expire(order: Order, look: Look): Order {
  let next = order;
  for (const attempt of order.attempts) {
    const closesAtMs = (attempt.account?.dueAtMs ?? Number.POSITIVE_INFINITY) + depositGraceMs;
    if (attempt.state !== "ready" || look.atMs < closesAtMs) continue;
    const abandoned: Attempt = { ...attempt, state: "abandoned", atMs: look.atMs, account: null };
    const attempts = withAttempt(next.attempts, abandoned);
    next = changeOrder(next, { attempts }, { ...changeBy(look), reason: "account_closed" });
  }
  const isOpen = next.state === "created" || next.state === "failed";
  if (!isOpen || next.isExpired || look.atMs < next.expiresAtMs) return next;
  return changeOrder(next, { isExpired: true }, changeBy(look));
}

/** Marks for review without touching the facts; a mark already set stays, because it was first. */
const review = (order: Order, reason: ReviewReason | null, look: Look): Order =>
  reason === null || order.reviewReason !== null ? order : mark(order, {}, reason, look);

const mark = (
  order: Order,
  patch: { attempts?: readonly Attempt[] },
  reason: ReviewReason | null,
  look: Look,
): Order =>
  changeOrder(order, { ...patch, reviewReason: order.reviewReason ?? reason }, { ...changeBy(look), reason });

const changeBy = (look: Look): Change => ({ by: look.by, atMs: look.atMs });
