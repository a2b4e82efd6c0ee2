// S16 for cash receipts: issued, cancelled, and of a sale outside PortOne, killed at every step.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillStory, killEverywhere, payByTransfer, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

const receiptBody = {
  identifier: "010-1234-5678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};

const liveReceipts = async (shopOf: Shop, id: string, kind: "receipts" | "external_receipts") => {
  const receipts = (await providerState(shopOf))[kind] ?? [];
  const { payments } = await providerState(shopOf);
  const impUid = payments?.find((known) => known["merchant_uid"] === id)?.["imp_uid"];
  return receipts.filter((receipt) => receipt["merchant_uid"] === id || receipt["imp_uid"] === impUid);
};

const receiptIssue: KillStory = {
  name: "receipt issue",
  pointsLastCounted: 5,
  functionName: "receipt",
  prepare: payByTransfer,
  request: async (shopOf, id) => {
    const reply = await shopOf.merchant("POST", `/orders/${id}/receipt`, receiptBody);
    // Asked again after it was issued, the shop is told so; that is done, too.
    return reply.json["code"] === "receipt_exists" ? { ...reply, status: 200 } : reply;
  },
  countEffects: async (shopOf, id) => (await liveReceipts(shopOf, id, "receipts")).length,
  expectDone: async (shopOf, id) => {
    const receipt = await shopOf.merchant("GET", `/orders/${id}/receipt`);
    expect(receipt.json).toMatchObject({ state: "issued", amount: 109_000, vat: 9_636, generation: 1 });
    expect(await shopOf.order(id)).toMatchObject({ operation: null, review_reason: null });
  },
};

const receiptCancel: KillStory = {
  name: "receipt cancel",
  pointsLastCounted: 5,
  functionName: "receipt",
  prepare: async (shopOf, id) => {
    await payByTransfer(shopOf, id);
    expect((await shopOf.merchant("POST", `/orders/${id}/receipt`, receiptBody)).status).toBe(201);
  },
  request: (shopOf, id) => shopOf.merchant("DELETE", `/orders/${id}/receipt`),
  countEffects: async (shopOf, id) =>
    (await liveReceipts(shopOf, id, "receipts")).filter((receipt) => Number(receipt["cancelled_at"]) > 0)
      .length,
  expectDone: async (shopOf, id) => {
    const receipt = await shopOf.merchant("GET", `/orders/${id}/receipt`);
    expect(receipt.json).toMatchObject({ state: "cancelled", cancelled_at: expect.any(String) });
  },
};

const externalReceipt: KillStory = {
  name: "external receipt",
  pointsLastCounted: 6,
  functionName: "receipt",
  prepare: () => Promise.resolve(),
  request: async (shopOf, id) => {
    const sale = { ...receiptBody, name: "무통장 입금 주문", amount: 55_000, buyer_name: "홍길동" };
    const reply = await shopOf.merchant("POST", `/receipts/external/${id}`, sale);
    return reply.json["code"] === "receipt_exists" ? { ...reply, status: 200 } : reply;
  },
  countEffects: async (shopOf, id) => (await liveReceipts(shopOf, id, "external_receipts")).length,
  expectDone: async (shopOf, id) => {
    const receipt = await shopOf.merchant("GET", `/receipts/external/${id}`);
    expect(receipt.json).toMatchObject({ state: "issued", amount: 55_000, vat: 5_000, imp_uid: null });
  },
};

describe.each([receiptIssue, receiptCancel, externalReceipt])("$name", (story) => {
  it("S16 happens exactly once wherever it is killed", () => killEverywhere(shop, story), 120_000);
});
