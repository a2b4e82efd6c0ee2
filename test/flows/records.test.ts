// Records that read otherwise than PortOne's page says: what only tells stops nothing, what decides ends in a mark with its
// reason, and nobody else notices. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Paid, Shop } from "../support/shop.ts";
import { card, debt, minuteMs, passTime, payments, withoutNotices } from "../support/steps.ts";

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

const halfAnEmoji = "\ud83d";
const tooLong = "가".repeat(5_000);
const absent = "__absent";
let orders = 0;
const nextNumber = (): string => {
  orders += 1;
  return `ord-record-${orders}`;
};

/** Whatever PortOne answers about this order reads like that. */
const patch = (merchantUid: string, fields: Json, more: Json = {}): Promise<Json> =>
  shop.fault("record_patched", "*", { merchant_uid: merchantUid, count: 999, patch: fields, ...more });

/** Paid under the patch, and nobody told of it but the buyer's browser. */
async function payUnder(merchantUid: string, fields: Json, order: Json = {}): Promise<Paid> {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid, order);
  await patch(merchantUid, fields);
  return shop.pay(requestPay);
}

describe("a field that only tells", () => {
  it.each<[string, Json, Json?]>([
    ["an easy pay by points", { pay_method: "point" }, { pay_method: "kakaopay" }],
    ["an easy pay by transfer", { pay_method: "trans" }, { pay_method: "kakaopay" }],
    ["an easy pay by nothing", { pay_method: null }, { pay_method: "kakaopay" }],
    ["a card by nothing", { pay_method: null }],
    ["a card by empty text", { pay_method: "" }],
    ["a card by no field", { pay_method: absent }],
    ["a card by Apple Pay", { pay_method: "applepay" }],
    ["a card by Samsung Pay", { pay_method: "samsung" }],
    ["a card by a word of tomorrow", { pay_method: "palm_of_the_hand" }],
    ["a payment of no time", { paid_at: null }],
    ["a payment of time 0", { paid_at: 0 }],
    ["no history of cancels", { cancel_history: null }],
    ["no field for cancels", { cancel_history: absent }],
    ["no word of the test channel", { sandbox: null }],
    ["no word of escrow", { escrow: null }],
    ["a card without a name", { card_name: null }],
    ["a card named half an emoji", { card_name: halfAnEmoji }],
    ["a card with an endless name", { card_name: tooLong }],
    ["an empty link to the slip", { receipt_url: "" }],
    ["half an emoji for the slip", { receipt_url: halfAnEmoji }],
    ["fields nobody reads, of any type", { name: {}, buyer_name: [], custom_data: 7, card_quota: "열두" }],
    ["a field of tomorrow", { settlement: { due_at: "soon" } }],
    ["an approval number as a figure", { apply_num: 12_345_678 }],
    ["why it failed as an object", { fail_reason: {} }],
    ["an account's end as empty text", { vbank_date: "" }],
    ["a card's number as a figure", { card_number: 451_842 }],
    ["a payment at a time in digits", { paid_at: "1785900000" }],
    ["a payment at no time that can be", { paid_at: 1e300 }],
    ["a payment far beyond any calendar", { paid_at: 1e15 }],
    ["a payment begun at no time", { started_at: null }],
    ["a payment begun at time 0", { started_at: 0 }],
    ["a payment begun at empty text", { started_at: "" }],
    ["a payment without a beginning", { started_at: absent }],
    ["a payment begun at no time that can be", { started_at: 1e300 }],
    ["an amount in digits", { amount: "109000" }],
    ["a cancelled amount in digits", { cancel_amount: "0" }],
    ["a tax-free part in digits", { tax_free: "3000" }],
    ["half an emoji for its method", { pay_method: halfAnEmoji }],
    ["a figure for its method", { pay_method: 7 }],
    ["a window's receipt in a word", { cash_receipt_issued: "y" }],
    ["escrow as a list", { escrow: [] }],
    ["the test channel as empty text", { sandbox: "" }],
  ])("%s is a payment all the same", async (_, fields, more) => {
    const merchantUid = nextNumber();
    const { imp_uid } = await payUnder(merchantUid, fields, more);
    const reply = await shop.complete(merchantUid, imp_uid);
    expect([reply.status, reply.json["state"]]).toEqual([200, "paid"]);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", imp_uid, review_reason: null });
  });
});

describe("a field that decides", () => {
  it.each<[string, Json, string]>([
    ["more than any order", { amount: 1_200_000_000 }, "amount_mismatch"],
    ["more than any number", { amount: 1e300 }, "amount_mismatch"],
    ["less than nothing", { amount: -1 }, "amount_mismatch"],
    ["half a won", { amount: 0.5 }, "amount_mismatch"],
    ["a cancel of less than nothing", { cancel_amount: -1 }, "cancel_sum_mismatch"],
    ["a cancel that no history names", { cancel_amount: 20_000 }, "cancel_sum_mismatch"],
    ["a status of tomorrow", { status: "partially_cancelled" }, "status_unknown"],
    ["an empty status", { status: "" }, "status_unknown"],
    ["another tax-free part", { tax_free: 1 }, "tax_free_mismatch"],
    ["escrow nobody asked for", { escrow: true }, "escrow_mismatch"],
    ["nobody's channel", { pg_id: null }, "foreign_channel"],
    ["a figure for a channel", { pg_id: 7 }, "foreign_channel"],
    ["no amount", { amount: null }, "amount_mismatch"],
    ["an amount in words", { amount: "일억" }, "amount_mismatch"],
    ["no word of what was cancelled", { cancel_amount: null }, "cancel_sum_mismatch"],
    ["no figure of what was cancelled", { cancel_amount: absent }, "cancel_sum_mismatch"],
    ["a history that is none", { cancel_history: {} }, "cancel_sum_mismatch"],
    ["a cancel that is none", { cancel_history: [null] }, "cancel_sum_mismatch"],
    ["nobody's number", { merchant_uid: "" }, "merchant_uid_mismatch"],
    ["a number of null", { merchant_uid: null }, "merchant_uid_mismatch"],
    ["no number", { merchant_uid: absent }, "merchant_uid_mismatch"],
    ["no currency", { currency: null }, "currency_mismatch"],
    ["an empty currency", { currency: "" }, "currency_mismatch"],
    ["a word for a currency", { currency: "krw" }, "currency_mismatch"],
    ["JavaScript's word for a currency", { currency: "undefined" }, "currency_mismatch"],
    ["a figure for a currency", { currency: 1 }, "currency_mismatch"],
    ["no status", { status: null }, "status_unknown"],
    ["a list for a status", { status: ["paid"] }, "status_unknown"],
  ])("%s marks the order, and the buyer is told to wait", async (_, fields, reason) => {
    const merchantUid = nextNumber();
    const { imp_uid } = await payUnder(merchantUid, fields);
    const reply = await shop.complete(merchantUid, imp_uid);
    expect([reply.status, ["failed", "expired", "paid"].includes(String(reply.json["state"]))]).toEqual([
      200,
      false,
    ]);
    expect((await shop.order(merchantUid)).review_reason).toBe(reason);
    expect(await payments(shop, merchantUid)).toMatchObject([{ status: "paid", cancel_amount: 0 }]);
  });

  it.each(["VND", "KWD"])("%s is not the order's currency, and goes back", async (currency) => {
    const merchantUid = nextNumber();
    const { imp_uid } = await payUnder(merchantUid, { currency });
    expect((await shop.complete(merchantUid, imp_uid)).json["state"]).toBe("pending");
    await passTime(shop, 3, 11 * minuteMs);
    expect(await payments(shop, merchantUid)).toMatchObject([{ cancel_amount: 109_000 }]);
    expect(await shop.order(merchantUid)).toMatchObject({ attempts: [{ state: "given_back" }] });
  });
});

describe("one row of PortOne's list", () => {
  const list = { call: "GET /payments/status/{payment_status}" };

  it.each<[string, Json]>([
    ["another shop's 1,200,000,000 won", { merchant_uid: "other-shop-1", amount: 1_200_000_000 }],
    ["another shop's dong", { merchant_uid: "other-shop-2", amount: 50_000_000, currency: "VND" }],
    ["another shop's dinar", { merchant_uid: "other-shop-3", amount: 12.345, currency: "KWD" }],
    ["of nobody", { merchant_uid: null, imp_uid: null }],
    ["without any figure", { amount: null, cancel_amount: absent }],
    ["without a status", { status: null }],
    ["with a list for its currency", { currency: ["KRW"] }],
    ["with an endless number", { merchant_uid: tooLong }],
    ["with half an emoji for its number", { merchant_uid: halfAnEmoji }],
    ["with an object for its number", { merchant_uid: {} }],
    ["with no number", { merchant_uid: "" }],
    ["with an endless id", { imp_uid: tooLong }],
    ["with a figure for its id", { imp_uid: 109_000 }],
    ["with a path for its id", { imp_uid: "../payments/cancel" }],
    ["paid at no time that can be", { paid_at: 1e300 }],
  ])("%s keeps the audit from no other", async (_, fields) => {
    const [patched, untold] = [nextNumber(), nextNumber()];
    await payUnder(patched, {});
    await withoutNotices(shop, untold);
    await shop.pay(await shop.createOrder(untold));
    await shop.control("POST", "/faults", {
      name: "record_patched",
      merchant_uid: patched,
      count: 999,
      patch: fields,
      ...list,
    });
    const { now: to } = await shop.local<{ now: string }>("GET", "/clock");
    const from = new Date(Date.parse(to) - minuteMs).toISOString();
    const audited = await shop.anybody("POST", "/2015-03-31/functions/audit/invocations", { from, to });
    expect(audited.headers.get("x-amz-function-error"), audited.text).toBeNull();
    expect(audited.json["complete"]).toBe(true);
    expect(await shop.order(untold)).toMatchObject({ state: "paid", review_reason: null });
  });
});

describe("a refusal in words that are none", () => {
  it.each<[string, Json]>([
    ["null", { message: null }],
    ["no field", { message: absent }],
    ["empty text", { message: "" }],
    ["an object", { message: { text: "안 됩니다" } }],
    ["a figure", { message: 7 }],
    ["text without an end", { message: tooLong }],
  ])("%s is a refusal all the same", async (_, fields) => {
    const merchantUid = nextNumber();
    const { imp_uid } = await shop.pay(await shop.createOrder(merchantUid));
    await shop.notices(merchantUid, 1);
    await shop.control("PUT", "/settings", { switches: { partial_cancel_refused_cards: "all" } });
    await patch(merchantUid, fields, { part: "envelope", call: "POST /payments/cancel" });
    const refused = await shop.refund(merchantUid, "key", { amount: 20_000 });
    await shop.control("PUT", "/settings", { switches: { partial_cancel_refused_cards: "none" } });
    expect([refused.status, refused.json["code"]], refused.text).toEqual([422, "provider_refused"]);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", imp_uid, remaining: 109_000 });
  });
});

describe("a receipt", () => {
  it.each<[string, Json]>([
    ["of no time of cancelling", { cancelled_at: null }],
    ["without its number at the tax office", { receipt_tid: null }],
    ["without a link", { receipt_url: absent }],
    ["of nobody's payment", { imp_uid: null, merchant_uid: {} }],
    ["of a type of tomorrow", { type: ["person"] }],
    ["issued at no time that can be", { applied_at: 1e15 }],
    ["issued at empty text", { applied_at: "" }],
    ["cancelled at empty text", { cancelled_at: "" }],
    ["with its number as a figure", { apply_num: 123_456_789 }],
    ["with its sums in digits", { amount: "109000", vat: "9636" }],
    ["with a figure at the tax office", { receipt_tid: 7 }],
  ])("%s is issued all the same", async (_, fields) => {
    const merchantUid = nextNumber();
    await payByTransfer(shop, merchantUid);
    await patch(merchantUid, fields, { call: "POST /receipts/{imp_uid}" });
    const wanted = {
      identifier: "010-1234-5678",
      identifier_type: "phone",
      type: "person",
      product_type: "real",
    };
    const issued = await shop.merchant("POST", `/orders/${merchantUid}/receipt`, wanted);
    expect([issued.status, issued.json["state"]], issued.text).toEqual([201, "issued"]);
  });
});

describe("a charge without a window", () => {
  it.each<[string, Json]>([
    ["by no method", { pay_method: null }],
    ["of no time", { paid_at: 0 }],
    ["with fields nobody reads, of any type", { name: {}, customer_uid: 7, card_type: "credit" }],
    ["begun at no time", { started_at: null }],
    ["with its approval number as a figure", { apply_num: 12_345_678 }],
    ["with a card that is none", { card_number: 451_842, card_name: [] }],
    ["with why it failed as an object", { fail_reason: {} }],
    ["with its amount in digits", { amount: "8900" }],
  ])("%s is paid all the same", async (_, fields) => {
    const merchantUid = nextNumber();
    await patch(merchantUid, fields);
    const charged = await shop.merchant("POST", "/payments/onetime", { ...debt(merchantUid), ...card() });
    expect([charged.status, charged.json["order"]], charged.text).toEqual([
      201,
      expect.objectContaining({ state: "paid", review_reason: null }),
    ]);
  });
});
