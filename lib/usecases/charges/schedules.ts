// Charges PortOne is to make by itself at a given time. Their orders are created when they are reserved, so
// that whatever comes of them finds an order; the list of reservations is PortOne's.

import { newCharge } from "../../domain/charge.ts";
import { newOrder, type OrderRequest } from "../../domain/new-order.ts";
import { changeOrder, type Order } from "../../domain/order.ts";
import { decideVoid } from "../../domain/voiding.ts";
import type { CustomerGateway, ScheduleDraft, ScheduleRecord } from "../../ports/billing.ts";
import type { Clock, Identifiers } from "../../ports/environment.ts";
import type { OrderStore } from "../../ports/table.ts";

export interface SchedulePorts {
  readonly customers: CustomerGateway;
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly noticeUrlFor: (merchantUid: string) => string;
}

export interface ScheduledCharge {
  readonly order: Omit<OrderRequest, "payMethod" | "escrow" | "expiresAtMs">;
  readonly productType: "real" | "digital";
  readonly scheduledAtMs: number;
}

type Refused =
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

export type ScheduleResult =
  | { readonly outcome: "scheduled"; readonly schedules: readonly ScheduleRecord[] }
  | { readonly outcome: "exists"; readonly merchantUid: string }
  | Refused;

/** PortOne runs a reservation at its time; the first look comes a little later. */
const firstLookAfterMs = 2 * 60_000;
const dayMs = 24 * 3_600_000;

export async function scheduleCharges(
  customerUid: string,
  charges: readonly ScheduledCharge[],
  ports: SchedulePorts,
): Promise<ScheduleResult> {
  const login = await ports.customers.login();
  if (login.outcome === "unavailable") return login;
  for (const charge of charges) {
    const created = await ports.store.create(scheduledOrder(customerUid, charge, ports));
    if (created.outcome === "exists" && created.order.bodyHash !== charge.order.bodyHash)
      return { outcome: "exists", merchantUid: charge.order.merchantUid };
  }
  // A repeat asks only for what PortOne does not have yet.
  const known = await fetchAll(charges, ports);
  if (known.outcome !== "found") return known;
  const missing = charges.filter(({ order }) => !known.records.has(order.merchantUid));
  if (missing.length === 0) return inOrder(charges, known.records);
  const drafts = missing.map((charge) => draftOf(charge, ports));
  const sent = await ports.customers.schedule(customerUid, drafts);
  if (sent.outcome === "refused") {
    await voidAll(missing, ports);
    return { outcome: "provider_refused", message: sent.message };
  }
  const after = await fetchAll(charges, ports);
  if (after.outcome !== "found") return after;
  if (after.records.size < charges.length)
    return { outcome: "unavailable", why: sent.outcome === "unknown" ? sent.why : "not reserved yet" };
  return inOrder(charges, after.records);
}

function scheduledOrder(customerUid: string, charge: ScheduledCharge, ports: SchedulePorts): Order {
  const nowMs = ports.clock.nowMs();
  const { scheduledAtMs } = charge;
  const times = { orderTtlMs: 0, firstLookMs: scheduledAtMs - nowMs + firstLookAfterMs };
  const facts = { ...charge.order, payMethod: "card", escrow: false, expiresAtMs: scheduledAtMs + dayMs };
  const order = newOrder(facts, nowMs, times);
  const owner = ports.ids.newOwner();
  const reserved = {
    ...newCharge(
      {
        via: "schedule",
        customerUid,
        productType: charge.productType,
        cardQuota: null,
        customData: null,
        owner,
      },
      nowMs,
    ),
    state: "scheduled" as const,
    scheduledAtMs,
  };
  return changeOrder(
    order,
    { charge: reserved },
    { by: "merchant", atMs: nowMs, lookAtMs: scheduledAtMs + firstLookAfterMs },
  );
}

const draftOf = (
  { order, productType, scheduledAtMs }: ScheduledCharge,
  ports: SchedulePorts,
): ScheduleDraft => ({
  merchantUid: order.merchantUid,
  scheduledAtMs,
  amount: order.amount,
  taxFree: order.taxFree,
  currency: order.currency,
  name: order.name,
  buyerName: order.buyerName,
  productType,
  noticeUrl: ports.noticeUrlFor(order.merchantUid),
});

async function fetchAll(
  charges: readonly ScheduledCharge[],
  { customers }: SchedulePorts,
): Promise<{ readonly outcome: "found"; readonly records: ReadonlyMap<string, ScheduleRecord> } | Refused> {
  const records = new Map<string, ScheduleRecord>();
  for (const { order } of charges) {
    const fetched = await customers.fetchSchedule(order.merchantUid);
    if (fetched.outcome === "unavailable") return fetched;
    if (fetched.record) records.set(order.merchantUid, fetched.record);
  }
  return { outcome: "found", records };
}

const inOrder = (
  charges: readonly ScheduledCharge[],
  records: ReadonlyMap<string, ScheduleRecord>,
): ScheduleResult => ({
  outcome: "scheduled",
  schedules: charges.flatMap(({ order }) => records.get(order.merchantUid) ?? []),
});

/** Nothing will ever come for these; one that cannot be voided now ends by itself after its time. */
async function voidAll(charges: readonly ScheduledCharge[], ports: SchedulePorts): Promise<void> {
  for (const { order } of charges) await voidReserved(order.merchantUid, ports);
}

async function voidReserved(merchantUid: string, { store, clock }: Pick<SchedulePorts, "store" | "clock">) {
  const order = await store.read(merchantUid);
  const voided = order && decideVoid(order, clock.nowMs());
  if (order && voided && voided !== order) await store.update(order, voided);
}

/** How far ahead reservations are looked for, in windows PortOne accepts. */
const windowMs = 89 * dayMs;
const windows = 5;

export type UnscheduleResult =
  | { readonly outcome: "unscheduled"; readonly schedules: readonly ScheduleRecord[] }
  | Refused;

/** Revokes the named reservations of a customer, or all that have not run; their orders are voided. */
export async function unscheduleOrders(
  customerUid: string,
  merchantUids: readonly string[] | null,
  ports: Pick<SchedulePorts, "customers" | "store" | "clock">,
): Promise<UnscheduleResult> {
  const open = await listOpen(customerUid, ports);
  if (open.outcome === "unavailable") return open;
  const named = open.records.filter(
    ({ merchantUid }) => merchantUids === null || merchantUids.includes(merchantUid),
  );
  const names = named.map(({ merchantUid }) => merchantUid);
  if (names.length === 0) return { outcome: "unscheduled", schedules: [] };
  const revoked = await ports.customers.unschedule(customerUid, names);
  if (revoked.outcome === "refused") return { outcome: "provider_refused", message: revoked.message };
  if (revoked.outcome === "unknown") return { outcome: "unavailable", why: revoked.why };
  for (const name of names) await voidReserved(name, ports);
  return { outcome: "unscheduled", schedules: revoked.value };
}

async function listOpen(customerUid: string, ports: Pick<SchedulePorts, "customers" | "clock">) {
  const startMs = ports.clock.nowMs() - dayMs;
  const records: ScheduleRecord[] = [];
  for (let index = 0; index < windows; index += 1) {
    const fromMs = startMs + index * windowMs;
    const listed = await ports.customers.listSchedules(customerUid, { fromMs, toMs: fromMs + windowMs });
    if (listed.outcome === "unavailable") return listed;
    records.push(...listed.records.filter(({ scheduleStatus }) => scheduleStatus === "scheduled"));
  }
  return { outcome: "found" as const, records };
}

export type RescheduleResult =
  | { readonly outcome: "rescheduled"; readonly schedule: ScheduleRecord }
  | { readonly outcome: "schedule_not_found" | "schedule_not_open" }
  | Refused;

/** Another time for a reservation that has not run, or a new one for one that failed or was revoked. */
export async function rescheduleCharge(
  customerUid: string,
  merchantUid: string,
  scheduledAtMs: number,
  ports: SchedulePorts,
): Promise<RescheduleResult> {
  const fetched = await ports.customers.fetchSchedule(merchantUid);
  if (fetched.outcome === "unavailable") return fetched;
  const { record } = fetched;
  if (!record || record.customerUid !== customerUid) return { outcome: "schedule_not_found" };
  if (record.paymentStatus === "paid") return { outcome: "schedule_not_open" };
  const order = await ports.store.read(merchantUid);
  if (!order || order.state === "voided") return { outcome: "schedule_not_open" };
  const isOpen = record.scheduleStatus === "scheduled";
  const changed = await ports.customers.reschedule(merchantUid, scheduledAtMs, isOpen);
  if (changed.outcome === "refused") return { outcome: "provider_refused", message: changed.message };
  if (changed.outcome === "unknown") return { outcome: "unavailable", why: changed.why };
  await moveLook(order, customerUid, scheduledAtMs, ports);
  return { outcome: "rescheduled", schedule: changed.value };
}

async function moveLook(order: Order, customerUid: string, scheduledAtMs: number, ports: SchedulePorts) {
  const nowMs = ports.clock.nowMs();
  const reserved = {
    ...newCharge(
      {
        via: "schedule",
        customerUid,
        productType: order.charge?.productType ?? "real",
        cardQuota: null,
        customData: null,
        owner: ports.ids.newOwner(),
      },
      nowMs,
    ),
    state: "scheduled" as const,
    scheduledAtMs,
  };
  const moved = changeOrder(
    order,
    { charge: reserved, expiresAtMs: scheduledAtMs + dayMs, isExpired: false },
    { by: "merchant", atMs: nowMs, lookAtMs: scheduledAtMs + firstLookAfterMs },
  );
  await ports.store.update(order, moved);
}
