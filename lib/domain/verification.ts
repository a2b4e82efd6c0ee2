// Is this payment a payment of this order? An ordered list of named rules; the first that fails is the
// answer. PortOne signs nothing, so these comparisons with its own record are the whole proof.

import { sum } from "./money.ts";
import type { Order } from "./order.ts";
import type { PaymentRecord } from "./payment-record.ts";
import { isForeign, type ReviewReason } from "./review.ts";

/** What this deployment takes as its own. */
export interface VerificationPolicy {
  /** Our MIDs; a record's `pg_id` must be one of them. */
  readonly mids: readonly string[];
  /** Test-channel payments count (never in production). */
  readonly acceptsSandbox: boolean;
  /** For which causes a payment is given back without asking a person. */
  readonly givesBack: ReadonlySet<GiveBackCause>;
}

/** Why money goes back by itself; the words of `PAY_GIVE_BACK`. */
export const giveBackCauses = ["mismatch", "second_payment", "late", "voided"] as const;
export type GiveBackCause = (typeof giveBackCauses)[number];

/** What a record can break, by name. */
export type BrokenRule = Extract<
  ReviewReason,
  | "status_unknown"
  | "merchant_uid_mismatch"
  | "sandbox_payment"
  | "foreign_channel"
  | "payment_older_than_order"
  | "currency_mismatch"
  | "amount_mismatch"
  | "tax_free_mismatch"
  | "cancel_sum_mismatch"
  | "escrow_mismatch"
>;

interface Rule {
  readonly reason: BrokenRule;
  readonly fails: (order: Order, record: PaymentRecord, policy: VerificationPolicy) => boolean;
}

/** Clocks of two companies: PortOne's start of a payment may look a little earlier than our order. */
const clockToleranceMs = 60_000;

/** Of a payment whose start PortOne does not tell, its end: money taken before the order was made is not for it. */
const begunMs = ({ startedAtMs, paidAtMs }: PaymentRecord): number | null => startedAtMs ?? paidAtMs;

export const verificationRules: readonly Rule[] = [
  { reason: "status_unknown", fails: (_, record) => record.status === "unrecognised" },
  {
    reason: "merchant_uid_mismatch",
    fails: (order, record) => record.merchantUid !== order.merchantUid,
  },
  {
    reason: "sandbox_payment",
    fails: (_, record, policy) => record.sandbox && !policy.acceptsSandbox,
  },
  { reason: "foreign_channel", fails: (_, record, policy) => !policy.mids.includes(record.pgId) },
  {
    reason: "payment_older_than_order",
    fails: (order, record) => (begunMs(record) ?? Infinity) < order.createdAtMs - clockToleranceMs,
  },
  { reason: "currency_mismatch", fails: (order, record) => record.currency !== order.currency },
  { reason: "amount_mismatch", fails: (order, record) => record.amount !== order.amount },
  {
    reason: "tax_free_mismatch",
    // KSNET takes no tax-free part for a virtual account (R-KS-3), and V1 mostly tells none.
    fails: (order, record) =>
      record.taxFree !== null && record.payMethod !== "vbank" && record.taxFree !== order.taxFree,
  },
  { reason: "cancel_sum_mismatch", fails: (_, record) => !addsUp(record) },
  // Asked for and not done happens without the contract (R-KS-38); not asked for and done cannot.
  { reason: "escrow_mismatch", fails: (order, record) => record.escrow !== order.escrow },
];

/** PortOne's own figures can be read and agree with each other, so what is left of the payment is known. */
function addsUp({ amount, cancelAmount, cancels }: PaymentRecord): boolean {
  const cancelled = cancels.flatMap((cancel) => cancel.amount ?? []);
  return (
    amount !== null &&
    cancelled.length === cancels.length &&
    cancelAmount === sum(cancelled) &&
    cancelAmount <= amount
  );
}

/** Ours, of this order, and its figures add up: the money in it can be given back without harm. */
export const mayGiveBack = (order: Order, record: PaymentRecord, policy: VerificationPolicy): boolean => {
  const broken = verifyPayment(order, record, policy);
  return (broken === null || !isForeign(broken)) && addsUp(record);
};

/** The first rule this payment breaks, by name, or null when it is a payment of exactly this order. */
export function verifyPayment(
  order: Order,
  record: PaymentRecord,
  policy: VerificationPolicy,
): ReviewReason | null {
  return verificationRules.find((rule) => rule.fails(order, record, policy))?.reason ?? null;
}

/** When it began cannot change: of what has paid the order this was decided. */
const isDecided = (order: Order, record: PaymentRecord, reason: BrokenRule): boolean =>
  reason === "payment_older_than_order" && order.impUid === record.impUid;

/** Every rule it breaks, in their order. */
export const brokenRules = (
  order: Order,
  record: PaymentRecord,
  policy: VerificationPolicy,
): readonly BrokenRule[] =>
  verificationRules
    .filter((rule) => rule.fails(order, record, policy) && !isDecided(order, record, rule.reason))
    .map(({ reason }) => reason);

/** Not certainly this shop's or this order's. */
export const isForeignPayment = (order: Order, record: PaymentRecord, policy: VerificationPolicy): boolean =>
  brokenRules(order, record, policy).some(isForeign);
