// Every fault does what its name says.
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, requestPay, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const readOne = "GET /payments/{imp_uid}";
const cancelCall = "POST /payments/cancel";

const callsOf = async (simulator: SimulatorClient) =>
  (await simulator.control("GET", "/calls"))["calls"] as Json[];

/** One raw call: what arrived before the connection ended, and whether it ended in an error. */
async function rawCall(simulator: SimulatorClient, method: string, path: string, body: Json = {}) {
  const { access_token: token } = await simulator.login();
  const headers = { authorization: String(token), "content-type": "application/json" };
  return new Promise<{ status: number | null; text: string; failed: boolean }>((resolve) => {
    const request = httpRequest(simulator.url + path, { method, headers, agent: false });
    let text = "";
    let status: number | null = null;
    const end = (failed: boolean) => resolve({ status, text, failed });
    request.on("error", () => end(true));
    request.on("response", (response) => {
      status = response.statusCode ?? null;
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
      });
      response.on("error", () => end(true));
      response.on("end", () => end(false));
    });
    request.end(JSON.stringify(body));
  });
}

describe("a call of PortOne's API under", () => {
  it("no_answer is never answered and has no effect, until the caller leaves", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    const { access_token: token } = await simulator.login();
    await simulator.fault({ name: "no_answer", call: cancelCall });
    const leaving = new AbortController();
    const sent = fetch(`${simulator.url}/payments/cancel`, {
      method: "POST",
      headers: { authorization: String(token), "content-type": "application/json" },
      body: JSON.stringify({ imp_uid: impUid }),
      signal: leaving.signal,
    });
    const gone = expect(sent).rejects.toThrow();
    while (!(await callsOf(simulator)).some((call) => call["fault"] === "no_answer"));
    await simulator.control("POST", "/clock", { advance_ms: 3_600_000 });
    leaving.abort();
    await gone;
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 0 });
    expect((await callsOf(simulator)).at(-1)).toMatchObject({ status: null, code: null, fault: "no_answer" });
  });

  it("late_answer takes effect at once and is answered when the clock gets there", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.login();
    await simulator.fault({ name: "late_answer", call: cancelCall, delay_ms: 3_600_000 });
    const answering = simulator.api("POST", "/payments/cancel", { imp_uid: impUid });
    while ((await simulator.record(impUid))["cancel_amount"] === 0);
    const first = await Promise.race([answering, simulator.control("GET", "/clock")]);
    expect(first).toHaveProperty("now");
    await simulator.control("POST", "/clock", { advance_ms: 3_600_000 });
    expect(await answering).toMatchObject({ status: 200, code: 0 });
  });

  it("answer_lost_after_effect takes effect and the connection closes without a byte", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault({ name: "answer_lost_after_effect", call: cancelCall });
    const lost = await rawCall(simulator, "POST", "/payments/cancel", { imp_uid: impUid, amount: 20000 });
    expect(lost).toEqual({ status: null, text: "", failed: true });
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 20000 });
    expect((await callsOf(simulator)).at(-1)).toMatchObject({
      status: null,
      fault: "answer_lost_after_effect",
    });
  });

  it("reset_mid_body takes effect and breaks off in the middle", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault({ name: "reset_mid_body", call: cancelCall });
    const broken = await rawCall(simulator, "POST", "/payments/cancel", { imp_uid: impUid });
    expect(broken).toMatchObject({ status: 200, failed: true });
    expect(() => JSON.parse(broken.text)).toThrow();
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 109000 });
  });

  it("invalid_json takes effect and answers 200 with a page", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault({ name: "invalid_json", call: cancelCall });
    const page = await rawCall(simulator, "POST", "/payments/cancel", { imp_uid: impUid });
    expect(page).toMatchObject({ status: 200, failed: false, text: expect.stringContaining("<html>") });
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 109000 });
  });

  it.each([
    ["server_error_then_ok", 502],
    ["rate_limited", 429],
    ["token_expired", 401],
  ])("%s answers %i without effect, as often as asked, then goes on", async (name, status) => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault({ name, call: cancelCall, count: 2 });
    const cancel = () => rawCall(simulator, "POST", "/payments/cancel", { imp_uid: impUid });
    expect((await cancel()).status).toBe(status);
    expect((await cancel()).status).toBe(status);
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 0 });
    expect(await cancel()).toMatchObject({ status: 200, text: expect.stringContaining('"code":0') });
  });

  it("late_effect is never answered and takes effect later, with its notice", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    const impUid = await simulator.pay({ notice_url: shop.url });
    await shop.received(1);
    await simulator.control("PUT", "/settings", { webhook_url: shop.url });
    await simulator.fault({ name: "late_effect", call: cancelCall, delay_ms: 60_000 });
    const { access_token: token } = await simulator.login();
    const leaving = new AbortController();
    const sent = fetch(`${simulator.url}/payments/cancel`, {
      method: "POST",
      headers: { authorization: String(token), "content-type": "application/json" },
      body: JSON.stringify({ imp_uid: impUid, enable_webhook: true }),
      signal: leaving.signal,
    });
    const gone = expect(sent).rejects.toThrow();
    while (!(await callsOf(simulator)).some((call) => call["fault"] === "late_effect"));
    leaving.abort();
    await gone;
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 0 });
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    expect(await simulator.record(impUid)).toMatchObject({ cancel_amount: 109000 });
    expect(JSON.parse((await shop.received(2))[1]?.body ?? "")).toMatchObject({ status: "cancelled" });
  });

  it("stale_read answers as things were, and a payment that was not there yet is not found", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid });
    await simulator.fault({ name: "stale_read", call: readOne, delay_ms: 30_000 });
    const read = () => simulator.api("GET", `/payments/${impUid}`);
    expect((await read()).response).toMatchObject({ status: "paid", cancel_amount: 0 });
    expect((await read()).response).toMatchObject({ status: "cancelled", cancel_amount: 109000 });
    await simulator.fault({ name: "stale_read", call: readOne, delay_ms: 3_600_000 });
    expect((await read()).status).toBe(404);
  });

  it("reason_dropped keeps the cancel and loses our text, on a read or for good", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    const reasons = async () =>
      ((await simulator.api("GET", `/payments/${impUid}`)).response["cancel_history"] as Json[]).map(
        (entry) => entry["reason"],
      );
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: 1000, reason: "#aaaa 변심" });
    await simulator.fault({ name: "reason_dropped", call: readOne });
    expect(await reasons()).toEqual([""]);
    await simulator.fault({ name: "reason_dropped", call: cancelCall });
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: 1000, reason: "#bbbb 변심" });
    expect(await reasons()).toEqual(["#aaaa 변심", ""]);
  });

  it("amount_changed makes the record differ from what was asked, from then on", async () => {
    const simulator = await simulatorForTest();
    await simulator.fault({ name: "amount_changed", call: "*", merchant_uid: "ord-20260805-000142" });
    const impUid = await simulator.pay();
    for (let n = 0; n < 2; n += 1)
      expect((await simulator.api("GET", `/payments/${impUid}`)).response).toMatchObject({ amount: 108900 });
  });

  it("status_unknown shows pending in that answer only", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault({ name: "status_unknown", call: "GET /payments/findAll/{merchant_uid}" });
    const statuses = async () =>
      ((await simulator.api("GET", "/payments/findAll/ord-20260805-000142")).response["list"] as Json[]).map(
        (payment) => payment["status"],
      );
    expect(await statuses()).toEqual(["pending"]);
    expect(await statuses()).toEqual(["paid"]);
    expect(await simulator.record(impUid)).toMatchObject({ status: "paid" });
  });
});

describe("a notice under", () => {
  it("notice_duplicated comes twice", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.fault({ name: "notice_duplicated", call: "notice" });
    await simulator.pay({ notice_url: shop.url });
    const [first, second] = await shop.received(2);
    expect(second).toEqual(first);
  });

  it("notice_never does not come, not even with repeats on", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.control("PUT", "/settings", { webhook_resend: true });
    await simulator.fault({ name: "notice_never", call: "notice" });
    await simulator.pay({ notice_url: shop.url });
    await simulator.control("POST", "/clock", { advance_ms: 3_600_000 });
    expect(shop.requests).toEqual([]);
    expect(await simulator.deliveries()).toEqual([]);
  });

  it("notice_before_browser is answered before the browser goes on", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.fault({ name: "notice_before_browser", call: "notice" });
    await simulator.pay({ notice_url: shop.url });
    expect(await simulator.deliveries()).toMatchObject([{ status: 200 }]);
  });

  it("notice_after_refund comes after the payment was cancelled, still saying paid", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.fault({ name: "notice_after_refund", call: "notice" });
    const impUid = await simulator.pay({ notice_url: shop.url });
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    expect(shop.requests).toEqual([]);
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid });
    expect(JSON.parse((await shop.received(1))[0]?.body ?? "")).toMatchObject({ status: "paid" });
  });

  it("late_effect comes later, and status_unknown says pending", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.fault({ name: "late_effect", call: "notice", delay_ms: 60_000 });
    await simulator.fault({ name: "status_unknown", call: "notice" });
    await simulator.pay({ notice_url: shop.url });
    expect(shop.requests).toEqual([]);
    await simulator.pay({ merchant_uid: "ord-2", notice_url: shop.url });
    await shop.received(1);
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    const bodies = (await shop.received(2)).map((request) => JSON.parse(request.body) as Json);
    expect(bodies).toMatchObject([
      { merchant_uid: "ord-2", status: "pending" },
      { merchant_uid: "ord-20260805-000142", status: "paid" },
    ]);
  });

  it.each([
    ["answer_lost_after_effect", 1],
    ["no_answer", 0],
    ["server_error_then_ok", 0],
  ])("%s reaches the shop %i times and is repeated when repeats are on", async (name, reached) => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.control("PUT", "/settings", { webhook_resend: true, webhook_first: true });
    await simulator.fault({ name, call: "notice" });
    await simulator.pay({ notice_url: shop.url });
    expect(shop.requests.length).toBe(reached);
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    expect(shop.requests.length).toBe(reached + 1);
  });
});

describe("confirm under", () => {
  it.each([
    ["no_answer", 0],
    ["answer_lost_after_effect", 1],
    ["server_error_then_ok", 0],
  ])("%s reaches the shop %i times and stops the payment", async (name, reached) => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.fault({ name, call: "confirm" });
    const request_pay = requestPay({ confirm_url: shop.url });
    const result = await simulator.control("POST", "/pay", { request_pay });
    expect(result).toMatchObject({ payment: { status: "failed" } });
    expect(shop.requests.length).toBe(reached);
  });

  it("amount_changed asks with the order's amount and takes another", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    await simulator.fault({ name: "amount_changed", call: "confirm" });
    const request_pay = requestPay({ confirm_url: shop.url });
    const result = await simulator.control("POST", "/pay", { request_pay });
    expect(JSON.parse(shop.requests[0]?.body ?? "")).toMatchObject({ amount: 109000 });
    expect(result).toMatchObject({ payment: { status: "paid", amount: 108900 } });
  });
});
