// S16: a refund killed at every step happens exactly once.
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
import { deposit } from "../support/steps.ts";

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

const account = { refund_holder: "홍길동", refund_bank: "004", refund_account: "56211105948400" };
const nightly = { amount: 20_000, reason: "단순 변심", ...account };
/** Each story's night is a day later than the one before. */
let days = 0;

/** A deposit of the day before, and now it is twenty to six in the morning. */
async function payIntoAccount(shopOf: Shop, id: string): Promise<void> {
  days += 1;
  const day = new Date(Date.UTC(2026, 7, 5 + days)).toISOString().slice(0, 10);
  await shopOf.local("POST", "/clock", { set: `${day}T05:20:00+09:00` });
  const issued = await shopOf.pay(
    await shopOf.createOrder(id, { pay_method: "vbank", vbank_due: "2027-08-05 23:59:59" }),
  );
  await shopOf.notices(id, 1);
  await deposit(shopOf, issued.imp_uid);
  await shopOf.notices(id, 2);
}

const expectNightlyDone = async (shopOf: Shop, id: string) => {
  expect(await shopOf.order(id)).toMatchObject({
    state: "partially_refunded",
    remaining: 89_000,
    operation: null,
    review_reason: null,
  });
  const again = await shopOf.refund(id, `key-${id}`, nightly);
  expect(again.json).toMatchObject({ state: "succeeded", amount: 20_000 });
};

/** Killed in the minute in which it is asked for, at night. */
const asked: KillStory = {
  ...refund,
  name: "night refund",
  pointsLastCounted: 3,
  answeredWith: 202,
  prepare: payIntoAccount,
  request: (shopOf, id) => shopOf.refund(id, `key-${id}`, nightly),
  expectDone: expectNightlyDone,
};

/** Killed in the sweep that sends it in the morning. */
const run: KillStory = {
  ...asked,
  name: "morning run",
  pointsLastCounted: 10,
  functionName: "reconcile",
  answeredWith: 200,
  prepare: async (shopOf, id) => {
    await payIntoAccount(shopOf, id);
    await shopOf.local("POST", "/clock", { advance_ms: 20 * 60_000 });
    const reply = await shopOf.refund(id, `key-${id}`, nightly);
    expect([reply.status, reply.json["state"]]).toEqual([202, "scheduled"]);
  },
  request: requestSweep,
};

describe.each([refund, asked, run])("$name", (story) => {
  it("S16 happens exactly once wherever it is killed", () => killEverywhere(shop, story), 400_000);
});
