// The browser's way back, on the built function: by the window's callback with fetch from the shop's page, or by
// a redirect on a phone. Either may be anybody's request.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody, type Paid } from "../support/shop.ts";

const shopOrigin = "https://shop.example";
const mobileOrigin = "https://m.shop.example";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({
    environment: {
      PAY_PREPARE: "off",
      PAY_ALLOWED_ORIGINS: `${shopOrigin}, ${mobileOrigin}`,
      PAY_RESULT_URL: "https://shop.example/payment-result?lang=ko",
    },
  });
  doors = new Doors(stack);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

/** The order's own token, as the shop's page gets it with the order. */
const tokenOf = async (uid: string, more: Json = {}) =>
  (await doors.shop.merchant("POST", "/orders", orderBody(uid, more))).json["token"];

const complete = (body: unknown, origin: string | null = shopOrigin) =>
  doors.knock("POST", "/payments/complete", { body, headers: origin === null ? {} : { origin } });

/** Paid at PortOne, and no notice of it was sent. */
async function paidUnseen(uid: string, more: Json = {}): Promise<Paid> {
  await doors.shop.fault("notice_never", "notice", { merchant_uid: uid, count: 99 });
  return doors.shop.pay(await doors.shop.createOrder(uid, more));
}

describe("complete", () => {
  it("syncs the payment and tells the public state, no more", async () => {
    const { imp_uid } = await paidUnseen("ord-done");
    const told = { merchant_uid: "ord-done", state: "paid", amount: 109_000, currency: "KRW", vbank: null };
    const reply = await complete({ imp_uid, merchant_uid: "ord-done" });
    expect([reply.status, reply.json]).toEqual([200, told]);
    expect((await complete({ imp_uid, merchant_uid: "ord-done" })).json).toEqual(told);
    expect((await doors.shop.order("ord-done")).version).toBe(3);
  });

  it("takes what the window's callback carries beside the two numbers", async () => {
    const { callback, imp_uid } = await paidUnseen("ord-callback");
    expect(callback).toMatchObject({ imp_uid, merchant_uid: "ord-callback" });
    const said = { ...callback, error_code: null, error_msg: null, success: true, card_name: "신한카드" };
    expect((await complete(said)).json["state"]).toBe("paid");
  });

  it("tells where to pay while a deposit is waited for, to who names the account's attempt", async () => {
    const more = { pay_method: "vbank", vbank_due: "2099-12-31 23:59:59" };
    const { imp_uid } = await paidUnseen("ord-vbank", more);
    const reply = await complete({ imp_uid, merchant_uid: "ord-vbank" });
    expect(reply.json).toEqual({
      merchant_uid: "ord-vbank",
      state: "awaiting_deposit",
      amount: 109_000,
      currency: "KRW",
      vbank: {
        vbank_code: expect.stringMatching(/^\d{3}$/),
        vbank_name: expect.any(String),
        vbank_num: expect.stringMatching(/^\d+$/),
        vbank_holder: expect.any(String),
        vbank_due_at: "2099-12-31T14:59:59.000Z",
      },
    });
    const token = await tokenOf("ord-vbank", more);
    const nameless = await complete({ imp_uid: null, merchant_uid: "ord-vbank", token });
    expect(nameless.json).toEqual(reply.json);
  });

  it.each<[string, Json]>([
    ["null", { imp_uid: null }],
    ["no", {}],
    ["an empty", { imp_uid: "" }],
    ["JavaScript's 'null' for an", { imp_uid: "null" }],
    ["JavaScript's 'undefined' for an", { imp_uid: "undefined" }],
  ])("tells the stored state to the page of a window that never opened: %s imp_uid", async (words, none) => {
    const uid = `ord-refused-${words.replaceAll(/\W/g, "")}`;
    const token = await tokenOf(uid);
    await doors.shop.local("DELETE", "/calls");
    const said = { ...none, merchant_uid: uid, token, error_code: "F1002", error_msg: "이미 결제됨" };
    const reply = await complete(said);
    expect([reply.status, reply.json["state"]]).toEqual([200, "created"]);
    expect(await doors.shop.local("GET", "/calls")).toMatchObject({ portone: { by_function: {} } });
  });

  it("tells a decline as failed", async () => {
    const { payment } = await doors.shop.decline(await doors.shop.createOrder("ord-declined"));
    const reply = await complete({ imp_uid: payment.imp_uid, merchant_uid: "ord-declined" });
    expect([reply.status, reply.json["state"]]).toEqual([200, "failed"]);
  });

  it("says one and the same to whoever guesses", async () => {
    const { imp_uid } = await paidUnseen("ord-mine");
    await doors.shop.createOrder("ord-yours");
    const guesses = await Promise.all([
      complete({ imp_uid, merchant_uid: "ord-nobody" }),
      complete({ imp_uid: null, merchant_uid: "ord-nobody" }),
      complete({ imp_uid: null, merchant_uid: "ord-yours" }),
      complete({ merchant_uid: "ord-yours" }),
      complete({ imp_uid: "", merchant_uid: "ord-yours" }),
      complete({ imp_uid: "null", merchant_uid: "ord-yours" }),
      complete({ imp_uid: null, merchant_uid: "ord-yours", token: await tokenOf("ord-mine") }),
      complete({ imp_uid: null, merchant_uid: "ord-yours", token: "" }),
      complete({ imp_uid: "imp_000000000000", merchant_uid: "ord-yours" }),
      complete({ imp_uid, merchant_uid: "ord-yours" }),
    ]);
    for (const guess of guesses) expect(named(guess)).toEqual([404, "order_not_found"]);
    const texts = guesses.map(({ text, json }) => text.replace(String(json["request_id"]), "-"));
    expect(new Set(texts).size).toBe(1);
    const headers = guesses.map((guess) => Object.fromEntries(guess.headers));
    for (const { "x-request-id": _, date: __, ...rest } of headers)
      expect(rest).toMatchObject({ "content-type": "application/problem+json", vary: "origin" });
    expect((await doors.shop.order("ord-yours")).state).toBe("created");
  });

  it.each<[string, Json]>([
    ["/token", { imp_uid: null, merchant_uid: "ord-1", token: 1 }],
    ["/imp_uid", { imp_uid: "i".repeat(33), merchant_uid: "ord-1" }],
    ["/imp_uid", { imp_uid: "../users", merchant_uid: "ord-1" }],
    ["/imp_uid", { imp_uid: 1, merchant_uid: "ord-1" }],
    ["/merchant_uid", { imp_uid: "imp_1" }],
    ["/merchant_uid", { imp_uid: "imp_1", merchant_uid: null }],
    ["/merchant_uid", { imp_uid: "imp_1", merchant_uid: "o".repeat(41) }],
  ])("names %s in %j", async (pointer, body) => {
    const reply = await complete(body);
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
  });

  it.each<[string, unknown, string | null, number, string]>([
    ["no JSON", "imp_uid=imp_1", "application/json", 400, "malformed_json"],
    ["a form", "imp_uid=imp_1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
    ["what a page may send anywhere", "{}", "text/plain", 415, "unsupported_media_type"],
    ["too much", "x".repeat(65_537), "application/json", 413, "body_too_large"],
  ])("refuses %s", async (_, body, type, status, code) => {
    expect(named(await doors.knock("POST", "/payments/complete", { body, type }))).toEqual([status, code]);
  });

  it.each([
    ["provider_unavailable", () => doors.breakPortOne()],
    ["storage_unavailable", () => doors.breakTable("complete")],
  ])("is 503 %s while nobody knows, and right afterwards", async (code, silence) => {
    const uid = `ord-${code.replace("_", "-")}`;
    const { imp_uid } = await paidUnseen(uid);
    await silence();
    expect(named(await complete({ imp_uid, merchant_uid: uid }))).toEqual([503, code]);
    await doors.mend();
    expect((await complete({ imp_uid, merchant_uid: uid })).json["state"]).toBe("paid");
  });
});

const allowOrigin = "access-control-allow-origin";

describe("another site's page", () => {
  it.each([shopOrigin, mobileOrigin])("reads the answer from %s", async (origin) => {
    const { headers } = await complete({ imp_uid: null, merchant_uid: "ord-none" }, origin);
    expect([headers.get(allowOrigin), headers.get("vary")]).toEqual([origin, "origin"]);
  });

  it.each([
    "https://shop.example.evil.example",
    "http://shop.example",
    "https://shop.example:8443",
    "https://SHOP.example",
    "https://evil.example",
    "null",
    "*",
  ])("reads nothing from %s, preflight included", async (origin) => {
    const { headers } = await complete({ imp_uid: null, merchant_uid: "ord-none" }, origin);
    expect(headers.get(allowOrigin)).toBeNull();
    const preflight = await doors.knock("OPTIONS", "/payments/complete", { headers: { origin } });
    expect([...preflight.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    const refusals = stack.logLines().filter((line) => line.includes('"origin_refused"'));
    const told = refusals.map((line) => JSON.parse(line) as Json).filter((line) => line["origin"] === origin);
    expect(told.map(({ setting }) => setting)).toEqual(["PAY_ALLOWED_ORIGINS", "PAY_ALLOWED_ORIGINS"]);
  });

  it("asks first, and may then send JSON", async () => {
    const headers = {
      origin: shopOrigin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    };
    const reply = await doors.knock("OPTIONS", "/payments/complete", { headers });
    expect([reply.status, reply.text]).toEqual([204, ""]);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      [allowOrigin]: shopOrigin,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
      vary: "origin",
    });
    expect(reply.headers.get("access-control-allow-credentials")).toBeNull();
  });

  it("is not served by the merchant's doors", async () => {
    const reply = await doors.merchant("GET", "/orders/ord-none", { headers: { origin: shopOrigin } });
    expect(reply.headers.get(allowOrigin)).toBeNull();
  });
});

describe("in detail", () => {
  it.each<[string, number, () => Promise<unknown>, Json]>([
    ["of a broken field", 400, async () => {}, { imp_uid: "imp_1" }],
    [
      "while the table does not answer",
      503,
      () => doors.breakTable("complete"),
      { imp_uid: "imp_1", merchant_uid: "ord-none" },
    ],
  ])("the shop's page can read the answer %s", async (_, status, prepare, body) => {
    await prepare();
    const reply = await complete(body);
    expect([reply.status, reply.headers.get(allowOrigin)]).toEqual([status, shopOrigin]);
  });
});
