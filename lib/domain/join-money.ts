// Money that a record shows: the order's own and pays it, or somebody's that it must not keep.
import type { Seen } from "./account.ts";
import { isNamedAs, noteForeign } from "./foreign-payment.ts";
import { decideGiveBackWish, type GiveBackWish, markBehind } from "./give-back.ts";
import { isUnread, unreadAmount } from "./held-money.ts";
import { acceptedIn, type Look } from "./look.ts";
import { type Money, sum } from "./money.ts";
import { type Attempt, holdsMoney, newAttempt, type Order, withAttempt } from "./order.ts";
import { changeOrder, markForReview, type Patch, payOrder } from "./order-change.ts";
import { windowsAfterPaying } from "./passing-time.ts";
import { isReadable, joinSlips, type PaymentRecord } from "./payment-record.ts";
import { isForeign, isOfPayment, type ReviewReason } from "./review.ts";
import type { VerificationPolicy } from "./verification.ts";

/** Until an operation claims it: made in PortOne's console, its tax-free part unknown. */
const ofUnknownOrigin = { taxFree: sum([]), refundId: null };

export function joinMoney(order: Order, seen: Seen, look: Look, policy: VerificationPolicy): Order {
  const { record, known, broken } = seen;
  const isPaying = order.impUid === record.impUid;
  // No sum is made up for what nobody can read, neither to fulfil nor to give back.
  const amount = known && isPaying ? known.amount : (record.amount ?? unreadAmount);
  const attempt = paidAttempt(order, { ...record, amount }, known, look);
  const isNews = known === undefined || isNewOf(known, attempt);
  if (!isPaying && broken !== null && isForeign(broken)) return noteForeign(order, record, broken, look);
  const isFree = order.impUid === null && order.voidedAtMs === null && order.supersededBy === null;
  const mayPay = broken === null && isFree && (known?.giveBack ?? null) === null;
  if (!isPaying && !mayPay) {
    if (!isNews) return order;
    const wish = decideGiveBackWish(order, attempt, seen, policy);
    return keepUnwanted(order, attempt, wish, look);
  }
  const accepted = acceptedIn(look, record.impUid);
  if (isPaying && !isNews && accepted === null) return review(order, broken, look);
  const others = order.attempts.map((other) =>
    other.state === "ready" ? { ...other, isRevoking: true } : other,
  );
  const slip = joinSlips(known?.slip ?? null, record.slip);
  const patch = {
    attempts: withAttempt(others, { ...attempt, slip }),
    isVoidWanted: false,
    ...(isPaying ? {} : windowsAfterPaying(order, record.impUid, look)),
    reviewReason: accepted === null ? markAfter(order, broken) : markAfterAccepting(order, record.impUid),
  };
  const paid = {
    impUid: record.impUid,
    paidAtMs: order.paidAtMs ?? record.paidAtMs ?? look.atMs,
    ...(accepted === null ? {} : figuresOf(record)),
  };
  const isLate = order.state === "expired" || order.state === "failed";
  const reason = accepted?.reason ?? (isLate ? "late" : broken);
  return payOrder(order, paid, patch, { ...look, reason, isNoted: accepted !== null });
}

/** Money that was not there before, or more of its story, or its amount, which nobody could read till now. */
const isNewOf = (known: Attempt, attempt: Attempt): boolean =>
  !holdsMoney(known) ||
  attempt.cancels.length > known.cancels.length ||
  (isUnread(known) && !isUnread(attempt));

/** What a person accepts is what PortOne holds: its figures are the order's from now on, and fit any later record. */
const figuresOf = ({ taxFree, payMethod, escrow }: PaymentRecord) => ({
  escrow,
  ...(taxFree === null || payMethod === "vbank" ? {} : { taxFree }),
});

/** The first mark stays; that of a test payment goes when a live one is verified. */
const markAfter = ({ reviewReason }: Order, broken: ReviewReason | null): ReviewReason | null =>
  reviewReason === "sandbox_payment" ? broken : (reviewReason ?? broken);

/** The mark of what was accepted goes; another payment's stays, and so does one that is about no payment. */
function markAfterAccepting(order: Order, impUid: string): ReviewReason | null {
  const { reviewReason, attempts } = order;
  if (reviewReason === null) return null;
  const isAnothers = isForeign(reviewReason)
    ? isNamedAs(order, reviewReason) && !isNamedAs(order, reviewReason, impUid)
    : !isOfPayment(reviewReason);
  return isAnothers ? reviewReason : markBehind({ attempts, impUid });
}

/** Money this order must not keep: it goes back by itself where that is safe, else a person decides. */
function keepUnwanted(order: Order, attempt: Attempt, wish: GiveBackWish, look: Look): Order {
  const patch = { attempts: withAttempt(order.attempts, { ...attempt, ...wish.patch }) };
  if (wish.review !== null) return mark(order, patch, wish.review, look);
  return changeOrder(order, patch, { ...look, reason: wish.reason, isNoted: wish.reason !== null });
}

/** The attempt with what this record adds. What verification once accepted keeps its amount. */
function paidAttempt(
  order: Order,
  record: PaymentRecord & { readonly amount: Money },
  known: Attempt | undefined,
  look: Look,
): Attempt {
  const held = known?.cancels ?? [];
  const heldIds = new Set(held.map((cancel) => cancel.cancellationId));
  // One whose amount cannot be read is not counted; the figures then do not add up, which a person sees.
  const counted = record.cancels.filter(isReadable);
  const news = counted.filter((cancel) => !heldIds.has(cancel.cancellationId));
  const cancels = [
    ...held,
    ...news.map(({ cancellationId, amount, atMs }) => ({
      cancellationId,
      amount,
      atMs: atMs ?? look.atMs,
      ...ofUnknownOrigin,
    })),
  ];
  const isPaying = known !== undefined && order.impUid === record.impUid;
  return {
    ...(known ?? newAttempt(record.impUid, order, look.atMs)),
    state: known?.state === "given_back" ? "given_back" : "paid",
    stateSinceMs: known && holdsMoney(known) ? known.stateSinceMs : look.atMs,
    paidAtMs: known?.paidAtMs ?? record.paidAtMs,
    amount: record.amount,
    currency: isPaying ? known.currency : record.currency,
    cancels,
    payMethod: record.payMethod,
    cashReceiptIssued: record.cashReceiptIssued,
    isRevoking: false,
    account: null,
  };
}

const review = (order: Order, reason: ReviewReason | null, look: Look): Order =>
  reason === null ? order : markForReview(order, reason, look);

const mark = (order: Order, patch: Patch, reason: ReviewReason, look: Look): Order =>
  changeOrder(order, { ...patch, reviewReason: order.reviewReason ?? reason }, { ...look, reason });
