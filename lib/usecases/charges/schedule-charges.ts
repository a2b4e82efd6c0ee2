// Reserves charges that PortOne is to make by itself. Their orders are created first, so that whatever comes of them
// finds an order.
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import type { ProductType } from "../../domain/operation.ts";
import type { Order } from "../../domain/order.ts";
import { type ChargedOrder, reservedOrder, type ScheduleRecord } from "../../domain/schedule.ts";
import type { ScheduleDraft, ScheduleGateway } from "../../ports/billing.ts";
import type { Call, Identifiers } from "../../ports/environment.ts";
import type { OrderStore } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";
import { askChargeRules, type RulePorts } from "./charge-order.ts";
import { voidReserved } from "./unschedule-charges.ts";

export interface SchedulePorts extends RulePorts {
  readonly schedules: ScheduleGateway;
  readonly store: OrderStore;
  readonly ids: Identifiers;
  readonly noticeUrlFor: (merchantUid: string) => string;
}

export interface ScheduleCharges {
  readonly customerUid: string;
  readonly charges: readonly ScheduledCharge[];
}

export interface ScheduledCharge {
  readonly order: ChargedOrder;
  /** Null when nothing was said, which a rule refuses. */
  readonly productType: ProductType | null;
  readonly scheduledAtMs: number;
  readonly facts: ChargeFacts;
}

type Refused =
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

export type ScheduleResult =
  | { readonly outcome: "scheduled"; readonly schedules: readonly ScheduleRecord[] }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | { readonly outcome: "exists"; readonly merchantUid: string }
  | Refused;

/** Each charge's broken rules, pointing into the list of them. */
export const askScheduleRules = (facts: readonly ChargeFacts[], ports: RulePorts): readonly BrokenRule[] =>
  facts.flatMap((one, index) =>
    askChargeRules(one, ports).map((rule) => ({ ...rule, pointer: `/schedules/${index}${rule.pointer}` })),
  );

export async function scheduleCharges(
  { customerUid, charges }: ScheduleCharges,
  call: Call,
  ports: SchedulePorts,
): Promise<ScheduleResult> {
  const broken = askScheduleRules(
    charges.map(({ facts }) => facts),
    ports,
  );
  const sound = charges.flatMap(({ productType, ...rest }) =>
    productType ? [{ ...rest, productType }] : [],
  );
  if (broken.length > 0 || sound.length < charges.length) return { outcome: "rules_broken", broken };
  const login = await ports.schedules.login();
  if (login.outcome === "unavailable") return login;
  for (const { order, productType, scheduledAtMs } of sound) {
    const claimToken = ports.ids.newClaimToken();
    const reservation = { customerUid, productType, scheduledAtMs, claimToken };
    const stamp = stampOf("merchant", call, ports.clock);
    const created = await ports.store.create(reservedOrder(order, reservation, stamp));
    if (created.outcome === "exists" && !isRepeatable(created.order, order))
      return { outcome: "exists", merchantUid: order.merchantUid };
  }
  const drafts = sound.map((charge) => draftOf(charge, ports));
  return reserveMissing(customerUid, drafts, call, ports);
}

/** A voided order is never reserved for again, by its own request either: what it paid would be given back. */
const isRepeatable = (stored: Order, order: ChargedOrder): boolean =>
  stored.bodyHash === order.bodyHash && stored.state !== "voided";

/** A repeat asks only for what PortOne does not have yet. */
async function reserveMissing(
  customerUid: string,
  drafts: readonly ScheduleDraft[],
  call: Call,
  ports: SchedulePorts,
): Promise<ScheduleResult> {
  const known = await fetchAll(drafts, ports);
  if (known.outcome !== "found") return known;
  const missing = drafts.filter(({ merchantUid }) => !known.records.has(merchantUid));
  if (missing.length === 0) return inOrder(drafts, known.records);
  const sent = await ports.schedules.schedule(customerUid, missing);
  if (sent.outcome === "refused") {
    // Nothing will ever come for these; one that cannot be voided now ends by itself after its time.
    for (const { merchantUid } of missing) await voidReserved(merchantUid, call, ports);
    return { outcome: "provider_refused", message: sent.message };
  }
  const after = await fetchAll(drafts, ports);
  if (after.outcome !== "found") return after;
  if (after.records.size < drafts.length)
    return { outcome: "unavailable", why: sent.outcome === "unknown" ? sent.why : "not reserved yet" };
  return inOrder(drafts, after.records);
}

const draftOf = (
  {
    order,
    productType,
    scheduledAtMs,
  }: Omit<ScheduledCharge, "productType" | "facts"> & { readonly productType: ProductType },
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
  drafts: readonly ScheduleDraft[],
  { schedules }: SchedulePorts,
): Promise<{ readonly outcome: "found"; readonly records: ReadonlyMap<string, ScheduleRecord> } | Refused> {
  const records = new Map<string, ScheduleRecord>();
  for (const { merchantUid } of drafts) {
    const fetched = await schedules.fetchSchedule(merchantUid);
    if (fetched.outcome === "unavailable") return fetched;
    if (fetched.record) records.set(merchantUid, fetched.record);
  }
  return { outcome: "found", records };
}

const inOrder = (
  drafts: readonly ScheduleDraft[],
  records: ReadonlyMap<string, ScheduleRecord>,
): ScheduleResult => ({
  outcome: "scheduled",
  schedules: drafts.flatMap(({ merchantUid }) => records.get(merchantUid) ?? []),
});
