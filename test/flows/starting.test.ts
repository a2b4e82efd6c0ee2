// What a function asks of PortOne while it starts: a login where it always asks, none where 200 cold starts of a rush
// would be 200 logins.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import { notify, withoutNotices } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

it("is a login of each but confirm", async () => {
  await withoutNotices(shop, "ord-20260805-000188");
  const requestPay = await shop.createOrder("ord-20260805-000188");
  const { imp_uid } = await shop.pay(requestPay);
  expect((await notify(shop, requestPay, imp_uid)).status).toBe(200);
  const { init } = await shop.local<{
    readonly init: { readonly portone: Readonly<Record<string, unknown>>; readonly dynamodb: object };
  }>("GET", "/calls");
  expect(Object.keys(init.dynamodb).sort()).toEqual(["confirm", "notice", "orders"]);
  const login = { "POST /users/getToken": 1 };
  expect(init.portone).toEqual({ notice: login, orders: login });
});
