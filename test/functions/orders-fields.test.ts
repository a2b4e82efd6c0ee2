// The body of POST /orders, field by field, each on both sides of its boundary. It is noon in Korea, on
// 5 August 2026.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
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

let orders = 0;
function nextUid(): string {
  orders += 1;
  return `ord-field-${orders}`;
}
const create = (body: unknown, type: string | null = "application/json") =>
  doors.merchant("POST", "/orders", { body, type });
const withFields = (more: Json) => ({ ...orderBody(nextUid()), ...more });
const without = (field: string) => {
  const { [field]: _, ...body } = orderBody(nextUid());
  return body;
};

describe("a field is taken", () => {
  it.each<[string, Json]>([
    ["an amount", { amount: 109_000 }],
    ["the smallest amount", { amount: 1, tax_free: 0 }],
    ["the largest amount", { amount: 999_999_999 }],
    ["cents in dollars", { amount: 10.55, tax_free: 0, currency: "USD" }],
    ["a name of 40", { name: "가".repeat(40) }],
    ["a name of 40 with emoji", { name: `${"가".repeat(38)}🎁🙂` }],
    ["a buyer of 16", { buyer_name: `${"홍".repeat(15)}🙂` }],
    ["each kind of character", { merchant_uid: "Az09._~:-" }],
    ["a number of 40", { merchant_uid: "o".repeat(40) }],
    ["a number of 1", { merchant_uid: "o" }],
    ["a life of 7 days", { expires_at: "2026-08-12T03:00:00.000Z" }],
  ])("%s, as given", async (_, more) => {
    const reply = await create(withFields(more));
    expect(reply.status, reply.text).toBe(201);
    expect(reply.json["order"]).toMatchObject(more);
  });

  it.each<[string, Json, Json]>([
    ["an amount as digits", { amount: "109000" }, { amount: 109_000 }],
    ["all of it tax-free", { amount: 3_000, tax_free: "3000" }, { tax_free: 3_000 }],
    ["a minute", { expires_at: "2026-08-05T03:01:00Z" }, { expires_at: "2026-08-05T03:01:00.000Z" }],
  ])("%s, as meant", async (_, more, stored) => {
    expect((await create(withFields(more))).json["order"]).toMatchObject(stored);
  });

  it("tax_free, currency and the order's life have defaults", async () => {
    const { tax_free: _, ...body } = orderBody(nextUid());
    const { json } = await create(body);
    expect(json["order"]).toMatchObject({ tax_free: 0, currency: "KRW", remaining_tax_free: 0 });
    const { created_at, expires_at } = json["order"] as { created_at: string; expires_at: string };
    expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(1_800_000);
  });

  it("what the window knows is handed on under PortOne's names", async () => {
    const options = {
      buyer_email: "buyer@example.com",
      buyer_tel: "010-1234-5678",
      buyer_addr: "서울특별시 성동구 성수이로 20길 16",
      buyer_postcode: "04783",
      app_scheme: "shopapp",
      custom_data: { 메모: "선물 포장 🎀", items: [{ sku: "WFL-260", quantity: 2 }] },
      card: { useInstallment: true, detail: [{ card_code: "361", max_month: 6 }] },
      appCard: true,
      storeDetails: { businessName: "샘플상점", businessRegistrationNumber: "1178178260" },
      bypass: { ksnet: { sndQpayType: "0" } },
      language: "ko",
      m_redirect_url: "shopapp://paid",
    };
    const { json } = await create(withFields({ ...options, display: { card_quota: [3, 6] } }));
    expect(json["request_pay"]).toMatchObject({ ...options, display: { card_quota: [0, 3, 6] } });
  });

  it.each<[string, readonly number[], readonly number[]]>([
    ["no instalments", [], [0]],
    ["six months", [6], [0, 6]],
    ["at once as well", [0, 3], [0, 3]],
  ])("%s always includes paying at once", async (_, given, shown) => {
    const { json } = await create(withFields({ display: { card_quota: given } }));
    expect(json["request_pay"]).toMatchObject({ display: { card_quota: shown } });
  });
});

describe("a field is refused by its name", () => {
  it.each<[string, Json]>([
    ["/amount", { amount: "109,000" }],
    ["/amount", { amount: "1e5" }],
    ["/amount", { amount: -1 }],
    ["/amount", { amount: "-1" }],
    ["/amount", { amount: " 109000" }],
    ["/amount", { amount: "" }],
    ["/amount", { amount: 0 }],
    ["/amount", { amount: "0" }],
    ["/amount", { amount: 1_000_000_000 }],
    ["/amount", { amount: 10.5 }],
    ["/amount", { amount: "10.5" }],
    ["/amount", { amount: 10.555, currency: "USD" }],
    ["/amount", { amount: null }],
    ["/amount", { amount: true }],
    ["/amount", { amount: [109_000] }],
    ["/tax_free", { tax_free: -1 }],
    ["/tax_free", { tax_free: "3,000" }],
    ["/tax_free", { tax_free: 0.5 }],
    ["/tax_free", { tax_free: null }],
    ["/name", { name: "가".repeat(41) }],
    ["/name", { name: `${"가".repeat(39)}🎁🙂` }],
    ["/name", { name: "" }],
    ["/name", { name: "   " }],
    ["/name", { name: 5 }],
    ["/buyer_name", { buyer_name: "홍".repeat(17) }],
    ["/buyer_name", { buyer_name: "" }],
    ["/buyer_name", { buyer_name: null }],
    ["/merchant_uid", { merchant_uid: "o".repeat(41) }],
    ["/merchant_uid", { merchant_uid: "" }],
    ["/merchant_uid", { merchant_uid: "ord 1" }],
    ["/merchant_uid", { merchant_uid: "ord/1" }],
    ["/merchant_uid", { merchant_uid: "ord#1" }],
    ["/merchant_uid", { merchant_uid: "ord@1" }],
    ["/merchant_uid", { merchant_uid: "ord-1\n" }],
    ["/merchant_uid", { merchant_uid: "주문-1" }],
    ["/merchant_uid", { merchant_uid: 20260805 }],
    ["/pay_method", { pay_method: null }],
    ["/expires_at", { expires_at: "2026-08-12T03:01:00.000Z" }],
    ["/expires_at", { expires_at: "2026-08-05T03:00:00.000Z" }],
    ["/expires_at", { expires_at: "2026-08-06" }],
    ["/expires_at", { expires_at: "2026-08-06T03:00:00+0900" }],
    ["/expires_at", { expires_at: "2026-08-06T03:00:00" }],
    ["/expires_at", { expires_at: "2026-08-06T25:00:00+09:00" }],
    ["/expires_at", { expires_at: "2026-02-30T03:00:00+09:00" }],
    ["/expires_at", { expires_at: 1_785_898_800 }],
    ["/escrow", { escrow: "true" }],
    ["/vbank_due", { vbank_due: "2026-02-31" }],
    ["/display/card_quota", { display: { card_quota: 6 } }],
    ["/display/card_quota/0", { display: { card_quota: [37] } }],
    ["/display/months", { display: { months: 6 } }],
    ["/bypass/kcp", { bypass: { ksnet: {}, kcp: {} } }],
    ["/storeDetails/businessRegistrationNumber", { storeDetails: { businessRegistrationNumber: "117-81" } }],
    ["/m_redirect_url", { m_redirect_url: "payment-result" }],
    ["/custom_data", { custom_data: "메모" }],
    ["/ammount", { ammount: 109_000 }],
    ["/action", { action: "order.get" }],
    ["/pg", { pg: "ksnet.2999199999" }],
    ["/confirm_url", { confirm_url: "https://shop.example/mine" }],
    ["/a~1b~0c", { "a/b~c": 1 }],
  ])("%s %j", async (pointer, more) => {
    const body = withFields(more);
    const reply = await create(body);
    expect(named(reply), reply.text).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
  });

  it.each(["merchant_uid", "name", "amount", "buyer_name", "pay_method"])("%s when absent", async (field) => {
    const reply = await create(without(field));
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(reply.json["errors"]).toEqual([
      { pointer: `/${field}`, code: "invalid_field", detail: "필수 항목입니다." },
    ]);
    expect(reply.json["detail"]).toBe("필수 항목입니다.");
  });

  it("an amount written 1e5, although JSON has such numbers", async () => {
    const body = JSON.stringify(withFields({})).replace('"amount":109000', '"amount":1e5');
    expect(body).toContain("1e5");
    expect(pointers(await create(body))).toEqual(["/amount"]);
  });

  it("several at once, and nothing is stored", async () => {
    const reply = await create({
      merchant_uid: "ord-several",
      name: "가".repeat(41),
      amount: "109,000",
      tax_free: -1,
      pay_method: "card",
      expires_at: "내일",
      ammount: 1,
      coupon: "WELCOME",
    });
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect([...pointers(reply)].sort()).toEqual([
      "/ammount",
      "/amount",
      "/buyer_name",
      "/coupon",
      "/expires_at",
      "/name",
      "/tax_free",
    ]);
    expect(named(await doors.merchant("GET", "/orders/ord-several"))).toEqual([404, "order_not_found"]);
  });
});

describe("a window KSNET would refuse", () => {
  it.each<[string, string | undefined, Json]>([
    ["pay_method_unknown", undefined, { pay_method: "bitcoin" }],
    ["tax_free_exceeds_amount", "R-KS-2", { tax_free: 109_001 }],
    ["window_billing_unsupported", "R-KS-20", { customer_uid: "customer-1" }],
    ["vbank_due_required", "R-KS-21", { pay_method: "vbank" }],
    ["vbank_due_past", "R-KS-21", { pay_method: "vbank", vbank_due: "2026-08-04" }],
    ["currency_unsupported", "R-KS-23", { currency: "EUR" }],
  ])("is refused as %s", async (code, rule, more) => {
    const body = withFields(more);
    const reply = await create(body);
    expect(named(reply), reply.text).toEqual([422, "request_pay_refused"]);
    const codes = (reply.json["errors"] as readonly Json[]).map((error) => error["code"]);
    expect(codes).toContain(code);
    expect(reply.json["rule"]).toBe(rule);
    expect((await doors.merchant("GET", `/orders/${body["merchant_uid"]}`)).status).toBe(404);
  });
});

describe("a body", () => {
  it.each([
    ["half an object", '{"merchant_uid":"ord-1"'],
    ["a comma too many", '{"merchant_uid":"ord-1",}'],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "109000"],
    ["a text", '"ord-1"'],
    ["a form called JSON", "merchant_uid=ord-1&amount=109000"],
  ])("of %s is malformed", async (_, body) => {
    expect(named(await create(body))).toEqual([400, "malformed_json"]);
  });

  it.each([
    ["a form", "application/x-www-form-urlencoded"],
    ["a text", "text/plain"],
    ["nothing", null],
    ["something like JSON", "application/jsonx"],
    ["a patch", "application/merge-patch+json"],
    ["a file", "multipart/form-data; boundary=x"],
  ])("that calls itself %s is not read", async (_, type) => {
    expect(named(await create(withFields({}), type))).toEqual([415, "unsupported_media_type"]);
  });

  it.each(["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])(
    "that calls itself %s is read",
    async (type) => {
      expect((await create(withFields({}), type)).status).toBe(201);
    },
  );

  /** A whole body of exactly so many bytes. */
  const bodyOf = (bytes: number, filler: string) => {
    const empty = JSON.stringify(withFields({ custom_data: { memo: "" } }));
    const room = bytes - Buffer.byteLength(empty);
    const size = Buffer.byteLength(filler);
    const memo = filler.repeat(Math.floor(room / size)) + "x".repeat(room % size);
    return empty.replace('"memo":""', `"memo":"${memo}"`);
  };

  it.each(["x", "가"])("of 65,536 bytes of %s is taken, and one more is too large", async (filler) => {
    const [largest, tooLarge] = [bodyOf(65_536, filler), bodyOf(65_537, filler)];
    expect([largest, tooLarge].map((body) => Buffer.byteLength(body))).toEqual([65_536, 65_537]);
    expect((await create(largest)).status).toBe(201);
    expect(named(await create(tooLarge))).toEqual([413, "body_too_large"]);
  });

  it("cannot reach what JavaScript objects inherit", async () => {
    const body = JSON.stringify(withFields({})).replace("{", '{"__proto__":{"tax_free":0},');
    expect(named(await create(body))).toEqual([400, "invalid_field"]);
  });
});

describe("in detail", () => {
  it.each(["109,000", "1e5", -1])(
    "an amount of %j is named once, with what is wrong with it",
    async (amount) => {
      const reply = await create(withFields({ amount }));
      const detail = "1 이상 999,999,999 이하의 금액을 쉼표와 단위 없이 숫자로 보내 주세요(예: 109000).";
      expect(reply.json["errors"]).toEqual([{ pointer: "/amount", code: "invalid_field", detail }]);
      expect(reply.json["detail"]).toBe(detail);
    },
  );

  // Each answer is checked for a Korean explanation; these fields give the checker's English one.
  it.each<[string, Json]>([
    ["/m_redirect_url", { m_redirect_url: 5 }],
    ["/display", { display: "6" }],
    ["/period", { period: "2026-08" }],
    ["/period/from", { period: { from: 20260805 } }],
    ["/card", { card: [] }],
    ["/bypass", { bypass: "ksnet" }],
    ["/storeDetails", { storeDetails: "샘플상점" }],
  ])("%s %j is explained in Korean", async (pointer, more) => {
    expect(pointers(await create(withFields(more)))).toEqual([pointer]);
  });
});
