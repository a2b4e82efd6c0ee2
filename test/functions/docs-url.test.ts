// `type` leads to where a code is explained: the shop's own page of codes where a setting names one.
import { afterAll, beforeAll, expect, it } from "vitest";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";

const page = "https://docs.shop.example/problems#";
let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_DOCS_URL: page } });
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

it("over HTTP, by direct invocation, and to the clock", async () => {
  const overHttp = await doors.shop.merchant("GET", "/orders/ord-nobody");
  const direct = await doors.invoke("orders", { action: "order.get", merchant_uid: "ord-nobody" });
  const clocked = await doors.invoke("audit", { from: "yesterday" });
  const typeOf = (body: unknown) => (body as Json)["type"];
  expect([overHttp.json, direct.json["body"], clocked.json["body"]].map(typeOf)).toEqual([
    `${page}order_not_found`,
    `${page}order_not_found`,
    `${page}invalid_field`,
  ]);
});
