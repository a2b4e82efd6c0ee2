// KSNET's rules by id, each with rows on both sides of its boundary, written from KSNET's documentation. Rules of
// cancels and receipts that hang on time and money have their rows in cancel.test.ts and receipts.test.ts;
// R-KS-31 is in direct-calls.test.ts.
import { describe, expect, it } from "vitest";
import { type Json, requestPay, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const refusedBy = async (simulator: SimulatorClient, change: Json) => {
  const opened = await simulator.control("POST", "/window", { request_pay: requestPay(change) });
  return (opened["refused"] as Json | null)?.["rule"] ?? null;
};
const settings = (simulator: SimulatorClient, change: Json) => simulator.control("PUT", "/settings", change);
const cancel = (simulator: SimulatorClient, body: Json) => simulator.api("POST", "/payments/cancel", body);
const vbank = { pay_method: "vbank", vbank_due: "2026-08-08" };
const refundAccount = { refund_holder: "홍길동", refund_bank: "088", refund_account: "110000000000" };
const everyContract = [
  "key_in",
  "billing",
  "vbank",
  "vbank_refund",
  "escrow",
  "digital_goods",
  "interest_free",
  "easy_pay",
  "instalments",
  "phone",
];
const without = (...names: string[]) => ({
  contracts: everyContract.filter((name) => !names.includes(name)),
});

it("R-KS-1: mixed tax: a window without tax_free opens, and its payment is taxed whole", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay({ tax_free: undefined });
  expect(await simulator.record(impUid)).toMatchObject({ tax_free: 0 });
});

it.each([
  [109000, 109000, null],
  [109000, 109001, "R-KS-2"],
  [109000, 0, null],
  [109000, -1, "R-KS-2"],
])("R-KS-2: of %i won %i tax-free: %s", async (amount, taxFree, rule) => {
  expect(await refusedBy(await simulatorForTest(), { amount, tax_free: taxFree })).toBe(rule);
});

it("R-KS-3: a virtual account has no tax-free part, whatever was asked for", async () => {
  const simulator = await simulatorForTest();
  expect(await simulator.record(await simulator.pay({ ...vbank, tax_free: 3000 }))).toMatchObject({
    tax_free: 0,
  });
});

it("R-KS-20: no billing key through the window", async () => {
  expect(await refusedBy(await simulatorForTest(), { customer_uid: "user42-card1" })).toBe("R-KS-20");
});

it("R-KS-21: a virtual account needs a due date to come", async () => {
  const simulator = await simulatorForTest();
  expect(await refusedBy(simulator, { pay_method: "vbank" })).toBe("R-KS-21");
  expect(await refusedBy(simulator, { pay_method: "vbank", vbank_due: "2026-08-04" })).toBe("R-KS-21");
  expect(await refusedBy(simulator, { pay_method: "vbank", vbank_due: "2026-08-05" })).toBeNull();
});

it("R-KS-22: the account's holder is the shop", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay({ ...vbank, vbank_holder: "홍길동" });
  expect(await simulator.record(impUid)).toMatchObject({ vbank_holder: "(주)샘플상점" });
});

it.each<[Json, string | null]>([
  [{ currency: "KRW" }, null],
  [{ currency: "USD", amount: 10.99, tax_free: 0 }, null],
  [{ currency: "JPY" }, "R-KS-23"],
  [{ currency: "USD", pay_method: "trans" }, "R-KS-23"],
  [{ currency: "USD", pay_method: "kakaopay" }, "R-KS-23"],
  [{ currency: "USD", card: { direct: { code: "361" } } }, "R-KS-23"],
])("R-KS-23: %j is judged %s", async (change, rule) => {
  expect(await refusedBy(await simulatorForTest(), change)).toBe(rule);
});

it("R-KS-23: dollars are for cards issued abroad, won for any", async () => {
  const simulator = await simulatorForTest();
  const dollars = { currency: "USD", amount: 10.99, tax_free: 0 };
  const domestic = await simulator.tryControl("POST", "/pay", {
    request_pay: requestPay(dollars),
    card_code: "366",
  });
  expect(domestic).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^card_code: /) } });
  const foreign = await simulator.pay(dollars, { card_code: "10005" });
  expect(await simulator.record(foreign)).toMatchObject({
    status: "paid",
    card_name: expect.stringMatching(/Visa/),
  });
  const won = await simulator.pay({ merchant_uid: "ord-2" }, { card_code: "10005" });
  expect(await simulator.record(won)).toMatchObject({ status: "paid", card_code: "10005" });
});

describe("R-KS-25: the shop bears the interest", () => {
  const showsEasyPay = { bypass: { ksnet: { sndQpayType: "1" } } };
  const offer = {
    useFreeInterestFromMall: true,
    card: {
      detail: [
        { card_code: "*", max_month: 3 },
        { card_code: "366", max_month: 6 },
      ],
    },
  };
  it.each<[string, Json, Json, boolean]>([
    ["up to the months it allowed", {}, { card_code: "366", card_quota: 6 }, true],
    ["not beyond them", {}, { card_code: "366", card_quota: 7 }, false],
    ["of any other of the eight card companies as for all", {}, { card_code: "371", card_quota: 3 }, true],
    ["not of Citi", {}, { card_code: "370", card_quota: 3 }, false],
    ["not of one sum", {}, { card_code: "366", card_quota: 0 }, false],
    ["not unless it says so", { useFreeInterestFromMall: false }, { card_quota: 3 }, false],
    ["not without months", { card: {} }, { card_quota: 3 }, false],
    ["never for an easy pay", { pay_method: "naverpay" }, { card_quota: 3 }, false],
    [
      "nor for one inside the card window",
      showsEasyPay,
      { emb_pg_provider: "naverpay", card_quota: 3 },
      false,
    ],
  ])("%s", async (_title, change, choice, interestFree) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ ...offer, ...change }, choice);
    expect(await simulator.record(impUid)).toMatchObject({ status: "paid", interest_free: interestFree });
  });

  it("not without its contract (R-KS-38)", async () => {
    const simulator = await simulatorForTest();
    await settings(simulator, without("interest_free"));
    const impUid = await simulator.pay(offer, { card_quota: 3 });
    expect(await simulator.record(impUid)).toMatchObject({ card_quota: 3, interest_free: false });
  });
});

it("R-KS-26: escrow needs the buyer's e-mail, and is for cash-like methods", async () => {
  const simulator = await simulatorForTest();
  expect(await refusedBy(simulator, { ...vbank, escrow: true, buyer_email: undefined })).toBe("R-KS-26");
  const account = await simulator.pay({ ...vbank, escrow: true });
  const card = await simulator.pay({ merchant_uid: "ord-2", escrow: true });
  expect(await simulator.record(account)).toMatchObject({ escrow: true });
  expect(await simulator.record(card)).toMatchObject({ escrow: false });
});

it.each([
  ["card", true],
  ["kakaopay", true],
  ["trans", false],
  ["phone", false],
])("R-KS-28: %s has a sales slip: %s", async (payMethod, hasUrl) => {
  const simulator = await simulatorForTest();
  const record = await simulator.record(await simulator.pay({ pay_method: payMethod }));
  expect(record["receipt_url"] !== null).toBe(hasUrl);
});

it.each([
  ["kakaopay", false],
  ["payco", false],
  ["naverpay", true],
  ["lpay", true],
])("R-KS-29: %s tells of the card behind it: %s", async (payMethod, tells) => {
  const simulator = await simulatorForTest();
  const record = await simulator.record(await simulator.pay({ pay_method: payMethod }));
  expect([record["card_code"], record["card_number"]].every((value) => value !== null)).toBe(tells);
});

it("R-KS-32: an order number has at most 40 characters", async () => {
  const simulator = await simulatorForTest();
  expect(await refusedBy(simulator, { merchant_uid: "주".repeat(40) })).toBeNull();
  expect(await refusedBy(simulator, { merchant_uid: "주".repeat(41) })).toBe("R-KS-32");
});

it("R-KS-33: an escrow payment is cancelled in part only after the purchase was confirmed", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay({ pay_method: "trans", escrow: true });
  expect(await cancel(simulator, { imp_uid: impUid, amount: 1000 })).toMatchObject({ status: 200, code: 1 });
  await simulator.control("POST", `/payments/${impUid}/confirm-purchase`);
  expect(await cancel(simulator, { imp_uid: impUid, amount: 1000 })).toMatchObject({ status: 200, code: 0 });
  const whole = await simulator.pay({ merchant_uid: "ord-2", pay_method: "trans", escrow: true });
  expect(await cancel(simulator, { imp_uid: whole })).toMatchObject({ status: 200, code: 0 });
  const plain = await simulator.tryControl("POST", `/payments/${whole}/confirm-purchase`);
  expect(plain.status).toBe(409);
});

it.each([
  ["none", "10005", 0],
  ["foreign", "10005", 1],
  ["foreign", "366", 0],
  ["all", "366", 1],
])(
  "R-KS-34: partial cancels refused for %s cards: card %s gets code %i",
  async (refused, card_code, code) => {
    const simulator = await simulatorForTest();
    await simulator.switches({ partial_cancel_refused_cards: refused });
    const impUid = await simulator.pay({}, { card_code });
    expect(await cancel(simulator, { imp_uid: impUid, amount: 1000 })).toMatchObject({ code });
    expect(await cancel(simulator, { imp_uid: impUid })).toMatchObject({ code: 0 });
  },
);

it("R-KS-35: a bank transfer cannot be tried on a test channel", async () => {
  const simulator = await simulatorForTest();
  expect(await refusedBy(simulator, { pay_method: "trans" })).toBeNull();
  await settings(simulator, { sandbox: true });
  expect(await refusedBy(simulator, { pay_method: "trans" })).toBe("R-KS-35");
  expect(await refusedBy(simulator, { pay_method: "card" })).toBeNull();
});

it("R-KS-36: a test account has no deposit that could be given back", async () => {
  const simulator = await simulatorForTest();
  await settings(simulator, { sandbox: true });
  const impUid = await simulator.pay(vbank);
  await simulator.control("POST", `/payments/${impUid}/deposit`);
  expect(await simulator.record(impUid)).toMatchObject({ status: "paid", sandbox: true });
  expect(await cancel(simulator, { imp_uid: impUid, ...refundAccount })).toMatchObject({
    status: 200,
    code: 1,
  });
});

it("R-KS-37: a card company that has not passed the shop declines", async () => {
  const simulator = await simulatorForTest();
  await settings(simulator, { cards_under_review: ["371"] });
  const declined = await simulator.control("POST", "/pay", { request_pay: requestPay(), card_code: "371" });
  expect(declined["payment"]).toMatchObject({
    status: "failed",
    fail_reason: expect.stringContaining("심사"),
  });
  expect(await simulator.record(await simulator.pay({}, { card_code: "366" }))).toMatchObject({
    status: "paid",
  });
});

describe("R-KS-38: without its contract", () => {
  it.each<[string, Json]>([
    ["easy_pay", { pay_method: "kakaopay" }],
    ["phone", { pay_method: "phone" }],
    ["vbank", vbank],
    ["digital_goods", { pay_method: "phone", digital: true }],
  ])("%s is refused", async (contract, change) => {
    const simulator = await simulatorForTest();
    expect(await refusedBy(simulator, change)).toBeNull();
    await settings(simulator, without(contract));
    expect(await refusedBy(simulator, change)).toBe("R-KS-38");
    expect(await refusedBy(simulator, {})).toBeNull();
  });

  it("escrow is silently left out", async () => {
    const simulator = await simulatorForTest();
    await settings(simulator, without("escrow"));
    const impUid = await simulator.pay({ ...vbank, escrow: true });
    expect(await simulator.record(impUid)).toMatchObject({ escrow: false });
  });

  it("instalments become one sum", async () => {
    const simulator = await simulatorForTest();
    await settings(simulator, without("instalments"));
    const impUid = await simulator.pay({}, { card_quota: 3 });
    expect(await simulator.record(impUid)).toMatchObject({ status: "paid", card_quota: 0 });
  });

  it("a virtual account's refund is refused (R-KS-7)", async () => {
    const simulator = await simulatorForTest();
    await settings(simulator, without("vbank_refund"));
    const impUid = await simulator.pay(vbank);
    await simulator.control("POST", `/payments/${impUid}/deposit`);
    expect(await cancel(simulator, { imp_uid: impUid, ...refundAccount })).toMatchObject({ code: 1 });
  });
});

it("R-KS-39: an outage is a fault that strikes every call for as long as asked", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay();
  await simulator.login();
  await simulator.fault({ name: "rate_limited", call: "*", count: 3 });
  const read = async () => (await simulator.api("GET", `/payments/${impUid}`)).status;
  expect([await read(), await read(), await read(), await read()]).toEqual([429, 429, 429, 200]);
});
