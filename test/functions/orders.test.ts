// The doors of orders, on the built function: created, read, voided, synced, and called directly.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named } from "../support/answers.ts";
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

const create = (uid: string, more: Json = {}) =>
  doors.merchant("POST", "/orders", { body: orderBody(uid, more) });
const get = (uid: string) => doors.merchant("GET", `/orders/${uid}`);
const post = (path: string) => doors.merchant("POST", path, { body: {} });

/** Paid and synced. */
async function paid(uid: string): Promise<void> {
  await doors.shop.pay(await doors.shop.createOrder(uid));
  await doors.shop.notices(uid, 1);
}

describe("an order is created", () => {
  it("with everything a shop's page needs to open the window", async () => {
    const { status, json } = await create("ord-whole");
    expect(status).toBe(201);
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const token = String((json["request_pay"] as Json)["confirm_url"])
      .split("/")
      .at(-1);
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(json).toEqual({
      order: expect.objectContaining({
        merchant_uid: "ord-whole",
        state: "created",
        amount: 109_000,
        tax_free: 3_000,
        currency: "KRW",
        name: "나이키 와플 트레이너 2 SD",
        pay_method: "card",
        buyer_name: "홍길동",
        escrow: false,
        imp_uid: null,
        attempts: [],
        cancel_amount: 0,
        cancel_tax_free: 0,
        remaining: 109_000,
        remaining_tax_free: 3_000,
        vbank: null,
        receipt: null,
        operation: null,
        refunds: [],
        history: [{ at: iso, by: "merchant", key: "local", from: null, to: "created", reason: null }],
        review_reason: null,
        created_at: iso,
        expires_at: iso,
        hold_until: null,
        paid_at: null,
        version: 1,
      }),
      request_pay: {
        channelKey: "channel-key-00000000-0000-0000-0000-000000000000",
        pay_method: "card",
        merchant_uid: "ord-whole",
        name: "나이키 와플 트레이너 2 SD",
        amount: 109_000,
        tax_free: 3_000,
        currency: "KRW",
        buyer_name: "홍길동",
        buyer_email: "buyer@example.com",
        buyer_tel: "010-1234-5678",
        m_redirect_url: `${stack.gatewayUrl}/payments/redirect`,
        notice_url: `${stack.gatewayUrl}/portone/notice/${token}`,
        confirm_url: `${stack.gatewayUrl}/portone/confirm/${token}`,
      },
      sdk: { script: `${stack.simulatorUrl}/v1/iamport.js`, init: "imp00000000" },
      token,
    });
  });

  it("once: the same again is the same order, whatever way it is written", async () => {
    const first = await create("ord-again");
    const { merchant_uid, ...rest } = orderBody("ord-again", { amount: "109000", currency: "KRW" });
    const again = await doors.merchant("POST", "/orders", { body: { ...rest, merchant_uid } });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.text).toBe(first.text);
  });

  it("again after it was paid, it is shown as it is now", async () => {
    await paid("ord-again-paid");
    const again = await create("ord-again-paid");
    expect([again.status, again.json["order"]]).toEqual([200, (await get("ord-again-paid")).json]);
    expect(again.json["order"]).toMatchObject({ state: "paid" });
  });

  it.each<[string, Json]>([
    ["amount", { amount: 109_001 }],
    ["tax_free", { tax_free: 0 }],
    ["name", { name: "나이키 와플 트레이너 2" }],
    ["currency", { amount: 109_000, currency: "USD" }],
    ["buyer_name", { buyer_name: "홍길순" }],
    ["pay_method", { pay_method: "trans" }],
    ["expires_at", { expires_at: "2026-08-05T05:00:00.000Z" }],
    ["custom_data", { custom_data: { 메모: "다른 주문" } }],
  ])("another %s under its number is another order, and refused", async (field, more) => {
    const uid = `ord-other-${field}`;
    const first = await create(uid);
    expect(named(await create(uid, more))).toEqual([409, "order_exists"]);
    expect((await get(uid)).json).toEqual(first.json["order"]);
  });

  it("a vbank's window gets no tax-free part, the order keeps it", async () => {
    const { json } = await create("ord-vbank", { pay_method: "vbank", vbank_due: "2099-12-31" });
    expect(json["request_pay"]).toMatchObject({ tax_free: 0 });
    expect(json["order"]).toMatchObject({ tax_free: 3_000 });
  });
});

describe("an order is voided", () => {
  it("before it is paid, and again alike", async () => {
    await create("ord-void");
    const voided = await post("/orders/ord-void/void");
    expect([voided.status, voided.json["state"]]).toEqual([200, "voided"]);
    expect((await post("/orders/ord-void/void")).text).toBe(voided.text);
    expect((await get("ord-void")).text).toBe(voided.text);
  });

  it("also by a request without a body", async () => {
    await create("ord-void-bare");
    expect((await doors.merchant("POST", "/orders/ord-void-bare/void")).status).toBe(200);
  });

  it("never after it is paid", async () => {
    await paid("ord-void-paid");
    expect(named(await post("/orders/ord-void-paid/void"))).toEqual([409, "order_not_voidable"]);
    expect((await get("ord-void-paid")).json["state"]).toBe("paid");
  });
});

describe("an order is synced", () => {
  it("when nobody told of its payment", async () => {
    await doors.shop.fault("notice_never", "notice", { merchant_uid: "ord-sync" });
    const { imp_uid } = await doors.shop.pay(await doors.shop.createOrder("ord-sync"));
    const synced = await post("/orders/ord-sync/sync");
    expect(synced.status).toBe(200);
    expect(synced.json).toMatchObject({ merchant_uid: "ord-sync", state: "paid", imp_uid });
    expect((await get("ord-sync")).json).toEqual(synced.json);
  });

  it("503 and unchanged while PortOne does not answer", async () => {
    await create("ord-sync-503");
    const before = (await get("ord-sync-503")).json;
    await doors.breakPortOne();
    expect(named(await post("/orders/ord-sync-503/sync"))).toEqual([503, "provider_unavailable"]);
    expect((await get("ord-sync-503")).json).toEqual(before);
  });
});

describe("an order nobody knows", () => {
  it.each([
    ["GET", "/orders/ord-nobody"],
    ["POST", "/orders/ord-nobody/void"],
    ["POST", "/orders/ord-nobody/sync"],
  ])("%s %s", async (method, path) => {
    expect(named(await doors.merchant(method, path))).toEqual([404, "order_not_found"]);
  });

  it.each([
    ["GET", `/orders/${"o".repeat(41)}`],
    ["GET", "/orders/%EC%A3%BC%EB%AC%B8"],
    ["GET", "/orders/ord%231"],
    ["POST", "/orders/ord%201/void"],
    ["POST", "/orders/ord%40shop/sync"],
  ])("%s %s could not even be one", async (method, path) => {
    const reply = await doors.merchant(method, path);
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(reply.json["errors"]).toMatchObject([{ pointer: "/merchant_uid" }]);
  });

  it.each(["void", "sync"])("%s takes no other field, and no other order's number", async (action) => {
    await create(`ord-strict-${action}`);
    for (const body of [{ force: true }, { merchant_uid: "ord-other" }]) {
      const reply = await doors.merchant("POST", `/orders/ord-strict-${action}/${action}`, { body });
      expect(named(reply)).toEqual([400, "invalid_field"]);
    }
    expect((await get(`ord-strict-${action}`)).json["state"]).toBe("created");
  });
});

it.each<[string, string, Json | undefined]>([
  ["POST", "/orders", orderBody("ord-storage")],
  ["GET", "/orders/ord-storage", undefined],
  ["GET", "/orders?day=2026-08-05", undefined],
  ["POST", "/orders/ord-storage/void", {}],
  ["POST", "/orders/ord-storage/sync", {}],
])("%s %s is 503 while the table does not answer", async (method, path, body) => {
  await doors.breakTable("orders");
  expect(named(await doors.merchant(method, path, { body }))).toEqual([503, "storage_unavailable"]);
});

describe("in detail", () => {
  it("the same body is the same order, also once its time is over", async () => {
    const more = { expires_at: "2026-08-05T04:00:00.000Z" };
    expect((await create("ord-over", more)).status).toBe(201);
    await doors.shop.local("POST", "/clock", { set: "2026-08-05T04:01:00.000Z" });
    expect((await create("ord-over", more)).status).toBe(200);
  });
});
