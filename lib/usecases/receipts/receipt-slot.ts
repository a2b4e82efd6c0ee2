// Where a receipt's slot is kept: in its order, or in an item of its own for a sale outside PortOne. The
// protocol of receipts works on either through this.
import { firstLook } from "../../domain/ladder.ts";
import { firstLookAfterSendMs, type ReceiptOperation, type ReceiptSlot } from "../../domain/operation.ts";
import { type Order, payingAttempt, type Stamp } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import { emptySlot, noReceipt } from "../../domain/receipt.ts";
import type { ReceiptTarget } from "../../ports/portone.ts";
import type { ExternalSale, ExternalSaleStore, OrderStore } from "../../ports/table.ts";
import { type Claimed, claimOnOrder, claimOnSale } from "../claim.ts";

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
  if (order) {
    const written = await ports.store.update(order, orderWith(order, slot, stamp));
    return { isWritten: written.outcome === "updated", snapshot: ofOrder(written.order) };
  }
  const written = await ports.sales.writeSale(sale, saleWith(address, sale, slot));
  return {
    isWritten: written.outcome === "updated",
    snapshot: ofSale(address.merchantUid, written.sale),
  };
}

/** Writes a slot that carries a claim, by the protocol of claims. */
export async function claimSlot(
  { order, sale, address }: Snapshot,
  slot: ReceiptSlot & { readonly operation: ReceiptOperation },
  stamp: Stamp,
  ports: SlotPorts,
): Promise<Claimed<{ readonly snapshot: Snapshot }>> {
  const { claimToken } = slot.operation;
  if (order) {
    const claimed = await claimOnOrder(order, orderWith(order, slot, stamp), claimToken, ports.store);
    return claimed.outcome === "unreadable"
      ? claimed
      : { outcome: claimed.outcome, snapshot: ofOrder(claimed.order) };
  }
  const claimed = await claimOnSale(sale, saleWith(address, sale, slot), claimToken, ports.sales);
  return claimed.outcome === "unreadable"
    ? claimed
    : { outcome: claimed.outcome, snapshot: ofSale(address.merchantUid, claimed.sale) };
}

/** What the snapshot will be once this slot is written. */
export const snapshotWith = (snapshot: Snapshot, slot: ReceiptSlot, stamp: Stamp): Snapshot =>
  snapshot.order ? ofOrder(orderWith(snapshot.order, slot, stamp)) : { ...snapshot, slot };

const orderWith = (order: Order, slot: ReceiptSlot, stamp: Stamp): Order =>
  changeOrder(
    order,
    {
      receipt: slot.receipt,
      receiptOperation: slot.operation,
      receiptRecipient: slot.recipient,
      receiptHandedOver: slot.handedOver,
      reviewReason: slot.reviewReason,
    },
    stamp,
  );

/** The mark is about the call in flight, and goes with it: no door takes it off a sale. */
const saleWith = (
  { merchantUid }: SlotAddress,
  before: ExternalSale | null,
  { receipt, operation, recipient }: ReceiptSlot,
): Omit<ExternalSale, "version"> => ({
  merchantUid,
  slot: { receipt, operation, recipient },
  ...firstLook(operation ? operation.sentAtMs + firstLookAfterSendMs : (receipt?.readAtMs ?? null)),
  reviewReason: operation && (before?.reviewReason ?? null),
});

const slotOf = (order: Order): ReceiptSlot => ({
  receipt: order.receipt,
  operation: order.receiptOperation,
  recipient: order.receiptRecipient,
  handedOver: order.receiptHandedOver,
  reviewReason: order.reviewReason,
});

function ofOrder(order: Order): Snapshot {
  const paying = payingAttempt(order);
  return {
    address: { of: "order", merchantUid: order.merchantUid },
    slot: slotOf(order),
    target: paying ? { kind: "payment", impUid: paying.impUid } : null,
    order,
    sale: null,
  };
}

const ofSale = (merchantUid: string, sale: ExternalSale | null): Snapshot => ({
  address: { of: "sale", merchantUid },
  slot: { ...emptySlot, ...(sale?.slot ?? noReceipt), reviewReason: sale?.reviewReason ?? null },
  target: { kind: "external", merchantUid },
  order: null,
  sale,
});
