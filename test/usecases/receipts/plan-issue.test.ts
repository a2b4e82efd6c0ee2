// What a receipt is issued over, and for whom.
import { describe, expect, it } from "vitest";
import { noReceipt } from "../../../lib/domain/receipt.ts";
import { planIssue } from "../../../lib/usecases/receipts/plan-issue.ts";
import { readSlot } from "../../../lib/usecases/receipts/receipt-slot.ts";
import { createdOrder, won } from "../../support/orders.ts";
import { orderPaidByTransfer, receiptPorts, recipient } from "../../support/receipt-doubles.ts";

const ofOrder = { of: "order", merchantUid: "ord-20260805-000142" } as const;
const ofSale = { of: "sale", merchantUid: "sale-1" } as const;
const wanted = { recipient, sealed: "1.sealed", bodyHash: "hash", isFollowing: false, sold: null };

async function snapshotOf(order = orderPaidByTransfer(), address: typeof ofOrder | typeof ofSale = ofOrder) {
  const snapshot = await readSlot(address, await receiptPorts(order));
  if (!snapshot) throw new Error("no slot");
  return snapshot;
}

describe("planIssue", () => {
  it("takes what is left of an order's payment, and the order's buyer unless another is named", async () => {
    expect(planIssue(await snapshotOf(), wanted)).toMatchObject({
      target: { kind: "payment", impUid: "imp_730112845061" },
      draft: { amount: 109_000, taxFree: 3_000, identifierMasked: "010****5678", type: "person" },
      buyerName: "홍길동",
    });
    const named = { ...wanted, recipient: { ...recipient, buyerName: "김영희" } };
    expect(planIssue(await snapshotOf(), named)).toMatchObject({ buyerName: "김영희" });
  });

  it("takes what was sold outside PortOne", async () => {
    const snapshot = await snapshotOf(undefined, ofSale);
    expect(snapshot.slot).toMatchObject(noReceipt);
    const sold = { amount: won(11_000), taxFree: won(0) };
    expect(planIssue(snapshot, { ...wanted, sold })).toMatchObject({
      target: { kind: "external", merchantUid: "sale-1" },
      draft: { amount: 11_000, taxFree: 0 },
    });
  });

  it("issues nothing for what nobody paid, or sold", async () => {
    expect(planIssue(await snapshotOf(createdOrder()), wanted)).toEqual({ refusal: "order_not_paid" });
    expect(planIssue(await snapshotOf(undefined, ofSale), wanted)).toEqual({ refusal: "order_not_paid" });
  });
});
