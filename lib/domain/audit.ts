// Comparing our copy with PortOne's record, payment by payment. Only what differs is reported, by a name a
// person can act on.

import { dueAt } from "./due.ts";
import { isFolded } from "./folding.ts";
import { isNamed } from "./foreign-payment.ts";
import { namedAsHeld } from "./held-cancels.ts";
import { attemptOf, cancelledOf, holdsMoney, type Order } from "./order.ts";
import { type PaymentRecord, tookMoney } from "./payment-record.ts";
import { isForeignPayment, type VerificationPolicy } from "./verification.ts";

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
export function compareWithRecord(
  order: Order | null,
  shown: PaymentRecord,
  policy: VerificationPolicy,
): Found | null {
  const record = order ? namedAsHeld(order, shown) : shown;
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
    // Foreign money is never kept: a person was told of it. Any other counts, whatever the order is marked for, and
    // so does what was foreign only as PortOne told it once.
    const isTold = isNamed(order, impUid) && isForeignPayment(order, record, policy);
    return isTold || isFolded(order, record) || !tookMoney(record) ? null : found("state_differs");
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

export const auditParts = ["paid", "cancelled", "orders", "turn", "done"] as const;

/** How far an audit has come: the parts it goes through, in this order. */
export type AuditPlace =
  | { readonly part: "paid" | "cancelled"; readonly page: number }
  /** `after`: the orders of the day, so many days before the audited one, that were read already. */
  | { readonly part: "orders"; readonly daysBefore: number; readonly after: DayPosition | null }
  /** What was paid before, read again as far as the night has time. */
  | { readonly part: "turn"; readonly step: number; readonly page: number }
  | { readonly part: "done" };

/** As the list of a day's orders gives it. */
type DayPosition = readonly ({ readonly merchantUid: string; readonly atMs: number } | null)[];

export interface AuditReport {
  readonly day: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly payments: number;
  readonly orders: number;
  /** Records and items that nobody could read: passed over, so that they end nothing. */
  readonly unreadable: number;
  readonly differences: readonly Difference[];
  readonly place: AuditPlace;
  /** How far back in time the turn has come: what was paid before this is next. Null before its first night. */
  readonly turnAtMs: number | null;
}

export const isDone = ({ place }: Pick<AuditReport, "place">): boolean => place.part === "done";

/** The day's own lists and orders are through; a turn that was cut off leaves nothing of the day unread. */
export const isComplete = (report: Pick<AuditReport, "place">): boolean =>
  report.place.part === "turn" || isDone(report);

const progressOf = ({
  fromMs,
  toMs,
  payments,
  orders,
  unreadable,
  differences,
  place,
  turnAtMs,
}: AuditReport): string =>
  JSON.stringify([fromMs, toMs, payments, orders, unreadable, differences, place, turnAtMs]);

/** Both have come as far and found the same. */
export const isSameProgress = (a: AuditReport, b: AuditReport): boolean => progressOf(a) === progressOf(b);

export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

export const newAudit = (
  day: string,
  { fromMs, toMs }: Window,
  turnAtMs: AuditReport["turnAtMs"],
): AuditReport => ({
  day,
  fromMs,
  toMs,
  payments: 0,
  orders: 0,
  unreadable: 0,
  differences: [],
  place: { part: "paid", page: 1 },
  turnAtMs,
});

/** More than this is a broken deployment, not a list a person reads; the item has its limits, too. */
const mostDifferences = 300;

/** The report with these, each once. */
export function withDifferences(report: AuditReport, found: readonly Difference[]): AuditReport {
  const known = new Set(report.differences.map(nameOf));
  const news = found.filter((difference) => !known.has(nameOf(difference)));
  return { ...report, differences: [...report.differences, ...news].slice(0, mostDifferences) };
}

const nameOf = ({ kind, merchantUid, impUid }: Difference): string => `${kind} ${merchantUid} ${impUid}`;

/** Windows overlap, so that nothing falls between two of them. */
export const overlapMs = 3_600_000;

/** What is read of PortOne's lists for the window itself. */
export const listedWindow = ({ fromMs, toMs }: Window): Window => ({ fromMs: fromMs - overlapMs, toMs });

/**
 * The days whose orders a night reads, each order four times in its first fortnight: on its own day, and when a virtual
 * account's money must have come. What is paid later than that is in PortOne's list of the day on which it was paid.
 */
const orderDaysBefore: readonly number[] = [0, 1, 7, 13];

export const firstOrders: AuditPlace = { part: "orders", daysBefore: 0, after: null };

export function placeAfterOrders(daysBefore: number): AuditPlace {
  const next = orderDaysBefore.find((days) => days > daysBefore);
  return next === undefined
    ? { part: "turn", step: 0, page: 1 }
    : { part: "orders", daysBefore: next, after: null };
}
