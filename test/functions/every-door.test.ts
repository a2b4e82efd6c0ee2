// What every merchant's door refuses alike, asked of each: no key, a body that is none, and a table that is away.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MerchantDoor } from "../../infra/build/openapi/door.ts";
import { merchantDoors } from "../../infra/build/openapi/doors.ts";
import { codesOfDoor, readsBody } from "../../infra/build/openapi/responses.ts";
import { named } from "../support/answers.ts";
import { addressOf, askExample, doorOf } from "../support/door-examples.ts";
import { Doors, type Sent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { noon } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  const contracts = "key_in,billing,vbank,vbank_refund,escrow,instalments,easy_pay,phone";
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONTRACTS: contracts } });
  doors = new Doors(stack);
  await doors.shop.local("POST", "/clock", { set: noon });
  await doors.shop.createOrder("ord-20260805-000146", { pay_method: "vbank", vbank_due: "2026-08-07" });
  // The table is asked of what is reserved on a key when that is deleted.
  for (const route of [
    "POST /customers/{customer_uid}/billing-key",
    "POST /customers/{customer_uid}/schedules",
  ])
    expect((await ask(doorOf(route))).status).toBe(201);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

/** PortOne alone is asked. */
const withoutTable = [
  "POST /customers/{customer_uid}/billing-key",
  "GET /customers/{customer_uid}/billing-key",
  "GET /customers/{customer_uid}/schedules",
];

const asRows = (chosen: readonly MerchantDoor[]) => chosen.map((door) => [door.route, door] as const);
const ask = (door: MerchantDoor, sent: Sent = {}) => askExample(doors, door, sent);

describe.each(asRows(merchantDoors))("%s", (route, door) => {
  it("is shut without a key", async () => {
    const { method, address } = addressOf(door);
    expect(named(await doors.knock(method, address))).toEqual([401, "unauthorized"]);
  });

  it("says that it cannot tell while the table it needs is away", async () => {
    await doors.breakTable(door.functionName);
    const reply = await ask(door);
    if (withoutTable.includes(route)) expect(reply.status).toBeLessThan(300);
    else expect(named(reply)).toEqual([503, "storage_unavailable"]);
  });

  it.runIf(codesOfDoor(door).includes("invalid_field"))("names what is no value", async () => {
    const noPath = Object.fromEntries(
      Object.keys(door.example.path ?? {}).map((name) => [name, "%EA%B0%80"]),
    );
    const { method, address } = addressOf(door, noPath);
    const { headers = {} } = door.example;
    const body = readsBody(door) ? { body: { ...door.example.body, nickname: "x" } } : {};
    const query = address.includes("?") ? address.replaceAll(/=[^&]*/g, "=") : address;
    expect(named(await doors.merchant(method, query, { ...body, headers }))).toEqual([400, "invalid_field"]);
  });
});

describe.each(asRows(merchantDoors.filter(readsBody)))("%s takes no body", (_, door) => {
  it.each<[string, Sent, number, string]>([
    ["that is no JSON", { body: "{" }, 400, "malformed_json"],
    ["over 65,536 bytes", { body: { name: "x".repeat(65_536) } }, 413, "body_too_large"],
    ["of another type", { body: "name=x", type: "text/plain" }, 415, "unsupported_media_type"],
  ])("%s", async (_name, sent, status, code) => {
    expect(named(await ask(door, sent))).toEqual([status, code]);
  });
});

it.each([
  "POST /receipts/external/{merchant_uid}",
  "POST /orders/{merchant_uid}/virtual-account",
  "POST /customers/{customer_uid}/payments",
  "POST /customers/{customer_uid}/billing-key",
  "GET /customers/{customer_uid}/billing-key",
  "DELETE /customers/{customer_uid}/billing-key",
  "POST /customers/{customer_uid}/schedules",
  "GET /customers/{customer_uid}/schedules",
  "DELETE /customers/{customer_uid}/schedules",
])("%s begins nothing while PortOne is away", async (route) => {
  // No token is left of the time when it was there.
  await doors.shop.local("POST", "/clock", { advance_ms: 3_600_000 });
  await doors.breakPortOne();
  const merchant_uid = "sub-away";
  const { body } = doorOf(route).example;
  const [entry] = (body?.["schedules"] ?? []) as readonly object[];
  const sent =
    entry !== undefined
      ? { body: { schedules: [{ ...entry, merchant_uid }] } }
      : body && "merchant_uid" in body
        ? { body: { ...body, merchant_uid } }
        : {};
  expect(named(await ask(doorOf(route), sent))).toEqual([503, "provider_unavailable"]);
});
