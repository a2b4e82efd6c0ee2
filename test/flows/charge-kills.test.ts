// A charge killed at every step is made at most once: a key's exactly once, key-in once or never, because
// nobody kept its card.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillStory, killEverywhere, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import { card, debt } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

async function countPaid(shopOf: Shop, id: string): Promise<number> {
  const { payments = [] } = await providerState(shopOf);
  return payments.filter((payment) => payment["merchant_uid"] === id && payment["status"] === "paid").length;
}
const expectPaid: KillStory["expectDone"] = async (shopOf, id) => {
  expect(await shopOf.order(id)).toMatchObject({ state: "paid", operation: null, review_reason: null });
};

const again: KillStory = {
  name: "charge of a key",
  pointsLastCounted: 5,
  functionName: "billing",
  prepare: async (shopOf) => {
    const issued = await shopOf.merchant("POST", "/customers/kills/billing-key", card());
    expect(issued.status, issued.text).toBe(201);
  },
  request: (shopOf, id) => shopOf.merchant("POST", "/customers/kills/payments", debt(id)),
  countEffects: countPaid,
  expectDone: expectPaid,
};

const onetime: KillStory = {
  name: "key-in charge",
  pointsLastCounted: 5,
  functionName: "billing",
  expectUndone: async (shopOf, id) => {
    expect(await shopOf.order(id)).toMatchObject({ state: "failed", operation: null });
  },
  prepare: () => Promise.resolve(),
  request: (shopOf, id) => shopOf.merchant("POST", "/payments/onetime", { ...debt(id), ...card() }),
  countEffects: countPaid,
  expectDone: expectPaid,
};

describe.each([again, onetime])("$name", (story) => {
  it("is made at most once wherever it is killed", () => killEverywhere(shop, story), 120_000);
});
