// One item that is due: read again, because the index is a hint, and looked at. What may be sent on, and what ended badly
// before, is claimed first, so that a crash means the next rung; anything else is written once, by the look itself.

import { mayBeSentOn } from "../../domain/due.ts";
import {
  type Climb,
  claimLook,
  climb,
  climbDown,
  giveRungBack,
  isLookedAtThisTurn,
  type LookClaim,
  tellUnreadable,
} from "../../domain/ladder.ts";
import type { Order } from "../../domain/order.ts";
import { owesReceipt } from "../../domain/receipt-goal.ts";
import type { Call } from "../../ports/environment.ts";
import { type DueItem, type DueList, StorageUnavailableError } from "../../ports/table.ts";
import { resendCharge, type SendChargePorts } from "../charges/send-charge.ts";
import { claimOnOrder, isLookClaimed, stampOf, unlessSilent } from "../claim.ts";
import { type DeliveryPorts, resumeDelivery } from "../deliveries/register-delivery.ts";
import { followReceipt, type ReceiptResolution } from "../receipts/follow-receipt.ts";
import type { ReceiptPorts } from "../receipts/send-receipt.ts";
import { resumeInstruction } from "../syncing/resume-instruction.ts";
import type { InstructionPorts } from "../syncing/send-instruction.ts";
import { type SyncResult, syncOrder } from "../syncing/sync.ts";
import { type Done, doneBy, isSilence } from "./look-report.ts";

export interface DueWorkPorts extends InstructionPorts, SendChargePorts, DeliveryPorts, ReceiptPorts {
  readonly due: DueList;
  /** From 0 to 1: spreads the next looks of what became due together. */
  readonly random: () => number;
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
  if (!claimsFirst) return lookUnclaimed(before, call, ports);
  const order = await claimOrder(before, call, ports);
  if (!order) return null;
  return unlessUnanswered(lookAt(before, order, call, ports), async () => {
    const standing = await ports.store.read(merchantUid);
    if (!standing) return;
    const looked = { before, claimed: order, standing };
    const next = giveRungBack(looked, newClaim(ports), stampOf("sweep", call, ports.clock));
    if (next !== standing) await ports.store.update(standing, next);
  });
}

/** A look that nobody answered, by the table or by PortOne, used up no rung. */
async function unlessUnanswered(looking: Promise<Done>, giveBack: () => Promise<unknown>): Promise<Done> {
  try {
    const done = await looking;
    if (done.isUnanswered) await unlessSilent(giveBack());
    return done;
  } catch (error) {
    if (error instanceof StorageUnavailableError) await unlessSilent(giveBack());
    throw error;
  }
}

const requestOf = (order: Order) =>
  ({ merchantUid: order.merchantUid, order, impUid: null, by: "sweep", mayMoveMoney: true }) as const;

/** The order's look is claimed: whatever may go out goes out. */
async function lookAt(before: Order, claimed: Order, call: Call, ports: DueWorkPorts): Promise<Done> {
  const { merchantUid } = before;
  const result = await syncOrder(requestOf(claimed), call, ports);
  if (result.outcome === "unavailable" && !isSilence(result)) await leaveToPerson(claimed, call, ports);
  let after = await sendOn(result, call, ports);
  let receipt: ReceiptResolution | null = null;
  // What is left is known to a look only: without one nothing new is begun about a receipt.
  if (before.receiptOperation || (after && owesReceipt(after, ports.clock.nowMs()))) {
    receipt = await followReceipt({ of: "order", merchantUid }, { by: "sweep", call }, ports);
    after = null;
  }
  after ??= await ports.store.read(merchantUid);
  const isUnanswered = isSilence(result) || receipt === "unanswered";
  return { ...doneBy(result, before, after), isUnanswered };
}

/** What the look showed that may go out goes out; null where it showed nothing. */
async function sendOn(result: SyncResult, call: Call, ports: DueWorkPorts): Promise<Order | null> {
  if (!("order" in result)) return null;
  const resent = await resendCharge(result.order, "sweep", call, ports);
  return (await resumeInstruction(resent, "sweep", call, ports)).order;
}

/** Nothing is lost where somebody else has written meanwhile: the next look meets the same. */
async function leaveToPerson(claimed: Order, call: Call, { store, clock }: DueWorkPorts): Promise<void> {
  const told = tellUnreadable(claimed, stampOf("sweep", call, clock));
  if (told !== claimed) await unlessSilent(store.update(claimed, told));
}

const newClaim = ({ ids, random }: DueWorkPorts): LookClaim => ({
  earliness: random(),
  lookClaim: ids.newClaimToken(),
});

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
async function lookUnclaimed(before: Order, call: Call, ports: DueWorkPorts): Promise<Done | null> {
  const earliness = ports.random();
  const leaveClaim = (isUnanswered: boolean) => {
    const claim = { earliness, lookClaim: ports.ids.newClaimToken() };
    const stamp = stampOf("sweep", call, ports.clock);
    const claimed = claimLook(before, claim, stamp);
    const next = isUnanswered
      ? giveRungBack({ before, claimed, standing: claimed }, claim, stamp)
      : tellUnreadable(claimed, stamp);
    // Over the order as it was read, which holds no claim: one that was given back keeps its own.
    return unlessSilent(ports.store.update(before, { ...next, lookClaim: claim.lookClaim }));
  };
  try {
    const result = await syncOrder({ ...requestOf(before), rung: { earliness } }, call, ports);
    if (result.outcome === "busy") return null;
    const isUnanswered = isSilence(result);
    if (result.outcome === "unavailable") await leaveClaim(isUnanswered);
    const after = (await sendOn(result, call, ports)) ?? (await ports.store.read(before.merchantUid));
    return { ...doneBy(result, before, after), isUnanswered };
  } catch (error) {
    await leaveClaim(error instanceof StorageUnavailableError);
    throw error;
  }
}

async function workOnSale(item: DueItem, { call }: Handling, ports: DueWorkPorts): Promise<Done | null> {
  const { merchantUid } = item;
  const { clock, sales } = ports;
  const sale = await readDue(item, sales.readSale(merchantUid), ports);
  if (!sale) return null;
  const wanted = { ...sale, ...climb(sale, clock.nowMs(), ports.random()) };
  const claimed = await sales.writeSale(sale, wanted);
  if (!isLookClaimed(claimed.sale, wanted, sale.version)) return null;
  const look = async (): Promise<Done> => {
    const outcome = await followReceipt({ of: "sale", merchantUid }, { by: "sweep", call }, ports);
    return { resumed: outcome === "resolved", review: isNewlyMarked(sale, wanted), ...unanswered(outcome) };
  };
  return unlessUnanswered(look(), async () => {
    const rung = climbDown(sale, clock.nowMs(), ports.random());
    if (rung) await sales.writeSale(claimed.sale, { ...claimed.sale, ...rung });
  });
}

async function workOnDelivery(item: DueItem, _: Handling, ports: DueWorkPorts): Promise<Done | null> {
  const { merchantUid } = item;
  const { clock, deliveries } = ports;
  const delivery = await readDue(item, deliveries.readDelivery(merchantUid), ports);
  const request = delivery?.wanted;
  if (!delivery || !request) return null;
  const claimed = { ...delivery, ...climb(delivery, clock.nowMs(), ports.random()) };
  const isWritten = await deliveries.writeDelivery(delivery, claimed);
  const standing = isWritten ? null : await deliveries.readDelivery(merchantUid);
  if (!isWritten && !isLookClaimed(standing, claimed, delivery.version)) return null;
  const mine = { ...claimed, version: delivery.version + 1 };
  const look = async (): Promise<Done> => {
    const outcome = await resumeDelivery(mine, request, ports);
    return { resumed: outcome === "told", review: isNewlyMarked(delivery, claimed), ...unanswered(outcome) };
  };
  return unlessUnanswered(look(), async () => {
    const rung = climbDown(delivery, clock.nowMs(), ports.random());
    if (rung) await deliveries.writeDelivery(mine, { ...mine, ...rung });
  });
}

const isNewlyMarked = (before: Climb, after: Climb): boolean =>
  before.reviewReason === null && after.reviewReason !== null;

const unanswered = (outcome: string) =>
  outcome === "unanswered" ? { isUnanswered: true, trouble: "PortOne did not answer" } : {};

const works: Readonly<Record<DueItem["kind"], Work>> = {
  order: workOnOrder,
  external_sale: workOnSale,
  delivery: workOnDelivery,
};
