// What a refusal says must be true, and say what to do next: on the built functions.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { Doors, type Sent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody, type Reply } from "../support/shop.ts";
import { card, debt } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

const post = (path: string, body: Json, more: Sent = {}): Promise<Reply> =>
  doors.merchant("POST", path, { body, ...more });
const details = ({ json }: Reply): readonly unknown[] =>
  ((json["errors"] ?? []) as readonly Json[]).map(({ detail }) => detail);
const reserved = (merchant_uid: string, more: Json = {}): Json =>
  debt(merchant_uid, { schedule_at: "2031-09-01T00:00:00.000Z", ...more });

describe("a billing key that PortOne does not know", () => {
  it.each<[string, string, (uid: string) => Json]>([
    ["a charge", "/customers/ghost-1/payments", (uid) => debt(uid)],
    ["a reservation", "/customers/ghost-2/schedules", (uid) => ({ schedules: [reserved(uid)] })],
    [
      "reservations of a year",
      "/customers/ghost-3/schedules",
      (uid) => ({ schedules: [reserved(uid), reserved(`${uid}-2`)] }),
    ],
  ])("is 404 for %s, whose number pays once the key is there", async (_, path, body) => {
    const uid = `key-${path.split("/")[2]}`;
    for (let time = 0; time < 2; time += 1)
      expect(named(await post(path, body(uid)))).toEqual([404, "billing_key_not_found"]);
    expect(named(await doors.merchant("GET", `/orders/${uid}`))).toEqual([404, "order_not_found"]);
    expect((await post(path.replace(/\w+$/, "billing-key"), card())).status).toBe(201);
    expect((await post(path, body(uid))).status).toBe(201);
  });

  it("deleted meanwhile, its charge of before is still told and a new one is 404", async () => {
    expect((await post("/customers/gone/billing-key", card())).status).toBe(201);
    expect((await post("/customers/gone/payments", debt("gone-1"))).status).toBe(201);
    expect((await doors.merchant("DELETE", "/customers/gone/billing-key")).status).toBe(200);
    expect((await post("/customers/gone/payments", debt("gone-1"))).status).toBe(201);
    expect(named(await post("/customers/gone/payments", debt("gone-2")))).toEqual([
      404,
      "billing_key_not_found",
    ]);
  });

  it("is told so by direct invocation, by GET and by DELETE as well", async () => {
    const direct = await doors.direct("billing", { customer_uid: "ghost", ...debt("ghost-direct") });
    expect([direct.status, direct.json["code"]]).toEqual([404, "billing_key_not_found"]);
    for (const method of ["GET", "DELETE"])
      expect(named(await doors.merchant(method, "/customers/ghost/billing-key"))).toEqual([
        404,
        "billing_key_not_found",
      ]);
  });
});

describe("a direct call that lacks fields", () => {
  const store = { businessName: "샘플상점", businessRegistrationNumber: "1178178260" };
  it.each<[string, Json, readonly string[]]>([
    [
      "BC without a phone",
      { card: { direct: { code: "361" } }, buyer_tel: "" },
      ["/buyer_tel", "/bypass/ksnet/tcode"],
    ],
    [
      "KB without a shop",
      { card: { direct: { code: "381" } } },
      ["/storeDetails/businessName", "/storeDetails/businessRegistrationNumber"],
    ],
    [
      "Shinhan without its way back",
      { card: { direct: { code: "366" } }, storeDetails: store },
      ["/bypass/ksnet/url"],
    ],
    [
      "naverpay without a shop",
      { pay_method: "naverpay", bypass: { ksnet: { easyPayDirect: true } } },
      ["/storeDetails/businessName"],
    ],
    [
      "payco without a buyer",
      {
        pay_method: "payco",
        buyer_email: " ",
        bypass: { ksnet: { easyPayDirect: true } },
        storeDetails: store,
      },
      ["/buyer_email"],
    ],
  ])("%s is refused inside request_pay_refused, by place", async (_, more, places) => {
    const reply = await post("/orders", orderBody("direct-1", more));
    expect(named(reply)).toEqual([422, "request_pay_refused"]);
    expect(pointers(reply)).toEqual(places);
    for (const error of reply.json["errors"] as readonly Json[])
      expect(error).toMatchObject({ code: "direct_field_required", rule: "R-KS-31" });
    expect(String(details(reply)[0])).toContain("pointer에 적힌 항목을 채워 주세요");
  });
});

describe("every answer has its number", () => {
  it.each([
    "/orders/%zz",
    "/orders/%",
    "/orders/%E0%A4%A",
    "/%c0%af",
    "/orders/%ff/void",
    "/nowhere",
    "/",
    "//orders",
    "/orders/",
    "/portone/notice/%ED%95",
    "/2015-03-31/functions/nobody/invocations",
  ])("%s", async (path) => {
    for (const method of ["GET", "POST"]) {
      const { headers, status } = await fetch(`${stack.gatewayUrl}${path}`, { method });
      expect(headers.get("x-request-id"), `${method} ${status}`).toMatch(/^[\w-]{8,64}$/);
    }
  });
});

describe("a refusal says what to do next", () => {
  const paid = async (uid: string) => {
    const body = debt(uid, { ...card(), amount: 50_000 });
    expect((await post("/payments/onetime", body)).status).toBe(201);
    return uid;
  };
  const say = (reply: Reply) => [reply.status, reply.json["code"], reply.json["detail"]];

  it.each<[number, string, string, () => Promise<Reply>]>([
    [401, "unauthorized", "Authorization: Bearer", () => doors.knock("GET", "/orders/none")],
    [403, "scope_missing", "PAY_MERCHANT_KEYS", () => readOnly("/orders", orderBody("scoped"))],
    [
      415,
      "unsupported_media_type",
      "Content-Type: application/json",
      () => post("/orders", {}, { type: "text/plain" }),
    ],
    [409, "order_not_voidable", "환불", async () => post(`/orders/${await paid("say-void")}/void`, {})],
    [
      409,
      "order_not_paid",
      "state",
      async () => {
        await doors.shop.createOrder("say-unpaid");
        return post("/orders/say-unpaid/refunds", {}, { headers: { "idempotency-key": "k" } });
      },
    ],
    [
      409,
      "receipt_exists",
      "DELETE",
      async () => {
        const first = await post("/receipts/external/say-receipt", sale());
        expect(first.status, first.text).toBe(201);
        return post("/receipts/external/say-receipt", sale({ amount: 7_000 }));
      },
    ],
    [404, "billing_key_not_found", "발급", () => post("/customers/say-nobody/payments", debt("say-1"))],
  ])("%i %s", async (status, code, next, ask) => {
    expect(say(await ask())).toEqual([status, code, expect.stringContaining(next)]);
  });

  const sale = (more: Json = {}): Json => ({
    identifier: "01012345678",
    identifier_type: "phone",
    product_type: "real",
    name: "매장 판매",
    amount: 5_000,
    buyer_name: "홍길동",
    ...more,
  });

  /** By a key that may read only. */
  async function readOnly(path: string, body: Json): Promise<Reply> {
    const key = "read-only-0123456789-0123456789-0123";
    const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key))).toString(
      "hex",
    );
    const keys = JSON.stringify([{ name: "reader", sha256, scopes: ["read"] }]);
    const other = await startStack({ environment: { PAY_PREPARE: "off", PAY_MERCHANT_KEYS: keys } });
    try {
      return await new Doors(other).knock("POST", path, {
        body,
        headers: { authorization: `Bearer ${key}` },
      });
    } finally {
      await other.close();
    }
  }
});

describe("a wrong choice lists the right ones, and nothing is told to be below what it may be", () => {
  it.each<[string, string, Json, string]>([
    ["amount 0", "/orders", orderBody("w", { amount: 0 }), "1 이상"],
    ["amount -1", "/orders", orderBody("w", { amount: -1 }), "1 이상"],
    ["amount '0.00'", "/payments/onetime", debt("w", { ...card(), amount: "0.00" }), "1 이상"],
    ["amount 0 of a key", "/customers/w/payments", debt("w", { amount: 0 }), "1 이상"],
    ["amount 0 reserved", "/customers/w/schedules", { schedules: [reserved("w", { amount: 0 })] }, "1 이상"],
    ["amount 0 of a sale", "/receipts/external/w", { identifier: "01012345678", amount: 0 }, "1 이상"],
    ["a pay method", "/orders", orderBody("w", { pay_method: "bitcoin" }), "card, vbank, trans, phone"],
    ["a currency", "/orders", orderBody("w", { currency: "JPY" }), "KRW와 해외 발급 카드의 USD"],
    ["a decision", "/orders/w/resolve", { action: "pay" }, "sync, accept, give_back, clear"],
    ["a brake", "/give-back-brake", { lifted: "yes" }, "true"],
    ["a product", "/payments/onetime", debt("w", { ...card(), product_type: "가전" }), "real 또는 digital"],
    ["a requester", "/orders/w/refunds", { requester: "buyer" }, "customer 또는 admin"],
    [
      "an identifier",
      "/orders/w/receipt",
      { identifier: "1", identifier_type: "email" },
      "person, business, phone, taxcard",
    ],
    ["a receipt's type", "/orders/w/receipt", { identifier: "1", type: "shop" }, "person 또는 company"],
    ["a courier", "/orders/w/delivery", { logis: { company: "퀵" } }, "HYUNDAI, HANARO"],
    ["a flag", "/orders", orderBody("w", { escrow: "yes" }), "true 또는 false"],
  ])("%s", async (_, path, body, right) => {
    const reply = await post(path, body, { headers: { "idempotency-key": "k" } });
    expect([400, 422]).toContain(reply.status);
    expect(details(reply).join(" ")).toContain(right);
  });

  it("an action of a direct invocation", async () => {
    const { json } = await doors.direct("refund", { action: "refund.undo" });
    expect(String(json["detail"])).toContain("refund.create, refund.get, refund.list");
  });
});

describe("the guide's own body is told what this server says itself", () => {
  const fields = ["pg", "channelKey", "notice_url", "confirm_url"];
  const guide = {
    pg: "ksnet.2999199999",
    channelKey: "channel-key-1",
    notice_url: "https://s.example/n",
    confirm_url: "https://s.example/c",
  };

  it("at POST /orders, all of it at once", async () => {
    const reply = await post("/orders", orderBody("guide-1", guide));
    expect([...named(reply), pointers(reply)]).toEqual([
      400,
      "invalid_field",
      fields.map((name) => `/${name}`),
    ]);
    expect(new Set(details(reply))).toEqual(new Set(["서버가 정합니다. 빼고 보내 주세요."]));
    const {
      pg: _,
      channelKey: __,
      notice_url: ___,
      confirm_url: ____,
      ...rest
    } = orderBody("guide-1", guide);
    expect((await post("/orders", rest)).status).toBe(201);
  });

  it.each<[string, string, Json]>([
    ["a charge", "/payments/onetime", debt("guide-2", card())],
    ["a charge of a key", "/customers/guide/payments", debt("guide-3")],
    ["null, which is something", "/customers/guide/payments", debt("guide-4")],
  ])("at %s", async (title, path, body) => {
    const value = title.startsWith("null") ? null : "x";
    const reply = await post(path, { ...body, pg: value, channel_key: value, notice_url: value });
    expect([pointers(reply), new Set(details(reply))]).toEqual([
      ["/pg", "/channel_key", "/notice_url"],
      new Set(["서버가 정합니다. 빼고 보내 주세요."]),
    ]);
  });

  it("in a reservation", async () => {
    const reply = await post("/customers/guide/schedules", {
      schedules: [reserved("g", { notice_url: "x" })],
    });
    expect([pointers(reply), details(reply)]).toEqual([
      ["/schedules/0/notice_url"],
      ["서버가 정합니다. 빼고 보내 주세요."],
    ]);
  });
});
