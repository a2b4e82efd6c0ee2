// Two sweeps a minute on the built functions: together they take what is due, each thing once, and one alone takes all.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { minuteMs, withoutNotices } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_SWEEPS: "2" } });
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

const sweep = async (number: number): Promise<Json> => {
  const path = "/2015-03-31/functions/reconcile/invocations";
  const reply = await shop.anybody("POST", path, { sweep: number });
  expect(reply.headers.get("x-amz-function-error"), reply.text).toBeNull();
  return reply.json;
};

/** Paid, and nobody tells. */
async function payUnseen(numbers: readonly string[]): Promise<void> {
  for (const merchantUid of numbers) {
    await withoutNotices(shop, merchantUid);
    await shop.pay(await shop.createOrder(merchantUid));
  }
  await shop.advance(3 * minuteMs);
}

const numbersOf = (name: string) => Array.from({ length: 12 }, (_, index) => `ord-${name}-${index}`);
const areAllPaid = async (numbers: readonly string[]) => {
  for (const merchantUid of numbers) expect((await shop.order(merchantUid)).state).toBe("paid");
};

it("two at once add up, and take nothing twice", async () => {
  const numbers = numbersOf("together");
  await payUnseen(numbers);
  const reports = await Promise.all([sweep(0), sweep(1)]);
  expect(reports.reduce((sum, { taken }) => sum + Number(taken), 0)).toBe(12);
  expect(reports.reduce((sum, { synced }) => sum + Number(synced), 0)).toBe(12);
  await areAllPaid(numbers);
});

it("one that comes alone takes the other's part as well", async () => {
  const numbers = numbersOf("alone");
  await payUnseen(numbers);
  expect(await sweep(1)).toMatchObject({ taken: 12, synced: 12, left: 0, stopped: "done" });
  await areAllPaid(numbers);
});
