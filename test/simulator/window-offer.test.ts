// The doors take what the window offers and nothing else: each choice beside what it may be.
import { describe, expect, it } from "vitest";
import { type Json, requestPay, simulatorForTest } from "./testing/simulator-client.ts";

const easy = { bypass: { ksnet: { sndQpayType: "1" } } };
const transfer = { pay_method: "trans" };
const account = { pay_method: "vbank", vbank_due: "2026-08-08" };
const onlyHyundai = {
  card: {
    detail: [
      { card_code: "*", enabled: false },
      { card_code: "367", enabled: true },
    ],
  },
};

describe("a choice that the window does not offer", () => {
  it.each<[string, Json, Json]>([
    ["pay_method", {}, { pay_method: "trans" }],
    ["pay_method", {}, { pay_method: "kakaopay" }],
    ["card_code", { card: { direct: { code: "361" } } }, { card_code: "366" }],
    ["card_code", onlyHyundai, { card_code: "366" }],
    ["card_code", { pay_method: "kakaopay" }, { card_code: "366" }],
    ["card_code", transfer, { card_code: "366" }],
    ["card_code", { card: { detail: [{ card_code: "*", enabled: false }] } }, {}],
    ["card_quota", { display: { card_quota: [0, 3] } }, { card_quota: 4 }],
    ["card_quota", { display: { card_quota: [] } }, { card_quota: 2 }],
    ["card_quota", { currency: "USD", amount: 60_000, tax_free: 0 }, { card_quota: 2 }],
    ["card_quota", account, { card_quota: 2 }],
    ["card_quota", { pay_method: "phone" }, { card_quota: 3 }],
    ["card_quota", { pay_method: "naverpay", display: { card_quota: [3] } }, { card_quota: 4 }],
    ["emb_pg_provider", {}, { emb_pg_provider: "kakaopay" }],
    ["emb_pg_provider", { bypass: { ksnet: { sndQpayType: "0" } } }, { emb_pg_provider: "kakaopay" }],
    ["emb_pg_provider", easy, { emb_pg_provider: "samsungpay" }],
    ["emb_pg_provider", { pay_method: "payco" }, { emb_pg_provider: "kakaopay" }],
    ["bank_code", {}, { bank_code: "088" }],
    ["bank_code", transfer, { bank_code: "999" }],
    ["cash_receipt", {}, { cash_receipt: true }],
    ["cash_receipt_type", {}, { cash_receipt_type: "none" }],
    ["cash_receipt", transfer, { cash_receipt_type: "person" }],
    ["cash_receipt", transfer, { cash_receipt_type: "none", cash_receipt: "01012345678" }],
  ])("is a 400 that names %s, and nothing is opened or approved: %j %j", async (field, change, choice) => {
    const simulator = await simulatorForTest();
    const request_pay = requestPay(change);
    const refused = { status: 400, body: { error: expect.stringMatching(new RegExp(`^${field}: `)) } };
    expect(await simulator.tryControl("POST", "/pay", { request_pay, ...choice })).toMatchObject(refused);
    expect((await simulator.control("GET", "/state"))["payments"]).toEqual([]);
    const { window, imp_uid: impUid } = await simulator.control("POST", "/window", { request_pay });
    const approve = `/window/${window}/approve`;
    expect(await simulator.tryControl("POST", approve, choice)).toMatchObject(refused);
    expect(await simulator.record(String(impUid))).toMatchObject({ status: "ready" });
  });

  it("leaves the window open for another one, and a refused call refused", async () => {
    const simulator = await simulatorForTest();
    const { window } = await simulator.control("POST", "/window", { request_pay: requestPay() });
    const approve = (choice: Json) => simulator.tryControl("POST", `/window/${window}/approve`, choice);
    expect((await approve({ bank_code: "088" })).status).toBe(400);
    expect((await approve({})).body).toMatchObject({ payment: { status: "paid" } });
    expect((await approve({ bank_code: "088" })).status).toBe(409);
    const refused = { request_pay: requestPay({ amount: 0, merchant_uid: "ord-2" }), bank_code: "088" };
    expect(await simulator.control("POST", "/pay", refused)).toMatchObject({ refused: { rule: "amount" } });
  });
});

describe("a choice that it does offer", () => {
  it.each<[Json, Json, Json]>([
    [easy, { pay_method: "kakaopay" }, { pay_method: "kakaopay", emb_pg_provider: "kakaopay" }],
    [{ pay_method: "naverpay" }, { emb_pg_provider: "naverpay", card_quota: 3 }, { card_quota: 3 }],
    [{ pay_method: "naverpay" }, { card_code: "371" }, { card_code: "371" }],
    [{ pay_method: "payco", display: { card_quota: [3] } }, { card_quota: 12 }, { card_quota: 12 }],
    [onlyHyundai, {}, { card_code: "367" }],
    [{ card: { direct: { code: "361" } } }, {}, { card_code: "361" }],
    [{}, {}, { card_code: "366" }],
    [{}, { card_code: "10005" }, { card_code: "10005" }],
    [transfer, { bank_code: "020" }, { bank_code: "020", bank_name: "우리은행" }],
    [transfer, {}, { bank_code: "004" }],
    [account, { bank_code: "090" }, { vbank_code: "090", vbank_name: "카카오뱅크" }],
    [account, {}, { vbank_code: "088" }],
    [transfer, { cash_receipt_type: "none" }, { cash_receipt_issued: false }],
    [transfer, { cash_receipt_type: "company", cash_receipt: "1178178260" }, { cash_receipt_issued: true }],
  ])("%j with %j is recorded as %j", async (change, choice, recorded) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay(change, choice);
    expect(await simulator.record(impUid)).toMatchObject(recorded);
  });
});

it.each([
  [49_999, undefined, 3, false],
  [49_999, "366", 3, false],
  [50_000, "366", 3, true],
  [50_000, undefined, 3, true],
  [50_000, "366", 1, false],
  [9_999, "367", 2, false],
  [10_000, "367", 2, true],
])(
  "R-KS-24: %i won on card %s in %i months is offered: %s",
  async (amount, card_code, card_quota, isOffered) => {
    const simulator = await simulatorForTest();
    const asked = { request_pay: requestPay({ amount, tax_free: 0 }), card_code, card_quota };
    const { status, body } = await simulator.tryControl("POST", "/pay", asked);
    expect(body).toMatchObject(
      isOffered
        ? { payment: { card_quota } }
        : { error: expect.stringMatching(/^card_quota: the window offers 0/) },
    );
    expect(status).toBe(isOffered ? 200 : 400);
  },
);

describe("a list of months", () => {
  const months = async (card_quota: unknown, means?: string) => {
    const simulator = await simulatorForTest();
    if (means !== undefined) await simulator.switches({ card_quota_means: means });
    const request_pay = requestPay({ display: { card_quota } });
    const { body } = await simulator.tryControl("POST", "/pay", { request_pay, card_quota: 59 });
    return String((body as Json)["error"]).replace("card_quota: the window offers ", "");
  };

  it.each<[unknown, string, string]>([
    [[6], "0, 6", "0, 2, 3, 4, 5, 6"],
    [[0, 6], "0, 6", "0, 2, 3, 4, 5, 6"],
    [[4, 2, 4], "0, 2, 4", "0, 2, 3, 4"],
    [[], "0", "0"],
    [[0], "0", "0"],
    [[1], "0", "0"],
    [["3"], "0, 3", "0, 2, 3"],
    [[3, 61, -2, 2.5, "x"], "0, 3", "0, 2, 3"],
    ["6", "0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12", "0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"],
  ])("%j means exactly %s, or, by the switch, up to: %s", async (listed, exactly, upTo) => {
    expect(await months(listed)).toBe(exactly);
    expect(await months(listed, "exactly")).toBe(exactly);
    expect(await months(listed, "up_to")).toBe(upTo);
  });
});
