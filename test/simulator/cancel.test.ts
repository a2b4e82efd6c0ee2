// Cancelling: what is left, what is refused and by which rule, the checksum, the notice.
import { describe, expect, it } from "vitest";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const dayMs = 86_400_000;
const cancel = (simulator: SimulatorClient, body: Json) => simulator.api("POST", "/payments/cancel", body);

/** Longer jumps end the token. */
async function jump(simulator: SimulatorClient, to: string): Promise<void> {
  await simulator.control("POST", "/clock", { set: to });
  await simulator.login();
}

describe("what is left", () => {
  it("is cancelled in part, then the rest, each with its own entry", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    const part = await cancel(simulator, {
      imp_uid: impUid,
      amount: 20000,
      tax_free: 3000,
      checksum: 109000,
      reason: "단순 변심",
    });
    expect(part).toMatchObject({
      status: 200,
      code: 0,
      response: { status: "cancelled", amount: 109000, cancel_amount: 20000 },
    });
    const rest = await cancel(simulator, {
      imp_uid: impUid,
      amount: 89000,
      checksum: 89000,
      reason: "주문 취소",
    });
    expect(rest.response).toMatchObject({
      status: "cancelled",
      cancel_amount: 109000,
      cancel_reason: "주문 취소",
    });
    const history = rest.response["cancel_history"] as Json[];
    expect(history.map(({ amount, reason }) => [amount, reason])).toEqual([
      [20000, "단순 변심"],
      [89000, "주문 취소"],
    ]);
    expect(new Set(history.map((entry) => entry["cancellation_id"])).size).toBe(2);
    expect(Number(rest.response["paid_at"])).toBeGreaterThan(0);
    expect(await simulator.record(impUid)).toMatchObject({
      tax_free: 3000,
      cancel_tax_free: 3000,
      cancel_history: [{ tax_free: 3000 }, { tax_free: 0 }],
    });
    expect(history[0]).not.toHaveProperty("tax_free");
  });

  it.each([{}, { amount: 0 }, { amount: null }])(
    "is cancelled whole when the amount is %j",
    async (amount) => {
      const simulator = await simulatorForTest();
      const impUid = await simulator.pay();
      await cancel(simulator, { imp_uid: impUid, amount: 9000 });
      const answer = await cancel(simulator, { imp_uid: impUid, ...amount });
      expect(answer.response).toMatchObject({ cancel_amount: 109000 });
    },
  );

  it("shows the status the switch says while a balance is left", async () => {
    const simulator = await simulatorForTest();
    await simulator.switches({ partial_cancel_status: "paid" });
    const impUid = await simulator.pay();
    expect((await cancel(simulator, { imp_uid: impUid, amount: 1000 })).response).toMatchObject({
      status: "paid",
    });
    expect((await cancel(simulator, { imp_uid: impUid })).response).toMatchObject({ status: "cancelled" });
  });

  it("adds up in dollars and cents", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ currency: "USD", amount: 10.3, tax_free: 0 });
    await cancel(simulator, { imp_uid: impUid, amount: 0.1 });
    const answer = await cancel(simulator, { imp_uid: impUid, amount: 0.2, checksum: 10.2 });
    expect(answer.response).toMatchObject({ cancel_amount: 0.3 });
  });
});

describe("a refusal is HTTP 200 with a code, and changes nothing:", () => {
  it.each<[string, Json, Json, string]>([
    [
      "a wrong checksum",
      {},
      { amount: 20000, checksum: 89000 },
      "취소 가능 잔액(checksum)이 일치하지 않습니다.",
    ],
    ["more than is left", {}, { amount: 109001 }, "취소금액이 취소 가능 잔액보다 큽니다."],
    ["a negative amount", {}, { amount: -1 }, "취소금액(amount)이 올바르지 않습니다."],
    ["an amount that is no number", {}, { amount: "전부" }, "파라미터가 올바르지 않습니다."],
    [
      "more tax-free than is left (R-KS-40)",
      {},
      { amount: 20000, tax_free: 3001 },
      "취소 면세금액(tax_free)이 남은 면세금액보다 큽니다.",
    ],
    [
      "part of a phone payment (R-KS-9)",
      { pay_method: "phone" },
      { amount: 1000 },
      "휴대폰 소액결제는 부분취소를 할 수 없습니다.",
    ],
  ])("%s", async (_title, change, body, message) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay(change);
    const before = await simulator.record(impUid);
    const answer = await cancel(simulator, { imp_uid: impUid, ...body });
    expect(answer).toEqual({ status: 200, code: 1, message, response: null });
    expect(await simulator.record(impUid)).toEqual(before);
  });

  it("nothing left", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await cancel(simulator, { imp_uid: impUid });
    const again = await cancel(simulator, { imp_uid: impUid, checksum: 109000 });
    expect(again).toMatchObject({ status: 200, code: 1, message: "이미 전액취소된 주문입니다." });
  });

  it("an unknown payment, and a wrong imp_uid beside a right merchant_uid", async () => {
    const simulator = await simulatorForTest();
    await simulator.pay();
    const answer = await cancel(simulator, {
      imp_uid: "imp_000000000000",
      merchant_uid: "ord-20260805-000142",
    });
    expect(answer).toMatchObject({ status: 200, code: 1, message: "취소할 결제건이 존재하지 않습니다." });
  });

  it("the tenth partial cancel (R-KS-4), while the ninth still goes", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    for (let n = 1; n <= 9; n += 1)
      expect(await cancel(simulator, { imp_uid: impUid, amount: 1000 })).toMatchObject({ code: 0 });
    expect(await cancel(simulator, { imp_uid: impUid, amount: 1000 })).toMatchObject({ code: 1 });
    expect(await cancel(simulator, { imp_uid: impUid })).toMatchObject({ code: 1 });
    await simulator.switches({ partial_cancel_counts: "leaving_balance" });
    expect(await cancel(simulator, { imp_uid: impUid })).toMatchObject({ code: 0 });
  });

  it.each([
    ["2027-02-05T23:59:59+09:00", 0],
    ["2027-02-06T00:00:00+09:00", 1],
  ])("six months later: at %s the code is %i (R-KS-5)", async (at, code) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await jump(simulator, at);
    expect(await cancel(simulator, { imp_uid: impUid })).toMatchObject({ status: 200, code });
  });

  it.each([
    ["2026-08-31T23:59:00+09:00", 0],
    ["2026-09-01T00:00:00+09:00", 1],
  ])("a phone payment of another month: at %s the code is %i (R-KS-10)", async (at, code) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: "phone" });
    await jump(simulator, at);
    expect(await cancel(simulator, { imp_uid: impUid })).toMatchObject({ status: 200, code });
  });

  it.each([
    ["2026-08-06T22:59:50+09:00", 0],
    ["2026-08-06T23:00:00+09:00", 1],
    ["2026-08-07T05:59:50+09:00", 1],
    ["2026-08-07T06:00:00+09:00", 0],
  ])("a virtual account by night: at %s the code is %i (R-KS-6)", async (at, code) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: "vbank", vbank_due: "2026-08-08" });
    await simulator.control("POST", `/payments/${impUid}/deposit`);
    await jump(simulator, at);
    const account = { refund_holder: "홍길동", refund_bank: "088", refund_account: "110000000000" };
    expect(await cancel(simulator, { imp_uid: impUid, ...account })).toMatchObject({ status: 200, code });
  });

  it("a virtual account without the account to pay to (R-KS-8), or without the contract (R-KS-7)", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay({ pay_method: "vbank", vbank_due: "2026-08-08" });
    expect(await cancel(simulator, { imp_uid: impUid })).toMatchObject({ status: 200, code: 1 });
    await simulator.control("POST", `/payments/${impUid}/deposit`);
    const account = { refund_holder: "홍길동", refund_bank: "088" };
    expect(await cancel(simulator, { imp_uid: impUid, ...account })).toMatchObject({ status: 200, code: 1 });
    await simulator.switches({ vbank_refund_contract: false });
    const whole = { ...account, refund_account: "110000000000" };
    expect(await cancel(simulator, { imp_uid: impUid, ...whole })).toMatchObject({ status: 200, code: 1 });
    await simulator.switches({ vbank_refund_contract: true });
    expect(await cancel(simulator, { imp_uid: impUid, ...whole })).toMatchObject({ status: 200, code: 0 });
  });
});

describe("the checksum", () => {
  const late = { name: "late_effect", call: "POST /payments/cancel", delay_ms: dayMs };
  const part = { amount: 20000, checksum: 109000 };

  it.each([
    ["commit", 20000],
    ["arrival", 40000],
  ])(
    "compared at %s lets %i be cancelled by a send that was given up and its repeat",
    async (at, cancelled) => {
      const simulator = await simulatorForTest();
      await simulator.switches({ checksum_at: at });
      const impUid = await simulator.pay();
      await simulator.fault({ ...late, imp_uid: impUid });
      const given_up = cancelAndGiveUp(simulator, { imp_uid: impUid, ...part });
      await given_up;
      expect(await cancel(simulator, { imp_uid: impUid, ...part })).toMatchObject({ code: 0 });
      await simulator.control("POST", "/clock", { advance_ms: dayMs });
      expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: cancelled });
    },
  );
});

/** Sends a cancel that is never answered and leaves once the simulator has it. */
async function cancelAndGiveUp(simulator: SimulatorClient, body: Json): Promise<void> {
  const { access_token: token } = await simulator.login();
  const leaving = new AbortController();
  const sent = fetch(`${simulator.url}/payments/cancel`, {
    method: "POST",
    headers: { authorization: String(token), "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: leaving.signal,
  });
  const gone = expect(sent).rejects.toThrow();
  for (;;) {
    const { faults } = await simulator.control("GET", "/faults");
    if ((faults as Json[]).some((fault) => fault["hits"] === 1)) break;
  }
  leaving.abort();
  await gone;
}

describe("the notice of an API cancel", () => {
  it("is sent only when asked for, to the console's address, with the cancellation_id", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.control("PUT", "/settings", { webhook_url: `${shop.url}/console` });
    const impUid = await simulator.pay({ notice_url: `${shop.url}/own` });
    await shop.received(1);
    await cancel(simulator, { imp_uid: impUid, amount: 1000 });
    const told = await cancel(simulator, { imp_uid: impUid, amount: 2000, enable_webhook: true });
    const requests = await shop.received(2);
    const history = told.response["cancel_history"] as Json[];
    expect(requests.map((request) => request.path)).toEqual(["/own", "/console"]);
    expect(JSON.parse(requests[1]?.body ?? "")).toEqual({
      imp_uid: impUid,
      merchant_uid: "ord-20260805-000142",
      status: "cancelled",
      cancellation_id: history[1]?.["cancellation_id"],
    });
  });

  it("is not sent for a payment that never had one", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    const impUid = await simulator.pay();
    await simulator.control("PUT", "/settings", { webhook_url: shop.url });
    await cancel(simulator, { imp_uid: impUid, enable_webhook: true });
    await simulator.control("POST", "/clock", { advance_ms: 1 });
    expect(shop.requests).toEqual([]);
  });
});

it("takes a form, and the merchant_uid alone, of whose attempts it cancels the paid one", async () => {
  const simulator = await simulatorForTest();
  const { access_token: token } = await simulator.login();
  const impUid = await simulator.pay();
  const answer = await fetch(`${simulator.url}/payments/cancel`, {
    method: "POST",
    headers: { authorization: String(token) },
    body: new URLSearchParams({
      merchant_uid: "ord-20260805-000142",
      amount: "20000",
      checksum: "109000",
      "extra[requester]": "customer",
      reason: "단순 변심",
    }),
  });
  expect((await answer.json()) as Json).toMatchObject({
    code: 0,
    response: { imp_uid: impUid, cancel_amount: 20000, cancel_reason: "단순 변심" },
  });
  expect((await simulator.control("GET", "/violations"))["violations"]).toEqual([]);
});
