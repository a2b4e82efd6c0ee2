// Holds the table against PortOne's state, order by order, by rules written from the promises and not from
// the product: it imports nothing of it. Pure.
import { type Finding, type FindingKind, found as finding } from "./findings.ts";
import { recipientEndMs } from "./receipt-debts.ts";
import type { Item } from "./table.ts";
import {
  type Attempt,
  attemptsOf,
  list,
  numberOf,
  ordersIn,
  type Payment,
  paidStates,
  refundsIn,
  remaining,
  tagOf,
  text,
  tookMoney,
} from "./world.ts";

/** Marks that a plan makes necessary, and that move no money by themselves. */
const expectedMarks = ["status_unknown"];

export function audit(items: readonly Item[], payments: readonly Payment[]): readonly Finding[] {
  const byOrder = Map.groupBy(payments, (payment) => payment.merchant_uid);
  const refunds = Map.groupBy(refundsIn(items), (item) => text(item["merchant_uid"]));
  return ordersIn(items).flatMap((order) => {
    const merchantUid = numberOf(order);
    const found = (kind: FindingKind, detail: string) => finding(kind, merchantUid, detail);
    const own = byOrder.get(merchantUid) ?? [];
    return [
      ...auditMoney(order, own, found),
      ...auditRefunds(refunds.get(merchantUid) ?? [], own, found),
      ...auditRest(order, own, found),
    ];
  });
}

type Found = (kind: FindingKind, detail: string) => Finding;

/** The order says what PortOne's records say, and nothing forged is kept or believed. */
function auditMoney(order: Item, payments: readonly Payment[], found: Found): readonly Finding[] {
  const state = text(order["state"]);
  const impUid = text(order["imp_uid"]);
  const attempts = new Map(attemptsOf(order).map((one) => [one.imp_uid, one]));
  const findings: Finding[] = [];
  const paying = payments.find((payment) => payment.imp_uid === impUid);
  if (paidStates.includes(state)) {
    const isVerified = paying !== undefined && tookMoney(paying) && paying.amount === order["amount"];
    if (!isVerified) findings.push(found("believed", `${state} by ${impUid}`));
    const expected = paying === undefined ? state : stateOf(paying);
    if (expected !== state) findings.push(found("differs", `${state}, PortOne: ${expected}`));
    if (paying && paying.cancel_amount !== order["cancel_amount"])
      findings.push(
        found("differs", `cancelled ${order["cancel_amount"]}, PortOne: ${paying.cancel_amount}`),
      );
  }
  for (const payment of payments.filter((one) => tookMoney(one) && !one.sandbox)) {
    const attempt = attempts.get(payment.imp_uid);
    if (!attempt) findings.push(found("lost", `${payment.imp_uid} took ${payment.amount}`));
    else findings.push(...auditCancels(attempt, payment, found));
    const isUnwanted = payment.imp_uid !== impUid;
    if (isUnwanted && remaining(payment) > 0 && !isMarked(order))
      findings.push(found("money_kept", `${payment.imp_uid} keeps ${remaining(payment)}`));
    if (payment.cancel_amount > payment.amount) findings.push(found("over_refunded", payment.imp_uid));
  }
  return findings;
}

/** Nobody stores the account a deposit goes back to, so that a refund cut off waits for the shop, which is told. */
const isAboutAccount = (order: Item): boolean =>
  order["review_reason"] === "refund_account_needed" && order["pay_method"] === "vbank";

/** Only at KSNET can somebody mend the receipt that the window issued. */
const isAboutWindowReceipt = (order: Item, payments: readonly Payment[]): boolean =>
  order["review_reason"] === "receipt_refused" &&
  payments.some(
    ({ imp_uid: impUid, cash_receipt_issued: isIssued, cancel_amount: cancelled }) =>
      impUid === order["imp_uid"] && isIssued && cancelled > 0,
  );

const isMarked = (order: Item): boolean => expectedMarks.includes(text(order["review_reason"]));

const stateOf = (payment: Payment): string => {
  if (payment.cancel_amount === 0) return "paid";
  return remaining(payment) > 0 ? "partially_refunded" : "refunded";
};

function auditCancels(attempt: Attempt, payment: Payment, found: Found): readonly Finding[] {
  const ours = attempt.cancels.map(({ id }) => id).toSorted();
  const theirs = payment.cancel_history.map(({ cancellation_id: id }) => id).toSorted();
  return ours.join() === theirs.join()
    ? []
    : [found("differs", `cancels ${ours.join() || "none"}, PortOne: ${theirs.join() || "none"}`)];
}

/** One key moves money at most once, and one that was refused never does. */
function auditRefunds(
  refunds: readonly Item[],
  payments: readonly Payment[],
  found: Found,
): readonly Finding[] {
  const entries = payments.flatMap((payment) => payment.cancel_history);
  const tags = entries.map(tagOf).filter((tag) => tag !== null);
  const doubled = tags.filter((tag, index) => tags.indexOf(tag) !== index);
  const findings = doubled.map((tag) => found("double_cancel", tag));
  for (const refund of refunds) {
    const moved = entries.filter((entry) => tagOf(entry) === text(refund["tag"]));
    if (refund["state"] !== "succeeded" && moved.length > 0)
      findings.push(found("refused_yet_moved", text(refund["refund_id"])));
    const isNamed = entries.some(({ cancellation_id: id }) => id === refund["cancellation_id"]);
    if (refund["state"] === "succeeded" && !isNamed)
      findings.push(found("believed", `refund ${text(refund["refund_id"])}`));
  }
  return findings;
}

/** At rest: nothing in flight, nothing owed, and each move made once. */
function auditRest(order: Item, payments: readonly Payment[], found: Found): readonly Finding[] {
  const findings: Finding[] = [];
  for (const owed of ["cancel", "charge", "instruction", "receipt_operation", "recheck_at"])
    if (order[owed] !== undefined) findings.push(found("unresolved", owed));
  // Only a buyer is waited for in peace, and the time when nobody has to know any more whom a receipt is for.
  const isWaiting = text(order["state"]) === "awaiting_deposit" || order["due_at"] === recipientEndMs(order);
  if (order["due_at"] !== undefined && !isWaiting) findings.push(found("unresolved", "due_at"));
  const wishes = attemptsOf(order).filter(({ give_back }) => give_back === "wanted");
  if (wishes.length > 0) findings.push(found("unresolved", "give_back"));
  const mark = text(order["review_reason"]);
  const isAPersons = isAboutAccount(order) || isAboutWindowReceipt(order, payments);
  if (mark !== "" && !expectedMarks.includes(mark) && !isAPersons) findings.push(found("unresolved", mark));
  const moves = list(order["history"]).map((line) => text(line).split(" "));
  const paidMoves = moves.filter(([, , from, to]) => to === "paid" && from !== "paid");
  if (paidMoves.length > 1) findings.push(found("two_transitions", `${paidMoves.length} times paid`));
  return findings;
}

/** Debts charged by billing: at most one paid payment each, whatever numbers it was charged under. */
export const findDoubleCharges = (
  payments: readonly Payment[],
  debtOf: (merchantUid: string) => string | null,
): readonly Finding[] => {
  const kept = payments.filter((payment) => tookMoney(payment) && remaining(payment) > 0);
  const byDebt = Map.groupBy(kept, (payment) => debtOf(payment.merchant_uid) ?? payment.merchant_uid);
  return [...byDebt]
    .filter(([, charges]) => charges.length > 1)
    .map(([debt, charges]) => ({
      kind: "double_charge" as const,
      merchantUid: debt,
      detail: charges.map(({ imp_uid }) => imp_uid).join(", "),
    }));
};
