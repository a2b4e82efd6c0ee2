// Comparing our copy with PortOne's record, payment by payment. Only what differs is reported, by a name a
// person can act on.
import { dueAt } from "./due.ts";
import { isNamed } from "./foreign-payment.ts";
import { attemptOf, cancelledOf, holdsMoney, type Order } from "./order.ts";
import { type PaymentRecord, tookMoney } from "./payment-record.ts";

export const differenceKinds = [
  "payment_without_order",
  "order_without_payment",
  "amount_differs",
  "state_differs",
  "cancel_unknown",
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

type Facts = Readonly<Record<string, string | number | null>>;

export interface Difference {
  readonly kind: DifferenceKind;
  readonly merchantUid: string;
  readonly impUid: string | null;
  readonly ours: Facts;
  readonly theirs: Facts;
  /** Looking again brought both level. */
  readonly synced: boolean;
}

type Found = Omit<Difference, "synced">;

/** What differs between the order as stored and one payment PortOne took for it; null when nothing does. */
export function compareWithRecord(order: Order | null, record: PaymentRecord): Found | null {
  const { merchantUid, impUid } = record;
  const theirs = factsOfRecord(record);
  if (!order) return { kind: "payment_without_order", merchantUid, impUid, ours: {}, theirs };
  const attempt = attemptOf(order, impUid);
  const found = (kind: DifferenceKind): Found => ({
    kind,
    merchantUid,
    impUid,
    ours: factsOfOrder(order, impUid),
    theirs,
  });
  if (!attempt || !holdsMoney(attempt)) {
    // Foreign money is never kept: a person was told of it. Any other counts, whatever the order is marked for.
    return isNamed(order, impUid) || !tookMoney(record) ? null : found("state_differs");
  }
  if (!tookMoney(record)) return found("state_differs");
  if (record.amount !== attempt.amount) return found("amount_differs");
  const known = new Set(attempt.cancels.map((cancel) => cancel.cancellationId));
  if (record.cancels.some((cancel) => !known.has(cancel.cancellationId))) return found("cancel_unknown");
  return cancelledOf(attempt) === record.cancelAmount ? null : found("state_differs");
}

/** An order that holds money of which PortOne has no record. */
export const withoutPayment = (order: Order): Found => ({
  kind: "order_without_payment",
  merchantUid: order.merchantUid,
  impUid: order.impUid,
  ours: factsOfOrder(order, order.impUid),
  theirs: {},
});

/** An order whose stored due time is not the one its facts give: too late, too early, missing, or due for nothing. */
export function compareDue(order: Order): Found | null {
  const expected = dueAt(order);
  if (expected === order.dueAtMs) return null;
  return {
    kind: "state_differs",
    merchantUid: order.merchantUid,
    impUid: order.impUid,
    ours: { ...factsOfOrder(order, order.impUid), due_at: order.dueAtMs },
    theirs: { due_at: expected },
  };
}

const factsOfOrder = (order: Order, impUid: string | null): Facts => {
  const attempt = impUid === null ? undefined : attemptOf(order, impUid);
  return {
    state: order.state,
    attempt_state: attempt?.state ?? null,
    amount: attempt?.amount ?? order.amount,
    cancel_amount: attempt ? cancelledOf(attempt) : null,
  };
};

const factsOfRecord = (record: PaymentRecord): Facts => ({
  status: record.status,
  amount: record.amount,
  cancel_amount: record.cancelAmount,
});

export const auditParts = ["paid", "cancelled", "orders", "done"] as const;

/** How far an audit has come: the parts it goes through, in this order. */
export type AuditPlace =
  | { readonly part: "paid" | "cancelled"; readonly page: number }
  | { readonly part: "orders"; readonly dayIndex: number }
  | { readonly part: "done" };

export interface AuditReport {
  readonly day: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly payments: number;
  readonly orders: number;
  readonly differences: readonly Difference[];
  readonly place: AuditPlace;
}

const progressOf = ({ fromMs, toMs, payments, orders, differences, place }: AuditReport): string =>
  JSON.stringify([fromMs, toMs, payments, orders, differences, place]);

/** Both have come as far and found the same. */
export const isSameProgress = (a: AuditReport, b: AuditReport): boolean => progressOf(a) === progressOf(b);

export const newAudit = (day: string, fromMs: number, toMs: number): AuditReport => ({
  day,
  fromMs,
  toMs,
  payments: 0,
  orders: 0,
  differences: [],
  place: { part: "paid", page: 1 },
});
