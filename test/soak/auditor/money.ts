// Where the money is: never more refunded than paid, nothing kept twice, nothing PortOne took forgotten, and
// no order paid by anything but a payment of exactly its amount.
import {
  type Case,
  type Finding,
  type FindingKind,
  type ProviderPayment,
  remainingOf,
  toMinorUnits,
} from "./facts.ts";

const paidStates = ["paid", "partially_refunded", "refunded"];

export function checkMoney(order: Case): readonly Finding[] {
  const { item, taken, plan } = order;
  const find = (kind: FindingKind, what: string): Finding => ({ kind, merchantUid: plan.merchantUid, what });
  const paying = taken.find(({ imp_uid }) => imp_uid === item.impUid);
  return [
    ...taken
      .filter((payment) => refundedOf(payment) > payment.amount || remainingOf(payment) < 0)
      .map((payment) => find("over_refunded", `${refundedOf(payment)} of ${payment.amount} given back`)),
    ...taken
      .filter(({ imp_uid }) => !item.attempts.some(({ impUid }) => impUid === imp_uid))
      .filter(() => !isWithPerson(order))
      .map(({ imp_uid, amount }) => find("lost", `${imp_uid} took ${amount} and the order does not know`)),
    ...(isBelieved(order, paying)
      ? []
      : [find("paid_without_payment", `${item.state} by ${item.impUid ?? "nobody"}`)]),
    ...doubleCharges(order, paying).map(({ imp_uid }) =>
      find("double_charge", `${imp_uid} still holds money beside ${paying?.imp_uid}`),
    ),
  ];
}

/** Nothing moves by itself any more, and the plan said that it may come to this. */
export const isWithPerson = ({ item, plan }: Case): boolean =>
  item.reviewReason !== null && plan.mayNeedReview.includes(item.reviewReason);

const refundedOf = ({ cancel_history }: ProviderPayment): number =>
  cancel_history.reduce((sum, { amount }) => sum + amount, 0);

function isBelieved({ item }: Case, paying: ProviderPayment | undefined): boolean {
  const isPaid = paidStates.includes(item.state);
  if (!isPaid || item.impUid === null) return !isPaid && item.impUid === null;
  return paying !== undefined && toMinorUnits(paying.amount, paying.currency) === item.amount;
}

/** Other payments of a paid order that were not given back. */
function doubleCharges(order: Case, paying: ProviderPayment | undefined): readonly ProviderPayment[] {
  if (!paying || isWithPerson(order)) return [];
  return order.taken.filter((payment) => payment !== paying && remainingOf(payment) > 0);
}
