// The stored copy against PortOne's record: the same amounts, the same cancels, the state that follows from
// them. One finding an order, however much of it differs.
import {
  type Case,
  type Finding,
  type ProviderPayment,
  remainingOf,
  type StoredAttempt,
  toMinorUnits,
} from "./facts.ts";
import { isWithPerson } from "./money.ts";

export function checkRecord(order: Case): readonly Finding[] {
  const differences = [...attemptDifferences(order), ...orderDifferences(order)];
  if (differences.length === 0) return [];
  return [{ kind: "differs", merchantUid: order.plan.merchantUid, what: differences.join("; ") }];
}

function orderDifferences(order: Case): readonly string[] {
  const { item, taken } = order;
  const paying = taken.find(({ imp_uid }) => imp_uid === item.impUid);
  if (!paying) return keptFromNobody(order);
  const state = stateOf(paying);
  const cancelled = toMinorUnits(paying.cancel_amount, paying.currency);
  return [
    ...(item.state === state ? [] : [`is ${item.state}, PortOne's record says ${state}`]),
    ...(item.cancelAmount === cancelled ? [] : [`cancel_amount ${item.cancelAmount}, really ${cancelled}`]),
  ];
}

const stateOf = (payment: ProviderPayment): string => {
  if (payment.cancel_history.length === 0) return "paid";
  return remainingOf(payment) > 0 ? "partially_refunded" : "refunded";
};

/** Nothing paid the order: then a payment of exactly its amount has no other reason to go back than a void. */
function keptFromNobody(order: Case): readonly string[] {
  const { item, taken } = order;
  if (isWithPerson(order) || item.state === "voided") return [];
  return taken
    .filter(({ amount, currency }) => toMinorUnits(amount, currency) === item.amount)
    .map(({ imp_uid }) => `${imp_uid} paid its exact amount and was not accepted`);
}

function attemptDifferences({ item, taken }: Case): readonly string[] {
  return item.attempts.flatMap((attempt) => {
    const payment = taken.find(({ imp_uid }) => imp_uid === attempt.impUid);
    const holdsMoney = attempt.state === "paid" || attempt.state === "given_back";
    if (!payment) return holdsMoney ? [`${attempt.impUid} is ${attempt.state}, PortOne took nothing`] : [];
    if (!holdsMoney) return [`${attempt.impUid} is ${attempt.state}, PortOne took money`];
    return compare(attempt, payment);
  });
}

function compare(attempt: StoredAttempt, payment: ProviderPayment): readonly string[] {
  const amount = toMinorUnits(payment.amount, payment.currency);
  const ours = attempt.cancels.map(({ id, amount }) => `${id} ${amount}`).toSorted();
  const theirs = payment.cancel_history
    .map(({ cancellation_id, amount }) => `${cancellation_id} ${toMinorUnits(amount, payment.currency)}`)
    .toSorted();
  const isWronglyGone = attempt.state === "given_back" && remainingOf(payment) > 0;
  return [
    ...(attempt.amount === amount ? [] : [`${attempt.impUid} holds ${attempt.amount}, really ${amount}`]),
    ...(ours.join() === theirs.join() ? [] : [`cancels [${ours}], really [${theirs}]`]),
    ...(isWronglyGone ? [`${attempt.impUid} is given_back with ${remainingOf(payment)} left`] : []),
  ];
}
