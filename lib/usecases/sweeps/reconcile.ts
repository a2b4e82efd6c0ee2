// The sweep: whatever is due is looked at again, whoever failed to tell us. Each item is claimed before it
// is worked on, so that a crash means the next rung and two sweeps never do the same work.

import { markForReview } from "../../domain/cancel.ts";
import { isLadderUsedUp, rungMs } from "../../domain/due.ts";
import { changeOrder, type Order } from "../../domain/order.ts";
import type { ReceiptGateway } from "../../ports/portone.ts";
import type { DueItem, DueList, ExternalSaleStore } from "../../ports/table.ts";
import { resendCharge, type SendChargePorts } from "../charges/send-charge.ts";
import { type DeliveryPorts, resumeDelivery } from "../deliveries/register-delivery.ts";
import { orderBook, saleBook } from "../receipts/receipt-slot.ts";
import { resolveReceiptCall } from "../receipts/run-receipt.ts";
import { sendNeedsMs } from "../syncing/send-cancel.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

export interface ReconcilePorts extends SyncPorts, SendChargePorts, DeliveryPorts {
  readonly due: DueList;
  readonly sales: ExternalSaleStore;
  readonly receipts: ReceiptGateway;
  /** From 0 to 1: spreads the next looks of what became due together. */
  readonly random: () => number;
}

export interface Sweep {
  readonly requestId: string;
  readonly timeLeftMs: () => number;
  /** False when time is running out. */
  readonly mayGoOn: () => boolean;
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

/** Works until nothing is due or `mayGoOn` says that time is running out. */
export async function reconcile(sweep: Sweep, ports: ReconcilePorts): Promise<ReconcileReport> {
  const tally: Tally = { taken: 0, synced: 0, resumed: 0, expired: 0, review: 0, errors: 0 };
  const due = await ports.due.listDue(ports.clock.nowMs(), mostItems);
  for (const [index, item] of due.entries()) {
    if (!sweep.mayGoOn()) return { ...tally, left: due.length - index, stopped: "deadline" };
    try {
      await work(item, sweep, tally, ports);
    } catch {
      // One item's trouble is not the others': it was claimed, so its next rung is already set.
      tally.errors += 1;
    }
  }
  return { ...tally, left: 0, stopped: "done" };
}

const work = (item: DueItem, sweep: Sweep, tally: Tally, ports: ReconcilePorts): Promise<void> =>
  works[item.kind](item.merchantUid, sweep, tally, ports);

async function workOnOrder(
  merchantUid: string,
  { requestId, timeLeftMs }: Sweep,
  tally: Tally,
  ports: ReconcilePorts,
): Promise<void> {
  const before = await claimOrder(merchantUid, ports);
  if (!before) return;
  tally.taken += 1;
  const result = await syncOrder({ merchantUid, impUid: null, by: "sweep", requestId, timeLeftMs }, ports);
  if (result.outcome === "unavailable") tally.errors += 1;
  if (result.outcome === "synced") tally.synced += 1;
  if ("order" in result && result.order.charge?.state === "resend" && timeLeftMs() >= sendNeedsMs)
    await resendCharge(result.order, "sweep", ports);
  if (before.receiptOperation) await resolveReceiptCall(orderBook(merchantUid, "sweep", ports), ports);
  const after = await ports.store.read(merchantUid);
  if (!after) return;
  const isResumed =
    (before.operation !== null && after.operation === null) ||
    (before.charge !== null && after.charge === null) ||
    (before.receiptOperation !== null && after.receiptOperation === null);
  if (isResumed) tally.resumed += 1;
  if (before.state !== "expired" && after.state === "expired") tally.expired += 1;
  if (before.reviewReason === null && after.reviewReason !== null) tally.review += 1;
}

/**
 * Moves the order's next look one rung on. The order as it was before; null when there is nothing to do or
 * somebody else does it.
 */
async function claimOrder(merchantUid: string, ports: ReconcilePorts): Promise<Order | null> {
  // The index is a hint: it may be behind.
  const order = await ports.store.read(merchantUid);
  const nowMs = ports.clock.nowMs();
  if (!order || order.dueAtMs === null || order.dueAtMs > nowMs) return null;
  const looked = changeOrder(
    order,
    { looks: order.looks + 1 },
    { by: "sweep", atMs: nowMs, lookAtMs: nextLookAtMs(nowMs, order.looks, ports) },
  );
  // A mark alone does not begin the climb anew: from here on the looks stay daily.
  const next = isLadderUsedUp(order.looks)
    ? { ...markForReview(looked, "operation_unresolved", "sweep", nowMs), looks: looked.looks }
    : looked;
  const written = await ports.store.update(order, next);
  return written.outcome === "updated" ? order : null;
}

/** A little earlier than the rung, so that what became due together does not stay together. */
const nextLookAtMs = (nowMs: number, looks: number, { random }: ReconcilePorts): number =>
  nowMs + Math.round(rungMs(looks) * (1 - mostJitter * random()));
const mostJitter = 0.1;

async function workOnSale(merchantUid: string, _: Sweep, tally: Tally, ports: ReconcilePorts): Promise<void> {
  const sale = await ports.sales.readSale(merchantUid);
  const nowMs = ports.clock.nowMs();
  if (!sale || sale.dueAtMs === null || sale.dueAtMs > nowMs) return;
  const dueAtMs = nextLookAtMs(nowMs, sale.looks, ports);
  const claimed = await ports.sales.writeSale(sale, { ...sale, dueAtMs, looks: sale.looks + 1 });
  if (claimed.outcome !== "updated") return;
  tally.taken += 1;
  const outcome = await resolveReceiptCall(saleBook(merchantUid, ports), ports);
  if (outcome === "resolved") tally.resumed += 1;
}

async function workOnDelivery(
  merchantUid: string,
  _: Sweep,
  tally: Tally,
  ports: ReconcilePorts,
): Promise<void> {
  const delivery = await ports.deliveries.readDelivery(merchantUid);
  const nowMs = ports.clock.nowMs();
  if (!delivery?.wanted || delivery.dueAtMs === null || delivery.dueAtMs > nowMs) return;
  const dueAtMs = nextLookAtMs(nowMs, delivery.looks, ports);
  const claimed = { ...delivery, dueAtMs, looks: delivery.looks + 1 };
  if (!(await ports.deliveries.writeDelivery(delivery, claimed))) return;
  tally.taken += 1;
  if (await resumeDelivery({ ...claimed, version: delivery.version + 1 }, delivery.wanted, ports))
    tally.resumed += 1;
}

const works = { order: workOnOrder, external_sale: workOnSale, delivery: workOnDelivery };
