// Charges PortOne makes by itself, and what becomes of their orders. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const card = (card_number = "4518-4200-0000-0015") => ({
  card_number,
  expiry: "2031-12",
  birth: "820213",
  pwd_2digit: "00",
});
const now = async () => Date.parse(String((await shop.local<{ now: string }>("GET", "/clock")).now));
/** Whole seconds, which is what PortOne counts in. */
const inFuture = async (ms: number) => new Date(Math.ceil((await now()) / 1000) * 1000 + ms).toISOString();

async function issueKey(customerUid: string, number?: string): Promise<void> {
  const issued = await shop.merchant("POST", `/customers/${customerUid}/billing-key`, card(number));
  expect(issued.status, issued.text).toBe(201);
}

const entry = (merchant_uid: string, schedule_at: string, more: Json = {}): Json => ({
  merchant_uid,
  schedule_at,
  amount: 8_900,
  name: "정기구독 9월분",
  buyer_name: "홍길동",
  product_type: "digital",
  ...more,
});
const reserve = (customerUid: string, ...schedules: Json[]) =>
  shop.merchant("POST", `/customers/${customerUid}/schedules`, { schedules });

describe("a reserved charge", () => {
  it("has its order from the start, which its execution pays", async () => {
    await issueKey("res-1");
    const at = await inFuture(10 * minuteMs);
    const reserved = await reserve("res-1", entry("sub-1", at));
    expect([reserved.status, reserved.json]).toEqual([
      201,
      {
        schedules: [
          {
            merchant_uid: "sub-1",
            schedule_at: at,
            amount: 8_900,
            schedule_status: "scheduled",
            payment_status: null,
            imp_uid: null,
            fail_reason: null,
          },
        ],
      },
    ]);
    expect(await shop.order("sub-1")).toMatchObject({
      state: "created",
      operation: { kind: "charge", state: "scheduled" },
    });
    expect((await reserve("res-1", entry("sub-1", at))).json).toEqual(reserved.json);
    const other = await reserve("res-1", entry("sub-1", at, { amount: 9_900 }));
    expect(other.json).toMatchObject({ status: 409, code: "order_exists" });

    await shop.advance(11 * minuteMs);
    await shop.notices("sub-1", 1);
    expect(await shop.order("sub-1")).toMatchObject({ state: "paid", operation: null });
  });

  it("whose notice is lost is synced by the sweep", async () => {
    await issueKey("res-2");
    await shop.fault("notice_never", "notice", { count: 9 });
    await reserve("res-2", entry("sub-2", await inFuture(10 * minuteMs)));
    await shop.advance(13 * minuteMs);
    await shop.sweep();
    expect(await shop.order("sub-2")).toMatchObject({ state: "paid" });
  });

  it("that is declined is failed, can be retried, and is then paid", async () => {
    await issueKey("res-3", "4518-4200-0005-0002");
    await reserve("res-3", entry("sub-3", await inFuture(10 * minuteMs)));
    await shop.advance(13 * minuteMs);
    await shop.sweep();
    expect(await shop.order("sub-3")).toMatchObject({ state: "failed", imp_uid: null });
    const declined = await shop.merchant("POST", "/customers/res-3/schedules/sub-3/retry", {});
    expect(declined.json).toMatchObject({ status: 402, code: "card_declined", provider_message: "한도초과" });
    await issueKey("res-3");
    const retried = await shop.merchant("POST", "/customers/res-3/schedules/sub-3/retry", {});
    expect(retried.status, retried.text).toBe(201);
    expect(retried.json).toMatchObject({ order: { state: "paid" }, payment: { status: "paid" } });
    const again = await shop.merchant("POST", "/customers/res-3/schedules/sub-3/retry", {});
    expect(again.json).toMatchObject({ status: 409, code: "schedule_not_open" });
  });

  it("whose retry is lost is found, and never made twice", async () => {
    await issueKey("res-4", "4518-4200-0005-0002");
    await reserve("res-4", entry("sub-4", await inFuture(10 * minuteMs)));
    await shop.advance(13 * minuteMs);
    await shop.sweep();
    await issueKey("res-4");
    const call = "POST /subscribe/payments/schedule/{merchant_uid}/retry";
    await shop.fault("answer_lost_after_effect", call, {});
    const lost = await shop.merchant("POST", "/customers/res-4/schedules/sub-4/retry", {});
    expect(lost.status, lost.text).toBe(202);
    await shop.advance(2 * minuteMs);
    await shop.sweep();
    expect(await shop.order("sub-4")).toMatchObject({ state: "paid" });
  });

  it("is moved, and runs at its new time only", async () => {
    await issueKey("res-5");
    await reserve("res-5", entry("sub-5", await inFuture(10 * minuteMs)));
    const later = await inFuture(dayMs);
    const moved = await shop.merchant("PUT", "/customers/res-5/schedules/sub-5", { schedule_at: later });
    expect([moved.status, moved.json["schedule_at"]]).toEqual([200, later]);
    await shop.advance(13 * minuteMs);
    await shop.sweep();
    expect(await shop.order("sub-5")).toMatchObject({ state: "created" });
    await shop.advance(dayMs);
    await shop.sweep();
    expect(await shop.order("sub-5")).toMatchObject({ state: "paid" });
    const over = await shop.merchant("PUT", "/customers/res-5/schedules/sub-5", {
      schedule_at: await inFuture(dayMs),
    });
    expect(over.json).toMatchObject({ status: 409, code: "schedule_not_open" });
    const unknown = await shop.merchant("PUT", "/customers/res-5/schedules/sub-0", { schedule_at: later });
    expect(unknown.json).toMatchObject({ status: 404, code: "schedule_not_found" });
  });

  it("is revoked by number or with its key, and its order is void", async () => {
    await issueKey("res-6");
    const at = await inFuture(dayMs);
    await reserve("res-6", entry("sub-6a", at), entry("sub-6b", at), entry("sub-6c", at));
    const one = await shop.merchant("DELETE", "/customers/res-6/schedules?merchant_uid=sub-6a");
    expect(one.json).toMatchObject({ schedules: [{ merchant_uid: "sub-6a", schedule_status: "revoked" }] });
    await shop.control("DELETE", "/calls");
    const gone = await shop.merchant("DELETE", "/customers/res-6/billing-key");
    expect(gone.json).toEqual({ customer_uid: "res-6", deleted: true, unscheduled: ["sub-6b", "sub-6c"] });
    for (const merchantUid of ["sub-6a", "sub-6b", "sub-6c"])
      expect((await shop.order(merchantUid)).state).toBe("voided");
    await shop.advance(2 * dayMs);
    const { payments } = await shop.control<{ payments: readonly Json[] }>("GET", "/state");
    expect(payments.filter(({ merchant_uid }) => String(merchant_uid).startsWith("sub-6"))).toEqual([]);
  });

  it("several at once are listed as PortOne has them", async () => {
    await issueKey("res-7");
    const [first, second] = [await inFuture(dayMs), await inFuture(2 * dayMs)];
    await reserve("res-7", entry("sub-7b", second), entry("sub-7a", first));
    const listed = await shop.merchant("GET", "/customers/res-7/schedules");
    expect(listed.json).toMatchObject({
      schedules: [{ merchant_uid: "sub-7a" }, { merchant_uid: "sub-7b" }],
    });
    const window = `from=${first}&to=${second}`;
    const part = await shop.merchant("GET", `/customers/res-7/schedules?${window}`);
    expect(part.json).toMatchObject({ schedules: [{ merchant_uid: "sub-7a" }] });
    expect((part.json["schedules"] as Json[]).length).toBe(1);
  });

  it("whose answer is lost is reserved once; refused by PortOne its order is void", async () => {
    await issueKey("res-8");
    const at = await inFuture(dayMs);
    await shop.fault("answer_lost_after_effect", "POST /subscribe/payments/schedule", {});
    const lost = await reserve("res-8", entry("sub-8", at));
    expect(lost.status, lost.text).toBe(201);
    await shop.fault("server_error_then_ok", "POST /subscribe/payments/schedule", {});
    const failed = await reserve("res-8", entry("sub-8b", at));
    expect(failed.status, failed.text).toBe(202);
    expect(failed.json).toMatchObject({
      schedules: [{ merchant_uid: "sub-8b", schedule_at: at, schedule_status: "pending" }],
    });
    expect(await shop.order("sub-8b")).toMatchObject({ operation: { kind: "schedule", state: "unknown" } });
    expect((await reserve("res-8", entry("sub-8b", at))).json).toEqual(failed.json);
    await shop.advance(11 * minuteMs);
    expect((await reserve("res-8", entry("sub-8b", at))).status).toBe(201);
    const { contracts } = await shop.control<{ contracts: readonly string[] }>("GET", "/settings");
    await shop.control("PUT", "/settings", { contracts: contracts.filter((name) => name !== "billing") });
    const refused = await reserve("res-8", entry("sub-8c", at));
    await shop.control("PUT", "/settings", { contracts });
    expect(refused.json).toMatchObject({ status: 422, code: "provider_refused" });
    expect((await shop.order("sub-8c")).state).toBe("voided");
  });

  it.each([
    ["in the past", { schedule_at: "2026-01-01T00:00:00.000Z" }, "invalid_field", "/schedules/0/schedule_at"],
    [
      "without product_type",
      { product_type: undefined },
      "product_type_required",
      "/schedules/0/product_type",
    ],
    ["without buyer_name", { buyer_name: undefined }, "buyer_name_required", "/schedules/0/buyer_name"],
    ["of a broken amount", { amount: "1e5" }, "invalid_field", "/schedules/0/amount"],
  ])("is refused by name %s", async (_, change, code, pointer) => {
    const refused = await reserve("res-1", entry("sub-wrong", await inFuture(dayMs), change));
    expect(refused.json).toMatchObject({ code, errors: [{ pointer }] });
  });
});
