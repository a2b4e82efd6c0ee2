// Charges without a window, over sockets on the built functions: what is declined, what is lost, and that
// no debt is ever paid twice. Those that are made long after we gave up: late-effect.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { card, debt, goodCard } from "../support/steps.ts";

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

const declinedInside = "4518-4200-0005-0002";
const declinedOutside = "4518-4200-0002-0005";

const onetime = (merchantUid: string, more: Json = {}) =>
  shop.merchant("POST", "/payments/onetime", { ...debt(merchantUid), ...card(), ...more });
const issueKey = (customerUid: string, number = goodCard) =>
  shop.merchant("POST", `/customers/${customerUid}/billing-key`, card(number));
const charge = (customerUid: string, merchantUid: string, more: Json = {}) =>
  shop.merchant("POST", `/customers/${customerUid}/payments`, debt(merchantUid, more));

/** What PortOne holds of a number. */
async function payments(merchantUid: string): Promise<readonly Json[]> {
  const { payments: all } = await shop.control<{ payments: readonly Json[] }>("GET", "/state");
  return all.filter((payment) => payment["merchant_uid"] === merchantUid);
}
const paidTimes = async (merchantUid: string) =>
  (await payments(merchantUid)).filter(({ status }) => status === "paid").length;
const minutes = (count: number) => shop.advance(count * 60_000);

describe("a key-in charge", () => {
  it("pays its order, and the same body again is the same charge", async () => {
    const paid = await onetime("one-1", { card_quota: 0 });
    expect(paid.status, paid.text).toBe(201);
    expect(paid.json).toMatchObject({
      order: { merchant_uid: "one-1", state: "paid", amount: 8_900, pay_method: "card", operation: null },
      payment: { status: "paid", card_number: "451842******0015", fail_reason: null },
    });
    const again = await onetime("one-1", { card_quota: 0 });
    expect([again.status, again.json]).toEqual([201, paid.json]);
    expect((await onetime("one-1", { amount: 9_000 })).json).toMatchObject({
      status: 409,
      code: "order_exists",
    });
    expect(await paidTimes("one-1")).toBe(1);
  });

  it.each([
    ["with code 0 and a failed payment", declinedInside, "한도초과"],
    ["with code -1 and no payment", declinedOutside, expect.any(String)],
  ])("declined %s leaves its order failed", async (title, number, message) => {
    const merchantUid = `one-declined-${title.length}`;
    const declined = await onetime(merchantUid, card(number));
    expect([declined.status, declined.json["code"]]).toEqual([402, "card_declined"]);
    expect(declined.json["provider_message"]).toEqual(message);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "failed", imp_uid: null });
    expect((await onetime(merchantUid, card(number))).json).toMatchObject({ code: "card_declined" });
    expect(await paidTimes(merchantUid)).toBe(0);
  });

  it("is never sent again when its answer is lost, whatever happened", async () => {
    await shop.fault("answer_lost_after_effect", "POST /subscribe/payments/onetime", {
      merchant_uid: "one-lost",
    });
    const lost = await onetime("one-lost");
    expect([lost.status, lost.json["payment"]]).toEqual([202, null]);
    expect((await onetime("one-lost")).status).toBe(201);
    expect(await paidTimes("one-lost")).toBe(1);

    await shop.fault("server_error_then_ok", "POST /subscribe/payments/onetime", {
      merchant_uid: "one-gone",
    });
    expect((await onetime("one-gone")).status).toBe(202);
    await minutes(9);
    expect((await onetime("one-gone")).status).toBe(202);
    await minutes(2);
    await shop.sweep();
    expect(await shop.order("one-gone")).toMatchObject({ state: "failed" });
    const ended = await onetime("one-gone");
    expect(ended.json).toMatchObject({ code: "card_declined", provider_message: "charge_not_made" });
    expect(await payments("one-gone")).toEqual([]);
  });

  it("with a customer_uid is refused with the explanation (R-KS-19), and done as two safe steps", async () => {
    const refused = await onetime("one-key", { customer_uid: "hong-card1" });
    expect(refused.json).toMatchObject({ status: 422, code: "customer_uid_unsupported", rule: "R-KS-19" });
    const asked = { customer_uid: "hong-card1", issue_key: true };
    const done = await onetime("one-key", asked);
    expect(done.status, done.text).toBe(201);
    expect(done.json).toMatchObject({
      order: { state: "paid" },
      billing_key: { customer_uid: "hong-card1", card_number: "451842******0015" },
    });
    expect((await onetime("one-key", asked)).json).toEqual(done.json);
    expect(await paidTimes("one-key")).toBe(1);
  });
});

describe("S38 a charge of a billing key", () => {
  it("pays; declined with code 0 it is failed; lost after its effect it is found, once", async () => {
    expect((await issueKey("s38")).status).toBe(201);
    expect((await charge("s38", "s38-paid")).json).toMatchObject({ payment: { status: "paid" } });

    await issueKey("s38-poor", declinedInside);
    const declined = await charge("s38-poor", "s38-declined");
    expect(declined.json).toMatchObject({ status: 402, code: "card_declined", provider_message: "한도초과" });
    expect(await shop.order("s38-declined")).toMatchObject({ state: "failed" });

    await shop.fault("answer_lost_after_effect", "POST /subscribe/payments/again", {
      merchant_uid: "s38-lost",
    });
    expect((await charge("s38", "s38-lost")).status).toBe(202);
    await minutes(2);
    await shop.sweep();
    expect(await shop.order("s38-lost")).toMatchObject({ state: "paid" });
    expect(await paidTimes("s38-lost")).toBe(1);
  });

  it("lost before its effect is sent once more with the same number after QUIET", async () => {
    await shop.fault("server_error_then_ok", "POST /subscribe/payments/again", { merchant_uid: "s38-gone" });
    await issueKey("s38-again");
    expect((await charge("s38-again", "s38-gone")).status).toBe(202);
    for (const wait of [2, 5, 5]) {
      await minutes(wait);
      await shop.sweep();
    }
    expect(await shop.order("s38-gone")).toMatchObject({ state: "paid" });
    expect(await paidTimes("s38-gone")).toBe(1);
  });
});

describe("billing keys", () => {
  it("are issued, read, replaced in one step, and deleted", async () => {
    const issued = await issueKey("key-1");
    expect([issued.status, issued.json]).toEqual([
      201,
      {
        customer_uid: "key-1",
        card_name: expect.any(String),
        card_code: expect.any(String),
        card_number: "451842******0015",
        card_type: expect.any(Number),
        pg_id: expect.any(String),
        inserted_at: expect.stringMatching(/Z$/),
        updated_at: expect.stringMatching(/Z$/),
        replaced: false,
      },
    ]);
    expect((await shop.merchant("GET", "/customers/key-1/billing-key")).status).toBe(200);
    await shop.control("DELETE", "/calls");
    expect((await issueKey("key-1")).json).toMatchObject({ replaced: true });
    const { counts } = await shop.control<{ counts: Json }>("GET", "/calls");
    expect(counts).toMatchObject({ "POST /subscribe/customers/{customer_uid}": 1 });
    expect(counts).not.toHaveProperty("DELETE /subscribe/customers/{customer_uid}");
    const deleted = await shop.merchant("DELETE", "/customers/key-1/billing-key?reason=%ED%95%B4%EC%A7%80");
    expect(deleted.json).toEqual({ customer_uid: "key-1", deleted: true, unscheduled: [] });
    const gone = await shop.merchant("GET", "/customers/key-1/billing-key");
    expect(gone.json).toMatchObject({ status: 404, code: "billing_key_not_found" });
    expect((await shop.merchant("DELETE", "/customers/key-1/billing-key")).status).toBe(404);
  });

  it("whose issue is lost are found by their masked number", async () => {
    await shop.fault("answer_lost_after_effect", "POST /subscribe/customers/{customer_uid}", {});
    expect((await issueKey("key-lost")).json).toMatchObject({
      card_number: "451842******0015",
      replaced: false,
    });
    await shop.fault("server_error_then_ok", "POST /subscribe/customers/{customer_uid}", {});
    expect((await issueKey("key-gone")).json).toMatchObject({ status: 503, code: "provider_unavailable" });
  });
});

describe("a virtual account by API", () => {
  const account = { vbank_code: "088", vbank_due_at: "2031-08-08T14:59:59.000Z", product_type: "real" };

  it("awaits its deposit, and closed voids its order", async () => {
    await shop.createOrder("vb-1", { pay_method: "vbank", vbank_due: "2031-08-08", tax_free: 0 });
    const opened = await shop.merchant("POST", "/orders/vb-1/virtual-account", account);
    expect(opened.status, opened.text).toBe(201);
    expect(opened.json).toMatchObject({ state: "awaiting_deposit", vbank: { vbank_code: "088" } });
    expect((await shop.merchant("POST", "/orders/vb-1/virtual-account", account)).json).toEqual(opened.json);
    expect(await payments("vb-1")).toHaveLength(1);
    const closed = await shop.merchant("DELETE", "/orders/vb-1/virtual-account");
    expect([closed.status, closed.json["state"]]).toEqual([200, "voided"]);
  });

  it("whose answer is lost is found again, and none is opened twice", async () => {
    await shop.createOrder("vb-lost", { pay_method: "vbank", vbank_due: "2031-08-08", tax_free: 0 });
    await shop.fault("answer_lost_after_effect", "POST /vbanks", { merchant_uid: "vb-lost" });
    const opened = await shop.merchant("POST", "/orders/vb-lost/virtual-account", account);
    expect([opened.status, opened.json["state"]]).toEqual([201, "awaiting_deposit"]);
    expect(await payments("vb-lost")).toHaveLength(1);
  });
});
