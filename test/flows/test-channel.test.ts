// A shop's first day: it pays on PortOne's test channel, on a stage that is not production.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  await shop.control("PUT", "/settings", { sandbox: true });
});
afterAll(() => stack?.close());

it("a payment on the test channel pays its order, by the browser and by the notice", async () => {
  const { imp_uid } = await shop.pay(await shop.createOrder("ord-first-day"));
  const reply = await shop.complete("ord-first-day", imp_uid);
  expect([reply.status, reply.json["state"]]).toEqual([200, "paid"]);
  await shop.notices("ord-first-day", 1);
  expect(await shop.order("ord-first-day")).toMatchObject({ state: "paid", imp_uid, review_reason: null });
});

it("and is found by the sweep when nobody told", async () => {
  await shop.fault("notice_never", "notice", { merchant_uid: "ord-untold" });
  const { imp_uid } = await shop.pay(await shop.createOrder("ord-untold"));
  await shop.advance(3 * 60_000);
  await shop.sweep();
  expect(await shop.order("ord-untold")).toMatchObject({ state: "paid", imp_uid });
});
