// The sweep: whatever is due is looked at again, whoever failed to tell us. Each item is claimed before it
// is worked on, so that a crash means the next rung and two sweeps never do the same work.

import { claimLook, nextRungAtMs } from "../../domain/ladder.ts";
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
import { claimOnOrder, isLookClaimed, stampOf } from "../claim.ts";
import { type DeliveryPorts, resumeDelivery } from "../deliveries/register-delivery.ts";
import { resolveReceiptInFlight } from "../receipts/resume-receipt.ts";
import { resumeInstruction } from "../syncing/resume-instruction.ts";
import type { InstructionPorts } from "../syncing/send-instruction.ts";
import { syncOrder } from "../syncing/sync.ts";

export interface ReconcilePorts extends InstructionPorts, SendChargePorts, DeliveryPorts {
  readonly due: DueList;
  readonly sales: ExternalSaleStore;
  readonly receipts: ReceiptGateway;
  /** From 0 to 1: spreads the next looks of what became due together. */
  readonly random: () => number;
}

export interface Sweep {
  /** With less of the invocation left than this, what is left is for the next sweep. */
  readonly stopBelowMs: number;
}

export type ReconcileReport = {
  readonly taken: number;
  readonly synced: number;
  readonly resumed: number;
  readonly expired: number;
  readonly review: number;
  readonly errors: number;
  readonly left: number;
  readonly stopped: "done" | "deadline";
};

type Tally = { -readonly [Count in Exclude<keyof ReconcileReport, "stopped" | "left">]: number };

const mostItems = 200;

/** Works until nothing is due or time is running out. */
export async function reconcile(
  { stopBelowMs }: Sweep,
  call: Call,
  ports: ReconcilePorts,
): Promise<ReconcileReport> {
  const tally: Tally = { taken: 0, synced: 0, resumed: 0, expired: 0, review: 0, errors: 0 };
  const due = await ports.due.listDue(ports.clock.nowMs(), mostItems);
  for (const [index, item] of due.entries()) {
    if (call.timeLeftMs() <= stopBelowMs) return { ...tally, left: due.length - index, stopped: "deadline" };
    try {
      await works[item.kind](item.merchantUid, call, tally, ports);
    } catch {
      // One item's trouble is not the others': it was claimed, so its next rung is already set.
      tally.errors += 1;
    }
  }
  return { ...tally, left: 0, stopped: "done" };
}

type Work = (merchantUid: string, call: Call, tally: Tally, ports: ReconcilePorts) => Promise<void>;

async function workOnOrder(
  merchantUid: string,
  call: Call,
  tally: Tally,
  ports: ReconcilePorts,
): Promise<void> {
  const before = await claimOrder(merchantUid, call, ports);
  if (!before) return;
  tally.taken += 1;
  const request = { merchantUid, impUid: null, by: "sweep", mayMoveMoney: true } as const;
  const result = await syncOrder(request, call, ports);
  if (result.outcome === "unavailable") tally.errors += 1;
  if (result.outcome === "synced") tally.synced += 1;
  if ("order" in result) {
    const resent = await resendCharge(result.order, "sweep", call, ports);
    await resumeInstruction(resent, "sweep", call, ports);
  }
  if (before.receiptOperation)
    await resolveReceiptInFlight({ of: "order", merchantUid }, { by: "sweep", call }, ports);
  const after = await ports.store.read(merchantUid);
  if (!after) return;
  const isResumed =
    (before.cancel !== null && after.cancel === null) ||
    (before.charge !== null && after.charge === null) ||
    (before.instruction !== null && after.instruction === null) ||
    (before.receiptOperation !== null && after.receiptOperation === null);
  if (isResumed) tally.resumed += 1;
  if (before.state !== "expired" && after.state === "expired") tally.expired += 1;
  if (before.reviewReason === null && after.reviewReason !== null) tally.review += 1;
}

/** The order as it was before its look was claimed; null when there is nothing to do or somebody else does it. */
async function claimOrder(merchantUid: string, call: Call, ports: ReconcilePorts): Promise<Order | null> {
  // The index is a hint: it may be behind.
  const order = await ports.store.read(merchantUid);
  const stamp = stampOf("sweep", call, ports.clock);
  if (!order || order.dueAtMs === null || order.dueAtMs > stamp.atMs) return null;
  const lookClaim = ports.ids.newClaimToken();
  const next = claimLook(order, { earliness: ports.random(), lookClaim }, stamp);
  const claimed = await claimOnOrder(order, next, lookClaim, ports.store);
  if (claimed.outcome === "unreadable") throw new StorageUnavailableError("a look's claim");
  return claimed.outcome === "ours" ? order : null;
}

async function workOnSale(
  merchantUid: string,
  call: Call,
  tally: Tally,
  ports: ReconcilePorts,
): Promise<void> {
  const sale = await ports.sales.readSale(merchantUid);
  const nowMs = ports.clock.nowMs();
  if (!sale || sale.dueAtMs === null || sale.dueAtMs > nowMs) return;
  const dueAtMs = nextRungAtMs(nowMs, sale.looks, ports.random());
  const wanted = { ...sale, dueAtMs, looks: sale.looks + 1 };
  const claimed = await ports.sales.writeSale(sale, wanted);
  if (!isLookClaimed(claimed.sale, wanted, sale.version)) return;
  tally.taken += 1;
  const outcome = await resolveReceiptInFlight({ of: "sale", merchantUid }, { by: "sweep", call }, ports);
  if (outcome === "resolved") tally.resumed += 1;
}

async function workOnDelivery(
  merchantUid: string,
  _: Call,
  tally: Tally,
  ports: ReconcilePorts,
): Promise<void> {
  const delivery = await ports.deliveries.readDelivery(merchantUid);
  const nowMs = ports.clock.nowMs();
  if (!delivery?.wanted || delivery.dueAtMs === null || delivery.dueAtMs > nowMs) return;
  const dueAtMs = nextRungAtMs(nowMs, delivery.looks, ports.random());
  const claimed = { ...delivery, dueAtMs, looks: delivery.looks + 1 };
  const isWritten = await ports.deliveries.writeDelivery(delivery, claimed);
  const standing = isWritten ? null : await ports.deliveries.readDelivery(merchantUid);
  if (!isWritten && !isLookClaimed(standing, claimed, delivery.version)) return;
  tally.taken += 1;
  if (await resumeDelivery({ ...claimed, version: delivery.version + 1 }, delivery.wanted, ports))
    tally.resumed += 1;
}

const works: Readonly<Record<DueItem["kind"], Work>> = {
  order: workOnOrder,
  external_sale: workOnSale,
  delivery: workOnDelivery,
};
