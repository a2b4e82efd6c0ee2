// What the doors answer while nobody knows what became of a reservation, a move, a revocation or an account: 202 and the
// same body, to the same request again as well; and the order shows the operation until it is known.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

const card = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
const dayMs = 24 * 3_600_000;
const inDays = (days: number): string =>
  new Date(Math.floor((Date.now() + days * dayMs) / 1000) * 1000).toISOString();
const [september, october, november] = [inDays(30), inDays(60), inDays(90)];
const at = (merchant_uid: string, schedule_at: string, schedule_status: string) => ({
  merchant_uid,
  schedule_at,
  amount: 8_900,
  schedule_status,
  payment_status: null,
  imp_uid: null,
  fail_reason: null,
});
const reserve = (merchant_uid: string): Promise<Reply> => {
  const entry = {
    merchant_uid,
    schedule_at: september,
    amount: 8_900,
    name: "정기구독 9월분 📦",
    buyer_name: "홍길동",
    product_type: "digital",
  };
  return doors.merchant("POST", "/customers/user42/schedules", { body: { schedules: [entry] } });
};
const move = (merchantUid: string, schedule_at: string) =>
  doors.merchant("PUT", `/customers/user42/schedules/${merchantUid}`, { body: { schedule_at } });
const revoke = (merchantUid: string) =>
  doors.merchant("DELETE", `/customers/user42/schedules?merchant_uid=${merchantUid}`);
const order = async (merchantUid: string) => (await doors.merchant("GET", `/orders/${merchantUid}`)).json;
const lose = (call: string) => doors.breakPortOne(call);
const quiet = () => doors.shop.advance(11 * 60_000);

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  expect((await doors.merchant("POST", "/customers/user42/billing-key", { body: card })).status).toBe(201);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

describe("while nobody knows", () => {
  it("reserving is 202 with the reservation pending", async () => {
    await lose("POST /subscribe/payments/schedule");
    const first = await reserve("sub-a");
    expect([first.status, first.json]).toEqual([202, { schedules: [at("sub-a", september, "pending")] }]);
    expect((await order("sub-a"))["operation"]).toMatchObject({
      id: "sub-a",
      kind: "schedule",
      state: "unknown",
    });
    const again = await reserve("sub-a");
    expect([again.status, again.json]).toEqual([202, first.json]);
    await doors.mend();
    await quiet();
    const known = await reserve("sub-a");
    expect([known.status, known.json]).toEqual([201, { schedules: [at("sub-a", september, "scheduled")] }]);
    expect((await order("sub-a"))["operation"]).toMatchObject({ kind: "charge", state: "scheduled" });
  });

  it("moving is 202 with the new time pending; another move waits", async () => {
    await reserve("sub-b");
    await lose("PUT /subscribe/payments/schedule/{merchant_uid}");
    const first = await move("sub-b", october);
    expect([first.status, first.json]).toEqual([202, at("sub-b", october, "pending")]);
    const again = await move("sub-b", october);
    expect([again.status, again.json]).toEqual([202, first.json]);
    const other = await move("sub-b", november);
    expect(named(other)).toEqual([409, "operation_in_flight"]);
    expect(other.json["operation"]).toBe("sub-b");
    expect(other.headers.get("retry-after")).not.toBeNull();
    expect((await order("sub-b"))["operation"]).toMatchObject({ kind: "reschedule", state: "unknown" });
    await doors.mend();
    await quiet();
    const known = await doors.merchant("POST", "/orders/sub-b/sync", { body: {} });
    expect(known.json["operation"]).toMatchObject({ kind: "reschedule", state: "unknown" });
    await doors.shop.sweep();
    const done = await move("sub-b", october);
    expect([done.status, done.json]).toEqual([200, at("sub-b", october, "scheduled")]);
  });

  it("revoking is 202 with the reservation pending, and the sweep finishes it", async () => {
    await reserve("sub-c");
    await lose("POST /subscribe/payments/unschedule");
    const first = await revoke("sub-c");
    expect([first.status, first.json]).toEqual([202, { schedules: [at("sub-c", september, "pending")] }]);
    const again = await revoke("sub-c");
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect(await order("sub-c")).toMatchObject({
      state: "created",
      operation: { kind: "unschedule", state: "unknown" },
    });
    const key = await doors.merchant("DELETE", "/customers/user42/billing-key");
    expect([key.status, key.json["deleted"]]).toEqual([202, false]);
    await doors.mend();
    await quiet();
    await doors.shop.sweep();
    expect(await order("sub-c")).toMatchObject({ state: "voided", operation: null });
    const known = await revoke("sub-c");
    expect([known.status, known.json]).toEqual([200, { schedules: [at("sub-c", september, "revoked")] }]);
  });

  it("a void is 202 with the order and its operation, and 200 once PortOne has revoked the reservation", async () => {
    expect((await reserve("sub-d")).status).toBe(201);
    await lose("POST /subscribe/payments/unschedule");
    const first = await doors.merchant("POST", "/orders/sub-d/void", { body: {} });
    expect(first.status).toBe(202);
    expect(first.json).toMatchObject({
      merchant_uid: "sub-d",
      state: "created",
      operation: { id: "sub-d", kind: "unschedule", state: "unknown" },
    });
    const direct = await doors.direct("orders", { action: "order.void", merchant_uid: "sub-d" });
    expect([direct.status, direct.json["operation"]]).toEqual([202, first.json["operation"]]);
    await doors.mend();
    await quiet();
    const known = await doors.merchant("POST", "/orders/sub-d/void", { body: {} });
    expect([known.status, known.json["state"], known.json["operation"]]).toEqual([200, "voided", null]);
  });

  it("an account is 202 with the order and its operation; closed meanwhile, it is void after QUIET", async () => {
    const account = { vbank_code: "088", vbank_due_at: "2031-08-08T14:59:59.000Z", product_type: "real" };
    await doors.shop.createOrder("vb-a", { pay_method: "vbank", vbank_due: "2031-08-08", tax_free: 0 });
    await lose("POST /vbanks");
    const open = () => doors.merchant("POST", "/orders/vb-a/virtual-account", { body: account });
    const first = await open();
    expect(first.status).toBe(202);
    expect(first.json).toMatchObject({
      state: "created",
      operation: { kind: "vbank_issue", state: "unknown" },
    });
    expect((await open()).json["operation"]).toEqual(first.json["operation"]);
    const closing = await doors.merchant("DELETE", "/orders/vb-a/virtual-account");
    expect([closing.status, closing.json["operation"]]).toEqual([202, first.json["operation"]]);
    await doors.mend();
    await quiet();
    await doors.shop.sweep();
    expect(await order("vb-a")).toMatchObject({ state: "voided", operation: null });
  });
});

describe("who asks for what", () => {
  it.each<[string, string, string, Json, number, string]>([
    [
      "moving another customer's",
      "PUT",
      "/customers/user43/schedules/sub-e",
      { schedule_at: october },
      404,
      "schedule_not_found",
    ],
    [
      "retrying another customer's",
      "POST",
      "/customers/user43/schedules/sub-e/retry",
      {},
      404,
      "schedule_not_found",
    ],
    [
      "retrying a window's order",
      "POST",
      "/customers/user42/schedules/ord-e/retry",
      {},
      409,
      "schedule_not_open",
    ],
    [
      "retrying what has not run",
      "POST",
      "/customers/user42/schedules/sub-e/retry",
      {},
      409,
      "schedule_not_open",
    ],
  ])("%s is refused", async (_, method, path, body, status, code) => {
    if ((await doors.merchant("GET", "/orders/sub-e")).status === 404) {
      await doors.merchant("POST", "/customers/user42/billing-key", { body: card });
      expect((await reserve("sub-e")).status).toBe(201);
      await doors.shop.createOrder("ord-e");
    }
    expect(named(await doors.merchant(method, path, { body }))).toEqual([status, code]);
    expect(await order("sub-e")).toMatchObject({ operation: { kind: "charge", state: "scheduled" } });
  });

  it("closing an account that was opened through a window is refused", async () => {
    await doors.shop.createOrder("ord-f");
    expect(named(await doors.merchant("DELETE", "/orders/ord-f/virtual-account"))).toEqual([
      409,
      "order_not_voidable",
    ]);
    expect((await order("ord-f"))["state"]).toBe("created");
  });
});
