// Revokes charges PortOne was to make by itself, and voids their orders.
import { isReserved, type ScheduleRecord } from "../../domain/schedule.ts";
import { decideVoid } from "../../domain/voiding.ts";
import type { ScheduleGateway } from "../../ports/billing.ts";
import type { Call, Clock } from "../../ports/environment.ts";
import type { Unavailable } from "../../ports/portone.ts";
import type { OrderStore } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";

export interface UnschedulePorts {
  readonly schedules: ScheduleGateway;
  readonly store: OrderStore;
  readonly clock: Clock;
}

export interface UnscheduleCharges {
  readonly customerUid: string;
  /** Null: all that have not run. */
  readonly merchantUids: readonly string[] | null;
}

export type UnscheduleResult =
  | { readonly outcome: "unscheduled"; readonly schedules: readonly ScheduleRecord[] }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

const dayMs = 24 * 3_600_000;
/** How far ahead reservations are looked for, in windows PortOne accepts. */
const windowMs = 89 * dayMs;
const windows = 5;

/** Asks PortOne for what is open, so that a repeat revokes nothing twice. */
export async function unscheduleCharges(
  { customerUid, merchantUids }: UnscheduleCharges,
  call: Call,
  ports: UnschedulePorts,
): Promise<UnscheduleResult> {
  const open = await listOpen(customerUid, ports);
  if (open.outcome === "unavailable") return open;
  const names = open.records
    .map(({ merchantUid }) => merchantUid)
    .filter((merchantUid) => merchantUids === null || merchantUids.includes(merchantUid));
  if (names.length === 0) return { outcome: "unscheduled", schedules: [] };
  const revoked = await ports.schedules.unschedule(customerUid, names);
  if (revoked.outcome === "refused") return { outcome: "provider_refused", message: revoked.message };
  if (revoked.outcome === "unknown") return { outcome: "unavailable", why: revoked.why };
  for (const name of names) await voidReserved(name, call, ports);
  return { outcome: "unscheduled", schedules: revoked.value };
}

async function listOpen(
  customerUid: string,
  { schedules, clock }: UnschedulePorts,
): Promise<{ readonly outcome: "found"; readonly records: readonly ScheduleRecord[] } | Unavailable> {
  const startMs = clock.nowMs() - dayMs;
  const records: ScheduleRecord[] = [];
  for (let index = 0; index < windows; index += 1) {
    const fromMs = startMs + index * windowMs;
    const listed = await schedules.listSchedules(customerUid, { fromMs, toMs: fromMs + windowMs });
    if (listed.outcome === "unavailable") return listed;
    records.push(...listed.records.filter(isReserved));
  }
  return { outcome: "found", records };
}

/** The order of a charge that will not be made; one that cannot be voided now ends by itself after its time. */
export async function voidReserved(
  merchantUid: string,
  call: Call,
  { store, clock }: Pick<UnschedulePorts, "store" | "clock">,
): Promise<void> {
  const order = await store.read(merchantUid);
  const voided = order && decideVoid(order, stampOf("merchant", call, clock));
  if (order && voided && voided !== order) await store.update(order, voided);
}
