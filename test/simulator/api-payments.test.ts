// Payments without a window: virtual accounts, cards by number, cards by key; and the codes and channels a
// merchant can ask for.
import { describe, expect, it } from "vitest";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const noon = 1_785_898_800;
const refused = (code: number) => ({
  status: 200,
  code,
  message: expect.stringMatching(/[가-힣]/),
  response: null,
});
const paymentsIn = async (simulator: SimulatorClient) =>
  (await simulator.control("GET", "/state"))["payments"] as Json[];
const settings = (simulator: SimulatorClient, change: Json) => simulator.control("PUT", "/settings", change);

describe("a virtual account by API", () => {
  const wanted = {
    channel_key: "channel-key-1",
    merchant_uid: "ord-20260805-000149",
    amount: 50000,
    tax_free: 3000,
    vbank_code: "088",
    vbank_due: noon + 86_400,
    vbank_holder: "홍길동",
    product_type: "real",
    name: "책상 조명",
    buyer_name: "홍길동",
  };
  const issue = (simulator: SimulatorClient, change: Json = {}) =>
    simulator.api("POST", "/vbanks", { ...wanted, ...change });

  it("is issued, told of, paid into, and told of again", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    const issued = await issue(simulator, { notice_url: shop.url });
    const impUid = String(issued.response["imp_uid"]);
    expect(issued).toMatchObject({
      status: 200,
      code: 0,
      response: {
        imp_uid: expect.stringMatching(/^imps_\d{12}$/),
        status: "ready",
        channel: "api",
        pay_method: "vbank",
        vbank_code: "088",
        vbank_name: "신한은행",
        vbank_num: expect.stringMatching(/^\d{14}$/),
        vbank_holder: "(주)샘플상점",
        vbank_date: noon + 86_400,
        amount: 50000,
      },
    });
    expect(await simulator.record(impUid)).toMatchObject({ tax_free: 0 });
    await simulator.control("POST", `/payments/${impUid}/deposit`);
    const bodies = (await shop.received(2)).map(({ body }) => (JSON.parse(body) as Json)["status"]);
    expect(bodies).toEqual(["ready", "paid"]);
  });

  it.each<[string, Json]>([
    ["channel key", { channel_key: null }],
    ["order number", { merchant_uid: null }],
    ["order number of at most 40 characters", { merchant_uid: "주".repeat(41) }],
    ["amount", { amount: 0 }],
    ["whole amount", { amount: 100.5 }],
    ["bank", { vbank_code: "999" }],
    ["due date (R-KS-21)", { vbank_due: null }],
    ["due date in seconds (R-KS-21)", { vbank_due: (noon + 86_400) * 1000 }],
    ["due date as a number (R-KS-21)", { vbank_due: "2026-08-08" }],
    ["due date to come", { vbank_due: noon }],
    ["kind of goods (R-KS-16)", { product_type: null }],
    ["buyer's name (R-KS-16)", { buyer_name: null }],
  ])("needs a %s", async (_title, change) => {
    const simulator = await simulatorForTest();
    expect(await issue(simulator, change)).toEqual(refused(1));
    expect(await paymentsIn(simulator)).toEqual([]);
  });

  it("is refused for a number that was paid, and may be issued twice for one that was not", async () => {
    const simulator = await simulatorForTest();
    const first = await issue(simulator);
    expect(await issue(simulator)).toMatchObject({ code: 0 });
    await simulator.control("POST", `/payments/${first.response["imp_uid"]}/deposit`);
    expect(await issue(simulator)).toEqual(refused(1));
  });

  it("needs its contract (R-KS-38)", async () => {
    const simulator = await simulatorForTest();
    await settings(simulator, { contracts: ["key_in"] });
    expect(await issue(simulator)).toEqual(refused(-1));
  });

  it.each(["cancelled", "failed"])(
    "is revoked while unpaid, and is %s then if the switch says so",
    async (status) => {
      const simulator = await simulatorForTest();
      await simulator.switches({ vbank_revoked_status: status });
      const { response } = await issue(simulator);
      const path = `/vbanks/${response["imp_uid"]}`;
      const revoked = await simulator.api("DELETE", path);
      expect(revoked).toMatchObject({
        status: 200,
        code: 0,
        response: { status, cancel_amount: 0, cancel_history: [], paid_at: 0 },
      });
      expect((await simulator.api("DELETE", path)).status).toBe(400);
      expect((await simulator.tryControl("POST", `/payments/${response["imp_uid"]}/deposit`)).status).toBe(
        409,
      );
    },
  );

  it("is not revoked once paid, nor a card payment, nor one nobody knows", async () => {
    const simulator = await simulatorForTest();
    const { response } = await issue(simulator);
    await simulator.control("POST", `/payments/${response["imp_uid"]}/deposit`);
    expect((await simulator.api("DELETE", `/vbanks/${response["imp_uid"]}`)).status).toBe(400);
    expect((await simulator.api("DELETE", `/vbanks/${await simulator.pay()}`)).status).toBe(400);
    expect((await simulator.api("DELETE", "/vbanks/imp_0")).status).toBe(404);
  });

  it("issued in a window can be revoked as well", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: "vbank", vbank_due: "2026-08-08" });
    expect(await simulator.api("DELETE", `/vbanks/${impUid}`)).toMatchObject({
      response: { status: "cancelled" },
    });
  });

  it("cannot be edited at KSNET", async () => {
    const simulator = await simulatorForTest();
    const { response } = await issue(simulator);
    expect((await simulator.api("PUT", `/vbanks/${response["imp_uid"]}`, { amount: 1 })).status).toBe(400);
    expect((await simulator.api("PUT", "/vbanks/imp_0", { amount: 1 })).status).toBe(404);
  });
});

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
    const { simulator, send } = await prepared();
    const shop = await shopStub();
    const answer = await send({ ...declined, notice_url: shop.url });
    expect(answer).toMatchObject({
      status: 200,
      code: 0,
      response: { status: "failed", fail_reason: "한도초과", paid_at: 0, apply_num: null, card_number: null },
    });
    expect(await simulator.deliveries()).toEqual([]);
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

describe("a billing key", () => {
  const key = {
    channel_key: "channel-key-1",
    ...card,
    birth: "820213",
    pwd_2digit: "00",
    customer_name: "홍길동",
  };
  const path = "/subscribe/customers/user42-card1";

  it("is issued, read, replaced and deleted, and never shows the whole number", async () => {
    const simulator = await simulatorForTest();
    const issued = await simulator.api("POST", path, key);
    expect(issued).toMatchObject({
      status: 200,
      code: 0,
      response: {
        customer_uid: "user42-card1",
        pg_provider: "ksnet",
        card_number: "451842******0015",
        card_name: "신한카드",
        customer_name: "홍길동",
      },
    });
    expect(await simulator.api("GET", path)).toEqual(issued);
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    const replaced = await simulator.api("POST", path, { ...key, card_number: "4518-4200-0000-0023" });
    expect(replaced.response).toMatchObject({
      card_number: "451842******0023",
      inserted: issued.response["inserted"],
    });
    expect(Number(replaced.response["updated"])).toBeGreaterThan(Number(replaced.response["inserted"]));
    expect((await simulator.control("GET", "/state"))["customers"]).toEqual([replaced.response]);
    expect(await simulator.api("DELETE", `${path}?reason=해지`)).toMatchObject({ status: 200, code: 0 });
    expect((await simulator.api("GET", path)).status).toBe(404);
    expect((await simulator.api("DELETE", path)).status).toBe(404);
    const again = { ...charge, customer_uid: "user42-card1" };
    expect(await simulator.api("POST", "/subscribe/payments/again", again)).toEqual(refused(1));
  });

  it.each<[string, Json, number]>([
    ["the channel", { channel_key: null }, 1],
    ["a card number (R-KS-17)", { card_number: null }, -1],
    ["an expiry (R-KS-17)", { expiry: null }, -1],
    ["an expiry to come", { expiry: "2026-07" }, -1],
    ["a birth date or business number (R-KS-17)", { birth: null }, -1],
    ["two digits of the password (R-KS-17)", { pwd_2digit: null }, -1],
    ["a card that can be reached", { card_number: "4518-4200-0002-0005" }, -1],
  ])("needs %s", async (_title, change, code) => {
    const simulator = await simulatorForTest();
    expect(await simulator.api("POST", path, { ...key, ...change })).toEqual(refused(code));
    expect((await simulator.api("GET", path)).status).toBe(404);
  });

  it("is read with others, some missing: 207, all missing: 404", async () => {
    const simulator = await simulatorForTest();
    await simulator.api("POST", path, key);
    await simulator.api("POST", "/subscribe/customers/user43-card1", key);
    const read = (...names: string[]) =>
      simulator.api("GET", `/subscribe/customers?${names.map((name) => `customer_uid[]=${name}`).join("&")}`);
    const uids = (response: unknown) => (response as Json[]).map((one) => one["customer_uid"]);
    const both = await read("user42-card1", "user43-card1");
    expect([both.status, uids(both.response)]).toEqual([200, ["user42-card1", "user43-card1"]]);
    const some = await read("user42-card1", "user44-card1");
    expect([some.status, uids(some.response)]).toEqual([207, ["user42-card1"]]);
    expect((await read("user44-card1")).status).toBe(404);
  });

  it("shows what was charged to it, newest first, and nothing else", async () => {
    const simulator = await simulatorForTest();
    await simulator.api("POST", path, key);
    for (const merchant_uid of ["sub-1", "sub-2"])
      await simulator.api("POST", "/subscribe/payments/again", {
        ...charge,
        merchant_uid,
        customer_uid: "user42-card1",
      });
    await simulator.api("POST", "/subscribe/payments/onetime", { ...charge, ...card });
    const page = await simulator.api("GET", `${path}/payments`);
    expect(page.response).toMatchObject({ total: 2, previous: 0, next: 0 });
    const uids = (page.response["list"] as Json[]).map((one) => [
      one["merchant_uid"],
      one["customer_uid_usage"],
    ]);
    expect(uids.toSorted()).toEqual([
      ["sub-1", "payment"],
      ["sub-2", "payment"],
    ]);
    expect((await simulator.api("GET", "/subscribe/customers/user43-card1/payments")).status).toBe(404);
  });
});

describe("codes and channels", () => {
  it.each([
    ["/cards", "366", "신한카드"],
    ["/banks", "088", "신한은행"],
  ])("%s lists them, gives one, and knows no other", async (path, code, name) => {
    const simulator = await simulatorForTest();
    const list = await simulator.api("GET", path);
    expect(list.response).toContainEqual({ code, name });
    expect((await simulator.api("GET", `${path}/${code}`)).response).toEqual({ code, name });
    expect((await simulator.api("GET", `${path}/999`)).status).toBe(404);
  });

  it("/users/pg names the merchant's MID and channel, and whether it is a test one", async () => {
    const simulator = await simulatorForTest();
    await settings(simulator, { sandbox: true });
    const { mid, channel_key } = await simulator.control("GET", "/settings");
    const channel = { pg_provider: "ksnet", pg_id: mid, channel_key, sandbox: true };
    expect((await simulator.api("GET", "/users/pg")).response).toEqual([
      expect.objectContaining({ ...channel, type: "payment" }),
      expect.objectContaining({ ...channel, type: "api_payment" }),
    ]);
  });

  it("a balance is refused for KSNET, and not found for an unknown payment", async () => {
    const simulator = await simulatorForTest();
    expect(await simulator.api("GET", `/payments/${await simulator.pay()}/balance`)).toEqual(refused(1));
    expect((await simulator.api("GET", "/payments/imp_0/balance")).status).toBe(404);
  });
});
