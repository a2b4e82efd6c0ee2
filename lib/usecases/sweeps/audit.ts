// The nightly comparison of our copy with PortOne's records: everything PortOne took or cancelled in the
// window, and, because a partial cancel may leave a payment's status as it was, every order that still
// holds money. Each difference is synced and reported. Progress is stored, so a crash goes on where it was.

import {
  type AuditPlace,
  type AuditReport,
  compareDue,
  compareWithRecord,
  type Difference,
  newAudit,
  withoutPayment,
} from "../../domain/audit.ts";
import { kstDay, kstDayStartMs } from "../../domain/kst.ts";
import { holdsMoney, type Order, remainingOf } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import type { Call } from "../../ports/environment.ts";
import type { PaymentLists } from "../../ports/portone.ts";
import type { AuditStore, DayList } from "../../ports/table.ts";
import { keepProgress } from "../claim.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

export interface AuditPorts extends SyncPorts {
  readonly audits: AuditStore;
  readonly lists: PaymentLists;
  readonly days: DayList;
}

export interface RunAudit {
  /** Null: the last KST day. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** With less of the invocation left than this, what is left is for the next run. */
  readonly stopBelowMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Windows overlap, so that nothing falls between two of them. */
const overlapMs = hourMs;
/** Orders paid in the last 7 days were created at most 7 days before that. */
const recentDays = 14;
/** A week's full turn reaches back as far as a refund may (R-KS-5). */
const oldestDays = 190;
const ordersPerRead = 100;
/** More than this is a broken deployment, not a list a person reads; the item has its limits, too. */
const mostDifferences = 300;

/** Throws when PortOne or the table does not answer; the next run goes on from the stored place. */
export async function audit(request: RunAudit, call: Call, ports: AuditPorts): Promise<AuditReport> {
  const nowMs = ports.clock.nowMs();
  const yesterday = kstDay(nowMs - dayMs);
  const fromMs = request.fromMs ?? kstDayStartMs(yesterday);
  const toMs = request.toMs ?? (request.fromMs === null ? fromMs + dayMs - 1 : nowMs);
  const day = kstDay(fromMs);
  const stored = await ports.audits.readAudit(day);
  const isSame = stored?.report.fromMs === fromMs && stored.report.toMs === toMs;
  const isUnfinished = stored !== null && isSame && stored.report.place.part !== "done";
  let report = isUnfinished ? stored.report : newAudit(day, fromMs, toMs);
  let version = stored?.version ?? 0;
  while (report.place.part !== "done" && call.timeLeftMs() > request.stopBelowMs) {
    report = await step(report, report.place, call, ports);
    const isKept = await keepProgress(report, version, ports.audits);
    // Somebody else audits the same day: their report is as good as ours.
    if (!isKept) return (await ports.audits.readAudit(day))?.report ?? report;
    version += 1;
  }
  return report;
}

const step = (
  report: AuditReport,
  place: Exclude<AuditPlace, { part: "done" }>,
  call: Call,
  ports: AuditPorts,
): Promise<AuditReport> =>
  place.part === "orders"
    ? auditDay(report, place.dayIndex, call, ports)
    : auditPage(report, place, call, ports);

/**
 * One page of what PortOne paid or cancelled in the window. A give-back takes its payment off the list of the paid, and
 * what follows moves up onto this page: a page that showed something new is read again before the next one.
 */
async function auditPage(
  report: AuditReport,
  place: { readonly part: "paid" | "cancelled"; readonly page: number },
  call: Call,
  ports: AuditPorts,
): Promise<AuditReport> {
  const window = { fromMs: report.fromMs - overlapMs, toMs: report.toMs };
  const listed = await ports.lists.listPayments(place.part, window, place.page);
  if (listed.outcome === "unavailable") throw new Error(`PortOne's list: ${listed.why}`);
  const ours = listed.records.filter((record) => isOurs(record, ports));
  const differences: Difference[] = [];
  for (const record of ours) {
    const order = await ports.store.read(record.merchantUid);
    const found = compareWithRecord(order, record);
    if (found) differences.push(await syncDifference(found, record.impUid, call, ports));
  }
  const next = withDifferences(report, differences);
  if (next.differences.length > report.differences.length) return next;
  const isLast = listed.nextPage === 0;
  const after =
    place.part === "paid"
      ? { part: "cancelled" as const, page: 1 }
      : ({ part: "orders", dayIndex: 0 } as const);
  return {
    ...next,
    payments: report.payments + ours.length,
    place: isLast ? after : { ...place, page: listed.nextPage },
  };
}

/** Other shops of the account and the test channel are none of ours. */
const isOurs = (record: PaymentRecord, { policy }: AuditPorts): boolean =>
  policy.mids.includes(record.pgId) && (!record.sandbox || policy.acceptsSandbox);

/** All orders of one day that hold money, against PortOne's record of each. */
async function auditDay(
  report: AuditReport,
  dayIndex: number,
  call: Call,
  ports: AuditPorts,
): Promise<AuditReport> {
  const dayCount = isWeekly(report.fromMs) ? oldestDays : recentDays;
  let next = report;
  let after = null;
  do {
    const page = await ports.days.listDay(kstDay(report.toMs - dayIndex * dayMs), ordersPerRead, after);
    next = await auditOrders(next, page.orders, call, ports);
    after = page.next;
  } while (after !== null);
  const isLast = dayIndex + 1 >= dayCount;
  return { ...next, place: isLast ? { part: "done" } : { part: "orders", dayIndex: dayIndex + 1 } };
}

/** Once a week everything that may still be refunded is read again: the week begins on a Monday (KST). */
const isWeekly = (fromMs: number): boolean => new Date(fromMs + 9 * hourMs).getUTCDay() === 1;

async function auditOrders(
  report: AuditReport,
  orders: readonly Order[],
  call: Call,
  ports: AuditPorts,
): Promise<AuditReport> {
  const differences: Difference[] = [];
  for (const order of orders) {
    const found = compareDue(order);
    if (found) differences.push({ ...found, synced: await mendDue(order, ports) });
  }
  const holding = orders.filter((order) => order.impUid !== null && remainingOf(order) > 0);
  const impUids = holding.flatMap(({ attempts }) => attempts.filter(holdsMoney).map(({ impUid }) => impUid));
  const records = new Map<string, PaymentRecord>();
  for (let start = 0; start < impUids.length; start += ordersPerRead) {
    const read = await ports.lists.fetchPayments(impUids.slice(start, start + ordersPerRead));
    if (read.outcome === "unavailable") throw new Error(`PortOne's payments: ${read.why}`);
    for (const record of read.records) records.set(record.impUid, record);
  }
  for (const order of holding) {
    for (const attempt of order.attempts.filter(holdsMoney)) {
      const record = records.get(attempt.impUid);
      if (!record) {
        differences.push({ ...withoutPayment(order), synced: false });
        continue;
      }
      const found = compareWithRecord(order, record);
      if (found) differences.push(await syncDifference(found, attempt.impUid, call, ports));
    }
  }
  return { ...withDifferences(report, differences), orders: report.orders + orders.length };
}

async function syncDifference(
  found: Omit<Difference, "synced">,
  impUid: string,
  call: Call,
  ports: AuditPorts,
): Promise<Difference> {
  if (found.kind === "payment_without_order") return { ...found, synced: false };
  const { merchantUid } = found;
  await syncOrder({ merchantUid, impUid: null, by: "audit", mayMoveMoney: true }, call, ports);
  const order = await ports.store.read(merchantUid);
  const fetched = await ports.gateway.fetchPayment(impUid);
  const isLevel = fetched.outcome === "found" && compareWithRecord(order, fetched.record) === null;
  return { ...found, synced: isLevel };
}

/** Any write computes the next look anew. */
async function mendDue(order: Order, { store, clock }: AuditPorts): Promise<boolean> {
  const atMs = clock.nowMs();
  const mended = changeOrder(order, {}, { by: "audit", atMs });
  return (await store.update(order, mended)).outcome === "updated";
}

const withDifferences = (report: AuditReport, found: readonly Difference[]): AuditReport => {
  const known = new Set(report.differences.map(nameOf));
  const news = found.filter((difference) => !known.has(nameOf(difference)));
  return { ...report, differences: [...report.differences, ...news].slice(0, mostDifferences) };
};

const nameOf = ({ kind, merchantUid, impUid }: Difference): string => `${kind} ${merchantUid} ${impUid}`;
