// S48: a mis-set channel or price must not refund a day's sales, and an operator decides about the rest.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_GIVE_BACK_MAX: "2" } });
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

async function payForged(merchantUid: string): Promise<void> {
  const { confirm_url: _, ...requestPay } = await shop.createOrder(merchantUid, {
    amount: 10_000,
    tax_free: 0,
  });
  await shop.pay({ ...requestPay, amount: 1_000 });
  await shop.notices(merchantUid, 1);
}
const numbers = ["ord-b1", "ord-b2", "ord-b3", "ord-b4", "ord-b5"];
const reviews = () => Promise.all(numbers.map(async (uid) => (await shop.order(uid)).review_reason));
const givenBack = async () =>
  (await Promise.all(numbers.map((uid) => shop.cancels(uid)))).filter((cancels) => cancels.length > 0).length;

it("S48 more than the hour's give-backs wait in review until an operator lifts the brake", async () => {
  for (const merchantUid of numbers) await payForged(merchantUid);
  await shop.sweep();
  expect(await givenBack()).toBe(2);
  expect((await reviews()).filter((reason) => reason === "give_back_stopped")).toHaveLength(3);

  await shop.advance(2 * 3_600_000);
  await shop.sweep();
  expect(await givenBack()).toBe(2);

  const unlifted = await shop.merchant("POST", "/give-back-brake", { lifted: false });
  expect(unlifted.status).toBe(400);
  const lifted = await shop.merchant("POST", "/give-back-brake", { lifted: true });
  expect([lifted.status, lifted.json]).toEqual([200, { lifted: true, waiting: 3 }]);
  await shop.sweep();
  expect(await givenBack()).toBe(5);
  expect(await reviews()).toEqual([null, null, null, null, null]);
  expect((await shop.merchant("POST", "/give-back-brake", { lifted: true })).json).toEqual({
    lifted: true,
    waiting: 0,
  });
});

it("S48 payments over a channel that is not ours are marked, and nothing moves", async () => {
  const { mid } = await shop.control<{ mid: string }>("GET", "/settings");
  await shop.control("PUT", "/settings", { mid: "2999000001" });
  const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-foreign");
  await shop.pay(requestPay);
  await shop.notices("ord-foreign", 1);
  await shop.control("PUT", "/settings", { mid });
  expect(await shop.order("ord-foreign")).toMatchObject({
    state: "created",
    imp_uid: null,
    review_reason: "foreign_channel",
  });
  expect(await shop.cancels("ord-foreign")).toEqual([]);
  const nothing = await shop.merchant("POST", "/orders/ord-foreign/resolve", { action: "give_back" });
  expect([nothing.status, nothing.json["code"]]).toEqual([409, "order_not_paid"]);
  const cleared = await shop.merchant("POST", "/orders/ord-foreign/resolve", {
    action: "clear",
    note: "다른 상점의 결제",
  });
  expect(cleared.json).toMatchObject({ state: "created", review_reason: null });
  expect(
    (await shop.merchant("POST", "/orders/ord-foreign/resolve", { action: "clear" })).json,
  ).toMatchObject({
    code: "order_not_in_review",
  });
});

it("an operator gives back what the switches leave to him", async () => {
  const own = await startStack({ environment: { PAY_PREPARE: "off", PAY_GIVE_BACK: "late,voided" } });
  const careful = new Shop(own);
  const { confirm_url: _, ...requestPay } = await careful.createOrder("ord-hand");
  await careful.pay({ ...requestPay, amount: 1_000, tax_free: 0 });
  await careful.notices("ord-hand", 1);
  expect(await careful.order("ord-hand")).toMatchObject({
    review_reason: "amount_mismatch",
    state: "created",
  });
  const resolved = await careful.merchant("POST", "/orders/ord-hand/resolve", {
    action: "give_back",
    note: "금액 불일치",
  });
  expect(resolved.status, resolved.text).toBe(200);
  expect(resolved.json).toMatchObject({ state: "created", review_reason: null });
  expect((await careful.cancels("ord-hand")).map(({ amount }) => amount)).toEqual([1_000]);
  await own.close();
});
