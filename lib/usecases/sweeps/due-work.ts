// One item that is due: read again, because the index is a hint, and looked at. What may be sent on, and what ended badly
// before, is claimed first, so that a crash means the next rung; anything else is written once, by the look itself.

import { mayBeSentOn } from "../../domain/due.ts";
import { claimLook, isLookedAtThisTurn, nextRungAtMs } from "../../domain/ladder.ts";
import type { Order } from "../../domain/order.ts";
import type { Call } from "../../ports/environment.ts";
import type { ReceiptGateway } from "../../ports/portone.ts";
import {
  type DueItem,
  type DueList,
  type ExternalSaleStore,
  StorageUnavailableError,
} from "../../ports/table.ts";
import { resendCharge, type SendChargePorts } from "../charges/send-charge.ts";
import { claimOnOrder, isLookClaimed, stampOf, unlessSilent } from "../claim.ts";
import { type DeliveryPorts, resumeDelivery } from "../deliveries/register-delivery.ts";
import { resolveReceiptInFlight } from "../receipts/resume-receipt.ts";
import { resumeInstruction } from "../syncing/resume-instruction.ts";
import type { InstructionPorts } from "../syncing/send-instruction.ts";
import { type SyncRequest, type SyncResult, syncOrder } from "../syncing/sync.ts";

export interface DueWorkPorts extends InstructionPorts, SendChargePorts, DeliveryPorts {
  readonly due: DueList;
  readonly sales: ExternalSaleStore;
  readonly receipts: ReceiptGateway;
  /** From 0 to 1: spreads the next looks of what became due together. */
  readonly random: () => number;
}

/** What became of one item; null where there was nothing to do, or somebody else did it. */
export interface Done {
  readonly synced?: boolean;
  readonly resumed?: boolean;
  readonly expired?: boolean;
  readonly review?: boolean;
  /** Why nothing could be learned. */
  readonly trouble?: string | null;
}

export interface Handling {
  /** It is claimed whatever it is: the process of an earlier sweep ended while it was at work. */
  readonly isSuspect: boolean;
  readonly call: Call;
}

/** Throws on whatever keeps the item from being looked at. */
export const workOn = (item: DueItem, handling: Handling, ports: DueWorkPorts): Promise<Done | null> =>
  works[item.kind](item, handling, ports);

type Work = (item: DueItem, handling: Handling, ports: DueWorkPorts) => Promise<Done | null>;

/** When something that this code cannot read comes again; a person is told each time. */
const unreadableAgainMs = 60 * 60_000;

/** Reads an item that is due. One that cannot be read is moved out of the others' way before anybody is told. */
async function readDue<Item extends { readonly dueAtMs: number | null }>(
  item: DueItem,
  reading: Promise<Item | null>,
  { due, clock }: DueWorkPorts,
): Promise<Item | null> {
  const nowMs = clock.nowMs();
  try {
    const read = await reading;
    return read === null || read.dueAtMs === null || read.dueAtMs > nowMs ? null : read;
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) await due.putOff(item, nowMs, nowMs + unreadableAgainMs);
    throw error;
  }
}

async function workOnOrder(
  item: DueItem,
  { isSuspect, call }: Handling,
  ports: DueWorkPorts,
): Promise<Done | null> {
  const { merchantUid } = item;
  const before = await readDue(item, ports.store.read(merchantUid), ports);
  if (!before) return null;
  if (isLookedAtThisTurn(before, ports.clock.nowMs())) return null;
  const claimsFirst = isSuspect || before.lookClaim !== null || mayBeSentOn(before);
  const order = claimsFirst ? await claimOrder(before, call, ports) : before;
  if (!order) return null;
  const request = { merchantUid, order, impUid: null, by: "sweep", mayMoveMoney: true } as const;
  const result = claimsFirst
    ? await syncOrder(request, call, ports)
    : await lookUnclaimed(request, before, call, ports);
  if (!claimsFirst && result.outcome === "busy") return null;
  let after: Order | null = "order" in result ? result.order : null;
  if (after) {
    const resent = await resendCharge(after, "sweep", call, ports);
    after = (await resumeInstruction(resent, "sweep", call, ports)).order;
  }
  if (before.receiptOperation) {
    await resolveReceiptInFlight({ of: "order", merchantUid }, { by: "sweep", call }, ports);
    after = null;
  }
  after ??= await ports.store.read(merchantUid);
  return {
    synced: result.outcome === "synced",
    resumed: after !== null && isResumed(before, after),
    expired: before.state !== "expired" && after?.state === "expired",
    review: before.reviewReason === null && (after?.reviewReason ?? null) !== null,
    trouble: result.outcome === "unavailable" ? result.why : null,
  };
}

const isResumed = (before: Order, after: Order): boolean =>
  (before.cancel !== null && after.cancel === null) ||
  (before.charge !== null && after.charge === null) ||
  (before.instruction !== null && after.instruction === null) ||
  (before.receiptOperation !== null && after.receiptOperation === null);

/** The order with its look claimed; null when somebody else has it. */
async function claimOrder(order: Order, call: Call, ports: DueWorkPorts): Promise<Order | null> {
  const lookClaim = ports.ids.newClaimToken();
  const stamp = stampOf("sweep", call, ports.clock);
  const next = claimLook(order, { earliness: ports.random(), lookClaim }, stamp);
  const claimed = await claimOnOrder(order, next, lookClaim, ports.store);
  if (claimed.outcome === "unreadable") throw new StorageUnavailableError("a look's claim");
  return claimed.outcome === "ours" ? claimed.order : null;
}

/** Written once, by the look; one that could not be made leaves a claim, so that the next look begins with one. */
async function lookUnclaimed(
  request: SyncRequest,
  order: Order,
  call: Call,
  ports: DueWorkPorts,
): Promise<SyncResult> {
  const earliness = ports.random();
  const climb = () => {
    const lookClaim = ports.ids.newClaimToken();
    const climbed = claimLook(order, { earliness, lookClaim }, stampOf("sweep", call, ports.clock));
    return unlessSilent(ports.store.update(order, climbed));
  };
  try {
    const result = await syncOrder({ ...request, rung: { earliness } }, call, ports);
    if (result.outcome === "unavailable") await climb();
    return result;
  } catch (error) {
    await climb();
    throw error;
  }
}

async function workOnSale(item: DueItem, { call }: Handling, ports: DueWorkPorts): Promise<Done | null> {
  const { merchantUid } = item;
  const sale = await readDue(item, ports.sales.readSale(merchantUid), ports);
  if (!sale) return null;
  const dueAtMs = nextRungAtMs(ports.clock.nowMs(), sale.looks, ports.random());
  const wanted = { ...sale, dueAtMs, looks: sale.looks + 1 };
  const claimed = await ports.sales.writeSale(sale, wanted);
  if (!isLookClaimed(claimed.sale, wanted, sale.version)) return null;
  const outcome = await resolveReceiptInFlight({ of: "sale", merchantUid }, { by: "sweep", call }, ports);
  return { resumed: outcome === "resolved" };
}

async function workOnDelivery(item: DueItem, _: Handling, ports: DueWorkPorts): Promise<Done | null> {
  const { merchantUid } = item;
  const delivery = await readDue(item, ports.deliveries.readDelivery(merchantUid), ports);
  if (!delivery?.wanted) return null;
  const dueAtMs = nextRungAtMs(ports.clock.nowMs(), delivery.looks, ports.random());
  const claimed = { ...delivery, dueAtMs, looks: delivery.looks + 1 };
  const isWritten = await ports.deliveries.writeDelivery(delivery, claimed);
  const standing = isWritten ? null : await ports.deliveries.readDelivery(merchantUid);
  if (!isWritten && !isLookClaimed(standing, claimed, delivery.version)) return null;
  const mine = { ...claimed, version: delivery.version + 1 };
  return { resumed: await resumeDelivery(mine, delivery.wanted, ports) };
}

const works: Readonly<Record<DueItem["kind"], Work>> = {
  order: workOnOrder,
  external_sale: workOnSale,
  delivery: workOnDelivery,
};
