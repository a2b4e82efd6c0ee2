// Holds the table against PortOne's state, order by order, by rules written from the promises and not from
// the product: it imports nothing of it. Pure.
import type { Item, Value } from "./table.ts";

export interface Payment {
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly status: string;
  readonly amount: number;
  readonly cancel_amount: number;
  readonly paid_at: number;
  readonly sandbox: boolean;
  readonly cancel_history: readonly {
    readonly cancellation_id: string;
    readonly amount: number;
    readonly reason: string;
  }[];
}

export type FindingKind =
  | "lost"
  | "believed"
  | "differs"
  | "money_kept"
  | "double_charge"
  | "double_cancel"
  | "refused_yet_moved"
  | "over_refunded"
  | "unresolved"
  | "two_transitions"
  | "reservation_left"
  | "charged_closed";

export interface Finding {
  readonly kind: FindingKind;
  readonly merchantUid: string;
  readonly detail: string;
}

export interface Attempt {
  readonly imp_uid: string;
  readonly state: string;
  readonly amount: number;
  /** Empty where there is none. */
  readonly give_back: string;
  readonly cancels: readonly { readonly id: string; readonly amount: number }[];
}

const orderPrefix = "order#";
const refundPrefix = "refund#";
const paidStates = ["paid", "partially_refunded", "refunded"];
/** Marks that a plan makes necessary, and that move no money by themselves. */
const expectedMarks = ["status_unknown"];

const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");
const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
const figure = (value: Value | undefined): number => (typeof value === "number" ? value : Number.NaN);
const fields = (value: Value | undefined): Item =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Item) : {};

const attemptsOf = (order: Item): readonly Attempt[] =>
  list(order["attempts"])
    .map(fields)
    .map((attempt) => ({
      imp_uid: text(attempt["uid"]),
      state: text(attempt["state"]),
      amount: figure(attempt["amount"]),
      give_back: text(attempt["back"]),
      cancels: list(attempt["cancels"])
        .map(list)
        .map(([id, amount]) => ({ id: text(id), amount: figure(amount) })),
    }));

const tookMoney = (payment: Payment): boolean => payment.paid_at > 0;
const remaining = (payment: Payment): number => payment.amount - payment.cancel_amount;

export function audit(items: readonly Item[], payments: readonly Payment[]): readonly Finding[] {
  const byOrder = Map.groupBy(payments, (payment) => payment.merchant_uid);
  const refunds = Map.groupBy(
    items.filter((item) => text(item["pk"]).startsWith(refundPrefix)),
    (item) => text(item["merchant_uid"]),
  );
  return items
    .filter((item) => text(item["pk"]).startsWith(orderPrefix))
    .flatMap((order) => {
      const merchantUid = text(order["pk"]).slice(orderPrefix.length);
      const found = (kind: FindingKind, detail: string): Finding => ({ kind, merchantUid, detail });
      const own = byOrder.get(merchantUid) ?? [];
      return [
        ...auditMoney(order, own, found),
        ...auditRefunds(refunds.get(merchantUid) ?? [], own, found),
        ...auditRest(order, found),
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
  const tags = entries
    .map(({ reason }) => /^#[a-z2-7]{9}/.exec(reason)?.[0])
    .filter((tag) => tag !== undefined);
  const doubled = tags.filter((tag, index) => tags.indexOf(tag) !== index);
  const findings = doubled.map((tag) => found("double_cancel", tag));
  for (const refund of refunds) {
    const moved = entries.filter(({ reason }) => reason.startsWith(text(refund["tag"])));
    if (refund["state"] === "refused" && moved.length > 0)
      findings.push(found("refused_yet_moved", text(refund["refund_id"])));
    const isNamed = entries.some(({ cancellation_id: id }) => id === refund["cancellation_id"]);
    if (refund["state"] === "succeeded" && !isNamed)
      findings.push(found("believed", `refund ${text(refund["refund_id"])}`));
  }
  return findings;
}

/** At rest: nothing in flight, nothing owed, and each move made once. */
function auditRest(order: Item, found: Found): readonly Finding[] {
  const findings: Finding[] = [];
  for (const owed of ["cancel", "charge", "receipt_operation", "recheck_at", "due_at"])
    if (order[owed] !== undefined) findings.push(found("unresolved", owed));
  const wishes = attemptsOf(order).filter(({ give_back }) => give_back === "wanted");
  if (wishes.length > 0) findings.push(found("unresolved", "give_back"));
  const mark = text(order["review_reason"]);
  if (mark !== "" && !expectedMarks.includes(mark)) findings.push(found("unresolved", mark));
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
