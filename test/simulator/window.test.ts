// The payment window by script: refused before it opens, and paid by nine methods.
import { describe, expect, it } from "vitest";
import { type Json, requestPay, simulatorForTest } from "./testing/simulator-client.ts";

describe("before it opens", () => {
  it.each<[string, Json]>([
    ["pay_method", { pay_method: "bitcoin" }],
    ["pay_method", { pay_method: undefined }],
    ["R-KS-32", { merchant_uid: "주".repeat(41) }],
    ["R-KS-32", { merchant_uid: "" }],
    ["amount", { amount: 0 }],
    ["amount", { amount: undefined }],
    ["amount", { amount: "109,000" }],
    ["amount", { amount: 100.5 }],
    ["buyer_name", { buyer_name: undefined }],
    ["R-KS-2", { tax_free: 109001 }],
    ["R-KS-2", { tax_free: -1 }],
    ["R-KS-20", { customer_uid: "user42-card1" }],
    ["R-KS-21", { pay_method: "vbank" }],
    ["R-KS-21", { pay_method: "vbank", vbank_due: "내일까지" }],
    ["R-KS-21", { pay_method: "vbank", vbank_due: "2026-08-05 11:59:59" }],
    ["R-KS-23", { currency: "JPY" }],
    ["R-KS-23", { currency: "USD", card: { direct: { code: "366" } } }],
    ["R-KS-26", { escrow: true, buyer_email: undefined }],
    ["sndQpayType", { bypass: { ksnet: { sndQpayType: "2" } } }],
    ["sndQpayType", { bypass: { ksnet: { sndQpayType: 1 } } }],
    ["sndQpayType", { bypass: { ksnet: { sndQpayType: "" } } }],
  ])("is refused by %s with %j, leaving no record", async (rule, change) => {
    const simulator = await simulatorForTest();
    const opened = await simulator.control("POST", "/window", { request_pay: requestPay(change) });
    expect(opened).toMatchObject({ window: null, imp_uid: null, page: null });
    expect(opened["refused"]).toMatchObject({
      rule,
      error_code: "F0002",
      error_msg: expect.stringMatching(/[가-힣]/),
    });
    expect((await simulator.control("GET", "/state"))["payments"]).toEqual([]);
  });

  it.each<Json>([
    { merchant_uid: "주".repeat(40) },
    { tax_free: 109000 },
    { tax_free: undefined },
    { pay_method: "vbank", vbank_due: "2026-08-05 12:05:00" },
    { pay_method: "vbank", vbank_due: "20260805120500" },
    { pay_method: "vbank", vbank_due: "20260805" },
    { currency: "USD", amount: 10.99, tax_free: 0 },
    { channelKey: undefined, pg: "ksnet.2999199999" },
    { channelKey: undefined, pg: "ksnet" },
    { pg: "ksnet.2999199999" },
    { bypass: { ksnet: { sndQpayType: "0" } } },
    { bypass: { ksnet: {} } },
  ])("takes %j", async (change) => {
    const simulator = await simulatorForTest();
    const opened = await simulator.control("POST", "/window", { request_pay: requestPay(change) });
    expect(opened).toMatchObject({ window: "w_1", refused: null, page: `${simulator.url}/window/w_1` });
    expect(await simulator.record(String(opened["imp_uid"]))).toMatchObject({ status: "ready", paid_at: 0 });
  });

  it("is refused for a number that was paid, even if cancelled since", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    const open = () => simulator.control("POST", "/window", { request_pay: requestPay() });
    expect((await open())["refused"]).toMatchObject({ error_code: "F1002" });
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid });
    expect((await open())["refused"]).toMatchObject({ error_code: "F1002" });
  });

  it("wants digital: true for phone payments when the shop sells digital goods (R-KS-30)", async () => {
    const simulator = await simulatorForTest();
    await simulator.control("PUT", "/settings", { digital_shop: true });
    const open = (change: Json) => simulator.control("POST", "/window", { request_pay: requestPay(change) });
    expect((await open({ pay_method: "phone" }))["refused"]).toMatchObject({ rule: "R-KS-30" });
    expect((await open({ pay_method: "phone", digital: true }))["refused"]).toBeNull();
  });

  it("is refused for a foreign channel only when channels are strict", async () => {
    const simulator = await simulatorForTest();
    const open = () =>
      simulator.control("POST", "/window", { request_pay: requestPay({ channelKey: "channel-key-other" }) });
    expect((await open())["refused"]).toBeNull();
    await simulator.switches({ strict_channels: true });
    expect((await open())["refused"]).toMatchObject({ rule: "channel" });
  });

  it.each(["ksnet.2009300001", "kakaopay.TC0ONETIME", "ksnet."])(
    "is refused for %s, which is none of the shop's channels, unless the default one takes over",
    async (pg) => {
      const simulator = await simulatorForTest();
      const open = () => simulator.control("POST", "/window", { request_pay: requestPay({ pg }) });
      expect((await open())["refused"]).toMatchObject({ rule: "channel" });
      await simulator.switches({ unknown_mid: "default_channel" });
      expect((await open())["refused"]).toBeNull();
    },
  );

  it("is enough with the provider's name, where channels are strict, too", async () => {
    const simulator = await simulatorForTest();
    await simulator.switches({ strict_channels: true });
    const open = (change: Json) => simulator.control("POST", "/window", { request_pay: requestPay(change) });
    expect((await open({ channelKey: undefined, pg: "ksnet" }))["refused"]).toBeNull();
    expect((await open({ channelKey: undefined }))["refused"]).toMatchObject({ rule: "channel" });
  });

  it("takes an amount as text unless the switch says otherwise", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ amount: "109000" });
    expect(await simulator.record(impUid)).toMatchObject({ amount: 109000 });
    await simulator.switches({ amount_as_text: "refused" });
    const request_pay = requestPay({ amount: "109000", merchant_uid: "ord-2" });
    const { refused } = await simulator.control("POST", "/window", { request_pay });
    expect(refused).toMatchObject({ rule: "amount" });
  });
});

describe("paying", () => {
  const card = { card_code: "366", card_name: "신한카드", card_number: "451842******0015", card_type: 0 };
  const noCard = { card_code: null, card_name: null, card_number: null, card_type: null };

  it.each<[string, Json]>([
    [
      "card",
      { ...card, apply_num: expect.any(String), receipt_url: expect.any(String), emb_pg_provider: null },
    ],
    ["trans", { ...noCard, bank_code: "004", bank_name: "KB국민은행", apply_num: null, receipt_url: null }],
    ["phone", { ...noCard, bank_code: null, apply_num: null, receipt_url: null }],
    ["lpay", { ...card, emb_pg_provider: "lpay", receipt_url: expect.any(String) }],
    ["ssgpay", { ...card, emb_pg_provider: "ssgpay", receipt_url: expect.any(String) }],
    ["naverpay", { ...card, emb_pg_provider: "naverpay", receipt_url: expect.any(String) }],
    ["kakaopay", { ...noCard, emb_pg_provider: "kakaopay", receipt_url: expect.any(String) }],
    ["payco", { ...noCard, emb_pg_provider: "payco", receipt_url: expect.any(String) }],
  ])("by %s records what that method has", async (payMethod, expected) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: payMethod });
    const { response } = await simulator.api("GET", `/payments/${impUid}`);
    expect(response).toMatchObject({
      status: "paid",
      pay_method: payMethod,
      pg_provider: "ksnet",
      ...expected,
    });
    expect(response["pg_tid"]).toMatch(/^\d{12}$/);
  });

  it("by vbank issues an account, and the deposit pays it", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay(
      { pay_method: "vbank", vbank_due: "2026-08-08 23:59:59" },
      { cash_receipt: true },
    );
    const issued = (await simulator.api("GET", `/payments/${impUid}`)).response;
    expect(issued).toMatchObject({
      status: "ready",
      paid_at: 0,
      vbank_code: "088",
      vbank_name: "신한은행",
      vbank_num: expect.stringMatching(/^\d{14}$/),
      vbank_date: Date.parse("2026-08-08T23:59:59+09:00") / 1000,
      cash_receipt_issued: false,
    });
    const { payment } = await simulator.control("POST", `/payments/${impUid}/deposit`);
    expect(payment).toMatchObject({
      status: "paid",
      vbank_num: issued["vbank_num"],
      cash_receipt_issued: true,
    });
    expect((await simulator.tryControl("POST", `/payments/${impUid}/deposit`)).status).toBe(409);
  });

  it("into an account past its due date is refused unless the switch accepts it", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: "vbank", vbank_due: "2026-08-05 13:00:00" });
    await simulator.control("POST", "/clock", { set: "2026-08-05T13:00:01+09:00" });
    expect((await simulator.tryControl("POST", `/payments/${impUid}/deposit`)).status).toBe(409);
    await simulator.switches({ vbank_past_due_deposit: "accepted" });
    expect(await simulator.control("POST", `/payments/${impUid}/deposit`)).toMatchObject({
      payment: { status: "paid" },
    });
  });

  it("by an easy pay chosen inside the card window hides the card when that one does", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay(
      { bypass: { ksnet: { sndQpayType: "1" } } },
      { emb_pg_provider: "kakaopay" },
    );
    expect(await simulator.record(impUid)).toMatchObject({
      pay_method: "card",
      emb_pg_provider: "kakaopay",
      card_code: null,
    });
  });

  it("by an easy pay chosen inside the card window takes its name when the switch says so", async () => {
    const simulator = await simulatorForTest();
    await simulator.switches({ card_window_easy_pay: "easy_pay" });
    const impUid = await simulator.pay(
      { bypass: { ksnet: { sndQpayType: "1" } } },
      { emb_pg_provider: "naverpay" },
    );
    expect(await simulator.record(impUid)).toMatchObject({
      pay_method: "naverpay",
      emb_pg_provider: "naverpay",
      receipt_url: expect.any(String),
    });
  });

  it("in dollars is by a card issued abroad", async () => {
    const simulator = await simulatorForTest();
    const dollars = { currency: "USD", amount: 10.5, tax_free: 0 };
    const impUid = await simulator.pay(dollars);
    expect(await simulator.record(impUid)).toMatchObject({
      status: "paid",
      card_code: "10005",
      amount: 10.5,
    });
  });

  it("keeps custom_data as JSON text, and Korean and emoji as they were", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ custom_data: { 메모: "문 앞 🎁" }, name: "선물 세트 🎁" });
    expect((await simulator.api("GET", `/payments/${impUid}`)).response).toMatchObject({
      custom_data: '{"메모":"문 앞 🎁"}',
      name: "선물 세트 🎁",
    });
  });

  it("with a cash receipt number with hyphens goes on without the receipt (R-KS-13)", async () => {
    const simulator = await simulatorForTest();
    const given = await simulator.pay({ pay_method: "trans" }, { cash_receipt: "01012345678" });
    const hyphens = await simulator.pay(
      { pay_method: "trans", merchant_uid: "ord-2" },
      { cash_receipt: "010-1234-5678" },
    );
    expect(await simulator.record(given)).toMatchObject({ cash_receipt_issued: true });
    expect(await simulator.record(hyphens)).toMatchObject({ cash_receipt_issued: false });
  });

  it("sets escrow for cash-like methods only (R-KS-26)", async () => {
    const simulator = await simulatorForTest();
    const trans = await simulator.pay({ pay_method: "trans", escrow: true });
    const card = await simulator.pay({ merchant_uid: "ord-2", escrow: true });
    expect(await simulator.record(trans)).toMatchObject({ escrow: true });
    expect(await simulator.record(card)).toMatchObject({ escrow: false });
  });
});

it("lets two windows of one number both be approved", async () => {
  const simulator = await simulatorForTest();
  const open = () => simulator.control("POST", "/window", { request_pay: requestPay() });
  const [first, second] = [await open(), await open()];
  for (const { window } of [first, second])
    expect(await simulator.control("POST", `/window/${window}/approve`)).toMatchObject({
      payment: { status: "paid" },
    });
});
