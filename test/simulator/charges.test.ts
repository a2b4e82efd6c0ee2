// Cards charged without a window, by number and by key: paid, declined, refused, and what each of them needs.
import { describe, expect, it } from "vitest";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const refused = (code: number) => ({
  status: 200,
  code,
  message: expect.stringMatching(/[가-힣]/),
  response: null,
});
const paymentsIn = async (simulator: SimulatorClient) =>
  (await simulator.control("GET", "/state"))["payments"] as Json[];
const settings = (simulator: SimulatorClient, change: Json) => simulator.control("PUT", "/settings", change);

const card = { card_number: "4518-4200-0000-0015", expiry: "2029-12" };
const charge = {
  merchant_uid: "ord-20260805-000148",
  amount: 60000,
  tax_free: 3000,
  name: "전화 주문",
  buyer_name: "홍길동",
  product_type: "real",
};

/** The same call by card number and by key: what holds for one holds for the other. */
const ways = [
  {
    way: "by card number",
    path: "/subscribe/payments/onetime",
    contract: "key_in",
    prepare: () => Promise.resolve(),
    body: { ...charge, ...card },
    declined: { card_number: "4518-4200-0005-0002" },
  },
  {
    way: "by key",
    path: "/subscribe/payments/again",
    contract: "billing",
    prepare: async (simulator: SimulatorClient) => {
      const key = { channel_key: "channel-key-1", ...card, birth: "820213", pwd_2digit: "00" };
      await simulator.api("POST", "/subscribe/customers/user42-card1", key);
      const declined = { ...key, card_number: "4518-4200-0005-0002" };
      await simulator.api("POST", "/subscribe/customers/user43-card1", declined);
    },
    body: { ...charge, customer_uid: "user42-card1" },
    declined: { customer_uid: "user43-card1" },
  },
];

describe.each(ways)("a charge $way", ({ path, contract, prepare, body, declined }) => {
  const prepared = async () => {
    const simulator = await simulatorForTest();
    await prepare(simulator);
    return { simulator, send: (change: Json = {}) => simulator.api("POST", path, { ...body, ...change }) };
  };

  it("is paid at once, and told of", async () => {
    const { simulator, send } = await prepared();
    const shop = await shopStub();
    const paid = await send({ notice_url: shop.url, card_quota: 3 });
    expect(paid).toMatchObject({
      status: 200,
      code: 0,
      response: {
        imp_uid: expect.stringMatching(/^imps_\d{12}$/),
        status: "paid",
        channel: "api",
        amount: 60000,
        card_number: "451842******0015",
        card_name: "신한카드",
        card_quota: 3,
        apply_num: expect.any(String),
        receipt_url: expect.any(String),
      },
    });
    const [notice] = await shop.received(1);
    expect(JSON.parse(notice?.body ?? "")).toEqual({
      imp_uid: paid.response["imp_uid"],
      merchant_uid: "ord-20260805-000148",
      status: "paid",
    });
    expect(await simulator.record(String(paid.response["imp_uid"]))).toMatchObject({ tax_free: 3000 });
    expect(
      await simulator.api("POST", "/payments/cancel", { imp_uid: paid.response["imp_uid"], amount: 1000 }),
    ).toMatchObject({ code: 0 });
  });

  it("declined by the card company is code 0 with a failed payment, told to nobody", async () => {
    const { send } = await prepared();
    const shop = await shopStub();
    const answer = await send({ ...declined, notice_url: shop.url });
    expect(answer).toMatchObject({
      status: 200,
      code: 0,
      response: { status: "failed", fail_reason: "한도초과", paid_at: 0, apply_num: null, card_number: null },
    });
    await send({ merchant_uid: "ord-2", notice_url: shop.url });
    const [first] = await shop.received(1);
    expect(JSON.parse(first?.body ?? "")).toMatchObject({ merchant_uid: "ord-2", status: "paid" });
  });

  it.each<[string, Json]>([
    ["order number", { merchant_uid: null }],
    ["amount", { amount: null }],
    ["positive amount", { amount: 0 }],
    ["whole amount", { amount: 100.5 }],
    ["known currency (R-KS-23)", { currency: "JPY" }],
    ["tax-free part within the amount (R-KS-2)", { tax_free: 60001 }],
    ["kind of goods (R-KS-16)", { product_type: null }],
    ["known kind of goods (R-KS-16)", { product_type: "food" }],
    ["buyer's name (R-KS-16)", { buyer_name: null }],
  ])("needs a %s", async (_title, change) => {
    const { simulator, send } = await prepared();
    expect(await send(change)).toEqual(refused(1));
    expect(await paymentsIn(simulator)).toEqual([]);
  });

  it.each([
    [49_999, 0],
    [50_000, 3],
  ])("of %i won in three months becomes %i (R-KS-24)", async (amount, quota) => {
    const { send } = await prepared();
    expect((await send({ amount, card_quota: 3 })).response).toMatchObject({ card_quota: quota });
  });

  it("goes through twice for one number, unless the switch refuses used numbers", async () => {
    const { simulator, send } = await prepared();
    await send();
    expect(await send()).toMatchObject({ code: 0, response: { status: "paid" } });
    await simulator.switches({ reuse_refused: true });
    expect(await send()).toEqual(refused(1));
    expect(await paymentsIn(simulator)).toHaveLength(2);
  });

  it("needs its contract (R-KS-38)", async () => {
    const { simulator, send } = await prepared();
    await settings(simulator, { contracts: ["vbank"] });
    expect(await send()).toEqual(refused(-1));
    await settings(simulator, { contracts: [contract] });
    expect(await send()).toMatchObject({ code: 0 });
  });

  it("is in one sum without the contract for instalments (R-KS-38)", async () => {
    const { simulator, send } = await prepared();
    await settings(simulator, { contracts: [contract] });
    expect((await send({ card_quota: 3 })).response).toMatchObject({ status: "paid", card_quota: 0 });
  });

  it("whose answer is lost was charged once, and can be found by its number", async () => {
    const { simulator, send } = await prepared();
    await simulator.login();
    await simulator.fault({ name: "answer_lost_after_effect", call: `POST ${path}` });
    await expect(send()).rejects.toThrow();
    const found = await simulator.api("GET", `/payments/findAll/${charge.merchant_uid}`);
    expect(found.response).toMatchObject({ total: 1, list: [{ status: "paid" }] });
  });

  it("under amount_changed is charged another amount than asked", async () => {
    const { simulator, send } = await prepared();
    await simulator.fault({ name: "amount_changed", call: `POST ${path}` });
    expect((await send()).response).toMatchObject({ status: "paid", amount: 59900 });
  });
});

describe("a card by number", () => {
  const send = (simulator: SimulatorClient, change: Json) =>
    simulator.api("POST", "/subscribe/payments/onetime", { ...charge, ...card, ...change });

  it.each<[string, Json]>([
    ["no card number", { card_number: "1234" }],
    ["no month", { expiry: "2029-13" }],
    ["a month gone by", { expiry: "2026-07" }],
    ["a card that cannot be reached", { card_number: "4518-4200-0002-0005" }],
  ])("is refused with code -1 for %s, leaving nothing", async (_title, change) => {
    const simulator = await simulatorForTest();
    expect(await send(simulator, change)).toEqual(refused(-1));
    expect(await paymentsIn(simulator)).toEqual([]);
  });

  it("is good through the month it ends in", async () => {
    const simulator = await simulatorForTest();
    expect(await send(simulator, { expiry: "2026-08" })).toMatchObject({ code: 0 });
  });

  it("that cannot be reached leaves a failed payment when the switch says so", async () => {
    const simulator = await simulatorForTest();
    await simulator.switches({ refused_charge_record: "failed" });
    expect(await send(simulator, { card_number: "4518-4200-0002-0005" })).toEqual(refused(-1));
    expect(await paymentsIn(simulator)).toEqual([
      expect.objectContaining({ status: "failed", amount: 60000 }),
    ]);
  });

  it("needs neither birth nor password, nor right ones (R-KS-18), nor a number that adds up", async () => {
    const simulator = await simulatorForTest();
    const odd = { birth: "999999", pwd_2digit: "xx", card_number: "1234-1234-1234-1234" };
    expect(await send(simulator, odd)).toMatchObject({ code: 0, response: { status: "paid" } });
  });

  it("makes no key of a customer_uid (R-KS-19), or is refused with one", async () => {
    const simulator = await simulatorForTest();
    const paid = await send(simulator, { customer_uid: "user42-card1" });
    expect(paid).toMatchObject({ code: 0, response: { customer_uid: null, customer_uid_usage: null } });
    expect((await simulator.control("GET", "/state"))["customers"]).toEqual([]);
    await simulator.switches({ onetime_customer_uid: "refused" });
    expect(await send(simulator, { customer_uid: "user42-card1" })).toEqual(refused(1));
  });
});

it.each(ways)(
  "$way is declined while the card company reviews the shop (R-KS-37)",
  async ({ path, prepare, body }) => {
    const simulator = await simulatorForTest();
    await prepare(simulator);
    await settings(simulator, { cards_under_review: ["366"] });
    const answer = await simulator.api("POST", path, body);
    expect(answer).toMatchObject({
      code: 0,
      response: { status: "failed", fail_reason: expect.stringMatching(/심사/) },
    });
  },
);

it.each([
  ["asked for, contracted, in instalments", { interest_free_by_merchant: true, card_quota: 3 }, true],
  ["not asked for", { card_quota: 3 }, false],
  ["paid at once", { interest_free_by_merchant: true, card_quota: 0 }, false],
])("interest is the shop's when %s (R-KS-25)", async (_, change, expected) => {
  const simulator = await simulatorForTest();
  await settings(simulator, { contracts: ["key_in", "instalments", "interest_free"] });
  const answer = await simulator.api("POST", "/subscribe/payments/onetime", {
    ...charge,
    ...card,
    ...change,
  });
  expect(await simulator.record(String(answer.response["imp_uid"]))).toMatchObject({
    interest_free: expected,
  });
});
