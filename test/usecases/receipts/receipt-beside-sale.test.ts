// An order's receipt beside one of a sale outside PortOne under the same number: two would be deducted twice.
import { expect, it } from "vitest";
import { type IssueReceipt, issueReceipt } from "../../../lib/usecases/receipts/issue-receipt.ts";
import { won } from "../../support/orders.ts";
import { receiptPorts, receiptRecord } from "../../support/receipt-doubles.ts";
import { call } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const ofOrder: IssueReceipt = {
  address: { of: "order", merchantUid },
  identifier: "010-1234-5678",
  identifierType: "phone",
  type: "person",
  productType: "real",
  buyerName: "홍길동",
  buyerEmail: null,
  buyerTel: null,
  bodyHash: "hash",
  sale: null,
};
const ofSale = {
  ...ofOrder,
  address: { of: "sale", merchantUid } as const,
  sale: { name: "현장 판매", amount: won(11_000), taxFree: won(0) },
};
const issued = { outcome: "done", value: receiptRecord() } as const;

it("is refused where its number has a live receipt of a sale, or one that nobody knows of", async () => {
  const ports = await receiptPorts();
  const { store } = await receiptPorts(null);
  ports.receipts.issues.push({ outcome: "unknown", why: "timeout" });
  expect(await issueReceipt(ofSale, call, { ...ports, store })).toMatchObject({ outcome: "pending" });
  expect(await issueReceipt(ofOrder, call, ports)).toEqual({ outcome: "receipt_exists" });
  ports.sales.sales.clear();
  ports.receipts.issues.push(issued);
  expect(await issueReceipt(ofSale, call, { ...ports, store })).toMatchObject({ outcome: "done" });
  expect(await issueReceipt(ofOrder, call, ports)).toEqual({ outcome: "receipt_exists" });
  const known = ports.sales.sales.get(merchantUid);
  if (!known?.slot.receipt) throw new Error("the sale has no receipt");
  const slot = {
    receipt: { ...known.slot.receipt, state: "cancelled" as const },
    operation: null,
    recipient: null,
  };
  ports.sales.sales.set(merchantUid, { ...known, slot });
  ports.receipts.issues.push(issued);
  expect(await issueReceipt(ofOrder, call, ports)).toMatchObject({ outcome: "done" });
});
