// S16 for cash receipts: issued, cancelled, and of a sale outside PortOne, killed at every step.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type KillStory,
  killEverywhere,
  payByTransfer,
  providerState,
  requestSweep,
} from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

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

const isLive = (receipt: Json): boolean => Number(receipt["cancelled_at"]) === 0;

/** Money went back in the meantime; whoever dies is the sweep that makes the receipt follow. */
const following = (name: string, refund: Json, left: number): KillStory => ({
  name,
  pointsLastCounted: left > 0 ? 24 : 20,
  functionName: "reconcile",
  answeredWith: 200,
  prepare: async (shopOf, id) => {
    await receiptCancel.prepare(shopOf, id);
    expect((await shopOf.refund(id, "key", refund)).status).toBe(200);
  },
  request: requestSweep,
  // As often as it is right in the end; one that lives beside it, or a wrong one, counts as well.
  countEffects: async (shopOf, id) => {
    const receipts = await liveReceipts(shopOf, id, "receipts");
    const live = receipts.filter(isLive);
    const isRight = left > 0 ? live[0]?.["amount"] === left : live.length === 0;
    return Math.max(live.length, isRight ? 1 : 0);
  },
  expectDone: async (shopOf, id) => {
    const receipts = await liveReceipts(shopOf, id, "receipts");
    expect(receipts.map((receipt) => [receipt["amount"], isLive(receipt)])).toEqual([
      [109_000, false],
      ...(left > 0 ? [[left, true]] : []),
    ]);
    const receipt = await shopOf.merchant("GET", `/orders/${id}/receipt`);
    expect(receipt.json).toMatchObject({ state: left > 0 ? "issued" : "cancelled", todo: null });
    expect(await shopOf.order(id)).toMatchObject({ operation: null, review_reason: null });
  },
});
const followsPart = following("receipt follows a part", { amount: 25_000 }, 84_000);
const followsAll = following("receipt follows all", {}, 0);

describe.each([receiptIssue, receiptCancel, externalReceipt, followsPart, followsAll])("$name", (story) => {
  it("S16 happens exactly once wherever it is killed", () => killEverywhere(shop, story), 400_000);
});
