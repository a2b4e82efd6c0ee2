// A refund: what a merchant may ask for, what is kept of it for ever, and how it is split by tax.
import { type Currency, least, type Money, minus, parseMoney, share, sum } from "./money.ts";
import type { CancelOperation, CancelRefusal } from "./operation.ts";
import {
  attemptOf,
  type Cancel,
  type Order,
  payingAttempt,
  remainingOf,
  remainingOfAttempt,
  remainingTaxFreeOf,
} from "./order.ts";
import { withoutTags } from "./tag.ts";
import { cutToBytes } from "./text.ts";

export interface RefundRequest {
  /** Absent: all that is left. */
  readonly amount: Money | null;
  /** Absent: its share, rounded down; the refund that clears the rest takes all of it. */
  readonly taxFree: Money | null;
}

/** Amounts as a merchant wrote them: numbers or digits, null where nothing was said. */
export interface AskedAmounts {
  readonly amount: number | string | null;
  readonly taxFree: number | string | null;
}

/** The amounts in the order's currency; null when one of them is none in it. */
export function readAskedAmounts(asked: AskedAmounts, currency: Currency): RefundRequest | null {
  const amount = asked.amount === null ? null : parseMoney(asked.amount, currency);
  const taxFree = asked.taxFree === null ? null : parseMoney(asked.taxFree, currency);
  const isMalformed =
    (asked.amount !== null && amount === null) || (asked.taxFree !== null && taxFree === null);
  return isMalformed ? null : { amount, taxFree };
}

/** Why the order's own figures forbid it; KSNET's rules are asked beside these. */
export type RefundRefusal =
  | "order_not_paid"
  | "refund_amount_not_positive"
  | "refund_exceeds_remaining"
  | "refund_tax_free_exceeds_remaining";

export type RefundDecision =
  | { readonly decision: "refund"; readonly impUid: string; readonly amount: Money; readonly taxFree: Money }
  | { readonly decision: "refuse"; readonly refusal: RefundRefusal };

/** What a refund of this order would take, first broken figure first, before anything is claimed or called. */
export function decideRefund(order: Order, request: RefundRequest): RefundDecision {
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
  return { decision: "refund", impUid: paying.impUid, amount, taxFree };
}

export const refundStates = ["succeeded", "refused", "withdrawn"] as const;
export const refundOrigins = ["merchant", "automatic"] as const;

/** A refund that is over, for better or worse, or taken back: one item for ever, so that its key moves money only once. */
export interface Refund {
  readonly refundId: string;
  readonly merchantUid: string;
  readonly impUid: string;
  readonly state: (typeof refundStates)[number];
  /** A merchant asked for it, or money went back that must not stay. */
  readonly origin: (typeof refundOrigins)[number];
  /** Why it was refused. */
  readonly refusal: CancelRefusal | null;
  readonly amount: Money;
  readonly taxFree: Money;
  /** PortOne's word, as the attempt's. */
  readonly currency: string;
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

/** The lasting record of a cancel that is over, from the order as it will stand after it. */
export function closeRefund(
  after: Order,
  cancel: CancelOperation,
  outcome: Pick<
    Refund,
    | "state"
    | "amount"
    | "taxFree"
    | "refusal"
    | "cancellationId"
    | "cancelledAtMs"
    | "providerMessage"
    | "requestId"
    | "completedAtMs"
  >,
): Refund {
  const attempt = attemptOf(after, cancel.impUid);
  const isPaying = after.impUid === cancel.impUid;
  return {
    refundId: cancel.id,
    origin: cancel.kind === "refund" ? "merchant" : "automatic",
    merchantUid: after.merchantUid,
    impUid: cancel.impUid,
    currency: attempt?.currency ?? after.currency,
    reason: cancel.reason,
    tag: cancel.tag,
    bodyHash: cancel.bodyHash,
    requestedAtMs: cancel.sinceMs,
    remaining: attempt ? remainingOfAttempt(attempt) : remainingOf(after),
    remainingTaxFree: isPaying ? remainingTaxFreeOf(after) : sum([]),
    ...outcome,
  };
}

const longestReasonBytes = 200;

/** What PortOne is told: the tag first, then the merchant's text, which can carry none. */
export function providerReason(cancel: Pick<CancelOperation, "tag" | "reason">): string {
  const kept = cutToBytes(withoutTags(cancel.reason ?? ""), longestReasonBytes);
  return kept === "" ? cancel.tag : `${cancel.tag} ${kept}`;
}

/** A refund as it is listed: ours by its own item or its slot, a console cancel by PortOne's entry. */
export type ListedRefund =
  | { readonly kind: "finished"; readonly refund: Refund }
  | { readonly kind: "running"; readonly cancel: CancelOperation; readonly order: Order }
  | {
      readonly kind: "console";
      readonly impUid: string;
      readonly cancel: Cancel;
      readonly order: Order;
      readonly remainingAfter: Money;
    };
