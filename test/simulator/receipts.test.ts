// Cash receipts of payments and of sales made elsewhere: what they say, when they are refused, what a cancel
// leaves of them.
import { describe, expect, it } from "vitest";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const wanted = {
  identifier: "01012345678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
  buyer_name: "홍길동",
};
const refused = (status: number) => ({
  status,
  code: -1,
  message: expect.stringMatching(/[가-힣]/),
  response: null,
});
const issue = (simulator: SimulatorClient, impUid: string, change: Json = {}) =>
  simulator.api("POST", `/receipts/${impUid}`, { ...wanted, ...change });
const stored = async (simulator: SimulatorClient, kind = "receipts") =>
  (await simulator.control("GET", "/state"))[kind] as Json[];
const payByTransfer = (simulator: SimulatorClient, choice: Json = {}) =>
  simulator.pay({ pay_method: "trans" }, choice);

describe("the receipt of a payment", () => {
  it("is for what was paid, can be read, and is kept under payment and order", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator);
    const issued = await issue(simulator, impUid, { tax_free: 3000 });
    expect(issued).toEqual({
      status: 200,
      code: 0,
      message: null,
      response: {
        imp_uid: impUid,
        receipt_tid: expect.stringMatching(/^\d{12}$/),
        apply_num: expect.stringMatching(/^\d{9}$/),
        type: "person",
        amount: 109000,
        vat: 9636,
        receipt_url: null,
        applied_at: expect.any(Number),
        cancelled_at: 0,
      },
    });
    expect(await simulator.api("GET", `/receipts/${impUid}`)).toEqual(issued);
    expect(await stored(simulator)).toEqual([
      expect.objectContaining({
        ...issued.response,
        merchant_uid: "ord-20260805-000142",
        identifier: "01012345678",
        tax_free: 3000,
        generation: 1,
      }),
    ]);
    expect(await simulator.record(impUid)).toMatchObject({ cash_receipt_issued: false });
  });

  it.each([
    [109000, 0, 9909],
    [1006, 0, 91],
    [1005, 0, 91],
    [1007, 1, 91],
    [16, 11, 0],
    [17, 11, 1],
    [109000, 109000, 0],
  ])(
    "of %i won with %i tax-free shows %i won of tax, half a won rounded up",
    async (amount, taxFree, vat) => {
      const simulator = await simulatorForTest();
      const impUid = await simulator.pay({ pay_method: "trans", amount, tax_free: 0 });
      expect((await issue(simulator, impUid, { tax_free: taxFree })).response).toMatchObject({ amount, vat });
    },
  );

  it("is refused while one is live; after its revocation the next generation may be issued", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator);
    const first = await issue(simulator, impUid);
    expect(await issue(simulator, impUid)).toEqual(refused(400));
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    const revoked = await simulator.api("DELETE", `/receipts/${impUid}`);
    const { cancelled_at: cancelledAt, ...rest } = revoked.response;
    expect({ ...rest, cancelled_at: 0 }).toEqual(first.response);
    expect(Number(cancelledAt) - Number(first.response["applied_at"])).toBeGreaterThanOrEqual(60);
    expect(await simulator.api("GET", `/receipts/${impUid}`)).toEqual(revoked);
    expect(await simulator.api("DELETE", `/receipts/${impUid}`)).toEqual(refused(400));
    const second = await issue(simulator, impUid);
    expect(second.response["receipt_tid"]).not.toBe(first.response["receipt_tid"]);
    expect((await stored(simulator)).map((one) => [one["generation"], one["cancelled_at"]])).toEqual([
      [1, cancelledAt],
      [2, 0],
    ]);
  });

  it("is not issued again after its revocation when the switch says so", async () => {
    const simulator = await simulatorForTest();
    await simulator.switches({ receipt_reissue: "400" });
    const impUid = await payByTransfer(simulator);
    await issue(simulator, impUid);
    await simulator.api("DELETE", `/receipts/${impUid}`);
    expect(await issue(simulator, impUid)).toEqual(refused(400));
    expect(await stored(simulator)).toHaveLength(1);
  });

  it("outlives a cancel of the payment, in part or whole (R-KS-11)", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator);
    const issued = await issue(simulator, impUid);
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: 20000 });
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid });
    expect(await simulator.api("GET", `/receipts/${impUid}`)).toEqual(issued);
    expect(await simulator.api("DELETE", `/receipts/${impUid}`)).toMatchObject({ status: 200, code: 0 });
  });

  it("is issued again for what a partial cancel left (R-KS-12)", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator);
    await issue(simulator, impUid);
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: 20000 });
    await simulator.api("DELETE", `/receipts/${impUid}`);
    const again = await issue(simulator, impUid);
    expect(again.response).toMatchObject({ amount: 89000, vat: 8091 });
  });

  it("for a rest is refused when the switch says so", async () => {
    const simulator = await simulatorForTest();
    await simulator.switches({ receipt_on_partial: "400" });
    const impUid = await payByTransfer(simulator);
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: 20000 });
    expect(await issue(simulator, impUid)).toEqual(refused(400));
  });

  it.each<[string, Json]>([
    ["the number it is made out to", { identifier: "" }],
    ["the kind of goods (R-KS-14)", { product_type: null }],
    ["a known kind of goods (R-KS-14)", { product_type: "food" }],
    ["the buyer's name (R-KS-14)", { buyer_name: null }],
    ["a known kind of number", { identifier_type: "email" }],
    ["a known purpose", { type: "family" }],
    ["a tax-free part within the amount", { tax_free: 109001 }],
    ["a tax-free part that is not negative", { tax_free: -1 }],
    ["a tax-free part that is a number", { tax_free: "전부" }],
  ])("needs %s", async (_title, change) => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator);
    expect(await issue(simulator, impUid, change)).toEqual(refused(400));
    expect(await stored(simulator)).toEqual([]);
  });

  it.each(["card", "phone", "kakaopay", "naverpay", "payco", "lpay", "ssgpay"])(
    "does not exist for %s",
    async (payMethod) => {
      const simulator = await simulatorForTest();
      const impUid = await simulator.pay({ pay_method: payMethod });
      expect(await issue(simulator, impUid)).toEqual(refused(400));
    },
  );

  it("needs money: not before the deposit, not after everything was cancelled", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: "vbank", vbank_due: "2026-08-08" });
    expect(await issue(simulator, impUid)).toEqual(refused(400));
    await simulator.control("POST", `/payments/${impUid}/deposit`);
    expect(await issue(simulator, impUid)).toMatchObject({ status: 200, code: 0 });
    const other = await simulator.pay({ merchant_uid: "ord-2", pay_method: "trans" });
    await simulator.api("POST", "/payments/cancel", { imp_uid: other });
    expect(await issue(simulator, other)).toEqual(refused(400));
  });

  it("is unknown where none was issued", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator);
    expect(await simulator.api("GET", `/receipts/${impUid}`)).toEqual(refused(404));
    expect(await simulator.api("DELETE", `/receipts/${impUid}`)).toEqual(refused(400));
    expect(await issue(simulator, "imp_000000000000")).toEqual(refused(400));
  });
});

describe("a receipt taken in the payment window", () => {
  it("marks the record and stands in the way of another, unless the switch lets it", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator, { cash_receipt: "01012345678" });
    expect(await simulator.record(impUid)).toMatchObject({ cash_receipt_issued: true });
    expect(await simulator.api("GET", `/receipts/${impUid}`)).toEqual(refused(404));
    expect(await simulator.api("DELETE", `/receipts/${impUid}`)).toEqual(refused(400));
    expect(await issue(simulator, impUid)).toEqual(refused(400));
    await simulator.switches({ receipt_after_window: "allowed" });
    expect(await issue(simulator, impUid)).toMatchObject({ status: 200, code: 0 });
  });

  it("is silently left out when the number has hyphens (R-KS-13)", async () => {
    const simulator = await simulatorForTest();
    const impUid = await payByTransfer(simulator, { cash_receipt: "010-1234-5678" });
    expect(await simulator.record(impUid)).toMatchObject({ status: "paid", cash_receipt_issued: false });
  });
});

describe("the receipt of a sale made elsewhere", () => {
  const sale = { ...wanted, channel_key: "channel-key-1", name: "무통장 입금 주문", amount: 55000 };
  const path = "/receipts/external/ord-external-1";

  it("is issued, read, revoked and issued again under its order number", async () => {
    const simulator = await simulatorForTest();
    const issued = await simulator.api("POST", path, { ...sale, type: "company", tax_free: 0 });
    expect(issued).toMatchObject({
      status: 200,
      code: 0,
      response: {
        merchant_uid: "ord-external-1",
        type: "company",
        amount: 55000,
        vat: 5000,
        cancelled_at: 0,
      },
    });
    expect(issued.response).not.toHaveProperty("imp_uid");
    expect(await simulator.api("GET", path)).toEqual(issued);
    expect(await simulator.api("POST", path, sale)).toEqual(refused(400));
    const revoked = await simulator.api("DELETE", path);
    expect(Number(revoked.response["cancelled_at"])).toBeGreaterThan(0);
    expect(await simulator.api("DELETE", path)).toEqual(refused(400));
    await simulator.api("POST", path, { ...sale, amount: 44000 });
    expect(await stored(simulator, "external_receipts")).toEqual([
      expect.objectContaining({
        imp_uid: null,
        merchant_uid: "ord-external-1",
        amount: 55000,
        generation: 1,
      }),
      expect.objectContaining({ amount: 44000, cancelled_at: 0, generation: 2 }),
    ]);
    expect(await stored(simulator)).toEqual([]);
  });

  it("takes `pg` for the channel key, and numbers as text (R-KS-15)", async () => {
    const simulator = await simulatorForTest();
    const { channel_key: _left, ...rest } = sale;
    const body = { ...rest, pg: "ksnet", amount: 109000, tax_free: "3000", identifier: "1178178260" };
    expect(await simulator.api("POST", path, body)).toMatchObject({ code: 0, response: { vat: 9636 } });
  });

  it.each<[string, Json]>([
    ["channel key or pg", { channel_key: null }],
    ["name", { name: "" }],
    ["amount", { amount: null }],
    ["whole amount", { amount: 100.5 }],
    ["positive amount", { amount: 0 }],
    ["identifier", { identifier: null }],
    ["kind of goods (R-KS-14)", { product_type: null }],
    ["buyer's name (R-KS-14)", { buyer_name: null }],
  ])("needs a %s", async (_title, change) => {
    const simulator = await simulatorForTest();
    expect(await simulator.api("POST", path, { ...sale, ...change })).toEqual(refused(400));
    expect(await stored(simulator, "external_receipts")).toEqual([]);
  });

  it("is unknown where none was issued", async () => {
    const simulator = await simulatorForTest();
    expect(await simulator.api("GET", path)).toEqual(refused(404));
    expect(await simulator.api("DELETE", path)).toEqual(refused(404));
  });
});
