// The doors of cash receipts of an order, on the built function.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, pointers, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await payByTransfer(doors.shop, "ord-kept");
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());
// Of the numbers that receipts were asked for with, right or wrong, none stands in a log line.
afterAll(() => {
  const numbers = /01012345678|010-1234-5678|1178178260|1178178261|8001011234567|1{13}/;
  for (const line of stack.logLines()) expect(line).not.toMatch(numbers);
});

const person = { identifier: "01012345678", identifier_type: "phone", type: "person", product_type: "real" };
const path = (uid: string) => `/orders/${uid}/receipt`;
const issue = (uid: string, body: unknown = person) => doors.merchant("POST", path(uid), { body });
const read = (uid: string) => doors.merchant("GET", path(uid));
const cancel = (uid: string) => doors.merchant("DELETE", path(uid));
const preview = (uid: string, body: unknown = {}) =>
  doors.merchant("POST", `${path(uid)}?preview=true`, { body });
const setSwitch = (switches: Json) => doors.shop.control("PUT", "/settings", { switches });
const loseAnswer = (uid: string) =>
  doors.shop.fault("answer_lost_after_effect", "POST /receipts/{imp_uid}", { merchant_uid: uid });

/** Receipts PortOne holds of this order. */
async function live(uid: string): Promise<number> {
  const { receipts } = await doors.shop.control<{ receipts: readonly Json[] }>("GET", "/state");
  return receipts.filter((receipt) => receipt["merchant_uid"] === uid).length;
}

describe("a receipt", () => {
  it("is issued, read and cancelled, and told whole each time", async () => {
    await payByTransfer(doors.shop, "ord-whole");
    const { imp_uid } = await doors.shop.order("ord-whole");
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const issued = await issue("ord-whole", { ...person, buyer_name: "홍길순", buyer_tel: "010-1234-5678" });
    expect([issued.status, issued.json]).toEqual([
      201,
      {
        merchant_uid: "ord-whole",
        imp_uid,
        state: "issued",
        type: "person",
        identifier_masked: "010****5678",
        amount: 109_000,
        tax_free: 3_000,
        vat: 9_636,
        receipt_tid: expect.any(String),
        apply_num: expect.any(String),
        receipt_url: expect.toSatisfy((url) => url === null || typeof url === "string"),
        applied_at: iso,
        cancelled_at: null,
        generation: 1,
        origin: "merchant",
        review_reason: null,
        todo: null,
      },
    ]);
    const shown = await read("ord-whole");
    expect([shown.status, shown.text]).toEqual([200, issued.text]);
    const cancelled = await cancel("ord-whole");
    expect([cancelled.status, cancelled.json]).toEqual([
      200,
      { ...issued.json, state: "cancelled", cancelled_at: iso },
    ]);
    expect((await cancel("ord-whole")).text).toBe(cancelled.text);
    expect((await read("ord-whole")).text).toBe(cancelled.text);
  });

  it("is previewed over what is left, and nothing is sent", async () => {
    await payByTransfer(doors.shop, "ord-preview");
    await doors.shop.refund("ord-preview", "key", { amount: 20_000 });
    await doors.shop.local("DELETE", "/calls");
    const shown = await preview("ord-preview");
    expect([shown.status, shown.json]).toEqual([200, { amount: 89_000, tax_free: 2_450, vat: 7_868 }]);
    expect(await doors.shop.local("GET", "/calls")).toMatchObject({ portone: { by_function: {} } });
    expect(await live("ord-preview")).toBe(0);
    expect((await preview("ord-preview", person)).json).toEqual(shown.json);
  });

  it("whose answer is lost is 202, then found; another one is refused meanwhile", async () => {
    await payByTransfer(doors.shop, "ord-lost");
    await loseAnswer("ord-lost");
    const pending = await issue("ord-lost");
    expect([pending.status, pending.json["state"]]).toEqual([202, "pending"]);
    const other = await issue("ord-lost", { ...person, identifier: "01099998888" });
    expect(named(other)).toEqual([409, "operation_in_flight"]);
    expect(other.json["operation"]).toEqual(expect.any(String));
    expect(named(await cancel("ord-lost"))).toEqual([409, "operation_in_flight"]);
    const found = await issue("ord-lost");
    expect([found.status, found.json["state"]]).toEqual([201, "issued"]);
    expect(await live("ord-lost")).toBe(1);
  });
});

describe("a field is refused by its name", () => {
  it.each<[string, Json]>([
    ["/identifier", { identifier: undefined }],
    ["/identifier", { identifier: 1012345678 }],
    ["/identifier_type", { identifier_type: "passport" }],
    ["/identifier_type", { identifier_type: null }],
    ["/type", { type: "buyer" }],
    ["/product_type", { product_type: "food" }],
    ["/buyer_name", { buyer_name: "홍".repeat(17) }],
    ["/buyer_name", { buyer_name: " " }],
    ["/buyer_email", { buyer_email: `${"b".repeat(53)}@example.com` }],
    ["/buyer_tel", { buyer_tel: "0".repeat(17) }],
    ["/amount", { amount: 109_000 }],
    ["/tax_free", { tax_free: 0 }],
    ["/imp_uid", { imp_uid: "imp_1" }],
    ["/merchant_uid", { merchant_uid: "ord-other" }],
  ])("%s %j", async (pointer, more) => {
    const reply = await issue("ord-kept", { ...person, ...more });
    expect(named(reply), reply.text).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
  });

  it("several at once", async () => {
    const reply = await issue("ord-kept", { type: "x", product_type: "y", memo: "z" });
    expect([...pointers(reply)].sort()).toEqual(["/identifier", "/memo", "/product_type", "/type"]);
  });
});

describe("is refused and issues nothing", () => {
  it.each<[number, string, unknown, string | null]>([
    [422, "product_type_required", { identifier: "01012345678" }, "application/json"],
    [422, "identifier_invalid", { ...person, identifier: "0101234567a" }, "application/json"],
    [400, "malformed_json", "{", "application/json"],
    [400, "malformed_json", "null", "application/json"],
    [415, "unsupported_media_type", "identifier=01012345678", "application/x-www-form-urlencoded"],
    [415, "unsupported_media_type", person, null],
    [413, "body_too_large", { ...person, memo: "x".repeat(65_536) }, "application/json"],
  ])("as %i %s", async (status, code, body, type) => {
    expect(named(await doors.merchant("POST", path("ord-kept"), { body, type }))).toEqual([status, code]);
    expect(await live("ord-kept")).toBe(0);
  });

  it("for a card, an unpaid order, one given back whole, and one nobody knows", async () => {
    await doors.shop.pay(await doors.shop.createOrder("ord-card"));
    await doors.shop.notices("ord-card", 1);
    await doors.shop.createOrder("ord-unpaid", { pay_method: "trans" });
    await payByTransfer(doors.shop, "ord-back");
    await doors.shop.refund("ord-back", "key", {});
    const refusals: readonly [string, number, string][] = [
      ["ord-card", 422, "receipt_not_applicable"],
      ["ord-unpaid", 409, "order_not_paid"],
      ["ord-back", 409, "order_not_paid"],
      ["ord-nobody", 404, "order_not_found"],
    ];
    for (const [uid, status, code] of refusals) {
      expect(named(await issue(uid))).toEqual([status, code]);
      expect(named(await preview(uid))).toEqual([status, code]);
    }
  });

  it("while one is live, and beside the window's own", async () => {
    await payByTransfer(doors.shop, "ord-live");
    expect((await issue("ord-live")).status).toBe(201);
    expect(named(await issue("ord-live"))).toEqual([409, "receipt_exists"]);
    const requestPay = await doors.shop.createOrder("ord-window", { pay_method: "trans" });
    await doors.shop.pay(requestPay, { cash_receipt: "01012345678" });
    await doors.shop.notices("ord-window", 1);
    expect(named(await issue("ord-window"))).toEqual([409, "receipt_exists"]);
    expect(named(await preview("ord-window"))).toEqual([409, "receipt_exists"]);
  });

  it("by the provider, in the provider's words; it may be tried again", async () => {
    await payByTransfer(doors.shop, "ord-provider");
    await doors.shop.refund("ord-provider", "key", { amount: 20_000 });
    await setSwitch({ receipt_on_partial: "400" });
    const refused = await issue("ord-provider");
    await setSwitch({ receipt_on_partial: "allowed" });
    expect(named(refused)).toEqual([422, "provider_refused"]);
    expect(refused.json["provider_message"]).toMatch(/\p{Script=Hangul}/u);
    expect(named(await read("ord-provider"))).toEqual([404, "receipt_not_found"]);
    expect((await issue("ord-provider")).status).toBe(201);
  });

  it.each([
    ["GET", "ord-kept", 404, "receipt_not_found"],
    ["DELETE", "ord-kept", 404, "receipt_not_found"],
    ["GET", "ord-nobody", 404, "order_not_found"],
    ["DELETE", "ord-nobody", 404, "order_not_found"],
    ["GET", "o%20", 400, "invalid_field"],
    ["DELETE", "o%20", 400, "invalid_field"],
  ])("to %s for %s: %i %s", async (method, uid, status, code) => {
    expect(named(await doors.merchant(method, path(uid)))).toEqual([status, code]);
  });

  it.each([
    ["storage_unavailable", () => doors.breakTable("receipt")],
    [
      "provider_unavailable",
      async () => {
        // Its login has run out, and there is no other.
        await doors.shop.advance(31 * 60_000);
        await doors.breakPortOne("POST /users/getToken");
      },
    ],
  ])("as 503 %s, and nothing is in flight", async (code, silence) => {
    await silence();
    expect(named(await issue("ord-kept"))).toEqual([503, code]);
    await doors.mend();
    expect(await doors.shop.order("ord-kept")).toMatchObject({ receipt: null, operation: null });
  });
});

describe("a direct invocation", () => {
  const direct = (event: Json) => doors.direct("receipt", event);

  it("answers each action as HTTP does, without naming the first", async () => {
    await payByTransfer(doors.shop, "ord-direct");
    const uid = { merchant_uid: "ord-direct" };
    expect(told(await direct({ ...uid, preview: true }))).toEqual(told(await preview("ord-direct")));
    const issued = await direct({ ...uid, ...person });
    expect(issued.status).toBe(201);
    expect((await read("ord-direct")).json).toEqual(issued.json);
    expect(told(await direct({ action: "receipt.get", ...uid }))).toEqual(told(await read("ord-direct")));
    expect(told(await direct({ action: "receipt.issue", ...uid, ...person }))).toEqual(
      told(await issue("ord-direct")),
    );
    expect(told(await direct({ action: "receipt.cancel", ...uid }))).toEqual(
      told(await cancel("ord-direct")),
    );
  });

  it.each<[Json]>([
    [{ ...person, identifier: "010" }],
    [{ ...person, product_type: undefined }],
    [{ ...person, type: "x", memo: "y" }],
  ])("is refused by a value as over HTTP: %j", async (body) => {
    expect(told(await direct({ merchant_uid: "ord-kept", ...body }))).toEqual(
      told(await issue("ord-kept", body)),
    );
  });

  it("is none with any mark of HTTP in it", async () => {
    for (const mark of ["version", "routeKey", "rawPath", "requestContext", "headers", "body"]) {
      const { error, json } = await doors.invoke("receipt", {
        merchant_uid: "ord-kept",
        ...person,
        [mark]: {},
      });
      expect(error !== null || Number(json["statusCode"]) >= 400, mark).toBe(true);
    }
    expect(await live("ord-kept")).toBe(0);
  });
});

describe("in detail", () => {
  it("an unknown field is refused in a preview too", async () => {
    expect(named(await preview("ord-kept", { produkt_type: "real" }))).toEqual([400, "invalid_field"]);
  });
  it("preview is no field of the body", async () => {
    expect(named(await issue("ord-kept", { ...person, preview: "true" }))).toEqual([400, "invalid_field"]);
  });
  it("a no to preview by direct invocation issues", async () => {
    await payByTransfer(doors.shop, "ord-no-preview");
    const event = { merchant_uid: "ord-no-preview", ...person, preview: false };
    expect((await doors.direct("receipt", event)).status).toBe(201);
  });
});
