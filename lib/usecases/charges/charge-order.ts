// A merchant charges a card or a billing key. The order is created first and carries the charge: the same
// number and body never charge twice, and what is not known stays the order's until PortOne's record tells.
import type { CardSecret } from "../../domain/card-secret.ts";
import { claimCharge, supersede, whyNotReplaceable } from "../../domain/charge.ts";
import { type ChargeFacts, findBrokenChargeRules } from "../../domain/ksnet/charge-rules.ts";
import type { BrokenRule, Contract } from "../../domain/ksnet/rule.ts";
import { newOrder, type OrderTimes } from "../../domain/new-order.ts";
import { type Charge, isAtWork, type ProductType } from "../../domain/operation.ts";
import type { Order } from "../../domain/order.ts";
import { type ChargedOrder, isReserved } from "../../domain/schedule.ts";
import { type NumberTaken, numberTaken } from "../../domain/taken-number.ts";
import type { BillingKeyGateway } from "../../ports/billing.ts";
import type { Call, Clock, Pause } from "../../ports/environment.ts";
import {
  claimNewOrder,
  hasTimeToFinish,
  hasTimeToSend,
  stampOf,
  turnsOfWaiting,
  unlessSilent,
  writeChange,
} from "../claim.ts";
import { readReservations } from "../syncing/read-reservations.ts";
import { followInstruction } from "../syncing/resume-instruction.ts";
import type { InstructionPorts } from "../syncing/send-instruction.ts";
import { syncOrder } from "../syncing/sync.ts";
import { type ClaimedCharge, resendCharge, type SendChargePorts, sendCharge } from "./send-charge.ts";

export interface ChargeOrder {
  readonly order: ChargedOrder;
  readonly charge: Pick<Charge, "customerUid" | "cardQuota"> & {
    /** Null when nothing was said, which a rule refuses. */
    readonly productType: ProductType | null;
  };
  /** Null when a key is charged. */
  readonly card: CardSecret | null;
  /** The order of the same debt that this number takes the place of. */
  readonly replaces: string | null;
  /** Whose key PortOne must know before anything is claimed; null where none is charged, or it was just issued. */
  readonly keyToKnowOf: string | null;
  /** What KSNET's rules look at. */
  readonly facts: ChargeFacts;
}

export interface RulePorts {
  readonly clock: Clock;
  readonly contracts: ReadonlySet<Contract>;
}

export interface ChargePorts extends InstructionPorts, SendChargePorts, RulePorts {
  readonly times: OrderTimes;
  readonly pause: Pause;
}

export type ChargeOutcome =
  /** `order.chargeResult` tells how. */
  | { readonly outcome: "finished" | "pending"; readonly order: Order }
  /** Nobody can say whether it is claimed; the same number tells it later. */
  | { readonly outcome: "claim_unreadable"; readonly merchantUid: string }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | NumberTaken
  | {
      readonly outcome:
        | "order_not_found"
        | "not_replaceable"
        | "too_early_to_replace"
        | "busy"
        | "billing_key_not_found";
    }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | { readonly outcome: "unavailable"; readonly why: string };

export interface KeyPorts {
  readonly keys: Pick<BillingKeyGateway, "fetchKey">;
}

/** A number that is claimed for a key nobody knows would be declined for ever, whatever key is issued later. */
export async function whyNoKey(
  customerUid: string,
  { keys }: KeyPorts,
): Promise<
  | { readonly outcome: "billing_key_not_found" }
  | { readonly outcome: "unavailable"; readonly why: string }
  | null
> {
  const known = await keys.fetchKey(customerUid);
  if (known.outcome === "unavailable") return known;
  return known.record === null ? { outcome: "billing_key_not_found" } : null;
}

/** KSNET's rules about a charge, a key or an account, as of now. */
export const askChargeRules = (facts: ChargeFacts, { clock, contracts }: RulePorts): readonly BrokenRule[] =>
  findBrokenChargeRules(facts, { nowMs: clock.nowMs(), contracts });

export async function chargeOrder(
  request: ChargeOrder,
  call: Call,
  ports: ChargePorts & KeyPorts,
): Promise<ChargeOutcome> {
  const broken = askChargeRules(request.facts, ports);
  const { productType } = request.charge;
  if (broken.length > 0 || productType === null) return { outcome: "rules_broken", broken };
  const existing = await ports.store.read(request.order.merchantUid);
  if (existing) return answerExisting(existing, request, call, ports);
  const missing = request.keyToKnowOf === null ? null : await whyNoKey(request.keyToKnowOf, ports);
  if (missing) return missing;
  const login = await ports.charges.login();
  if (login.outcome === "unavailable") return login;
  const { replaces } = request;
  // Nothing is closed for a charge that there is no time for.
  const mayClose = replaces !== null && hasTimeToSend(call);
  const refusal = mayClose ? await closeReplaced(replaces, request, call, ports) : null;
  if (refusal) return refusal;
  // Directly before the claim: closing the replaced order asked PortOne, and may have taken the time.
  if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
  const claimToken = ports.ids.newClaimToken();
  const claimed = claimedOrder(request, { productType, claimToken }, call, ports);
  const { charge } = claimed;
  if (!charge) throw new Error("a charge order without its charge");
  const created = await claimNewOrder(claimed, claimToken, ports.store);
  if (created.outcome === "unreadable")
    return { outcome: "claim_unreadable", merchantUid: claimed.merchantUid };
  if (created.outcome === "theirs") return answerExisting(created.order, request, call, ports);
  return sendClaimed({ order: created.order, charge, card: request.card, by: "merchant" }, call, ports);
}

/** The claim stands: a table that falls silent from here on leaves the outcome open. */
export async function sendClaimed(
  claimed: ClaimedCharge,
  call: Call,
  ports: SendChargePorts,
): Promise<ChargeOutcome> {
  const sent = hasTimeToFinish(call) ? await unlessSilent(sendCharge(claimed, call, ports)) : null;
  return sent ? outcomeOf(sent) : { outcome: "pending", order: claimed.order };
}

/** The order and the claim of its charge in one write. */
function claimedOrder(
  request: ChargeOrder,
  { productType, claimToken }: { readonly productType: ProductType; readonly claimToken: string },
  call: Call,
  ports: ChargePorts,
): Order {
  const stamp = stampOf("merchant", call, ports.clock);
  const facts = { ...request.order, payMethod: "card", escrow: false, expiresAtMs: null };
  const times = { ...ports.times, firstLookMs: null };
  const order = newOrder({ ...facts, replaces: request.replaces }, times, stamp);
  const via = request.card ? ("onetime" as const) : ("again" as const);
  return claimCharge(order, { ...request.charge, productType, via }, claimToken, stamp);
}

export const outcomeOf = (order: Order): ChargeOutcome => ({
  outcome: order.charge === null && order.chargeResult !== null ? "finished" : "pending",
  order,
});

/** The same body again is the same charge; nothing is sent for it but what the rules allow to repeat. */
async function answerExisting(
  existing: Order,
  request: ChargeOrder,
  call: Call,
  ports: ChargePorts,
): Promise<ChargeOutcome> {
  if (existing.bodyHash !== request.order.bodyHash)
    return numberTaken(existing, { ...request.order, payMethod: "card" });
  return followCharge(existing, call, ports);
}

/** What became of a charge that was asked for before: waited for, looked at, sent once more where the rules allow it. */
export async function followCharge(existing: Order, call: Call, ports: ChargePorts): Promise<ChargeOutcome> {
  const { merchantUid, charge } = existing;
  if (!charge) return outcomeOf(existing);
  if (isAtWork(charge, ports.clock.nowMs())) {
    let order = existing;
    for await (const _ of turnsOfWaiting(ports.pause)) {
      order = (await unlessSilent(ports.store.read(merchantUid))) ?? order;
      if (!order.charge) break;
    }
    return outcomeOf(order);
  }
  const looking = { merchantUid, impUid: null, by: "merchant", mayMoveMoney: true } as const;
  const looked = await unlessSilent(syncOrder(looking, call, ports));
  if (!looked || !("order" in looked)) return { outcome: "pending", order: existing };
  const sent = await unlessSilent(resendCharge(looked.order, "merchant", call, ports));
  return outcomeOf(sent ?? looked.order);
}

/** The old order first, so that a crash in between leaves a debt uncharged, never charged twice. */
async function closeReplaced(
  merchantUid: string,
  request: ChargeOrder,
  call: Call,
  ports: ChargePorts,
): Promise<ChargeOutcome | null> {
  const looked = await syncOrder(
    { merchantUid, impUid: null, by: "merchant", mayMoveMoney: false },
    call,
    ports,
  );
  if (looked.outcome === "order_not_found") return { outcome: "order_not_found" };
  if (!("order" in looked))
    return { outcome: "unavailable", why: "the replaced order could not be looked at" };
  // What PortOne may still run by itself is revoked first, and only its word ends that.
  const { order } = looked.order.instruction
    ? await followInstruction(looked.order, "merchant", call, ports)
    : looked;
  if (order.instruction) return { outcome: "operation_in_flight", operationId: merchantUid };
  if (order.reservation) {
    const read = await readReservations(order, ports.schedules);
    if (read.outcome === "unavailable") return read;
    if (read.records.some(isReserved)) return { outcome: "not_replaceable" };
  }
  const stamp = stampOf("merchant", call, ports.clock);
  const { merchantUid: replacement } = request.order;
  const written = await writeChange(
    order,
    (newest) =>
      whyNotReplaceable(newest, replacement, stamp.atMs) === null
        ? supersede(newest, replacement, stamp)
        : null,
    ports.store,
  );
  switch (written.outcome) {
    case "written":
      return null;
    case "busy":
      return { outcome: "busy" };
    case "impossible": {
      const why = whyNotReplaceable(written.order, replacement, stamp.atMs);
      return { outcome: why === "quiet" ? "too_early_to_replace" : "not_replaceable" };
    }
  }
}
