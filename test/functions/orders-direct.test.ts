// Orders by Lambda's Invoke: IAM is the proof, and the answers are those of HTTP. Whatever looks like an HTTP
// event has to show a key.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, told } from "../support/answers.ts";
import { Doors, gatewayEvent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await doors.shop.local("POST", "/clock", { set: "2026-08-05T03:00:00.000Z" });
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const create = (uid: string, more: Json = {}) =>
  doors.merchant("POST", "/orders", { body: orderBody(uid, more) });
const get = (uid: string) => doors.merchant("GET", `/orders/${uid}`);
const post = (path: string) => doors.merchant("POST", path, { body: {} });

describe("a direct invocation", () => {
  const direct = (event: Json) => doors.direct("orders", event);

  it("creates the order that HTTP creates, without naming its action", async () => {
    const created = await direct(orderBody("ord-direct"));
    expect(created.status).toBe(201);
    expect(told(await create("ord-direct"))).toEqual({ status: 200, body: created.json });
    expect(told(await direct({ action: "order.create", ...orderBody("ord-direct") }))).toEqual({
      status: 200,
      body: created.json,
    });
  });

  it("answers each action as HTTP does", async () => {
    await create("ord-direct-each");
    const uid = { merchant_uid: "ord-direct-each" };
    const day = "2026-08-05";
    expect(await direct({ action: "order.get", ...uid })).toEqual({
      status: 200,
      json: (await get("ord-direct-each")).json,
    });
    expect(told(await direct({ action: "order.list", day, limit: 2 }))).toEqual(
      told(await doors.merchant("GET", `/orders?day=${day}&limit=2`)),
    );
    expect(told(await direct({ action: "order.sync", ...uid }))).toEqual(
      told(await post("/orders/ord-direct-each/sync")),
    );
    expect(told(await direct({ action: "order.void", ...uid }))).toEqual(
      told(await post("/orders/ord-direct-each/void")),
    );
  });

  it.each<[string, Json, string, string, Json | undefined]>([
    [
      "a broken field",
      orderBody("ord-d", { amount: -1 }),
      "POST",
      "/orders",
      orderBody("ord-d", { amount: -1 }),
    ],
    [
      "a forbidden window",
      orderBody("ord-d", { currency: "EUR" }),
      "POST",
      "/orders",
      orderBody("ord-d", { currency: "EUR" }),
    ],
    [
      "an unknown order",
      { action: "order.get", merchant_uid: "ord-none" },
      "GET",
      "/orders/ord-none",
      undefined,
    ],
    ["no number", { action: "order.get", merchant_uid: "ord 1" }, "GET", "/orders/ord%201", undefined],
    [
      "an unknown day",
      { action: "order.list", day: "2026-02-30" },
      "GET",
      "/orders?day=2026-02-30",
      undefined,
    ],
    [
      "an unknown void",
      { action: "order.void", merchant_uid: "ord-none" },
      "POST",
      "/orders/ord-none/void",
      {},
    ],
    [
      "an unknown sync",
      { action: "order.sync", merchant_uid: "ord-none" },
      "POST",
      "/orders/ord-none/sync",
      {},
    ],
  ])("is refused %s by a value, as over HTTP", async (_, event, method, path, body) => {
    expect(told(await direct(event))).toEqual(told(await doors.merchant(method, path, { body })));
  });

  it.each<[string, Json]>([
    ["an unknown action", { action: "order.delete", merchant_uid: "ord-1" }],
    ["another function's action", { action: "refund.create", merchant_uid: "ord-1" }],
    ["an action that is no text", { action: 5, merchant_uid: "ord-1" }],
  ])("is refused %s by a value", async (_, event) => {
    const refused = await direct(event);
    expect(named(refused)).toEqual([400, "invalid_field"]);
    expect(refused.json["errors"]).toMatchObject([{ pointer: "/action" }]);
  });

  it("is told of an unknown field, of nothing at all, and of what is no object", async () => {
    const unknown = await direct({ action: "order.get", merchant_uid: "ord-1", verbose: true });
    expect(unknown.json["errors"]).toMatchObject([{ pointer: "/verbose" }]);
    expect(named(await direct({}))).toEqual([400, "invalid_field"]);
    for (const event of [null, [], "order.get", 5]) {
      const { error, json } = await doors.invoke("orders", event);
      expect([error, json["status"]]).toEqual([null, 400]);
    }
  });

  const read = { action: "order.get", merchant_uid: "ord-marked" };
  it.each<[string, unknown]>([
    ["version", "2.0"],
    ["routeKey", "GET /orders/{merchant_uid}"],
    ["rawPath", "/orders/ord-marked"],
    ["requestContext", {}],
    ["headers", {}],
    ["body", "{}"],
    ["body", null],
  ])("is none with %s %j of an HTTP event in it: no key, no answer", async (mark, value) => {
    await create("ord-marked");
    const { error, json } = await doors.invoke("orders", { ...read, [mark]: value });
    expect(error !== null || Number(json["statusCode"]) >= 400, JSON.stringify(json)).toBe(true);
    expect(JSON.stringify(json)).not.toContain("홍길동");
  });
});

it("an HTTP event proves itself by its key, whoever invokes with it", async () => {
  await create("ord-event");
  const event = gatewayEvent({
    routeKey: "GET /orders/{merchant_uid}",
    rawPath: "/orders/ord-event",
    pathParameters: { merchant_uid: "ord-event" },
  });
  const headers = event["headers"] as Json;
  const withKey = { ...headers, authorization: `Bearer ${doors.merchantKey}` };
  expect(named(await doors.invokeWithEvent("orders", event))).toEqual([401, "unauthorized"]);
  const read = await doors.invokeWithEvent("orders", { ...event, headers: withKey });
  expect([read.status, read.json]).toEqual([200, (await get("ord-event")).json]);
});

// A failed invocation means a broken deployment, and wakes somebody up.
describe("in detail", () => {
  it.each(["version", "routeKey", "rawPath", "requestContext", "headers", "body"])(
    "an event with %s is refused, but the invocation does not fail",
    async (mark) => {
      const event = { action: "order.get", merchant_uid: "ord-marked", [mark]: "" };
      expect((await doors.invoke("orders", event)).error).toBeNull();
    },
  );
});
