// The table falls silent over a claim: the shop is told that it is not known yet, or that nothing was started and that
// is true. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { card, debt, minuteMs, passTime, payments } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterEach(() => shop.local("DELETE", "/faults"));
afterAll(() => stack?.close());

const fault = (name: string, of: string, call: string, more: Json = {}) =>
  shop.local("POST", "/faults", { name, function: of, call, ...more });

/** The first write lands unheard, its repeat and every read from then on get no answer. */
async function silence(of: string, write: string, readsBefore: number): Promise<void> {
  await fault("dynamodb_answer_lost_after_effect", of, write);
  await fault("dynamodb_down", of, write, { occurrence: 2, count: 20 });
  await fault("dynamodb_down", of, "GetItem", { occurrence: readsBefore + 1, count: 20 });
}

async function paid(merchantUid: string): Promise<void> {
  const { payment } = await shop.pay(await shop.createOrder(merchantUid));
  await shop.complete(merchantUid, payment.imp_uid);
}

const body = { amount: 20_000, reason: "단순 변심" };

describe("S61 a refund", () => {
  it("claimed unheard is told as pending by its name, and happens once", async () => {
    await paid("ord-silent-1");
    await silence("refund", "UpdateItem", 2);
    const told = await shop.refund("ord-silent-1", "key-1", body);
    const refundId = String(told.json["refund_id"]);
    expect([told.status, told.json, told.headers.get("location")]).toEqual([
      202,
      { refund_id: refundId, merchant_uid: "ord-silent-1", state: "pending" },
      `/orders/ord-silent-1/refunds/${refundId}`,
    ]);
    expect(await shop.cancels("ord-silent-1")).toEqual([]);
    await shop.local("DELETE", "/faults");
    expect((await shop.merchant("GET", String(told.headers.get("location")))).json).toMatchObject({
      state: "pending",
    });
    await passTime(shop, 3, 6 * minuteMs);
    expect(await shop.cancels("ord-silent-1")).toHaveLength(1);
    expect((await shop.refund("ord-silent-1", "key-1", body)).json).toMatchObject({ state: "succeeded" });
  });

  it("that could not be claimed was not started: the version it stood on is gone", async () => {
    await paid("ord-silent-2");
    const { version } = (await shop.order("ord-silent-2")) as Json;
    await fault("dynamodb_down", "refund", "UpdateItem", { count: 2 });
    const told = await shop.refund("ord-silent-2", "key-2", body);
    expect([told.status, told.json["code"]]).toEqual([503, "storage_unavailable"]);
    expect(await shop.order("ord-silent-2")).toMatchObject({ operation: null, version: Number(version) + 1 });
    await passTime(shop, 2, 11 * minuteMs);
    expect(await shop.cancels("ord-silent-2")).toEqual([]);
    expect((await shop.refund("ord-silent-2", "key-2", body)).json).toMatchObject({ state: "succeeded" });
  });
});

describe("S61 a charge", () => {
  it("claimed unheard is told as pending by its number, and is made once", async () => {
    await shop.merchant("POST", "/customers/hong-1/billing-key", card());
    await silence("billing", "PutItem", 1);
    const told = await shop.merchant("POST", "/customers/hong-1/payments", debt("sub-silent-1"));
    expect([told.status, told.json, told.headers.get("location")]).toEqual([
      202,
      { order: { merchant_uid: "sub-silent-1" }, payment: null },
      "/orders/sub-silent-1",
    ]);
    expect(await payments(shop, "sub-silent-1")).toEqual([]);
    await shop.local("DELETE", "/faults");
    await passTime(shop, 3, 6 * minuteMs);
    expect(await payments(shop, "sub-silent-1")).toMatchObject([{ status: "paid" }]);
    const again = await shop.merchant("POST", "/customers/hong-1/payments", debt("sub-silent-1"));
    expect([again.status, again.json]).toMatchObject([201, { payment: { status: "paid" } }]);
  });
});
