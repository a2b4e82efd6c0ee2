// Where a receipt's slot is kept: in its order, or in an item of its own for a sale outside PortOne. The
// protocol of receipts works on either through this.
import { firstLookAfterSendMs, type ReceiptSlot } from "../../domain/operation.ts";
import { type Order, payingAttempt, type Stamp } from "../../domain/order.ts";
import { changeOrder, earlierLook } from "../../domain/order-change.ts";
import type { ReceiptTarget } from "../../ports/portone.ts";
import type { ExternalSale, ExternalSaleStore, OrderStore } from "../../ports/table.ts";

export interface SlotAddress {
  readonly of: "order" | "sale";
  readonly merchantUid: string;
}

/** A slot as it was read or last written. */
export interface Snapshot {
  readonly address: SlotAddress;
  readonly slot: ReceiptSlot;
  /** What PortOne knows it by; null for an order nobody paid. */
  readonly target: ReceiptTarget | null;
  /** Set when it is an order's. */
  readonly order: Order | null;
  /** Set when it is a sale's that was written down before. */
  readonly sale: ExternalSale | null;
}

export interface SlotPorts {
  readonly store: OrderStore;
  readonly sales: ExternalSaleStore;
}

const emptySlot: ReceiptSlot = { receipt: null, operation: null };

/** Null when there is no such order; a sale nobody wrote down yet has an empty slot. */
export async function readSlot(address: SlotAddress, ports: SlotPorts): Promise<Snapshot | null> {
  const { merchantUid } = address;
  if (address.of === "sale") return ofSale(merchantUid, await ports.sales.readSale(merchantUid));
  const order = await ports.store.read(merchantUid);
  return order && ofOrder(order);
}

/** Writes on condition that the snapshot is still the newest; gives the newest either way. */
export async function writeSlot(
  snapshot: Snapshot,
  slot: ReceiptSlot,
  stamp: Stamp,
  ports: SlotPorts,
): Promise<{ readonly isWritten: boolean; readonly snapshot: Snapshot }> {
  const { order, sale, address } = snapshot;
  const lookAtMs = slot.operation && slot.operation.sentAtMs + firstLookAfterSendMs;
  if (order) {
    const look = lookAtMs === null ? {} : { lookAtMs: earlierLook(order, lookAtMs) };
    const patch = { receipt: slot.receipt, receiptOperation: slot.operation };
    const written = await ports.store.update(order, changeOrder(order, patch, { ...stamp, ...look }));
    return { isWritten: written.outcome === "updated", snapshot: ofOrder(written.order) };
  }
  const { merchantUid } = address;
  const next = { merchantUid, slot, dueAtMs: lookAtMs, looks: 0 };
  const written = await ports.sales.writeSale(sale, next);
  return { isWritten: written.outcome === "updated", snapshot: ofSale(merchantUid, written.sale) };
}

function ofOrder(order: Order): Snapshot {
  const paying = payingAttempt(order);
  return {
    address: { of: "order", merchantUid: order.merchantUid },
    slot: { receipt: order.receipt, operation: order.receiptOperation },
    target: paying ? { kind: "payment", impUid: paying.impUid } : null,
    order,
    sale: null,
  };
}

const ofSale = (merchantUid: string, sale: ExternalSale | null): Snapshot => ({
  address: { of: "sale", merchantUid },
  slot: sale?.slot ?? emptySlot,
  target: { kind: "external", merchantUid },
  order: null,
  sale,
});
