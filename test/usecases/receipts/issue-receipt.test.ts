// A cash receipt, of an order or of a sale outside PortOne: one live receipt, however often it is asked for.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import {
  askReceiptRules,
  type IssueReceipt,
  issueReceipt,
} from "../../../lib/usecases/receipts/issue-receipt.ts";
import { previewReceipt } from "../../../lib/usecases/receipts/preview-receipt.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../../support/orders.ts";
import {
  cancelledReceipt,
  orderPaidByTransfer,
  type ReceiptDoubles,
  receiptPorts,
  receiptRecord,
  receiptWish,
} from "../../support/receipt-doubles.ts";
import { call, storedOrder, touch } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const saleUid = "sale-20260805-1";
const ofSale: IssueReceipt = {
  ...receiptWish,
  address: { of: "sale", merchantUid: saleUid },
  buyerName: "홍길동",
  sale: { name: "현장 판매", amount: won(11_000), taxFree: won(0) },
};
const issued = { outcome: "done", value: receiptRecord() } as const;
const no = { outcome: "refused", message: "이미 발급된 건입니다." } as const;
const paidByCard = synced(approvedOrder(), [paymentRecord()]);
const issuedByWindow = (): Order => {
  const record = paymentRecord({ payMethod: "trans", cashReceiptIssued: true });
  return synced(approvedOrder(createdOrder({ payMethod: "trans" })), [record]);
};

describe("a cash receipt", () => {
  it("of an order is issued over what is left, and only its identifier's mask is kept", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(issued);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({
      outcome: "done",
      order: { impUid },
      slot: {
        operation: null,
        receipt: { state: "issued", identifierMasked: "010****5678", applyNum: "120000123", generation: 1 },
      },
    });
    expect(ports.receipts.issued).toMatchObject([
      {
        target: { kind: "payment", impUid },
        recipient: { identifier: "01012345678", productType: "real", saleName: null },
        buyerName: "홍길동",
        draft: { amount: 109_000, taxFree: 3_000 },
      },
    ]);
    const stored = await storedOrder(ports);
    expect(stored).toMatchObject({ receipt: { state: "issued" }, receiptOperation: null });
    expect(JSON.stringify(stored)).not.toContain("01012345678");
  });

  it("of a sale outside PortOne is issued over what was sold, in an item of its own", async () => {
    const ports = await receiptPorts(null);
    ports.receipts.issues.push({ outcome: "done", value: receiptRecord({ amount: won(11_000) }) });
    expect(await issueReceipt(ofSale, call, ports)).toMatchObject({ outcome: "done", order: null });
    expect(ports.receipts.issued).toMatchObject([
      {
        target: { kind: "external", merchantUid: saleUid },
        recipient: { saleName: "현장 판매" },
        draft: { amount: 11_000 },
      },
    ]);
    expect(ports.sales.sales.get(saleUid)).toMatchObject({
      slot: { receipt: { generation: 1 } },
      dueAtMs: createdAtMs + 3 * minuteMs + 24 * 60 * minuteMs,
    });
  });

  it("after a cancelled one is the next of its order", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(issued, { outcome: "done", value: receiptRecord({ applyNum: "120000124" }) });
    await issueReceipt(receiptWish, call, ports);
    const order = await storedOrder(ports);
    await ports.store.update(order, {
      ...order,
      receipt: order.receipt && { ...order.receipt, state: "cancelled" },
    });
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({
      slot: { receipt: { generation: 2, state: "issued" } },
    });
  });
});

describe("nothing is claimed", () => {
  it.each<[string, Partial<IssueReceipt>, string]>([
    ["no product type", { productType: null }, "product_type_required"],
    ["a number that is none", { identifier: "010-12" }, "identifier_invalid"],
    [
      "a business number with a wrong check digit",
      { identifier: "1234567890", identifierType: "business", type: "company" },
      "identifier_invalid",
    ],
  ])("for %s", async (_, more, code) => {
    const ports = await receiptPorts();
    ports.store.fail("read");
    expect(await issueReceipt({ ...receiptWish, ...more }, call, ports)).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code }],
    });
    expect(ports.receipts.issued).toEqual([]);
  });

  it("for a sale to nobody", async () => {
    const ports = await receiptPorts(null);
    expect(await issueReceipt({ ...ofSale, buyerName: " " }, call, ports)).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code: "buyer_name_required" }],
    });
    expect(askReceiptRules({ ...receiptWish, sale: { buyerName: "홍길동" } }, ports)).toEqual([]);
  });

  it.each<[string, Order | null, string]>([
    ["no order", null, "order_not_found"],
    ["an order nobody paid", createdOrder(), "order_not_paid"],
    ["a payment by card", paidByCard, "receipt_not_applicable"],
    ["one that the window issued by itself", issuedByWindow(), "receipt_exists"],
  ])("for %s, and the preview says the same", async (_, order, outcome) => {
    const ports = await receiptPorts(order);
    ports.receipts.isReady = false;
    expect(await issueReceipt(receiptWish, call, ports)).toEqual({ outcome });
    expect(await previewReceipt(merchantUid, ports)).toEqual({ outcome });
    expect(ports.store.updates).toBe(0);
  });

  it("for a sale under the number of an order: it would be deducted twice", async () => {
    const ports = await receiptPorts();
    const request = { ...ofSale, address: { of: "sale", merchantUid } as const };
    expect(await issueReceipt(request, call, ports)).toEqual({ outcome: "number_of_order" });
    expect(ports.sales.sales.size).toBe(0);
  });

  it("for a live receipt", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(issued);
    await issueReceipt(receiptWish, call, ports);
    expect(await issueReceipt(receiptWish, call, ports)).toEqual({ outcome: "receipt_exists" });
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("while PortOne does not let us in", async () => {
    const ports = await receiptPorts();
    ports.receipts.isReady = false;
    expect(await issueReceipt(receiptWish, call, ports)).toEqual(silence);
    expect(await storedOrder(ports)).toEqual(orderPaidByTransfer());
  });
});

describe("the preview", () => {
  it("tells what is left of the payment, and sends nothing", async () => {
    const part = cancelledRecord([cancelEntry("c-1", 9_000)], { payMethod: "trans" });
    const ports = await receiptPorts(synced(orderPaidByTransfer(), [part]));
    expect(await previewReceipt(merchantUid, ports)).toEqual({
      outcome: "issue",
      amount: 100_000,
      taxFree: 3_000,
    });
    expect([ports.receipts.issued, ports.receipts.fetched, ports.store.updates]).toEqual([[], 0, 0]);
  });
});

describe("an answer", () => {
  it("no frees the slot and is told in PortOne's words", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(no);
    expect(await issueReceipt(receiptWish, call, ports)).toEqual({
      outcome: "provider_refused",
      message: no.message,
    });
    expect(await storedOrder(ports)).toMatchObject({ receipt: null, receiptOperation: null });
  });

  it("no, although PortOne holds the receipt, is its success talking", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(no);
    ports.receipts.record = receiptRecord();
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({
      outcome: "done",
      slot: { receipt: { generation: 1 } },
    });
  });

  async function afterLosing(): Promise<ReceiptDoubles> {
    const ports = await receiptPorts();
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { state: "unknown", sends: 1 } });
    return ports;
  }

  it("lost is found at PortOne by the repeat, and nothing is sent", async () => {
    const ports = await afterLosing();
    ports.receipts.record = receiptRecord();
    const { outcome } = await issueReceipt(receiptWish, call, ports);
    expect([outcome, ports.receipts.issued.length]).toEqual(["done", 1]);
  });

  it("lost without a trace is sent again after QUIET, by the repeat, which knows the identifier", async () => {
    const ports = await afterLosing();
    ports.receipts.issues.push(issued);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({ outcome: "pending" });
    ports.clock.advance(10 * minuteMs);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({
      outcome: "done",
      order: { impUid },
    });
    expect(ports.receipts.issued).toHaveLength(2);
  });

  it("lost stays pending while PortOne does not show the receipt", async () => {
    const ports = await afterLosing();
    ports.receipts.answers.push(silence);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({
      outcome: "pending",
      order: { impUid },
    });
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("lost blocks another request until it is known", async () => {
    const ports = await afterLosing();
    expect(await issueReceipt({ ...receiptWish, bodyHash: "other" }, call, ports)).toEqual({
      outcome: "operation_in_flight",
      operationId: "receipt_issue-1",
    });
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("that an old, cancelled receipt could be mistaken for is not taken for it", async () => {
    const ports = await afterLosing();
    ports.receipts.record = cancelledReceipt;
    ports.clock.advance(11 * minuteMs);
    await issueReceipt(receiptWish, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ receipt: null, receiptOperation: { sends: 2 } });
  });
});

describe("its claim", () => {
  it.each([
    [4, "done", 1],
    [5, "busy", 0],
  ])("after %i lost races is %s", async (races, outcome, sent) => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(issued);
    ports.store.interfere(touch, races);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({ outcome });
    expect(ports.receipts.issued).toHaveLength(sent);
  });

  it("sends although its first answer was lost", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push(issued);
    ports.store.loseNextAnswer();
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({ outcome: "done" });
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("made by two at once is sent by one of them, and the other waits for it", async () => {
    const ports = await receiptPorts();
    const twice = [1, 2].map(() => issueReceipt(receiptWish, call, ports));
    const results = await Promise.all(twice);
    expect(results).toMatchObject([{ outcome: "pending" }, { outcome: "pending" }]);
    expect(ports.receipts.issued).toHaveLength(1);
  });

  it("that could not be written sends nothing", async () => {
    const ports = await receiptPorts();
    ports.store.fail("update");
    await expect(issueReceipt(receiptWish, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.receipts.issued).toEqual([]);
  });
});
