// What PortOne's records mean for an order: a join of what we hold with what we see, never a copy, because
// nobody promises that PortOne's reads are in order. Cancels are united by cancellation_id, paid stays
// paid, and a record that lacks something we hold is old: it changes nothing and concludes nothing.

import { decideCharge } from "./charge.ts";
import { decideGiveBackWish, type GiveBackWish } from "./give-back.ts";
import { type Look, recordOf } from "./look.ts";
import { sum } from "./money.ts";
import {
  type Attempt,
  attemptOf,
  endedAs,
  holdsMoney,
  isOpen,
  newAttempt,
  type Order,
  withAttempt,
} from "./order.ts";
import { changeOrder, markForReview, type Patch, payOrder } from "./order-change.ts";
import { closeAccounts, closesAtMs, endOverdueHold, expire, restUntilExpiry } from "./passing-time.ts";
import { type PaymentRecord, tookMoney } from "./payment-record.ts";
import { isForeign, type ReviewReason } from "./review.ts";
import { type VerificationPolicy, verifyPayment } from "./verification.ts";
import { finishVoid } from "./voiding.ts";

/** Until an operation claims it: made in PortOne's console, its tax-free part unknown. */
const ofUnknownOrigin = { taxFree: sum([]), refundId: null };

/**
 * The order after this look. The same object when nothing changes, so that callers write nothing.
 * Idempotent: deciding again on the result with the same look changes nothing.
 */
export function decideSync(order: Order, look: Look, policy: VerificationPolicy): Order {
  let next = order;
  // Oldest first, so that of two approvals the earlier one pays the order and the later is the second.
  const inOrder = [...look.records].sort((a, b) => takenAtMs(a) - takenAtMs(b));
  for (const record of inOrder) next = joinRecord(next, record, look, policy);
  next = closeAccounts(endOverdueHold(next, look), look);
  next = decideCharge(next, look);
  next = expire(finishVoid(next, look), look);
  return restUntilExpiry(dropRecheck(next, look), look);
}

const takenAtMs = (record: PaymentRecord): number => record.paidAtMs ?? Number.POSITIVE_INFINITY;

function joinRecord(order: Order, record: PaymentRecord, look: Look, policy: VerificationPolicy): Order {
  const known = attemptOf(order, record.impUid);
  if (known && isOlderThan(record, known)) return order;
  const seen = { record, known, broken: verifyPayment(order, record, policy) };
  switch (record.status) {
    case "unrecognised":
      return review(order, seen.broken, look);
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

/** One record, the attempt we hold of it, and the first rule it breaks. */
interface Seen {
  readonly record: PaymentRecord;
  readonly known: Attempt | undefined;
  readonly broken: ReviewReason | null;
}

/** The record lacks something we hold, so it was read before it happened. */
function isOlderThan(record: PaymentRecord, known: Attempt): boolean {
  if (holdsMoney(known) && !tookMoney(record)) return true;
  const seen = new Set(record.cancels.map((cancel) => cancel.cancellationId));
  return known.cancels.some((cancel) => !seen.has(cancel.cancellationId));
}

function joinMoney(order: Order, seen: Seen, look: Look, policy: VerificationPolicy): Order {
  const { record, known, broken } = seen;
  const isPaying = order.impUid === record.impUid;
  const attempt = paidAttempt(order, record, known, look);
  const isNews = known === undefined || !holdsMoney(known) || attempt.cancels.length > known.cancels.length;
  if (!isPaying && broken !== null && isForeign(broken)) return review(order, broken, look);
  const isFree = order.impUid === null && order.voidedAtMs === null && order.supersededBy === null;
  const mayPay = broken === null && isFree && (known?.giveBack ?? null) === null;
  if (!isPaying && !mayPay) {
    if (!isNews) return order;
    const wish = decideGiveBackWish(order, attempt, seen, policy);
    return keepUnwanted(order, attempt, wish, look);
  }
  if (isPaying && !isNews) return review(order, broken, look);
  const others = order.attempts.map((other) =>
    other.state === "ready" ? { ...other, isRevoking: true } : other,
  );
  const patch = {
    attempts: withAttempt(others, attempt),
    isVoidWanted: false,
    ...(broken !== null && order.reviewReason === null ? { reviewReason: broken } : {}),
  };
  const paid = {
    impUid: record.impUid,
    paidAtMs: order.paidAtMs ?? record.paidAtMs ?? look.atMs,
  };
  const isLate = order.state === "expired" || order.state === "failed";
  const owesRevoke = others.some((other) => other.isRevoking && other.impUid !== record.impUid);
  return payOrder(order, paid, patch, {
    ...look,
    reason: isLate ? "late" : broken,
    ...(owesRevoke ? { lookAtMs: look.atMs } : {}),
  });
}

/** Money this order must not keep: it goes back by itself where that is safe, else a person decides. */
function keepUnwanted(order: Order, attempt: Attempt, wish: GiveBackWish, look: Look): Order {
  const patch = { attempts: withAttempt(order.attempts, { ...attempt, ...wish.patch }) };
  if (wish.review !== null) return mark(order, patch, wish.review, look);
  const change = { ...look, reason: wish.reason, isNoted: wish.reason !== null };
  return changeOrder(order, patch, { ...change, lookAtMs: look.atMs });
}

/** The attempt with what this record adds. What verification once accepted keeps its amount. */
function paidAttempt(order: Order, record: PaymentRecord, known: Attempt | undefined, look: Look): Attempt {
  const held = known?.cancels ?? [];
  const heldIds = new Set(held.map((cancel) => cancel.cancellationId));
  const news = record.cancels.filter((cancel) => !heldIds.has(cancel.cancellationId));
  const cancels = [...held, ...news.map(({ reason: _, ...cancel }) => ({ ...cancel, ...ofUnknownOrigin }))];
  const isPaying = known !== undefined && order.impUid === record.impUid;
  return {
    ...(known ?? newAttempt(record.impUid, order, look.atMs)),
    state: known?.state === "given_back" ? "given_back" : "paid",
    stateSinceMs: known && holdsMoney(known) ? known.stateSinceMs : look.atMs,
    paidAtMs: known?.paidAtMs ?? record.paidAtMs,
    amount: isPaying ? known.amount : (record.amount ?? order.amount),
    currency: isPaying ? known.currency : record.currency,
    cancels,
    payMethod: record.payMethod,
    cashReceiptIssued: record.cashReceiptIssued,
    isRevoking: false,
    account: null,
  };
}

/** `ready` alone is an open window; with an account number it waits for a deposit. */
function joinAccount(order: Order, { record, known, broken }: Seen, look: Look): Order {
  const { account, impUid } = record;
  if (!account) return order;
  if (broken !== null) return review(order, broken, look);
  if (known && known.state !== "approved") return order;
  if (look.atMs >= closesAtMs(account)) return order;
  // Nothing may be paid into it when the order has its money or is void.
  const isRevoking = order.impUid !== null || order.voidedAtMs !== null || order.isVoidWanted;
  const attempt: Attempt = {
    ...(known ?? newAttempt(impUid, order, look.atMs)),
    state: "ready",
    stateSinceMs: look.atMs,
    isRevoking,
    account,
  };
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, attempt) },
    { ...look, lookAtMs: isRevoking ? look.atMs : closesAtMs(account) },
  );
}

/** An attempt PortOne reports as ended, money never taken. One we do not hold needs no memory. */
function endAttempt(order: Order, known: Attempt | undefined, look: Look): Order {
  if (!known || !isOpen(known)) return order;
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, endedAs(known, "failed", look.atMs)) },
    { ...look, reason: "attempt_failed", lookAtMs: order.expiresAtMs },
  );
}

/** The look owed after a refused refund is paid only by a record of every payment it may concern. */
function dropRecheck(order: Order, look: Look): Order {
  if (order.recheckAtMs === null || look.atMs < order.recheckAtMs) return order;
  const isSeen = order.attempts.filter(holdsMoney).every((attempt) => {
    const record = recordOf(look, attempt.impUid);
    return record !== undefined && !isOlderThan(record, attempt);
  });
  // A look that was paid ends its climb: whoever may ask for looks must not climb an order into review.
  return isSeen ? changeOrder(order, { recheckAtMs: null, looks: 0 }, look) : order;
}

const review = (order: Order, reason: ReviewReason | null, look: Look): Order =>
  reason === null ? order : markForReview(order, reason, look);

const mark = (order: Order, patch: Patch, reason: ReviewReason, look: Look): Order =>
  changeOrder(order, { ...patch, reviewReason: order.reviewReason ?? reason }, { ...look, reason });
