// Virtual accounts by API: issued, told of, paid into, revoked, and what each of them needs.
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
