// Taking a receipt back. A DELETE names no receipt, so one in doubt is repeated only after QUIET.
import { describe, expect, it } from "vitest";
import { firstLook } from "../../../lib/domain/ladder.ts";
import type { Receipt, ReceiptOperation } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { cancelReceipt } from "../../../lib/usecases/receipts/cancel-receipt.ts";
import { readSlot } from "../../../lib/usecases/receipts/receipt-slot.ts";
import { resolveReceiptInFlight, resumeReceipt } from "../../../lib/usecases/receipts/resume-receipt.ts";
import { silence, unreadable } from "../../support/doubles.ts";
import { createdAtMs, minuteMs, won } from "../../support/orders.ts";
import {
  cancelledReceipt,
  orderPaidByTransfer,
  type ReceiptDoubles,
  receiptPorts,
  receiptRecord,
} from "../../support/receipt-doubles.ts";
import { call, storedOrder, touch } from "../../support/syncing-ports.ts";

const address = { of: "order", merchantUid: "ord-20260805-000142" } as const;
const impUid = "imp_730112845061";
const sweep = { by: "sweep", call } as const;
const nowMs = createdAtMs + 3 * minuteMs;
const no = { outcome: "refused", message: "취소할 수 없습니다." } as const;
const cancelled = { outcome: "done", value: cancelledReceipt } as const;

const receipt: Receipt = {
  ...receiptRecord(),
  appliedAtMs: nowMs,
  state: "issued",
  type: "person",
  identifierMasked: "010****5678",
  taxFree: won(3_000),
  generation: 1,
  origin: "merchant",
};
const issuedOrder = (more: Partial<Order> = {}): Order => ({ ...orderPaidByTransfer(), receipt, ...more });
const inFlight = (more: Partial<ReceiptOperation> = {}): ReceiptOperation => ({
  id: "receipt_cancel-1",
  kind: "receipt_cancel",
  state: "unknown",
  draft: null,
  claimToken: "claim-0",
  sends: 1,
  sentAtMs: nowMs,
  sinceMs: nowMs,
  ...more,
});
const issuing = inFlight({
  id: "receipt_issue-1",
  kind: "receipt_issue",
  draft: {
    type: "person",
    identifierMasked: "010****5678",
    amount: won(109_000),
    taxFree: won(3_000),
    bodyHash: "hash",
  },
});

describe("cancelling a receipt", () => {
  it("cancels the live one, and a cancelled one is answered alike", async () => {
    const ports = await receiptPorts(issuedOrder());
    ports.receipts.cancels.push(cancelled);
    const answer = await cancelReceipt(address, call, ports);
    expect(answer).toMatchObject({
      outcome: "done",
      impUid,
      slot: { receipt: { state: "cancelled", cancelledAtMs: createdAtMs + 4 * minuteMs }, operation: null },
    });
    expect(await cancelReceipt(address, call, ports)).toEqual(answer);
    expect(ports.receipts.cancelled).toEqual([{ kind: "payment", impUid }]);
  });

  it("of a sale outside PortOne names the sale", async () => {
    const ports = await receiptPorts(null);
    const sale = { merchantUid: "sale-1", slot: { receipt, operation: null }, ...firstLook(null) };
    await ports.sales.writeSale(null, sale);
    ports.receipts.cancels.push(cancelled);
    expect(await cancelReceipt({ of: "sale", merchantUid: "sale-1" }, call, ports)).toMatchObject({
      outcome: "done",
      impUid: null,
    });
    expect(ports.receipts.cancelled).toEqual([{ kind: "external", merchantUid: "sale-1" }]);
  });

  it.each<[string, Order | null, object]>([
    ["there is no order", null, { outcome: "order_not_found" }],
    ["there is no receipt", orderPaidByTransfer(), { outcome: "receipt_not_found" }],
    [
      "one is being issued",
      issuedOrder({ receipt: null, receiptOperation: issuing }),
      { outcome: "operation_in_flight", operationId: "receipt_issue-1" },
    ],
  ])("sends nothing when %s", async (_, order, expected) => {
    const ports = await receiptPorts(order);
    expect(await cancelReceipt(address, call, ports)).toEqual(expected);
    expect(ports.receipts.cancelled).toEqual([]);
  });

  it("starts nothing while PortOne does not let us in", async () => {
    const ports = await receiptPorts(issuedOrder());
    ports.receipts.isReady = false;
    expect(await cancelReceipt(address, call, ports)).toEqual(silence);
    expect(ports.store.updates).toBe(0);
  });

  it("refused leaves the receipt live", async () => {
    const ports = await receiptPorts(issuedOrder());
    ports.receipts.cancels.push(no);
    ports.receipts.record = receiptRecord();
    expect(await cancelReceipt(address, call, ports)).toEqual({
      outcome: "provider_refused",
      message: no.message,
    });
    expect(await storedOrder(ports)).toMatchObject({ receipt: { state: "issued" }, receiptOperation: null });
  });

  it("refused because it is cancelled already is done", async () => {
    const ports = await receiptPorts(issuedOrder());
    ports.receipts.cancels.push(no);
    ports.receipts.record = cancelledReceipt;
    expect(await cancelReceipt(address, call, ports)).toMatchObject({
      outcome: "done",
      slot: { receipt: { state: "cancelled" } },
    });
  });

  it("gives up after five lost races", async () => {
    const ports = await receiptPorts(issuedOrder());
    ports.store.interfere(touch, 5);
    expect(await cancelReceipt(address, call, ports)).toEqual({ outcome: "busy" });
    expect(ports.receipts.cancelled).toEqual([]);
  });
});

describe("a cancel whose answer was lost", () => {
  async function afterLosing(): Promise<ReceiptDoubles> {
    const ports = await receiptPorts(issuedOrder());
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "pending" });
    ports.receipts.record = receiptRecord();
    return ports;
  }

  it("is found at PortOne by the repeat", async () => {
    const ports = await afterLosing();
    ports.receipts.record = cancelledReceipt;
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "done" });
    expect(ports.receipts.cancelled).toHaveLength(1);
  });

  it("is sent again by the repeat, but not before QUIET", async () => {
    const ports = await afterLosing();
    ports.clock.advance(10 * minuteMs - 1);
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.receipts.cancelled).toHaveLength(1);
    ports.clock.advance(1);
    ports.receipts.cancels.push(cancelled);
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "done" });
    expect(ports.receipts.cancelled).toHaveLength(2);
  });

  it("refused at its second send is still unknown", async () => {
    const ports = await afterLosing();
    ports.clock.advance(10 * minuteMs);
    ports.receipts.cancels.push(no);
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "issued" },
      receiptOperation: { state: "unknown", sends: 2 },
    });
  });
});

describe("resuming a call for a receipt", () => {
  const resume = async (operation: ReceiptOperation, prepare: (ports: ReceiptDoubles) => void = () => {}) => {
    const ports = await receiptPorts(
      issuedOrder({
        receipt: operation.kind === "receipt_issue" ? null : receipt,
        receiptOperation: operation,
      }),
    );
    prepare(ports);
    const snapshot = await readSlot(address, ports);
    if (!snapshot) throw new Error("no slot");
    return { ports, resumed: await resumeReceipt(snapshot, operation, sweep, ports) };
  };

  it("leaves one that somebody is at work on alone", async () => {
    const { ports, resumed } = await resume(inFlight({ state: "claimed" }));
    expect(resumed).toMatchObject({ outcome: "pending" });
    expect(ports.receipts.fetched).toBe(0);
  });

  it("is pending while PortOne does not show the receipt, for either call", async () => {
    for (const operation of [inFlight(), issuing]) {
      const { resumed } = await resume(operation, (ports) => ports.receipts.answers.push(silence));
      expect(resumed).toMatchObject({ outcome: "pending" });
    }
  });

  it.each([
    ["an issue", issuing],
    ["a cancel", inFlight()],
  ])("lets %s go out again only after QUIET", async (_, operation) => {
    expect((await resume(operation)).resumed).toMatchObject({ outcome: "pending" });
    const early = await resume(operation, (ports) => ports.clock.advance(10 * minuteMs - 1));
    expect(early.resumed).toMatchObject({ outcome: "pending" });
    const quiet = await resume(operation, (ports) => ports.clock.advance(10 * minuteMs));
    expect(quiet.resumed).toBeNull();
  });

  it("does not let a cancel out that was sent three times", async () => {
    const { resumed } = await resume(inFlight({ sends: 3 }), (ports) => ports.clock.advance(60 * minuteMs));
    expect(resumed).toMatchObject({ outcome: "pending" });
  });
});

describe("the sweep's look at a receipt", () => {
  const portsWith = (operation: ReceiptOperation | null, live: Receipt | null = receipt) =>
    receiptPorts(issuedOrder({ receipt: live, receiptOperation: operation }));
  const lookAt = (ports: ReceiptDoubles) => resolveReceiptInFlight(address, sweep, ports);

  it("finds nothing open", async () => {
    expect(await lookAt(await receiptPorts(null))).toBe("nothing_open");
    expect(await lookAt(await portsWith(null))).toBe("nothing_open");
  });

  it("records what happened", async () => {
    const ports = await portsWith(inFlight());
    ports.receipts.record = cancelledReceipt;
    expect(await lookAt(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "cancelled" },
      receiptOperation: null,
    });
  });

  it("waits before QUIET, and while PortOne is silent", async () => {
    const ports = await portsWith(inFlight());
    expect(await lookAt(ports)).toBe("waiting");
    ports.receipts.answers.push(silence);
    ports.clock.advance(60 * minuteMs);
    expect(await lookAt(ports)).toBe("unanswered");
    ports.receipts.answers.push(unreadable);
    expect(await lookAt(ports)).toBe("waiting");
    expect([ports.receipts.cancelled, ports.store.updates]).toEqual([[], 0]);
  });

  it("lets go of an issue that did not happen, and never sends it", async () => {
    const ports = await portsWith(issuing, null);
    ports.clock.advance(10 * minuteMs);
    expect(await lookAt(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({ receipt: null, receiptOperation: null });
    expect(ports.receipts.issued).toEqual([]);
    const beaten = await portsWith(issuing, null);
    beaten.clock.advance(10 * minuteMs);
    beaten.store.interfere(touch);
    expect(await lookAt(beaten)).toBe("waiting");
  });

  it("sends a cancel again after QUIET", async () => {
    const ports = await portsWith(inFlight());
    ports.clock.advance(10 * minuteMs);
    expect(await lookAt(ports)).toBe("waiting");
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { sends: 2, state: "unknown" } });
    ports.clock.advance(10 * minuteMs);
    ports.receipts.cancels.push(cancelled);
    expect(await lookAt(ports)).toBe("resolved");
  });

  it("is stuck after three sends, and the slot stays taken", async () => {
    const ports = await portsWith(inFlight({ sends: 3 }));
    ports.clock.advance(10 * minuteMs);
    expect(await lookAt(ports)).toBe("stuck");
    expect(ports.receipts.cancelled).toEqual([]);
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { sends: 3 } });
  });
});
