// For whom a receipt is, kept from the first claim on; and asking again after another one.
import { describe, expect, it } from "vitest";
import type { Receipt } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { issueReceipt } from "../../../lib/usecases/receipts/issue-receipt.ts";
import { createdAtMs, minuteMs, won } from "../../support/orders.ts";
import {
  heldReceipt,
  orderPaidByTransfer,
  receiptPorts,
  receiptRecord,
  receiptWish,
  recipient,
} from "../../support/receipt-doubles.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const issued = { outcome: "done", value: receiptRecord() } as const;
const no = { outcome: "refused", message: "이미 발급된 건입니다." } as const;

describe("asking again", () => {
  const having = async (receipt: Receipt, more: Partial<Order> = {}) => {
    const ports = await receiptPorts({ ...orderPaidByTransfer(), receipt, ...more });
    ports.receipts.issues.push({ outcome: "done", value: receiptRecord({ applyNum: "120000124" }) });
    return ports;
  };
  const cancelled = heldReceipt({ state: "cancelled", cancelledAtMs: createdAtMs + 3 * minuteMs });

  it("waits while the DELETE of the one before may still be on its way", async () => {
    const ports = await having({ ...cancelled, restsUntilMs: createdAtMs + 13 * minuteMs });
    expect(await issueReceipt(receiptWish, call, ports)).toEqual({
      outcome: "operation_in_flight",
      operationId: "receipt_cancel-1",
    });
    ports.clock.advance(10 * minuteMs);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({ outcome: "done" });
  });

  it("after a person was told is for whom it says now", async () => {
    const handed = {
      receiptRecipient: "1.other",
      receiptHandedOver: won(109_000),
      reviewReason: "receipt_refused",
    } as const;
    const ports = await having(cancelled, handed);
    expect(await issueReceipt(receiptWish, call, ports)).toMatchObject({ outcome: "done" });
    const { receiptRecipient, ...stored } = await storedOrder(ports);
    expect(stored).toMatchObject({ receiptHandedOver: null, reviewReason: null, receipt: { generation: 2 } });
    expect(await ports.recipients.open(receiptRecipient ?? "", merchantUid)).toMatchObject({
      identifier: "01012345678",
      productType: "real",
    });
  });
});

describe("for whom it is", () => {
  it("is sealed in the claim, with everything a later issue needs", async () => {
    const ports = await receiptPorts();
    const named = {
      ...receiptWish,
      buyerName: "김영희",
      buyerEmail: "buyer@example.com",
      buyerTel: "010-1234-5678",
    };
    expect(await issueReceipt(named, call, ports)).toMatchObject({ outcome: "pending" });
    const { receiptRecipient } = await storedOrder(ports);
    expect(await ports.recipients.open(receiptRecipient ?? "", merchantUid)).toEqual({
      ...recipient,
      buyerName: "김영희",
      buyerEmail: "buyer@example.com",
      buyerTel: "010-1234-5678",
    });
  });

  it("that no key can seal starts nothing", async () => {
    const silent = () => Promise.reject(new StorageUnavailableError("kms GenerateDataKey: no answer"));
    const ports = { ...(await receiptPorts()), recipients: { seal: silent, open: silent } };
    await expect(issueReceipt(receiptWish, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect([ports.receipts.issued, ports.store.updates]).toEqual([[], 0]);
  });

  it("is not kept where receipts do not follow, nor where PortOne says no", async () => {
    const ports = { ...(await receiptPorts()), followsReceipts: false };
    ports.receipts.issues.push(issued);
    await issueReceipt(receiptWish, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ receipt: { state: "issued" }, receiptRecipient: null });
    const refused = await receiptPorts();
    refused.receipts.issues.push(no);
    await issueReceipt(receiptWish, call, refused);
    expect(await storedOrder(refused)).toMatchObject({ receipt: null, receiptRecipient: null });
  });

  it("is hidden in the words of a no that repeat it", async () => {
    const ports = await receiptPorts();
    ports.receipts.issues.push({ outcome: "refused", message: "010-1234-5678: 발급할 수 없는 번호입니다." });
    expect(await issueReceipt(receiptWish, call, ports)).toEqual({
      outcome: "provider_refused",
      message: "010****5678: 발급할 수 없는 번호입니다.",
    });
  });
});
