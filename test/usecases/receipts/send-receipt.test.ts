// One call for a receipt against others who write the same slot, and where that slot is kept.
import { describe, expect, it } from "vitest";
import type { ReceiptSlot } from "../../../lib/domain/operation.ts";
import { changeOrder, makeDueNow } from "../../../lib/domain/order-change.ts";
import { claimReceipt, emptySlot } from "../../../lib/domain/receipt.ts";
import {
  readSlot,
  type SlotAddress,
  type Snapshot,
  writeSlot,
} from "../../../lib/usecases/receipts/receipt-slot.ts";
import {
  lookAtReceipt,
  type ReceiptCall,
  recordReceipt,
  sendReceipt,
} from "../../../lib/usecases/receipts/send-receipt.ts";
import { createdAtMs, createdOrder, minuteMs, won } from "../../support/orders.ts";
import {
  orderPaidByTransfer,
  type ReceiptDoubles,
  receiptPorts,
  receiptRecord,
  recipient,
} from "../../support/receipt-doubles.ts";
import { call, storedOrder, touch } from "../../support/syncing-ports.ts";

const ofOrder: SlotAddress = { of: "order", merchantUid: "ord-20260805-000142" };
const ofSale: SlotAddress = { of: "sale", merchantUid: "sale-1" };
const target = { kind: "payment", impUid: "imp_730112845061" } as const;
const worker = { by: "merchant", call } as const;
const nowMs = createdAtMs + 3 * minuteMs;
const stamp = { by: "merchant", atMs: nowMs } as const;
const draft = {
  type: "person",
  identifierMasked: "010****5678",
  amount: won(109_000),
  taxFree: won(3_000),
  bodyHash: "hash",
} as const;
const asked: ReceiptCall = {
  kind: "receipt_issue",
  target,
  draft,
  isFollowing: false,
  recipient,
  sealed: "sealed",
  buyerName: "홍길동",
};
const issued = { outcome: "done", value: receiptRecord() } as const;
const claimed: ReceiptSlot = claimReceipt(
  emptySlot,
  { kind: "receipt_issue", isFollowing: false, draft, recipient: "sealed" },
  "claim-0",
  nowMs,
);

async function snapshotOf(address: SlotAddress, ports: ReceiptDoubles): Promise<Snapshot> {
  const snapshot = await readSlot(address, ports);
  if (!snapshot) throw new Error("no slot");
  return snapshot;
}

describe("a receipt's slot", () => {
  it("of an order is its own, beside the money's", async () => {
    const ports = await receiptPorts();
    const written = await writeSlot(
      await snapshotOf(ofOrder, ports),
      claimed,
      { ...stamp, key: "shop-2026" },
      ports,
    );
    expect(written).toMatchObject({ isWritten: true, snapshot: { target, slot: claimed, sale: null } });
    expect(await storedOrder(ports)).toMatchObject({
      cancel: null,
      receiptOperation: { claimToken: "claim-0" },
      dueAtMs: nowMs + minuteMs,
    });
  });

  it("does not put off a look that is due earlier", async () => {
    const ports = await receiptPorts(makeDueNow(orderPaidByTransfer(), { by: "portone", atMs: nowMs }));
    await writeSlot(await snapshotOf(ofOrder, ports), claimed, stamp, ports);
    expect((await storedOrder(ports)).dueAtMs).toBe(nowMs);
  });

  it("of a sale nobody wrote down is empty, and is due while a call is in flight", async () => {
    const ports = await receiptPorts(null);
    const empty = await snapshotOf(ofSale, ports);
    expect(empty).toMatchObject({
      target: { kind: "external", merchantUid: "sale-1" },
      slot: emptySlot,
      sale: null,
    });
    const { isWritten, snapshot } = await writeSlot(empty, claimed, stamp, ports);
    expect([isWritten, snapshot.slot]).toEqual([true, { ...claimed, reviewReason: null }]);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({
      dueAtMs: nowMs + minuteMs,
      looks: 0,
      version: 1,
    });
    await writeSlot(snapshot, emptySlot, stamp, ports);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({ dueAtMs: null, version: 2 });
  });

  it("gives what somebody else wrote when it was not written", async () => {
    const ports = await receiptPorts(null);
    const empty = await snapshotOf(ofSale, ports);
    await writeSlot(empty, claimed, stamp, ports);
    const lost = await writeSlot(empty, emptySlot, stamp, ports);
    expect(lost).toMatchObject({
      isWritten: false,
      snapshot: { slot: { operation: { claimToken: "claim-0" } } },
    });
  });

  it("of an order nobody paid has no target, and of no order there is none", async () => {
    expect(await readSlot(ofOrder, await receiptPorts(createdOrder()))).toMatchObject({ target: null });
    expect(await readSlot(ofOrder, await receiptPorts(null))).toBeNull();
  });
});

describe("sending a call for a receipt", () => {
  it("is lost to whoever's claim stands there", async () => {
    const ports = await receiptPorts();
    const snapshot = await snapshotOf(ofOrder, ports);
    ports.store.interfere((order) => changeOrder(order, { receiptOperation: claimed.operation }, stamp));
    expect(await sendReceipt(snapshot, asked, worker, ports)).toMatchObject({
      outcome: "lost",
      snapshot: { slot: { operation: { claimToken: "claim-0" } } },
    });
    expect(ports.receipts.issued).toEqual([]);
  });

  it.each([
    [5_000, 1],
    [5_001, 0],
  ])("when the claim took %i ms: %i sent", async (tookMs, sent) => {
    const ports = await receiptPorts();
    const snapshot = await snapshotOf(ofOrder, ports);
    const update = ports.store.update.bind(ports.store);
    ports.store.update = async (previous, next) => {
      const written = await update(previous, next);
      ports.clock.advance(tookMs);
      return written;
    };
    expect(await sendReceipt(snapshot, asked, worker, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.receipts.issued).toHaveLength(sent);
  });

  it("counts the send of an unknown call under a token of its own", async () => {
    const ports = await receiptPorts();
    const { snapshot } = await writeSlot(await snapshotOf(ofOrder, ports), claimed, stamp, ports);
    expect(await sendReceipt(snapshot, asked, worker, ports)).toMatchObject({
      outcome: "pending",
      snapshot: { slot: { operation: { sends: 2, claimToken: "claim-1" } } },
    });
  });

  it("writes its answer into an order that moved for another reason", async () => {
    const ports = await receiptPorts();
    const snapshot = await snapshotOf(ofOrder, ports);
    const issue = ports.receipts.issueReceipt.bind(ports.receipts);
    ports.receipts.issueReceipt = (request) => {
      ports.store.interfere(touch);
      return issue(request);
    };
    ports.receipts.issues.push(issued);
    expect(await sendReceipt(snapshot, asked, worker, ports)).toMatchObject({ outcome: "done" });
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { applyNum: "120000123" },
      receiptOperation: null,
    });
  });
});

describe("recording a receipt", () => {
  async function withClaim() {
    const ports = await receiptPorts();
    const { snapshot } = await writeSlot(await snapshotOf(ofOrder, ports), claimed, stamp, ports);
    const { operation } = snapshot.slot;
    if (!operation) throw new Error("no claim");
    return { ports, snapshot, operation };
  }

  it("leaves the claim to the next look after two lost writes", async () => {
    const { ports, snapshot } = await withClaim();
    ports.store.interfere(touch, 2);
    const recorded = await recordReceipt(
      snapshot,
      { record: receiptRecord(), isAnswered: false },
      worker,
      ports,
    );
    expect(recorded).toMatchObject({
      outcome: "pending",
      snapshot: { slot: { operation: { claimToken: "claim-0" } } },
    });
  });

  it("takes its own write, whose answer was lost, for what it is", async () => {
    const { ports, snapshot } = await withClaim();
    ports.store.loseNextAnswer();
    const recorded = await recordReceipt(
      snapshot,
      { record: receiptRecord(), isAnswered: false },
      worker,
      ports,
    );
    expect(recorded).toMatchObject({ outcome: "done", snapshot: { slot: { receipt: { generation: 1 } } } });
    expect((await storedOrder(ports)).version).toBe(3);
  });

  it("of an order nobody paid is our own mistake", async () => {
    const { ports, snapshot, operation } = await withClaim();
    await expect(lookAtReceipt({ ...snapshot, target: null }, operation, ports)).rejects.toThrow(
      "nobody paid",
    );
  });
});
