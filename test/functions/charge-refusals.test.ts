// What the doors of charges and parcels refuse before anything is sent, by the rule or by the order that is named.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named } from "../support/answers.ts";
import { askExample, bodyOf, doorOf } from "../support/door-examples.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";
import { noon } from "../support/steps.ts";

const key = "POST /customers/{customer_uid}/billing-key";
const account = "POST /orders/{merchant_uid}/virtual-account";
const charge = "POST /customers/{customer_uid}/payments";
const onetime = "POST /payments/onetime";
const schedules = "POST /customers/{customer_uid}/schedules";

let stack: LocalStack;
let withoutContracts: LocalStack;
let doors: Doors;
let shut: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  withoutContracts = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONTRACTS: "phone" } });
  doors = new Doors(stack);
  shut = new Doors(withoutContracts);
  for (const { shop } of [doors, shut]) await shop.local("POST", "/clock", { set: noon });
  await shut.shop.createOrder("ord-20260805-000146", { pay_method: "phone", tax_free: 0 });
});
afterAll(async () => {
  for (const one of [stack, withoutContracts]) await one?.close();
});

const entryWith = (more: Json): Json => {
  const [entry] = bodyOf(schedules, {})["schedules"] as readonly Json[];
  return { schedules: [{ ...entry, ...more }] };
};

describe("a rule of KSNET's is asked first", () => {
  it.each<[string, string, Json]>([
    ["birth_invalid", key, bodyOf(key, { birth: "1" })],
    ["card_number_invalid", key, bodyOf(key, { card_number: "4518" })],
    ["pwd_2digit_invalid", key, bodyOf(key, { pwd_2digit: "x" })],
    ["buyer_name_required", onetime, bodyOf(onetime, { buyer_name: undefined })],
    ["tax_free_exceeds_amount", onetime, bodyOf(onetime, { tax_free: 8_901 })],
    ["currency_unsupported", onetime, bodyOf(onetime, { currency: "USD" })],
    ["instalments_below_minimum", onetime, bodyOf(onetime, { amount: 49_999, card_quota: 3 })],
    ["tax_free_exceeds_amount", schedules, entryWith({ tax_free: 1_000_000 })],
    ["currency_unsupported", schedules, entryWith({ currency: "USD" })],
  ])("%s at %s", async (code, route, body) => {
    expect(named(await askExample(doors, doorOf(route), { body }))).toEqual([422, code]);
  });

  it.each([charge, onetime, key, account, schedules])("contract_missing at %s", async (route) => {
    expect(named(await askExample(shut, doorOf(route)))).toEqual([422, "contract_missing"]);
  });
});

describe("a parcel to be changed", () => {
  const change = "PUT /orders/{merchant_uid}/delivery";
  it("needs an order, and one that is paid", async () => {
    const door = doorOf(change);
    expect(named(await askExample(doors, door))).toEqual([404, "order_not_found"]);
    await doors.shop.createOrder(String(door.example.path?.["merchant_uid"]));
    expect(named(await askExample(doors, door))).toEqual([409, "order_not_paid"]);
  });

  it("needs escrow", async () => {
    await doors.shop.pay(await doors.shop.createOrder("ord-plain"));
    await doors.shop.notices("ord-plain", 1);
    const { body = {} } = doorOf(change).example;
    const reply = await doors.merchant("PUT", "/orders/ord-plain/delivery", { body });
    expect(named(reply)).toEqual([422, "escrow_not_requested"]);
  });
});
