// A merchant charges a card or a billing key. The order is created first and carries the charge: the same
// number and body never charge twice, and what is not known stays the order's until PortOne's record tells.

import type { CardSecret } from "../../domain/card-secret.ts";
import { type Charge, claimCharge, newCharge, supersede, whyNotReplaceable } from "../../domain/charge.ts";
import { newOrder, type OrderRequest, type OrderTimes } from "../../domain/new-order.ts";
import type { Order } from "../../domain/order.ts";
import type { Pause } from "../../ports/environment.ts";
import { sendNeedsMs } from "../syncing/send-cancel.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";
import { resendCharge, type SendChargePorts, sendCharge } from "./send-charge.ts";

export interface ChargeOrder {
  readonly order: Omit<OrderRequest, "payMethod" | "escrow" | "expiresAtMs">;
  readonly charge: Pick<Charge, "customerUid" | "productType" | "cardQuota" | "customData">;
  /** Null when a key is charged. */
  readonly card: CardSecret | null;
  /** The order of the same debt that this number takes the place of. */
  readonly replaces: string | null;
  readonly requestId: string;
  readonly timeLeftMs: () => number;
}

export interface ChargePorts extends SyncPorts, SendChargePorts {
  readonly times: OrderTimes;
  readonly pause: Pause;
}

export type ChargeOutcome =
  /** `order.chargeResult` tells how. */
  | { readonly outcome: "finished" | "pending"; readonly order: Order }
  | { readonly outcome: "exists" | "order_not_found" | "not_replaceable" | "too_early_to_replace" }
  | { readonly outcome: "unavailable"; readonly why: string };

/** How long somebody may still be at work on a claim: the call's limit and the record of it. */
const workingMs = 15_000;
const waitMs = 5_000;
const lookEveryMs = 250;

export async function chargeOrder(request: ChargeOrder, ports: ChargePorts): Promise<ChargeOutcome> {
  const existing = await ports.store.read(request.order.merchantUid);
  if (existing) return answerExisting(existing, request, ports);
  const login = await ports.charges.login();
  if (login.outcome === "unavailable") return login;
  if (request.timeLeftMs() < sendNeedsMs) return { outcome: "unavailable", why: "no time left to send" };
  const refusal = request.replaces === null ? null : await closeReplaced(request.replaces, request, ports);
  if (refusal) return refusal;
  const claimed = claimedOrder(request, ports);
  const created = await ports.store.create(claimed);
  if (created.outcome === "exists") {
    // Our own write may have taken effect though its first answer was lost.
    const isOurs = created.order.charge?.owner === claimed.charge?.owner && claimed.charge !== null;
    if (!isOurs) return answerExisting(created.order, request, ports);
  }
  if (!claimed.charge) throw new Error("a charge order without its charge");
  return outcomeOf(await sendCharge(claimed, claimed.charge, request.card, "merchant", ports));
}

/** The order and the claim of its charge in one write. */
function claimedOrder(request: ChargeOrder, ports: ChargePorts): Order {
  const nowMs = ports.clock.nowMs();
  const facts = { ...request.order, payMethod: "card", escrow: false, expiresAtMs: null };
  const order = { ...newOrder(facts, nowMs, ports.times), replaces: request.replaces };
  const via = request.card ? ("onetime" as const) : ("again" as const);
  const charge = newCharge({ ...request.charge, via, owner: ports.ids.newOwner() }, nowMs);
  return claimCharge(order, charge, "merchant", nowMs);
}

const outcomeOf = (order: Order): ChargeOutcome => ({
  outcome: order.charge === null && order.chargeResult !== null ? "finished" : "pending",
  order,
});

/** The same body again is the same charge; nothing is sent for it but what the rules allow to repeat. */
async function answerExisting(
  existing: Order,
  request: ChargeOrder,
  ports: ChargePorts,
): Promise<ChargeOutcome> {
  if (existing.bodyHash !== request.order.bodyHash) return { outcome: "exists" };
  const { merchantUid, charge } = existing;
  if (!charge) return outcomeOf(existing);
  const isAtWork = charge.state === "claimed" && ports.clock.nowMs() - charge.sentAtMs < workingMs;
  if (isAtWork) {
    let order = existing;
    for (let waited = 0; order.charge && waited < waitMs; waited += lookEveryMs) {
      await ports.pause(lookEveryMs);
      order = (await ports.store.read(merchantUid)) ?? order;
    }
    return outcomeOf(order);
  }
  const { requestId, timeLeftMs } = request;
  const synced = await syncOrder({ merchantUid, impUid: null, by: "merchant", requestId, timeLeftMs }, ports);
  if (!("order" in synced)) return { outcome: "pending", order: existing };
  const maySend = timeLeftMs() >= sendNeedsMs;
  return outcomeOf(maySend ? await resendCharge(synced.order, "merchant", ports) : synced.order);
}

const mostRounds = 3;

/** The old order first, so that a crash in between leaves a debt uncharged, never charged twice. */
async function closeReplaced(
  merchantUid: string,
  request: ChargeOrder,
  ports: ChargePorts,
): Promise<ChargeOutcome | null> {
  const { requestId } = request;
  const looked = await syncOrder({ merchantUid, impUid: null, by: "merchant", requestId }, ports);
  if (looked.outcome === "order_not_found") return { outcome: "order_not_found" };
  if (!("order" in looked))
    return { outcome: "unavailable", why: "the replaced order could not be looked at" };
  let { order } = looked;
  for (let round = 1; round <= mostRounds; round += 1) {
    const nowMs = ports.clock.nowMs();
    const why = whyNotReplaceable(order, request.order.merchantUid, nowMs);
    if (why !== null) return { outcome: why === "quiet" ? "too_early_to_replace" : "not_replaceable" };
    const next = supersede(order, request.order.merchantUid, nowMs);
    if (next === order) return null;
    const written = await ports.store.update(order, next);
    if (written.outcome === "updated") return null;
    order = written.order;
  }
  return { outcome: "unavailable", why: "the replaced order kept changing" };
}
