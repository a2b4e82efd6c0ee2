// The doors a desk needs: what is marked, what waits, the brake, and how an order was paid. Who may knock, what is refused
// by name, and what is told while the table is away.
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, pointers, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";

const keyOf = (scope: string) => `${scope}.ZWFjaC1zY29wZS1oYXMtYS1rZXktb2YtaXRz`;
const keys = ["orders", "refunds", "read", "admin"].map((scope) => ({
  name: scope,
  sha256: createHash("sha256").update(keyOf(scope)).digest("hex"),
  scopes: [scope],
}));
const markedUids = ["ord-m1", "ord-m2", "ord-m3", "ord-m4", "ord-m5"];

interface Page extends Json {
  readonly orders: readonly Json[];
  readonly cursor: string | null;
}

let stack: LocalStack;
let scoped: LocalStack;
let doors: Doors;
let ofScopes: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_GIVE_BACK_MAX: "1" } });
  scoped = await startStack({
    environment: { PAY_PREPARE: "off", PAY_MERCHANT_KEYS: JSON.stringify(keys) },
  });
  doors = new Doors(stack);
  ofScopes = new Doors(scoped);
  // Noon in Korea: no day ends meanwhile, and no night.
  await doors.shop.local("POST", "/clock", { set: "2026-09-07T03:00:00.000Z" });
  // The later an order was made, the earlier it is marked.
  const requests = [];
  for (const uid of markedUids) requests.push(await doors.shop.createOrder(uid));
  const { mid } = await doors.shop.control<{ mid: string }>("GET", "/settings");
  await doors.shop.control("PUT", "/settings", { mid: "2999000001" });
  for (const { confirm_url: _, ...requestPay } of requests.toReversed()) {
    await doors.shop.pay(requestPay);
    await doors.shop.notices(String(requestPay["merchant_uid"]), 1);
    await doors.shop.advance(1_000);
  }
  await doors.shop.control("PUT", "/settings", { mid });
});
afterEach(() => doors.mend());
afterAll(async () => {
  await stack?.close();
  await scoped?.close();
});

const get = (path: string) => doors.merchant("GET", path);
async function page(query: string): Promise<Page> {
  const { status, text, json } = await get(`/orders?${query}`);
  expect(status, text).toBe(200);
  return json as Page;
}
const numbers = ({ orders }: Page) => orders.map((line) => line["merchant_uid"]);

describe("marked orders", () => {
  it("are told as a day's are, with why, the oldest mark first", async () => {
    const { orders, cursor } = await page("review=true");
    expect(cursor).toBeNull();
    expect(orders.map((line) => line["merchant_uid"])).toEqual(markedUids.toReversed());
    expect(orders[0]).toEqual({
      merchant_uid: "ord-m5",
      state: "created",
      amount: 109_000,
      currency: "KRW",
      remaining: 109_000,
      created_at: expect.stringMatching(/^2026-09-07T03:00:/),
      review_reason: "foreign_channel",
    });
  });

  it.each([1, 2, 4, 5])("by %i are each told once", async (limit) => {
    const read: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const next: Page = await page(`review=true&limit=${limit}&cursor=${encodeURIComponent(cursor)}`);
      read.push(...numbers(next));
      cursor = next.cursor;
    }
    expect(read).toEqual(markedUids.toReversed());
  });

  it("are told alike by direct invocation, which may say true as it is", async () => {
    const asked = { action: "order.list", review: true, limit: 2 };
    const { json, status } = await doors.direct("orders", asked);
    expect({ status, body: json }).toEqual(told(await get("/orders?review=true&limit=2")));
    const place = { action: "order.list", review: "true", cursor: String(json["cursor"]) };
    expect(numbers((await doors.direct("orders", place)).json as Page)).toEqual([
      "ord-m3",
      "ord-m2",
      "ord-m1",
    ]);
  });

  it("are one fewer once an operator has looked, and the rest keep their places", async () => {
    const { cursor } = await page("review=true&limit=2");
    const decided = await doors.merchant("POST", "/orders/ord-m3/resolve", {
      body: { action: "clear", note: "통화함" },
    });
    expect(decided.status, decided.text).toBe(200);
    expect(numbers(await page(`review=true&cursor=${encodeURIComponent(String(cursor))}`))).toEqual([
      "ord-m2",
      "ord-m1",
    ]);
  });

  it.each([
    ["/review", "review=false"],
    ["/review", "review="],
    ["/day", "review=true&day=2026-09-07"],
    ["/limit", "review=true&limit=101"],
    ["/cursor", "review=true&cursor=review.W251bGwsbnVsbCxudWxsLG51bGxd.AAAAAAAAAAAAAAAAAAAAAA"],
  ])("are refused at %s: %s", async (pointer, query) => {
    const reply = await get(`/orders?${query}`);
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
  });

  it("are no place in a day's list, nor a day's in theirs", async () => {
    const ofDay = encodeURIComponent(String((await page("day=2026-09-07&limit=1")).cursor));
    const ofReviews = encodeURIComponent(String((await page("review=true&limit=1")).cursor));
    for (const query of [`review=true&cursor=${ofDay}`, `day=2026-09-07&cursor=${ofReviews}`])
      expect(pointers(await get(`/orders?${query}`))).toEqual(["/cursor"]);
    expect(await page(`cursor=${ofReviews}`)).toEqual(await page(`review=true&cursor=${ofReviews}`));
  });
});

describe("the queue", () => {
  it("tells what is due, calls in doubt, marks, the brake and the last night", async () => {
    await doors.shop.createOrder("ord-due");
    const { imp_uid } = await doors.shop.pay(await doors.shop.createOrder("ord-doubt"));
    await doors.shop.notices("ord-doubt", 1);
    await doors.shop.fault("answer_lost_after_effect", "POST /payments/cancel", { imp_uid });
    await doors.shop.fault("server_error_then_ok", "GET /payments/{imp_uid}", { imp_uid, count: 9 });
    const refund = await doors.shop.refund("ord-doubt", "key-1", { amount: 20_000 });
    expect([refund.status, refund.json["state"]], refund.text).toEqual([202, "pending"]);
    await doors.shop.control("DELETE", "/faults");
    const day = { from: "2026-09-05T15:00:00.000Z", to: "2026-09-06T14:59:59.999Z" };
    expect((await doors.invoke("audit", day)).error).toBeNull();
    await doors.shop.advance(40_000);

    const { status, json } = await get("/queue");
    expect(status).toBe(200);
    expect(json).toEqual({
      due: { count: expect.any(Number), oldest_s: expect.any(Number), more: false },
      operations: [
        {
          merchant_uid: "ord-doubt",
          of: "order",
          id: refund.json["refund_id"],
          kind: "refund",
          state: "unknown",
          since: expect.stringMatching(/^2026-09-07T03:00:/),
          review_reason: null,
        },
      ],
      more_operations: false,
      reviews: { count: (await page("review=true")).orders.length, more: false },
      brake: { on: false, last_hour: 0, most_per_hour: 1, waiting: 0 },
      audit: { day: "2026-09-06", complete: true, differences: 0, unreadable: 0, behind: [] },
    });

    await doors.shop.advance(100_000);
    const due = (await get("/queue")).json["due"] as { count: number; oldest_s: number };
    expect(due.count).toBeGreaterThanOrEqual(2);
    expect(due.oldest_s).toBeGreaterThanOrEqual(19);
    await doors.shop.sweep();
    expect((await get("/queue")).json).toMatchObject({ due: { count: 0, oldest_s: 0 }, operations: [] });
  });
});

describe("the brake", () => {
  it("is told as it is: at rest, on with those it holds, and lifted", async () => {
    const brake = async () => (await get("/give-back-brake")).json;
    expect(await brake()).toEqual({ on: false, last_hour: 0, most_per_hour: 1, waiting: 0 });
    for (const uid of ["ord-b1", "ord-b2", "ord-b3"]) {
      const { confirm_url: _, ...requestPay } = await doors.shop.createOrder(uid, { tax_free: 0 });
      await doors.shop.pay({ ...requestPay, amount: 1_000 });
      await doors.shop.notices(uid, 1);
    }
    expect(await brake()).toEqual({ on: true, last_hour: 1, most_per_hour: 1, waiting: 2 });
    expect((await get("/queue")).json["brake"]).toEqual(await brake());
    await doors.merchant("POST", "/give-back-brake", { body: { lifted: true } });
    expect(await brake()).toEqual({ on: false, last_hour: 0, most_per_hour: 1, waiting: 0 });
  });
});

describe("a desk's door", () => {
  const paths = ["/orders?review=true", "/queue", "/give-back-brake"];

  it.each(paths)("%s is shut without a key", async (path) => {
    expect(named(await doors.knock("GET", path))).toEqual([401, "unauthorized"]);
  });

  it.each([
    ["/orders?review=true", ["orders", "read"]],
    ["/queue", ["admin"]],
    ["/give-back-brake", ["admin"]],
  ])("%s is open to %j", async (path, scopes) => {
    for (const { name } of keys) {
      const headers = { authorization: `Bearer ${keyOf(name)}` };
      const { status } = await ofScopes.knock("GET", path, { headers });
      expect([name, status]).toEqual([name, scopes.includes(name) ? 200 : 403]);
    }
  });

  it.each(paths)("%s says that it cannot tell while the table is away", async (path) => {
    await doors.breakTable("orders");
    expect(named(await get(path))).toEqual([503, "storage_unavailable"]);
  });

  it.each<[string, Json]>([
    ["the queue", { action: "queue.get" }],
    ["the brake", { action: "give_back_brake.get" }],
    ["what has no name", { action: null }],
  ])("is no action of a direct invocation: %s", async (_, event) => {
    const reply = await doors.direct("orders", event);
    expect([reply.status, pointers(reply)]).toEqual([400, ["/action"]]);
    expect(reply.json["detail"]).toMatch(/^order\.create, (\w+\.\w+, )+audit\.get 중 하나/);
  });
});

describe("an order", () => {
  it("tells how it was paid, and gives back the shop's own data", async () => {
    const custom_data = { 메모: "선물 포장 🎀", userId: 30_930 };
    const requestPay = await doors.shop.createOrder("ord-told", { custom_data });
    expect(await doors.shop.order("ord-told")).toMatchObject({ custom_data, card_name: null, pg_tid: null });
    await doors.shop.pay(requestPay, { card_quota: 3 });
    await doors.shop.notices("ord-told", 1);
    const order = await doors.shop.order("ord-told");
    const { payments } = await doors.shop.control<{ payments: readonly Json[] }>("GET", "/state");
    const payment = payments.find(({ merchant_uid }) => merchant_uid === "ord-told");
    for (const name of ["card_name", "card_number", "apply_num", "card_quota", "receipt_url", "pg_tid"]) {
      expect([name, payment?.[name] ?? null]).not.toEqual([name, null]);
      expect([name, order[name]]).toEqual([name, payment?.[name]]);
    }
    expect(order).toMatchObject({ custom_data, emb_pg_provider: null, state: "paid" });
  });

  it("keeps 200 bytes of the shop's own data; more is handed to the window, and not kept", async () => {
    const create = (uid: string, letters: number) =>
      doors.shop.merchant("POST", "/orders", {
        merchant_uid: uid,
        name: "나이키 와플 트레이너 2 SD",
        amount: 109_000,
        pay_method: "card",
        buyer_name: "홍길동",
        custom_data: { memo: "m".repeat(letters) },
      });
    for (const [uid, letters, isKept] of [
      ["ord-roomy", 189, true],
      ["ord-full", 190, false],
    ] as const) {
      const { status, json } = await create(uid, letters);
      const custom_data = { memo: "m".repeat(letters) };
      expect([status, json["request_pay"]]).toMatchObject([201, { custom_data }]);
      expect((await doors.shop.order(uid))["custom_data"]).toEqual(isKept ? custom_data : null);
    }
  });
});
