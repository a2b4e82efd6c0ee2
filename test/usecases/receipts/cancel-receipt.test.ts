// Taking a receipt back. A DELETE names no receipt, so one in doubt is repeated only after QUIET.
import { describe, expect, it } from "vitest";
import { firstLook } from "../../../lib/domain/ladder.ts";
import type { ReceiptOperation } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { noReceipt } from "../../../lib/domain/receipt.ts";
import { cancelReceipt } from "../../../lib/usecases/receipts/cancel-receipt.ts";
import { readSlot } from "../../../lib/usecases/receipts/receipt-slot.ts";
import { resumeReceipt } from "../../../lib/usecases/receipts/resume-receipt.ts";
import { silence } from "../../support/doubles.ts";
import { createdAtMs, minuteMs, won } from "../../support/orders.ts";
import {
  cancelledReceipt,
  heldReceipt,
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

const receipt = heldReceipt({ appliedAtMs: nowMs });
const issuedOrder = (more: Partial<Order> = {}): Order => ({ ...orderPaidByTransfer(), receipt, ...more });
const inFlight = (more: Partial<ReceiptOperation> = {}): ReceiptOperation => ({
  id: "receipt_cancel-1",
  kind: "receipt_cancel",
  state: "unknown",
  isFollowing: false,
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
      order: { impUid },
      slot: { receipt: { state: "cancelled", cancelledAtMs: createdAtMs + 4 * minuteMs }, operation: null },
    });
    expect(await cancelReceipt(address, call, ports)).toEqual(answer);
    expect(ports.receipts.cancelled).toEqual([{ kind: "payment", impUid }]);
  });

  it("of a sale outside PortOne names the sale", async () => {
    const ports = await receiptPorts(null);
    const sale = { merchantUid: "sale-1", slot: { ...noReceipt, receipt }, ...firstLook(null) };
    await ports.sales.writeSale(null, sale);
    ports.receipts.cancels.push(cancelled);
    expect(await cancelReceipt({ of: "sale", merchantUid: "sale-1" }, call, ports)).toMatchObject({
      outcome: "done",
      order: null,
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

describe("taking back a receipt that follows the money", () => {
  const followed = { receiptRecipient: "1.sealed" };

  it("leaves nothing wanted", async () => {
    const ports = await receiptPorts(issuedOrder(followed));
    ports.receipts.cancels.push(cancelled);
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "done" });
    expect(await storedOrder(ports)).toMatchObject({ receiptRecipient: null, dueAtMs: null });
  });

  it("keeps it wanted where PortOne says no", async () => {
    const ports = await receiptPorts(issuedOrder(followed));
    ports.receipts.cancels.push(no);
    expect(await cancelReceipt(address, call, ports)).toEqual({
      outcome: "provider_refused",
      message: no.message,
    });
    expect(await storedOrder(ports)).toMatchObject({
      receiptRecipient: "1.sealed",
      receipt: { state: "issued" },
    });
  });

  it("between its cancel and the next issue lets none follow", async () => {
    const between = issuedOrder({
      ...followed,
      receipt: heldReceipt({ state: "cancelled", cancelledAtMs: nowMs }),
    });
    const ports = await receiptPorts(between);
    expect(await cancelReceipt(address, call, ports)).toMatchObject({
      outcome: "done",
      order: { receiptRecipient: null, receipt: { state: "cancelled" } },
    });
    expect(ports.receipts.cancelled).toEqual([]);
  });

  it("while its cancel is in flight lets none follow", async () => {
    const ports = await receiptPorts(
      issuedOrder({ ...followed, receiptOperation: inFlight({ isFollowing: true }) }),
    );
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { isFollowing: false } });
    ports.receipts.record = cancelledReceipt;
    expect(await cancelReceipt(address, call, ports)).toMatchObject({ outcome: "done" });
    expect(await storedOrder(ports)).toMatchObject({ receiptRecipient: null });
  });

  it("that was wanted and never issued takes the wish back", async () => {
    const ports = await receiptPorts(
      issuedOrder({ ...followed, receipt: null, receiptHandedOver: won(109_000) }),
    );
    expect(await cancelReceipt(address, call, ports)).toEqual({ outcome: "receipt_not_found" });
    expect(await storedOrder(ports)).toMatchObject({ receiptRecipient: null, receiptHandedOver: null });
  });

  it("of the payment window is nobody's here", async () => {
    const { attempts, ...order } = issuedOrder({ receipt: null });
    const ports = await receiptPorts({
      ...order,
      attempts: attempts.map((attempt) => ({ ...attempt, cashReceiptIssued: true })),
    });
    expect(await cancelReceipt(address, call, ports)).toEqual({ outcome: "receipt_of_window" });
    expect([ports.receipts.cancelled, ports.store.updates]).toEqual([[], 0]);
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

  it("does not let a cancel out that was sent six times", async () => {
    const { resumed } = await resume(inFlight({ sends: 6 }), (ports) => ports.clock.advance(60 * minuteMs));
    expect(resumed).toMatchObject({ outcome: "pending" });
  });
});
