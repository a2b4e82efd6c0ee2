// Who may knock at the merchant's doors: no key gets one and the same answer whatever is wrong with it, a key
// opens the doors of its scopes and no other, and nothing of a key is ever written down.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { merchantDoors } from "../../infra/build/openapi/doors.ts";
import { named } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { orderBody, type Reply } from "../support/shop.ts";

const scopes = ["orders", "refunds", "receipts", "billing", "delivery", "stock", "read", "admin"];
const oldKey = "shop-2025.Zm9yLXRlc3RzLW9ubHktb2xkLWtleQ";
const newKey = "shop-2026.Zm9yLXRlc3RzLW9ubHktbmV3LWtleQ";
const keyOf = (scope: string) => `${scope}.ZWFjaC1zY29wZS1oYXMtYS1rZXktb2YtaXRz`;

const sha256 = (key: string) => createHash("sha256").update(key).digest("hex");
const entry = (name: string, key: string, granted: readonly string[]) => ({
  name,
  sha256: sha256(key),
  scopes: granted,
});
const keysOf = (...entries: readonly object[]) => ({
  PAY_PREPARE: "off",
  PAY_MERCHANT_KEYS: JSON.stringify(entries),
});

let rotating: LocalStack;
let rotated: LocalStack;
let keyless: LocalStack;
let doors: Doors;

beforeAll(async () => {
  rotating = await startStack({
    environment: keysOf(
      entry("shop-2025", oldKey, ["orders"]),
      // Written in capitals by whoever made it.
      { ...entry("shop-2026", newKey, ["orders"]), sha256: sha256(newKey).toUpperCase() },
      entry("after-sale", keyOf("after-sale"), ["refunds", "receipts"]),
      entry("nothing", keyOf("nothing"), []),
      ...scopes.map((scope) => entry(scope, keyOf(scope), [scope])),
    ),
  });
  rotated = await startStack({ environment: keysOf(entry("shop-2026", newKey, ["orders"])) });
  keyless = await startStack({ environment: { PAY_MERCHANT_KEYS: "" } });
  doors = new Doors(rotating);
  expect((await ask(newKey, "POST", "/orders", orderBody("ord-1"))).status).toBe(201);
});
afterAll(async () => {
  for (const stack of [rotating, rotated, keyless]) await stack?.close();
});

const withHeader = (authorization: string | null) => ({
  headers: authorization === null ? {} : { authorization },
});
const ask = (key: string, method: string, path: string, body?: unknown, at = doors): Promise<Reply> =>
  at.knock(method, path, { body, ...withHeader(`Bearer ${key}`) });

/** Everything of an answer but its number and its time. */
function whole({ status, text, json, headers }: Reply) {
  const { "x-request-id": requestId, date: _, ...rest } = Object.fromEntries(headers);
  return { status, text: text.replace(requestId ?? "", "-"), code: json["code"], headers: rest };
}

describe("S42 no key", () => {
  const unauthorized = async () =>
    whole(await doors.knock("GET", "/orders/ord-1", withHeader("Bearer unknown-0123456789abcdef01234567")));

  it.each([
    ["missing", null],
    ["empty", ""],
    ["a scheme alone", "Bearer"],
    ["a scheme and a space", "Bearer "],
    ["a key alone", newKey],
    ["another scheme", `Basic ${Buffer.from(`shop:${newKey}`).toString("base64")}`],
    ["the scheme twice", `Bearer Bearer ${newKey}`],
    ["two keys", `Bearer ${newKey} ${newKey}`],
    ["two keys by comma", `Bearer ${newKey},Bearer ${newKey}`],
    ["a key in quotes", `Bearer "${newKey}"`],
    ["a key and more", `Bearer ${newKey}x`],
    ["a key and less", `Bearer ${newKey.slice(0, -1)}`],
    ["a key in capitals", `Bearer ${newKey.toUpperCase()}`],
    ["a key's hash", `Bearer ${sha256(newKey)}`],
    ["a key's name", "Bearer shop-2026"],
    ["a key of other letters", "Bearer k\u00e9y"],
    ["a very long one", `Bearer ${"k".repeat(4_000)}`],
  ])("when it is %s: the same 401, byte for byte", async (_, authorization) => {
    const reply = await doors.knock("GET", "/orders/ord-1", withHeader(authorization));
    expect(named(reply)).toEqual([401, "unauthorized"]);
    expect(whole(reply)).toEqual(await unauthorized());
  });

  it("when none is configured: the same 401, byte for byte, whoever asks", async () => {
    const at = new Doors(keyless);
    for (const authorization of [null, `Bearer ${newKey}`, "Bearer "])
      expect(whole(await at.knock("GET", "/orders/ord-1", withHeader(authorization)))).toEqual(
        await unauthorized(),
      );
  });

  it.each([
    ["GET", "/orders/ord-nobody", undefined],
    ["GET", "/orders?day=2026-08-05", undefined],
    ["POST", "/orders", "no JSON"],
    ["POST", "/orders", "x".repeat(65_537)],
    ["POST", "/orders/ord-1/void", {}],
    ["POST", "/orders/ord-1/refunds", {}],
    ["GET", "/orders/ord-1/refunds/rf_1", undefined],
    ["POST", "/orders/ord-1/receipt?preview=true", {}],
    ["DELETE", "/receipts/external/sale-1", undefined],
  ])("at %s %s: the same 401 before anything is read", async (method, path, body) => {
    expect(whole(await doors.knock(method, path, { body }))).toEqual(await unauthorized());
  });

  it("anywhere but in its header", async () => {
    const paths = [`access_token=${newKey}`, `authorization=Bearer%20${newKey}`, `key=${newKey}`];
    for (const query of paths) expect((await doors.knock("GET", `/orders/ord-1?${query}`)).status).toBe(401);
    const headers = { "x-api-key": newKey, cookie: `authorization=Bearer ${newKey}` };
    expect((await doors.knock("GET", "/orders/ord-1", { headers })).status).toBe(401);
  });
});

describe("a key", () => {
  it.each([`Bearer ${newKey}`, `bearer ${newKey}`, `BEARER ${newKey}`])("is shown as %j", async (header) => {
    expect((await doors.knock("GET", "/orders/ord-1", withHeader(header))).status).toBe(200);
  });

  it("and its successor are good side by side; then the old one is as unknown as any", async () => {
    for (const key of [oldKey, newKey]) expect((await ask(key, "GET", "/orders/ord-1")).status).toBe(200);
    const at = new Doors(rotated);
    expect(named(await ask(newKey, "GET", "/orders/ord-1", undefined, at))).toEqual([404, "order_not_found"]);
    const old = await ask(oldKey, "GET", "/orders/ord-1", undefined, at);
    const unknown = await ask("x".repeat(32), "GET", "/orders/ord-1", undefined, at);
    expect(whole(old)).toEqual(whole(unknown));
    expect(named(old)).toEqual([401, "unauthorized"]);
  });
});

/** The doors in use, and the scopes that open each. */
const openedBy: readonly [string, string, readonly string[]][] = [
  ["POST", "/orders", ["orders"]],
  ["GET", "/orders?day=2026-08-05", ["orders", "read"]],
  ["GET", "/orders/ord-1", ["orders", "read"]],
  ["POST", "/orders/ord-none/void", ["orders"]],
  ["POST", "/orders/ord-none/sync", ["orders"]],
  ["POST", "/orders/ord-1/refunds", ["refunds"]],
  ["GET", "/orders/ord-1/refunds", ["refunds", "read"]],
  ["GET", "/orders/ord-1/refunds/rf_1", ["refunds", "read"]],
  ["POST", "/orders/ord-1/receipt", ["receipts"]],
  ["POST", "/orders/ord-1/receipt?preview=true", ["receipts"]],
  ["GET", "/orders/ord-1/receipt", ["receipts", "read"]],
  ["DELETE", "/orders/ord-1/receipt", ["receipts"]],
  ["POST", "/receipts/external/sale-1", ["receipts"]],
  ["GET", "/receipts/external/sale-1", ["receipts", "read"]],
  ["DELETE", "/receipts/external/sale-1", ["receipts"]],
  ["GET", "/audits/2026-08-05", ["admin"]],
  ["POST", "/payments/onetime", ["billing"]],
  ["POST", "/customers/user42/billing-key", ["billing"]],
  ["GET", "/customers/user42/billing-key", ["billing", "read"]],
  ["DELETE", "/customers/user42/billing-key", ["billing"]],
  ["POST", "/customers/user42/payments", ["billing"]],
  ["GET", "/customers/user42/schedules", ["billing", "read"]],
  ["POST", "/orders/ord-1/virtual-account", ["billing"]],
  ["POST", "/orders/ord-1/delivery", ["delivery"]],
  ["GET", "/orders/ord-1/delivery", ["delivery", "read"]],
];

describe("a scope", () => {
  it.each(openedBy)("%s %s is opened by %j", async (method, path, expected) => {
    const opened: string[] = [];
    for (const scope of scopes) {
      const { status, json } = await doors.knock(method, path, {
        ...(method === "POST" && { body: {} }),
        headers: { authorization: `Bearer ${keyOf(scope)}` },
      });
      expect(status, scope).not.toBe(401);
      if (status === 403) expect(json["code"]).toBe("scope_missing");
      else opened.push(scope);
    }
    expect(opened).toEqual(expected);
  });

  it.each(merchantDoors.map((door) => [door.route, door] as const))(
    "is said of %s as it is",
    async (route, { scope, example }) => {
      const [method = "", template = ""] = route.split(" ");
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => example.path?.[name] ?? "");
      const opened = [];
      for (const known of scopes)
        if ((await ask(keyOf(known), method, path, method === "GET" ? undefined : {})).status !== 403)
          opened.push(known);
      const mayRead = method === "GET" && scope !== "admin";
      expect(opened).toEqual(mayRead ? [scope, "read"] : [scope]);
    },
  );

  it("adds to another, and none opens nothing", async () => {
    const both = keyOf("after-sale");
    expect((await ask(both, "GET", "/orders/ord-1/refunds")).status).toBe(200);
    expect(named(await ask(both, "GET", "/orders/ord-1/receipt"))).toEqual([404, "receipt_not_found"]);
    expect(named(await ask(both, "GET", "/orders/ord-1"))).toEqual([403, "scope_missing"]);
    expect(named(await ask(keyOf("nothing"), "GET", "/orders/ord-1"))).toEqual([403, "scope_missing"]);
  });

  it("is missed alike for what is there and what is not, before the body is read", async () => {
    const there = await ask(keyOf("refunds"), "GET", "/orders/ord-1");
    const notThere = await ask(keyOf("refunds"), "GET", "/orders/ord-none");
    expect(whole(notThere)).toEqual(whole(there));
    expect(named(await ask(keyOf("read"), "POST", "/orders", "no JSON"))).toEqual([403, "scope_missing"]);
  });
});

it("nothing of a key stands in the logs", () => {
  const keys = [oldKey, newKey, ...[...scopes, "after-sale", "nothing"].map(keyOf)];
  const told = [...keys, ...keys.map(sha256), ...keys.map((key) => sha256(key).toUpperCase())].flatMap(
    (text) => [text, text.slice(-20)],
  );
  const lines = [rotating, rotated, keyless].flatMap((stack) => stack.logLines());
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines)
    for (const text of told) expect(line.toLowerCase()).not.toContain(text.toLowerCase());
  expect(lines.join("\n")).not.toMatch(/bearer|basic /i);
});
