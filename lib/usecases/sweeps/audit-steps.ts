// The steps of an audit: what PortOne lists against our orders, and our orders against PortOne's records, many pages
// together. What was paid counts, whenever its order was made. Each difference is synced and reported.
import {
  type AuditPlace,
  type AuditReport,
  compareDue,
  compareWithRecord,
  type Difference,
  firstOrders,
  listedWindow,
  placeAfterOrders,
  withDifferences,
  withoutPayment,
} from "../../domain/audit.ts";
import { afterTurnStep, turnWindow } from "../../domain/audit-turn.ts";
import { isToBeTold } from "../../domain/foreign-payment.ts";
import { kstDay } from "../../domain/kst.ts";
import { holdsMoney, type Order, remainingOf } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import type { Alarms, Call } from "../../ports/environment.ts";
import type { ListPage, PaymentLists, UnreadableRow } from "../../ports/portone.ts";
import type { DayList, OrderPage } from "../../ports/table.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

export interface AuditStepPorts extends SyncPorts {
  readonly lists: PaymentLists;
  readonly days: DayList;
  readonly alarms: Pick<Alarms, "raise">;
}

const dayMs = 24 * 3_600_000;
const ordersPerRead = 100;
/** What may be a number of one of our orders. */
const orderNumber = /^[A-Za-z0-9._~:-]{1,40}$/;
/** So many pages are read side by side. */
const pagesTogether = 8;

/** Throws when PortOne or the table does not answer. */
export const auditStep = (report: AuditReport, call: Call, ports: AuditStepPorts): Promise<AuditReport> => {
  const { place } = report;
  switch (place.part) {
    case "paid":
    case "cancelled":
    case "turn":
      return auditPages(report, place, call, ports);
    case "orders":
      return auditOrders(report, place, call, ports);
    case "done":
      return Promise.resolve(report);
  }
};

type ListPlace = Extract<AuditPlace, { readonly page: number }>;

/**
 * Some pages of what PortOne paid or cancelled. A give-back takes its payment off the list of the paid, and what follows
 * moves up onto this page: pages that showed something new are read again before the next ones.
 */
async function auditPages(
  report: AuditReport,
  place: ListPlace,
  call: Call,
  ports: AuditStepPorts,
): Promise<AuditReport> {
  const pages = await readPages(report, place, ports);
  const ours = pages.flatMap(({ records }) => records).filter((record) => isOurs(record, ports));
  const stored = await readOrders(ours, ports);
  const differences: Difference[] = [];
  for (const record of ours) {
    if (stored.unreadable.has(record.merchantUid)) continue;
    const found = compareWithRecord(stored.orders.get(record.merchantUid) ?? null, record, ports.policy);
    if (found) differences.push(await syncDifference(found, record.impUid, call, ports));
  }
  const unreadable = pages.flatMap((page) => page.unreadable);
  await syncNamed(unreadable, call, ports);
  const next = withDifferences(report, differences);
  if (next.differences.length > report.differences.length) return next;
  const nextPage = pages.at(-1)?.nextPage ?? 0;
  const read = {
    ...next,
    payments: report.payments + ours.length,
    unreadable:
      report.unreadable +
      unreadable.length +
      ours.filter(({ merchantUid }) => stored.unreadable.has(merchantUid)).length,
  };
  return nextPage === 0 ? afterList(read, place) : { ...read, place: { ...place, page: nextPage } };
}

/** The first page alone, because most lists have no other; the last of these says whether more follow. */
async function readPages(
  report: AuditReport,
  place: ListPlace,
  { lists }: AuditStepPorts,
): Promise<readonly ListPage[]> {
  const { status, window } = listOf(report, place);
  const count = place.page === 1 ? 1 : pagesTogether;
  const numbers = Array.from({ length: count }, (_, index) => place.page + index);
  const read = await Promise.all(numbers.map((page) => lists.listPayments(status, window, page)));
  const pages: ListPage[] = [];
  for (const page of read) {
    if (page.outcome === "unavailable") throw new Error(`PortOne's list: ${page.why}`);
    pages.push(page);
    if (page.nextPage === 0) break;
  }
  return pages;
}

const listOf = (report: AuditReport, place: ListPlace) =>
  place.part === "turn"
    ? ({ status: "paid", window: turnWindow(report, place.step) } as const)
    : { status: place.part, window: listedWindow(report) };

function afterList(report: AuditReport, place: ListPlace): AuditReport {
  if (place.part === "turn") return afterTurnStep(report, place.step);
  return { ...report, place: place.part === "paid" ? { part: "cancelled", page: 1 } : firstOrders };
}

/** Other shops of the account and the test channel are none of ours. */
const isOurs = (record: PaymentRecord, { policy }: AuditStepPorts): boolean =>
  policy.mids.includes(record.pgId) && (!record.sandbox || policy.acceptsSandbox);

/** The orders that rows nobody can read name: each is marked where its own look shows no more. */
async function syncNamed(rows: readonly UnreadableRow[], call: Call, ports: AuditStepPorts): Promise<void> {
  const numbers = rows.flatMap(({ merchantUid }) =>
    merchantUid !== null && orderNumber.test(merchantUid) ? merchantUid : [],
  );
  for (const merchantUid of new Set(numbers)) await syncByAudit(merchantUid, call, ports);
}

const syncByAudit = (merchantUid: string, call: Call, ports: AuditStepPorts) =>
  syncOrder({ merchantUid, impUid: null, by: "audit", mayMoveMoney: true }, call, ports);

async function readOrders(records: readonly PaymentRecord[], { days }: AuditStepPorts) {
  const merchantUids = [...new Set(records.map(({ merchantUid }) => merchantUid))];
  const read = await Promise.all(inParts(merchantUids).map((part) => days.readOrders(part)));
  return {
    orders: new Map(read.flatMap(({ orders }) => orders.map((order) => [order.merchantUid, order] as const))),
    unreadable: new Set(read.flatMap(({ unreadable }) => unreadable)),
  };
}

const inParts = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / ordersPerRead) }, (_, index) =>
    values.slice(index * ordersPerRead, (index + 1) * ordersPerRead),
  );

/** Some pages of one day's orders: their due times, and PortOne's record of each that holds money. */
async function auditOrders(
  report: AuditReport,
  { daysBefore, after }: Extract<AuditPlace, { readonly part: "orders" }>,
  call: Call,
  ports: AuditStepPorts,
): Promise<AuditReport> {
  const day = kstDay(report.toMs - daysBefore * dayMs);
  const pages: OrderPage[] = [];
  let position = after;
  do {
    const page: OrderPage = await ports.days.listDay(day, ordersPerRead, position);
    pages.push(page);
    position = page.next;
  } while (position !== null && pages.length < pagesTogether);
  const orders = pages.flatMap((page) => page.orders);
  // A mark that still stands is told again: whoever died with the write that made it told nobody.
  for (const order of orders.filter(isToBeTold)) ports.alarms.raise(order.reviewReason, order);
  const held = await compareHeld(orders, call, ports);
  const next = withDifferences(report, [...(await compareDues(orders, ports)), ...held.differences]);
  return {
    ...next,
    orders: report.orders + orders.length,
    unreadable:
      report.unreadable + held.unreadable + pages.reduce((sum, { unreadable }) => sum + unreadable, 0),
    place: position === null ? placeAfterOrders(daysBefore) : { part: "orders", daysBefore, after: position },
  };
}

async function compareDues(orders: readonly Order[], ports: AuditStepPorts): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const order of orders) {
    const found = compareDue(order);
    if (found) differences.push({ ...found, synced: await mendDue(order, ports) });
  }
  return differences;
}

async function compareHeld(orders: readonly Order[], call: Call, ports: AuditStepPorts) {
  const holding = orders.filter((order) => order.impUid !== null && remainingOf(order) > 0);
  const attempts = holding.flatMap((order) => order.attempts.filter(holdsMoney).map(({ impUid }) => impUid));
  const read = await Promise.all(inParts(attempts).map((part) => ports.lists.fetchPayments(part)));
  const records = new Map<string, PaymentRecord>();
  let unreadable = 0;
  for (const answer of read) {
    if (answer.outcome === "unavailable") throw new Error(`PortOne's payments: ${answer.why}`);
    for (const record of answer.records) records.set(record.impUid, record);
    unreadable += answer.unreadable.length;
  }
  const differences: Difference[] = [];
  for (const order of holding) {
    for (const { impUid } of order.attempts.filter(holdsMoney)) {
      const record = records.get(impUid);
      const found = record ? compareWithRecord(order, record, ports.policy) : null;
      if (found) differences.push(await syncDifference(found, impUid, call, ports));
      if (record) continue;
      // What cannot be read may be the one that is missing.
      if (unreadable === 0) differences.push({ ...withoutPayment(order), synced: false });
      else await syncByAudit(order.merchantUid, call, ports);
    }
  }
  return { differences, unreadable };
}

async function syncDifference(
  found: Omit<Difference, "synced">,
  impUid: string,
  call: Call,
  ports: AuditStepPorts,
): Promise<Difference> {
  if (found.kind === "payment_without_order") return { ...found, synced: false };
  const { merchantUid } = found;
  await syncByAudit(merchantUid, call, ports);
  const order = await ports.store.read(merchantUid);
  const fetched = await ports.gateway.fetchPayment(impUid);
  const isLevel =
    fetched.outcome === "found" && compareWithRecord(order, fetched.record, ports.policy) === null;
  return { ...found, synced: isLevel };
}

/** Any write computes the next look anew. */
async function mendDue(order: Order, { store, clock }: AuditStepPorts): Promise<boolean> {
  const atMs = clock.nowMs();
  const mended = changeOrder(order, {}, { by: "audit", atMs });
  return (await store.update(order, mended)).outcome === "updated";
}
