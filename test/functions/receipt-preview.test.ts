// What a receipt would be made out for, on the built function: what is left after each refund, to the won, and the
// same figures in the receipt that is issued then.
import { afterAll, beforeAll, expect, it } from "vitest";
import { Doors } from "../support/doors.ts";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

const person = { identifier: "01012345678", identifier_type: "phone", product_type: "real" };
const path = (uid: string) => `/orders/${uid}/receipt`;

let orders = 0;

it.each<[string, readonly Json[], Json]>([
  ["before any refund", [], { amount: 109_000, tax_free: 3_000, vat: 9_636 }],
  ["of a refund that took its share", [{ amount: 20_000 }], { amount: 89_000, tax_free: 2_450, vat: 7_868 }],
  [
    "of two that did",
    [{ amount: 20_000 }, { amount: 33_333 }],
    { amount: 55_667, tax_free: 1_533, vat: 4_921 },
  ],
  [
    "of one that took all that is tax-free",
    [{ amount: 20_000, tax_free: 3_000 }],
    { amount: 89_000, tax_free: 0, vat: 8_091 },
  ],
  [
    "of one that took nothing of it",
    [{ amount: 20_000, tax_free: 0 }],
    { amount: 89_000, tax_free: 3_000, vat: 7_818 },
  ],
  ["nothing but tax-free", [{ amount: 106_000, tax_free: 0 }], { amount: 3_000, tax_free: 3_000, vat: 0 }],
  [
    "five elevenths of a won, rounded down",
    [{ amount: 107_994, tax_free: 3_000 }],
    { amount: 1_006, tax_free: 0, vat: 91 },
  ],
  [
    "six elevenths, rounded up",
    [{ amount: 107_993, tax_free: 3_000 }],
    { amount: 1_007, tax_free: 0, vat: 92 },
  ],
  [
    "six elevenths beside a tax-free part",
    [{ amount: 107_990, tax_free: 2_997 }],
    { amount: 1_010, tax_free: 3, vat: 92 },
  ],
])("what is left, %s", async (_, refunds, left) => {
  orders += 1;
  const uid = `ord-preview-${orders}`;
  await payByTransfer(doors.shop, uid);
  for (const [index, body] of refunds.entries())
    expect((await doors.shop.refund(uid, `key-${index}`, body)).status).toBe(200);
  const previewed = await doors.merchant("POST", `${path(uid)}?preview=true`, { body: {} });
  expect([previewed.status, previewed.json]).toEqual([200, left]);
  const issued = await doors.merchant("POST", path(uid), { body: person });
  expect(issued.json, issued.text).toMatchObject({ state: "issued", ...left });
});
