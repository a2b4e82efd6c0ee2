// A call for a receipt while the table falls silent over its claim: sent once, or told as unknown, never as not started.

import { describe, expect, it } from "vitest";
import { firstLook } from "../../../lib/domain/ladder.ts";
import { noReceipt } from "../../../lib/domain/receipt.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { cancelReceipt } from "../../../lib/usecases/receipts/cancel-receipt.ts";
import { readSlot, type SlotAddress } from "../../../lib/usecases/receipts/receipt-slot.ts";
import { resumeReceipt } from "../../../lib/usecases/receipts/resume-receipt.ts";
import { type ReceiptCall, sendReceipt } from "../../../lib/usecases/receipts/send-receipt.ts";
import { failingAfter } from "../../support/doubles.ts";
import { minuteMs, won } from "../../support/orders.ts";
import {
  type ReceiptDoubles,
  receiptPorts,
  receiptRecord,
  recipient,
} from "../../support/receipt-doubles.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

const ofOrder: SlotAddress = { of: "order", merchantUid: "ord-20260805-000142" };
const ofSale: SlotAddress = { of: "sale", merchantUid: "sale-1" };
const worker = { by: "merchant", call } as const;
const asked = (address: SlotAddress): ReceiptCall => ({
  kind: "receipt_issue",
  target:
    address.of === "order"
      ? { kind: "payment", impUid: "imp_730112845061" }
      : { kind: "external", merchantUid: address.merchantUid },
  draft: {
    type: "person",
    identifierMasked: "010****5678",
    amount: won(109_000),
    taxFree: won(3_000),
    bodyHash: "hash",
  },
  isFollowing: false,
  recipient: { ...recipient, saleName: "현장 판매" },
  sealed: "sealed",
  buyerName: "홍길동",
});
const issued = { outcome: "done", value: receiptRecord() } as const;

async function send(address: SlotAddress, ports: ReceiptDoubles) {
  const snapshot = await readSlot(address, ports);
  if (!snapshot) throw new Error("no slot");
  ports.receipts.issues.push(issued);
  return sendReceipt(snapshot, asked(address), worker, ports);
}

describe("a claim of an order's receipt whose write got no answer", () => {
  it("is sent once when it stands there", async () => {
    const ports = await receiptPorts();
    ports.store.leaveUnanswered("lands");
    expect(await send(ofOrder, ports)).toMatchObject({ outcome: "done" });
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("is not known when nobody can read it, and nothing is sent", async () => {
    const ports = await receiptPorts();
    ports.store.leaveUnanswered("lands");
    ports.store.read = failingAfter(ports.store, 1);
    expect(await send(ofOrder, ports)).toMatchObject({
      outcome: "pending",
      snapshot: { slot: { operation: { kind: "receipt_issue", state: "claimed" } } },
    });
    expect(ports.receipts.issued).toEqual([]);
  });

  it("was not started only once its version was taken away", async () => {
    const ports = await receiptPorts();
    const { version } = await storedOrder(ports);
    ports.store.fail("update");
    await expect(send(ofOrder, ports)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: null, version: version + 1 });
  });
});

describe("a claim of a sale's receipt whose write got no answer", () => {
  it.each([
    ["stands there", ["answered", "landed, no answer"], "done", 1],
    ["cannot be read", ["answered", "landed, no answer", "down"], "pending", 0],
    ["is not there, and there is no version to take away", ["answered", "down"], "pending", 0],
  ] as const)("and %s", async (_, troubles, outcome, sent) => {
    const ports = await receiptPorts(null);
    ports.sales.troubles.push(...troubles);
    expect(await send(ofSale, ports)).toMatchObject({ outcome });
    expect(ports.receipts.issued).toHaveLength(sent);
  });

  it("was not started only once the version of the known sale was taken away", async () => {
    const ports = await receiptPorts(null);
    const written = {
      merchantUid: "sale-1",
      slot: noReceipt,
      ...firstLook(null),
    };
    await ports.sales.writeSale(null, written);
    ports.sales.troubles.push("answered", "down");
    await expect(send(ofSale, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({ version: 2 });
  });
});

describe("once it is claimed, a silent table leaves it unknown", () => {
  it("after the send", async () => {
    const ports = await receiptPorts();
    const issue = ports.receipts.issueReceipt.bind(ports.receipts);
    ports.receipts.issueReceipt = (request) => {
      ports.store.fail("update");
      return issue(request);
    };
    expect(await send(ofOrder, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { state: "claimed", sends: 1 } });
  });

  it("when the caller asks again", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push({ outcome: "unknown", why: "timeout" });
    await send(ofOrder, ports);
    ports.clock.advance(minuteMs);
    ports.receipts.record = receiptRecord();
    const snapshot = await readSlot(ofOrder, ports);
    if (!snapshot?.slot.operation) throw new Error("nothing in flight");
    ports.store.fail("update");
    expect(await resumeReceipt(snapshot, snapshot.slot.operation, worker, ports)).toMatchObject({
      outcome: "pending",
    });
  });

  it("when the claim of a repeated send cannot land any more: the first one still stands", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push({ outcome: "unknown", why: "timeout" });
    await send(ofOrder, ports);
    ports.store.fail("update");
    expect(await send(ofOrder, ports)).toMatchObject({
      outcome: "pending",
      snapshot: { slot: { operation: { sends: 1 } } },
    });
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("and a cancel is told as unknown, too", async () => {
    const ports = await receiptPorts();
    await send(ofOrder, ports);
    ports.store.leaveUnanswered("lands");
    ports.store.read = failingAfter(ports.store, 1);
    expect(await cancelReceipt(ofOrder, call, ports)).toMatchObject({
      outcome: "pending",
      slot: { operation: { kind: "receipt_cancel" } },
    });
    expect(ports.receipts.cancelled).toEqual([]);
  });
});
