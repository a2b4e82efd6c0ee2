// Money an order must not keep goes back by itself, once; what is not certainly ours to give waits for a
// person. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Paid, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  // A registered amount would stop a forger before he pays.
  const environment = { PAY_PREPARE: "off", PAY_GIVE_BACK_MAX: "1000", PAY_SANDBOX: "refuse" };
  stack = await startStack({ environment });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

/** The buyer pays another amount and takes the confirm address out. */
async function payForged(merchantUid: string, amount: number, at = shop): Promise<Paid> {
  const order = { amount: 10_000, tax_free: 0 };
  const { confirm_url: _, ...requestPay } = await at.createOrder(merchantUid, order);
  const forged = await at.pay({ ...requestPay, amount });
  expect(forged.payment.status).toBe("paid");
  await at.notices(merchantUid, 1);
  return forged;
}

const amounts = (cancels: readonly Json[]) => cancels.map(({ amount }) => amount);

describe.each([
  ["S09 down", "ord-s09", 100],
  ["S10 up", "ord-s10", 20_000],
])("an amount forged %s", (_, merchantUid, amount) => {
  it("is never fulfilled, and all that was really paid is given back once", async () => {
    const forged = await payForged(merchantUid, amount);
    await shop.complete(merchantUid, forged.imp_uid);
    await shop.sweep();
    const order = await shop.order(merchantUid);
    expect(order).toMatchObject({
      state: "created",
      imp_uid: null,
      review_reason: null,
      attempts: [
        { imp_uid: forged.imp_uid, state: "given_back", amount, cancel_amount: amount, give_back: "done" },
      ],
      operation: null,
    });
    expect(amounts(await shop.cancels(merchantUid))).toEqual([amount]);
    const { json } = await shop.merchant("GET", `/orders/${merchantUid}/refunds`);
    expect(json["refunds"]).toMatchObject([{ origin: "automatic", state: "succeeded", amount }]);
    expect(stack.logLines().some((line) => line.includes('"alarm"') && line.includes(merchantUid))).toBe(
      true,
    );
  });
});

it("a forged payment leaves the order payable in a window that was open before", async () => {
  const order = await shop.createOrder("ord-payable", { amount: 10_000, tax_free: 0 });
  const open = (requestPay: Json) =>
    shop.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
  const { confirm_url: _, ...unasked } = order;
  const [right, forged] = [await open(order), await open({ ...unasked, amount: 100 })];
  await shop.control("POST", `/window/${forged.window}/approve`, {});
  await shop.notices("ord-payable", 1);
  const paid = await shop.control<Paid>("POST", `/window/${right.window}/approve`, {});
  await shop.notices("ord-payable", 2);
  expect(await shop.order("ord-payable")).toMatchObject({
    state: "paid",
    imp_uid: paid.payment.imp_uid,
    attempts: [{ state: "given_back", amount: 100 }, { state: "paid" }],
  });
});

it("S07 a payment that arrives after void is given back once, and the order stays void", async () => {
  const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-s07");
  const opened = await shop.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
  expect((await shop.merchant("POST", "/orders/ord-s07/void", {})).json).toMatchObject({ state: "voided" });
  await shop.control("POST", `/window/${opened.window}/approve`, {});
  await shop.notices("ord-s07", 1);
  await shop.sweep();
  expect(await shop.order("ord-s07")).toMatchObject({
    state: "voided",
    review_reason: null,
    attempts: [{ state: "given_back", give_back: "done" }],
  });
  expect(amounts(await shop.cancels("ord-s07"))).toEqual([109_000]);
});

/** Two windows of one order, both approved by a provider that asks nobody. */
async function payTwice(merchantUid: string): Promise<readonly [Paid, Paid]> {
  const { confirm_url: _, ...requestPay } = await shop.createOrder(merchantUid);
  const open = () => shop.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
  const approve = (window: string) => shop.control<Paid>("POST", `/window/${window}/approve`, {});
  const [one, two] = [await open(), await open()];
  return [await approve(one.window), await approve(two.window)];
}

it("S13 a second payment of a paid order is given back, the first untouched", async () => {
  const [first, second] = await payTwice("ord-s13");
  await shop.notices("ord-s13", 2);
  await shop.sweep();
  const order = await shop.order("ord-s13");
  expect(order).toMatchObject({ state: "paid", imp_uid: first.payment.imp_uid, remaining: 109_000 });
  expect(order.attempts).toMatchObject([
    { imp_uid: first.payment.imp_uid, state: "paid" },
    { imp_uid: second.payment.imp_uid, state: "given_back" },
  ]);
  expect(amounts(await shop.cancels("ord-s13"))).toEqual([109_000]);
});

it("S49 a second payment while a refund of the first is unknown: both resolved, each on its own", async () => {
  const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-s49");
  const open = () => shop.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
  const [one, two] = [await open(), await open()];
  const approve = (window: string) => shop.control<Paid>("POST", `/window/${window}/approve`, {});
  const first = await approve(one.window);
  await shop.notices("ord-s49", 1);
  await shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: "ord-s49" });
  expect((await shop.refund("ord-s49", "key-1", { amount: 20_000 })).status).toBe(202);
  const second = await approve(two.window);
  await shop.notices("ord-s49", 2);
  await shop.advance(60_000);
  await shop.sweep();
  await shop.advance(60_000);
  await shop.sweep();
  expect(await shop.order("ord-s49")).toMatchObject({
    state: "partially_refunded",
    imp_uid: first.payment.imp_uid,
    remaining: 89_000,
    operation: null,
    attempts: [{ cancel_amount: 20_000 }, { imp_uid: second.payment.imp_uid, state: "given_back" }],
  });
  expect(amounts(await shop.cancels("ord-s49"))).toEqual([20_000, 109_000]);
});

it("S12 a test-channel payment is never fulfilled, and never refunded either", async () => {
  await shop.control("PUT", "/settings", { sandbox: true });
  const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-s12");
  await shop.pay(requestPay);
  await shop.notices("ord-s12", 1);
  await shop.sync("ord-s12");
  await shop.control("PUT", "/settings", { sandbox: false });
  expect(await shop.order("ord-s12")).toMatchObject({ state: "created", imp_uid: null });
  expect(await shop.cancels("ord-s12")).toEqual([]);
});

it.each([
  ["answer_lost_after_effect", [109_000]],
  ["server_error_then_ok", [109_000]],
  ["no_answer", [109_000]],
])("a give-back whose call meets %s happens exactly once", async (name, expected) => {
  const merchantUid = `ord-${name}`;
  const { confirm_url: _, ...requestPay } = await shop.createOrder(merchantUid);
  const opened = await shop.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
  await shop.merchant("POST", `/orders/${merchantUid}/void`, {});
  await shop.fault(name, "POST /payments/cancel", { merchant_uid: merchantUid });
  await shop.control("POST", `/window/${opened.window}/approve`, {});
  for (let looks = 0; looks < 8; looks += 1) {
    await shop.advance(5 * 60_000);
    await shop.sweep();
  }
  expect(await shop.order(merchantUid)).toMatchObject({
    state: "voided",
    attempts: [{ state: "given_back" }],
    operation: null,
  });
  expect(amounts(await shop.cancels(merchantUid))).toEqual(expected);
});

it("a give-back whose answer was lost is found to have happened when the browser comes back", async () => {
  const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-browser");
  const opened = await shop.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
  await shop.merchant("POST", "/orders/ord-browser/void", {});
  await shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: "ord-browser" });
  const paid = await shop.control<Paid>("POST", `/window/${opened.window}/approve`, {});
  await shop.notices("ord-browser", 1);
  await shop.advance(60_000);
  await shop.complete("ord-browser", paid.payment.imp_uid);
  expect(await shop.order("ord-browser")).toMatchObject({
    state: "voided",
    operation: null,
    attempts: [{ state: "given_back", give_back: "done" }],
  });
  const { json } = await shop.merchant("GET", "/orders/ord-browser/refunds");
  expect(json["refunds"]).toMatchObject([{ origin: "automatic", state: "succeeded", amount: 109_000 }]);
  expect(amounts(await shop.cancels("ord-browser"))).toEqual([109_000]);
});
