// May a person say that a payment which breaks a rule is the order's own all the same? Only for what another figure than
// asked for can mean no harm, and only for money that nobody has begun to give back.
import type { Look } from "./look.ts";
import { attemptOf, type Order, type Stamp } from "./order.ts";
import { type PaymentRecord, tookMoney } from "./payment-record.ts";
import { giveBackOf } from "./scheduled-cancel.ts";
import { decideSync } from "./sync.ts";
import { type BrokenRule, brokenRules, type VerificationPolicy } from "./verification.ts";

/** Which rules a person may waive. A channel that is ours by now breaks none any more. */
export const mayBeWaived: Readonly<Record<BrokenRule, boolean>> = {
  tax_free_mismatch: true,
  escrow_mismatch: true,
  payment_older_than_order: true,
  status_unknown: false,
  merchant_uid_mismatch: false,
  sandbox_payment: false,
  foreign_channel: false,
  currency_mismatch: false,
  amount_mismatch: false,
  cancel_sum_mismatch: false,
};

/** Why a payment is not accepted: the rule it breaks, or what stands in the way. */
export type AcceptRefusal =
  | BrokenRule
  | "order_voided"
  | "order_superseded"
  | "order_paid"
  | "give_back_wanted"
  | "give_back_scheduled"
  | "give_back_in_flight"
  | "give_back_done"
  | "payment_unknown"
  | "payment_not_paid"
  | "nothing_left";

/** What the order itself has against it, whatever PortOne says. */
export function refuseByOrder(order: Order, impUid: string): AcceptRefusal | null {
  if (order.voidedAtMs !== null || order.isVoidWanted) return "order_voided";
  if (order.supersededBy !== null) return "order_superseded";
  if (order.impUid !== null && order.impUid !== impUid) return "order_paid";
  const attempt = attemptOf(order, impUid);
  const giveBack = attempt ? giveBackOf(order, attempt) : null;
  if (giveBack === "scheduled") return "give_back_scheduled";
  // What PortOne refused may be the late success of something lost, until QUIET has passed.
  const isInDoubt = order.impUid === null && order.owedReads.some((read) => read.impUid === impUid);
  if (order.cancel?.impUid === impUid || isInDoubt) return "give_back_in_flight";
  return giveBack === null ? null : `give_back_${giveBack}`;
}

/** What PortOne's record has against it: the first rule that nobody may waive leads. */
export function refuseByRecord(
  order: Order,
  record: PaymentRecord,
  policy: VerificationPolicy,
): AcceptRefusal | null {
  const broken = brokenRules(order, record, policy);
  const hard = broken.find((reason) => !mayBeWaived[reason]);
  if (hard !== undefined) return hard;
  if (!tookMoney(record)) return "payment_not_paid";
  const { amount, cancelAmount, taxFree } = record;
  if (amount === cancelAmount) return "nothing_left";
  // No part is more than the whole.
  if (taxFree !== null && amount !== null && taxFree > amount) return "tax_free_mismatch";
  return order.impUid === record.impUid && broken.length === 0 ? "order_paid" : null;
}

export type Acceptance =
  | { readonly decision: "accepted"; readonly order: Order }
  | { readonly decision: "refused"; readonly why: AcceptRefusal }
  /** The record was read before what the order holds of it: it concludes nothing. */
  | { readonly decision: "undecided" };

/** The order paid by this payment, or why not. `reason` is what the history says. */
export function decideAcceptance(
  order: Order,
  { record, reason }: { readonly record: PaymentRecord; readonly reason: string },
  stamp: Stamp,
  policy: VerificationPolicy,
): Acceptance {
  const { impUid } = record;
  const why = refuseByOrder(order, impUid) ?? refuseByRecord(order, record, policy);
  if (why !== null) return { decision: "refused", why };
  const look: Look = { ...stamp, records: [record], isComplete: false, accepted: { impUid, reason } };
  const next = decideSync(order, look, policy);
  return next === order ? { decision: "undecided" } : { decision: "accepted", order: next };
}
