// Money that came although the order must not keep it: when it goes back by itself, and when a person has
// to decide. Automatic only where it is certainly this shop's and this order's money and PortOne's figures
// add up; whatever else is wrong moves nothing.
import { type CancelClaim, claimCancel, isHeldForGood } from "./cancel.ts";
import { holdsMoneyNow, isUnread } from "./held-money.ts";
import { findForbidding, payMethodOf, refundFactsOf } from "./ksnet/refund-rules.ts";
import type { RuleContext } from "./ksnet/rule.ts";
import { least, type Money, minus, sum } from "./money.ts";
import {
  type Attempt,
  attemptOf,
  holdsMoney,
  type Order,
  remainingOfAttempt,
  type Stamp,
  withAttempt,
} from "./order.ts";
import { changeOrder, makeDueNow } from "./order-change.ts";
import type { PaymentRecord } from "./payment-record.ts";
import type { RefundAccount } from "./refund-account.ts";
import type { ReviewReason } from "./review.ts";
import { mayGoAtMs } from "./scheduled-cancel.ts";
import { type GiveBackCause, mayGiveBack, type VerificationPolicy } from "./verification.ts";

export interface GiveBackWish {
  readonly patch: Partial<Pick<Attempt, "giveBack" | "state">>;
  /** Set when a person decides instead. */
  readonly review: ReviewReason | null;
  /** Set when the money goes back: what the history says. */
  readonly reason: string | null;
}

const nothingToDo: GiveBackWish = { patch: {}, review: null, reason: null };
const gone = { giveBack: "done", state: "given_back" } as const;

/** Decided once, in the write that records the money; later records of it only count its cancels. */
export function decideGiveBackWish(
  order: Order,
  attempt: Attempt,
  { record, broken }: { readonly record: PaymentRecord; readonly broken: ReviewReason | null },
  policy: VerificationPolicy,
): GiveBackWish {
  const isGone = remainingOfAttempt(attempt) === 0;
  const known = attemptOf(order, attempt.impUid);
  if (known && holdsMoney(known) && !isUnread(known)) return nothingToDo;
  const cause = causeOf(order, broken);
  if (cause === null) return { ...nothingToDo, review: broken ?? "manual_refund" };
  if (isGone && mayGiveBack(order, record, policy))
    return { patch: gone, review: null, reason: broken ?? cause };
  if (!policy.givesBack.has(cause) || !mayGiveBack(order, record, policy))
    return { ...nothingToDo, review: broken ?? "manual_refund" };
  return { patch: { giveBack: "wanted" }, review: null, reason: broken ?? cause };
}

function causeOf(order: Order, broken: ReviewReason | null): GiveBackCause | null {
  if (order.voidedAtMs !== null) return "voided";
  if (order.impUid !== null) return "second_payment";
  if (order.supersededBy !== null) return "late";
  return broken === "amount_mismatch" || broken === "currency_mismatch" ? "mismatch" : null;
}

/** What to do now about money that is to go back. */
export type GiveBackStep =
  /** `scheduledAtMs`: not allowed now, but then; null for at once. */
  | {
      readonly step: "cancel";
      readonly amount: Money;
      readonly scheduledAtMs: number | null;
    }
  | { readonly step: "none" }
  | { readonly step: "review"; readonly reason: ReviewReason };

/**
 * The KSNET rules asked as for any refund, as of when it would go out: nobody asked for it at night, so it waits for the
 * morning whatever becomes of refunds that somebody asks for. `account`: an operator named it.
 */
export function decideGiveBackStep(
  order: Order,
  attempt: Attempt,
  account: RefundAccount | null,
  context: RuleContext,
): GiveBackStep {
  const amount = remainingOfAttempt(attempt);
  if (amount === 0) return { step: "none" };
  const atMs = mayGoAtMs(order, attempt, attempt.impUid, context.nowMs);
  const facts = refundFactsOf(order, attempt, { amount, account });
  const forbidding = findForbidding(facts, { ...context, nowMs: atMs });
  if (forbidding === "refund_account_required") return { step: "review", reason: "refund_account_needed" };
  if (forbidding !== null) return { step: "review", reason: "manual_refund" };
  const scheduledAtMs = atMs > context.nowMs ? atMs : null;
  return { step: "cancel", amount, scheduledAtMs };
}

/** What of all that is left is free of tax, as PortOne's record of the payment tells it, or as nearly as we know. */
export function taxFreeToGiveBack(order: Order, attempt: Attempt, record: PaymentRecord): Money {
  const gone = sum(attempt.cancels.map(({ taxFree }) => taxFree));
  return least(minus(taxFreePaid(order, attempt, record), gone), remainingOfAttempt(attempt));
}

/**
 * Whoever changed the amount may have changed this part as well, and V1 mostly tells none. Of a whole cancel it decides nothing, so
 * that 0 will do, which is never too much. A rest has to say its share (R-KS-40): what the window was opened with, which PortOne
 * refuses where it is more than is left.
 */
function taxFreePaid(order: Order, attempt: Attempt, { taxFree: told }: PaymentRecord): Money {
  const isInItsCurrency = attempt.currency === order.currency;
  const isAsAsked = attempt.amount === order.amount && isInItsCurrency;
  // KSNET takes none of an account (R-KS-3).
  const isVbank = payMethodOf(order, attempt) === "vbank";
  if (told !== null && !isVbank) return told;
  const isRest = attempt.cancels.length > 0 && isInItsCurrency && !isVbank;
  return isAsAsked || isRest ? order.taxFree : sum([]);
}

export const wantedGiveBacks = (order: Order): readonly Attempt[] =>
  order.attempts.filter((attempt) => attempt.giveBack === "wanted");

/** Money an operator may send back: taken, not the order's own payment, and not yet on its way. */
export const unwantedMoney = (order: Order): readonly Attempt[] =>
  order.attempts.filter(
    (attempt) =>
      attempt.state === "paid" &&
      attempt.impUid !== order.impUid &&
      attempt.giveBack === null &&
      remainingOfAttempt(attempt) > 0,
  );

/** The wish handed to a person: nothing moves by itself any more. */
export const handGiveBackOver = (
  order: Order,
  attempt: Attempt,
  reason: ReviewReason,
  nowMs: number,
): Order =>
  changeOrder(
    order,
    {
      attempts: withAttempt(order.attempts, { ...attempt, giveBack: null, isReleased: false }),
      reviewReason: order.reviewReason ?? reason,
    },
    { by: "sweep", atMs: nowMs, reason },
  );

/**
 * The claim of a wish, which uses up the operator's release in the same write: lost, it lets nobody else go past the
 * brake, and unwritten it still does. Whoever goes again after the brake need not be looked at for that any more.
 */
export function claimGiveBack(order: Order, attempt: Attempt, claim: CancelClaim, stamp: Stamp): Order {
  const attempts = withAttempt(order.attempts, { ...attempt, isReleased: false });
  const claimed = claimCancel(changeOrder(order, { attempts }, stamp), claim, stamp);
  return order.reviewReason === "give_back_stopped"
    ? changeOrder(claimed, { reviewReason: markBehind(claimed) }, { ...stamp, reason: "give_back" })
    : claimed;
}

/** Every wish let go past the brake, and due at once; null where none waits for it. One on its way is past it. */
export function releaseGiveBacks(order: Order, stamp: Stamp): Order | null {
  const waiting = wantedGiveBacks(order).filter(({ impUid }) => impUid !== order.cancel?.impUid);
  if (waiting.length === 0) return null;
  const held = waiting.filter(({ isReleased }) => !isReleased);
  if (held.length === 0) return makeDueNow(order, stamp);
  const attempts = held.reduce<readonly Attempt[]>(
    (all, attempt) => withAttempt(all, { ...attempt, isReleased: true }),
    order.attempts,
  );
  return makeDueNow(changeOrder(order, { attempts }, stamp), stamp);
}

/** Money that must go back waits behind another cancel, which only a person can end. */
export const isGiveBackHeldUp = (order: Order): boolean =>
  isHeldForGood(order) &&
  wantedGiveBacks(order).some(
    (attempt) => attempt.impUid !== order.cancel?.impUid && remainingOfAttempt(attempt) > 0,
  );

/** Money of another attempt that nobody decided about: the mark of the brake, which came first, hid its own. */
export const markBehind = ({ attempts, impUid }: Pick<Order, "attempts" | "impUid">): ReviewReason | null =>
  attempts.some(
    (attempt) =>
      attempt.state === "paid" &&
      attempt.impUid !== impUid &&
      attempt.giveBack === null &&
      holdsMoneyNow(attempt),
  )
    ? "manual_refund"
    : null;

/** The brake is on: the wish stays, a person sees it, and it is looked at again from time to time. */
export const stopGiveBack = (order: Order, nowMs: number): Order =>
  changeOrder(
    order,
    { reviewReason: order.reviewReason ?? "give_back_stopped" },
    { by: "sweep", atMs: nowMs },
  );
