// Reserves charges that PortOne is to make by itself. Each has its order, which claims its reservation, so that whatever
// comes of it finds an order, and nothing is reserved twice.
import { claimInstruction } from "../../domain/instruction.ts";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import type { ProductType } from "../../domain/operation.ts";
import type { Order } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import {
  type ChargedOrder,
  orderShownAs,
  reservedOrder,
  type ScheduleRecord,
  shownAs,
} from "../../domain/schedule.ts";
import { type NumberTaken, numberTaken } from "../../domain/taken-number.ts";
import { voidedAt } from "../../domain/voiding.ts";
import type { Call, Pause } from "../../ports/environment.ts";
import { claimNewOrder, hasTimeToFinish, hasTimeToSend, stampOf, unlessSilent } from "../claim.ts";
import { followInstruction } from "../syncing/resume-instruction.ts";
import { type InstructionPorts, sendInstructions, type Told } from "../syncing/send-instruction.ts";
import { askChargeRules, type KeyPorts, type RulePorts, whyNoKey } from "./charge-order.ts";

export interface SchedulePorts extends InstructionPorts, RulePorts, KeyPorts {
  readonly pause: Pause;
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

type SoundCharge = ScheduledCharge & { readonly productType: ProductType };

export type ScheduleResult =
  /** `pending`: of those that are shown so, nobody knows yet; the same request tells it later. */
  | { readonly outcome: "scheduled" | "pending"; readonly schedules: readonly ScheduleRecord[] }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | NumberTaken
  | { readonly outcome: "billing_key_not_found" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

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
  const known = new Map<string, Order>();
  for (const { order } of sound) {
    const stored = await ports.store.read(order.merchantUid);
    if (stored && !isRepeatable(stored, order)) return taken(stored, sound);
    if (stored) known.set(order.merchantUid, stored);
  }
  const missing = sound.filter(({ order }) => !known.has(order.merchantUid));
  if (missing.length > 0) {
    const unknown = await whyNoKey(customerUid, ports);
    if (unknown) return unknown;
    const login = await ports.schedules.login();
    if (login.outcome === "unavailable") return login;
    if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
  }
  const claims = await claimAll(customerUid, missing, call, ports);
  if ("taken" in claims) return taken(claims.taken, sound);
  for (const order of claims.theirs) known.set(order.merchantUid, order);
  const sent = await sendInstructions(claims.ours, "merchant", call, ports);
  const told = new Map(sent.map((one) => [one.order.merchantUid, one]));
  for (const [merchantUid, order] of known) {
    // Whoever is still at work by then is told of as pending.
    const isFollowed = order.instruction !== null && hasTimeToFinish(call);
    told.set(
      merchantUid,
      isFollowed ? await followInstruction(order, "merchant", call, ports) : { order, refused: null },
    );
  }
  return answer(customerUid, sound, told, { known, ports });
}

/** A voided order is never reserved for again, by its own request either: what it paid would be given back. */
const isRepeatable = (stored: Order, order: ChargedOrder): boolean =>
  stored.bodyHash === order.bodyHash && stored.state !== "voided" && !stored.isVoidWanted;

/** Somebody's order has the number of one of these. */
function taken(stored: Order, charges: readonly SoundCharge[]): NumberTaken {
  const index = charges.findIndex(({ order }) => order.merchantUid === stored.merchantUid);
  return numberTaken(stored, { ...charges[index]?.order, payMethod: "card" }, `/schedules/${index}`);
}

/** Orders that carry their claims. One that nobody can read, or had time for, is neither ours nor theirs. */
async function claimAll(
  customerUid: string,
  charges: readonly SoundCharge[],
  call: Call,
  ports: SchedulePorts,
): Promise<
  { readonly ours: readonly Order[]; readonly theirs: readonly Order[] } | { readonly taken: Order }
> {
  const ours: Order[] = [];
  const theirs: Order[] = [];
  for (const { order, productType, scheduledAtMs } of charges) {
    // Those before may have taken the time. What is not claimed is told as pending, and the same request claims it.
    if (!hasTimeToSend(call)) break;
    const claimToken = ports.ids.newClaimToken();
    const stamp = stampOf("merchant", call, ports.clock);
    const reserved = reservedOrder(order, { customerUid, productType, scheduledAtMs, claimToken }, stamp);
    const facts = { kind: "schedule", wantedAtMs: scheduledAtMs, account: null, claimToken } as const;
    const claimed = await claimNewOrder(claimInstruction(reserved, facts, stamp), claimToken, ports.store);
    if (claimed.outcome === "ours") ours.push(claimed.order);
    if (claimed.outcome !== "theirs") continue;
    if (isRepeatable(claimed.order, order)) theirs.push(claimed.order);
    else {
      // Somebody took this number meanwhile. Nothing was sent for the others, and only their claimant could.
      for (const one of ours)
        await unlessSilent(ports.store.update(one, changeOrder(one, voidedAt(one, stamp.atMs), stamp)));
      return { taken: claimed.order };
    }
  }
  return { ours, theirs };
}

async function answer(
  customerUid: string,
  charges: readonly SoundCharge[],
  told: ReadonlyMap<string, Told>,
  { known, ports }: { readonly known: ReadonlyMap<string, Order>; readonly ports: SchedulePorts },
): Promise<ScheduleResult> {
  const schedules: ScheduleRecord[] = [];
  const over: Told[] = [];
  for (const { order: asked, scheduledAtMs } of charges) {
    const one = told.get(asked.merchantUid);
    if (!one || one.order.instruction)
      schedules.push(shownAs("pending", { ...asked, customerUid, scheduledAtMs }));
    else if (one.order.state === "voided") {
      over.push(one);
      schedules.push({ ...orderShownAs("revoked", one.order), failReason: one.refused?.message ?? null });
    } else if (!known.has(asked.merchantUid)) schedules.push(orderShownAs("scheduled", one.order));
    else {
      const fetched = await ports.schedules.fetchSchedule(asked.merchantUid);
      // It stands by the order's own word where PortOne is silent; what PortOne does not know waits to be given up.
      const unseen = orderShownAs(fetched.outcome === "found" ? "pending" : "scheduled", one.order);
      schedules.push((fetched.outcome === "found" ? fetched.record : null) ?? unseen);
    }
  }
  // A no is said only when it is true of all: one that stands, or may, is told beside those that do not.
  const [first] = over;
  if (first && over.length === charges.length) {
    const no = over.find(({ refused }) => refused !== null)?.refused;
    // Taken back meanwhile, or refused to the request this one followed: the number is used up either way.
    return no ? { outcome: "provider_refused", message: no.message } : taken(first.order, charges);
  }
  const isPending = schedules.some(({ scheduleStatus }) => scheduleStatus === "pending");
  return { outcome: isPending ? "pending" : "scheduled", schedules };
}
