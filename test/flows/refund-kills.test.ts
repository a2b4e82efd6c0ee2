// S16: a refund killed at every step happens exactly once.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillStory, killEverywhere, payByTransfer, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

const refund: KillStory = {
  name: "refund",
  pointsLastCounted: 7,
  functionName: "refund",
  prepare: payByTransfer,
  request: (shopOf, id) => shopOf.refund(id, `key-${id}`, { amount: 20_000, reason: "단순 변심" }),
  countEffects: async (shopOf, id) => {
    const { payments } = await providerState(shopOf);
    const payment = payments?.find((known) => known["merchant_uid"] === id);
    if (!payment) throw new Error(`PortOne knows no payment of ${id}`);
    return (payment["cancel_history"] as readonly Json[]).length;
  },
  expectDone: async (shopOf, id) => {
    expect(await shopOf.order(id)).toMatchObject({
      state: "partially_refunded",
      remaining: 89_000,
      remaining_tax_free: 2_450,
      operation: null,
      review_reason: null,
    });
    const again = await shopOf.refund(id, `key-${id}`, { amount: 20_000, reason: "단순 변심" });
    expect(again.json).toMatchObject({ state: "succeeded", amount: 20_000, tax_free: 550 });
  },
};

describe.each([refund])("$name", (story) => {
  it("S16 happens exactly once wherever it is killed", () => killEverywhere(shop, story), 120_000);
});
