// What docs/receipts tells a person to do where a receipt cannot follow the money, done over sockets on the built
// functions: after a refusal, after the window's own receipt, and with PAY_RECEIPT_FOLLOW=off.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

const minuteMs = 60_000;
const phone = { identifier: "010-1234-5678", identifier_type: "phone", product_type: "real" };
const business = { identifier: "117-81-78260", identifier_type: "business", product_type: "real" };
const path = (uid: string) => `/orders/${uid}/receipt`;

const issue = (shop: Shop, uid: string, body: Json = phone) => shop.merchant("POST", path(uid), body);
const takeBack = (shop: Shop, uid: string) => shop.merchant("DELETE", path(uid));
const read = async (shop: Shop, uid: string) => (await shop.merchant("GET", path(uid))).json;
const allowOnPart = (shop: Shop, word: "allowed" | "400") =>
  shop.control("PUT", "/settings", { switches: { receipt_on_partial: word } });
const clearMark = async (shop: Shop, uid: string) => {
  const reply = await shop.merchant("POST", `/orders/${uid}/resolve`, { action: "clear", note: "확인함" });
  expect(reply.status, reply.text).toBe(200);
};
async function sweep(shop: Shop): Promise<void> {
  await shop.advance(minuteMs);
  await shop.sweep();
}
/** Amounts of the receipts that live at PortOne. */
const live = async (shop: Shop, uid: string) =>
  ((await providerState(shop))["receipts"] ?? [])
    .filter((receipt) => receipt["merchant_uid"] === uid && receipt["cancelled_at"] === 0)
    .map(({ amount }) => amount);

async function receiptedAndRefunded(shop: Shop, uid: string): Promise<void> {
  await payByTransfer(shop, uid);
  expect((await issue(shop, uid)).status).toBe(201);
  expect((await shop.refund(uid, "key", { amount: 25_000 })).status).toBe(200);
}

describe("where receipts follow the money", () => {
  let stack: LocalStack;
  let shop: Shop;
  beforeAll(async () => {
    stack = await startStack();
    shop = new Shop(stack);
  });
  afterEach(() => allowOnPart(shop, "allowed"));
  afterAll(() => stack?.close());

  async function refused(uid: string): Promise<void> {
    await allowOnPart(shop, "400");
    await receiptedAndRefunded(shop, uid);
    await sweep(shop);
    expect(await read(shop, uid)).toMatchObject({ todo: "hand", review_reason: "receipt_refused" });
    expect(await live(shop, uid)).toEqual([]);
  }

  it("what was refused may be asked for to another number, and its success takes the mark off", async () => {
    await refused("ord-hand-other");
    await allowOnPart(shop, "allowed");
    expect((await issue(shop, "ord-hand-other", business)).json).toMatchObject({
      state: "issued",
      type: "company",
      identifier_masked: "117***8260",
      amount: 84_000,
      todo: null,
      review_reason: null,
    });
    await sweep(shop);
    expect(await live(shop, "ord-hand-other")).toEqual([84_000]);
  });

  it("what was refused is tried again after another refund, over what is left then", async () => {
    await refused("ord-hand-again");
    await allowOnPart(shop, "allowed");
    await shop.refund("ord-hand-again", "key-2", { amount: 4_000 });
    await sweep(shop);
    expect(await live(shop, "ord-hand-again")).toEqual([80_000]);
    expect(await read(shop, "ord-hand-again")).toMatchObject({ todo: null, review_reason: null });
  });

  it("what is wanted no more is taken back, and stays away when the mark is gone", async () => {
    await refused("ord-hand-none");
    await allowOnPart(shop, "allowed");
    const taken = await takeBack(shop, "ord-hand-none");
    expect([taken.status, taken.json["state"], taken.json["todo"]]).toEqual([200, "cancelled", null]);
    await clearMark(shop, "ord-hand-none");
    await sweep(shop);
    expect(await live(shop, "ord-hand-none")).toEqual([]);
    expect(await read(shop, "ord-hand-none")).toMatchObject({ todo: null, review_reason: null });
  });

  it("the window's own stays a person's without its mark, and raises no other", async () => {
    await shop.pay(await shop.createOrder("ord-hand-window", { pay_method: "trans" }), {
      cash_receipt: "01012345678",
    });
    await shop.notices("ord-hand-window", 1);
    await shop.refund("ord-hand-window", "key", { amount: 25_000 });
    await sweep(shop);
    await clearMark(shop, "ord-hand-window");
    await sweep(shop);
    expect(await read(shop, "ord-hand-window")).toMatchObject({ todo: "hand", review_reason: null });
  });

  it("a number typed with hyphens in the window made none, and gets one here", async () => {
    await shop.pay(await shop.createOrder("ord-hand-hyphens", { pay_method: "trans" }), {
      cash_receipt: "010-1234-5678",
    });
    await shop.notices("ord-hand-hyphens", 1);
    expect((await issue(shop, "ord-hand-hyphens")).status).toBe(201);
  });
});

describe("with PAY_RECEIPT_FOLLOW=off", () => {
  let stack: LocalStack;
  let shop: Shop;
  beforeAll(async () => {
    stack = await startStack({ environment: { PAY_RECEIPT_FOLLOW: "off" } });
    shop = new Shop(stack);
  });
  afterAll(() => stack?.close());

  it("the shop is told without a mark, cancels and asks again", async () => {
    await receiptedAndRefunded(shop, "ord-off");
    for (let looks = 0; looks < 3; looks += 1) await sweep(shop);
    expect(await read(shop, "ord-off")).toMatchObject({ amount: 109_000, todo: "hand", review_reason: null });
    expect(await live(shop, "ord-off")).toEqual([109_000]);
    expect((await takeBack(shop, "ord-off")).json).toMatchObject({ state: "cancelled", todo: null });
    expect((await issue(shop, "ord-off")).json).toMatchObject({
      amount: 84_000,
      origin: "merchant",
      todo: null,
    });
    expect(stack.logLines().join("\n")).not.toContain('"code":"receipt_refused"');
  });

  it("a first request that was lost is issued all the same", async () => {
    await payByTransfer(shop, "ord-off-lost");
    await shop.fault("server_error_then_ok", "POST /receipts/{imp_uid}");
    expect((await issue(shop, "ord-off-lost")).status).toBe(202);
    for (let looks = 0; looks < 4; looks += 1) {
      await shop.advance(5 * minuteMs);
      await shop.sweep();
    }
    expect(await live(shop, "ord-off-lost")).toEqual([109_000]);
  });
});
