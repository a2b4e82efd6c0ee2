// A refund that PortOne refuses for a reason of its own, and whose first answer was lost, is refused in the end.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import { noon } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
  await shop.control("PUT", "/settings", { switches: { partial_cancel_refused_cards: "all" } });
});
afterAll(() => stack?.close());

it("a card that takes no part, asked under a 502, ends refused with its slot free", async () => {
  await shop.local("POST", "/clock", { set: noon });
  await shop.pay(await shop.createOrder("ord-refused-late"));
  await shop.notices("ord-refused-late", 1);
  await shop.fault("server_error_then_ok", "POST /payments/cancel", { merchant_uid: "ord-refused-late" });
  expect((await shop.refund("ord-refused-late", "key", { amount: 20_000 })).status).toBe(202);
  for (let looks = 0; looks < 12; looks += 1) {
    await shop.advance(11 * 60_000);
    await shop.sweep();
  }
  const order = await shop.order("ord-refused-late");
  expect([order["operation"], order["review_reason"]]).toEqual([null, null]);
  const refused = await shop.refund("ord-refused-late", "key", { amount: 20_000 });
  expect([refused.status, refused.json["code"]]).toEqual([422, "provider_refused"]);
  expect(await shop.cancels("ord-refused-late")).toEqual([]);
});
