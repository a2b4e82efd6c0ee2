// A refund: what a merchant may ask for, what is kept of it for ever, and how it is split by tax.
import type { CancelOperation, CancelRefusal } from "./cancel.ts";
import { type Currency, currencyOf, least, type Money, minus, share, sum } from "./money.ts";
import {
  attemptOf,
  type Order,
  payingAttempt,
  remainingOf,
  remainingOfAttempt,
  remainingTaxFreeOf,
} from "./order.ts";

export interface RefundRequest {
  /** Absent: all that is left. */
  readonly amount: Money | null;
  /** Absent: its share, rounded down; the refund that clears the rest takes all of it. */
  readonly taxFree: Money | null;
}

export type RefundRefusal =
  | "order_not_paid"
  | "refund_amount_not_positive"
  | "refund_exceeds_remaining"
  | "refund_tax_free_exceeds_remaining"
  | "escrow_not_confirmed";

export type RefundDecision =
  | { readonly decision: "refund"; readonly impUid: string; readonly amount: Money; readonly taxFree: Money }
  | { readonly decision: "refuse"; readonly refusal: RefundRefusal };

/** The rules of a refund, first broken first, before anything is claimed or called. */
export function decideRefund(order: Order, request: RefundRequest, nowMs: number): RefundDecision {
  const paying = payingAttempt(order);
  if (!paying) return { decision: "refuse", refusal: "order_not_paid" };
  const remaining = remainingOf(order);
  const remainingTaxFree = remainingTaxFreeOf(order);
  const amount = request.amount ?? remaining;
  if (request.amount === 0) return { decision: "refuse", refusal: "refund_amount_not_positive" };
  if (amount > remaining || remaining === 0)
    return { decision: "refuse", refusal: "refund_exceeds_remaining" };
  const itsShare = amount === remaining ? remainingTaxFree : share(amount, remainingTaxFree, remaining);
  const taxFree = request.taxFree ?? itsShare;
  const taxedLeft = minus(remaining, remainingTaxFree);
  const exceeds = taxFree > least(amount, remainingTaxFree) || minus(amount, taxFree) > taxedLeft;
  if (exceeds) return { decision: "refuse", refusal: "refund_tax_free_exceeds_remaining" };
  if (amount < remaining && mayBeUnconfirmed(order, nowMs))
    return { decision: "refuse", refusal: "escrow_not_confirmed" };
  return { decision: "refund", impUid: paying.impUid, amount, taxFree };
}

/** A purchase nobody confirmed is confirmed 6 business days after its parcel at the latest. */
const surelyConfirmedMs = 14 * 24 * 3_600_000;

/**
 * R-KS-33: no part of an escrow payment goes back before the buyer confirmed. PortOne does not tell when that
 * was; once it must have been, KSNET decides.
 */
const mayBeUnconfirmed = (order: Order, nowMs: number): boolean =>
  order.escrow && nowMs < (order.paidAtMs ?? nowMs) + surelyConfirmedMs;

/** A refund that is over, for better or worse: one item for ever, so that its key moves money only once. */
export interface Refund {
  readonly refundId: string;
  readonly merchantUid: string;
  readonly impUid: string;
  readonly state: "succeeded" | "refused";
  /** A merchant asked for it, or money went back that must not stay. */
  readonly origin: "merchant" | "automatic";
  /** Why it was refused. */
  readonly refusal: CancelRefusal | null;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly currency: Currency;
  readonly reason: string | null;
  readonly tag: string;
  readonly cancellationId: string | null;
  /** When PortOne made the cancel. */
  readonly cancelledAtMs: number | null;
  readonly bodyHash: string;
  readonly requestedAtMs: number;
  readonly completedAtMs: number;
  /** What was left of the order right after it. */
  readonly remaining: Money;
  readonly remainingTaxFree: Money;
  readonly providerMessage: string | null;
  /** Of the request that learned the outcome; part of the answer a repeated key gets. */
  readonly requestId: string;
}

/** The lasting record of an operation that is over, from the order as it will stand after it. */
export function closeRefund(
  after: Order,
  operation: CancelOperation,
  outcome: Pick<
    Refund,
    "state" | "refusal" | "cancellationId" | "cancelledAtMs" | "providerMessage" | "requestId"
  >,
  nowMs: number,
): Refund {
  const attempt = attemptOf(after, operation.impUid);
  const isPaying = after.impUid === operation.impUid;
  return {
    refundId: operation.id,
    origin: operation.kind === "refund" ? "merchant" : "automatic",
    merchantUid: after.merchantUid,
    impUid: operation.impUid,
    amount: operation.amount,
    taxFree: operation.taxFree,
    currency: attempt ? currencyOf(attempt.currency) : after.currency,
    reason: operation.reason,
    tag: operation.tag,
    bodyHash: operation.bodyHash,
    requestedAtMs: operation.sinceMs,
    completedAtMs: nowMs,
    remaining: attempt ? remainingOfAttempt(attempt) : remainingOf(after),
    remainingTaxFree: isPaying ? remainingTaxFreeOf(after) : sum([]),
    ...outcome,
  };
}

const longestReasonBytes = 200;

/** What PortOne is told: the tag first, then the merchant's text cut at a whole character. */
export function providerReason(operation: Pick<CancelOperation, "tag" | "reason">): string {
  let kept = "";
  let bytes = 0;
  for (const character of operation.reason ?? "") {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > longestReasonBytes) break;
    kept += character;
  }
  return kept === "" ? operation.tag : `${operation.tag} ${kept}`;
}
