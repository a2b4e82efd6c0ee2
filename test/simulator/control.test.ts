// The control doors: unknown fields, settings, clock, logs, reset.
import { describe, expect, it } from "vitest";
import { defaultSettings } from "./settings.ts";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, requestPay, simulatorForTest } from "./testing/simulator-client.ts";

describe("an unknown field is a 400 that names it:", () => {
  it.each<[string, string, Json]>([
    ["POST", "/window", { request_pay: {}, wrong: 1 }],
    ["POST", "/pay", { request_pay: {}, wrong: 1 }],
    ["POST", "/window/w_1/approve", { wrong: 1 }],
    ["POST", "/window/w_1/decline", { wrong: 1 }],
    ["POST", "/window/w_1/close", { wrong: 1 }],
    ["POST", "/window/w_1/abandon", { wrong: 1 }],
    ["POST", "/payments/imp_1/cancel", { wrong: 1 }],
    ["POST", "/payments/imp_1/deposit", { wrong: 1 }],
    ["POST", "/payments/imp_1/resend", { wrong: 1 }],
    ["POST", "/payments/imp_1/approve-late", { wrong: 1 }],
    ["POST", "/call-test", { wrong: 1 }],
    ["PUT", "/settings", { wrong: 1 }],
    ["PUT", "/settings", { switches: { wrong: 1 } }],
    ["POST", "/faults", { name: "no_answer", wrong: 1 }],
    ["POST", "/clock", { advance_ms: 1, wrong: 1 }],
    ["POST", "/clock", { set: "2026-08-05T03:00:00Z", wrong: 1 }],
    ["POST", "/reset", { wrong: 1 }],
  ])("%s %s", async (method, path, body) => {
    const simulator = await simulatorForTest();
    const answer = await simulator.tryControl(method, path, body);
    expect(answer.status).toBe(400);
    expect((answer.body as Json)["error"]).toContain("wrong");
  });

  it("and so is a value of the wrong kind, or no JSON at all", async () => {
    const simulator = await simulatorForTest();
    const kind = await simulator.tryControl("PUT", "/settings", { switches: { checksum_at: "sometimes" } });
    expect([kind.status, (kind.body as Json)["error"]]).toEqual([
      400,
      expect.stringContaining("switches.checksum_at"),
    ]);
    const headers = { "content-type": "application/json" };
    const broken = await fetch(`${simulator.url}/_control/clock`, { method: "POST", headers, body: "{" });
    expect([broken.status, await broken.json()]).toEqual([400, { error: "the body is not JSON" }]);
  });
});

describe("settings", () => {
  it("are the documented defaults, change field by field, and keep the rest", async () => {
    const simulator = await simulatorForTest();
    expect(await simulator.control("GET", "/settings")).toEqual(defaultSettings);
    const changed = await simulator.control("PUT", "/settings", {
      webhook_url: "https://shop.example/notice",
      latency_ms: { "GET /payments": 5 },
      switches: { checksum_at: "arrival" },
    });
    const expected = {
      ...defaultSettings,
      webhook_url: "https://shop.example/notice",
      latency_ms: { default: 0, "GET /payments": 5 },
      switches: { ...defaultSettings.switches, checksum_at: "arrival" },
    };
    expect(changed).toEqual(expected);
    expect(await simulator.control("GET", "/settings")).toEqual(expected);
    expect(await simulator.control("PUT", "/settings", { webhook_url: null })).toMatchObject({
      webhook_url: null,
    });
  });

  it("put new payments on the MID and the test channel they name", async () => {
    const simulator = await simulatorForTest();
    await simulator.control("PUT", "/settings", { mid: "2009300001", sandbox: true });
    const impUid = await simulator.pay();
    expect(await simulator.record(impUid)).toMatchObject({ pg_id: "2009300001", sandbox: true });
  });

  it("delay answers by the latency they give", async () => {
    const simulator = await simulatorForTest();
    await simulator.login();
    await simulator.control("PUT", "/settings", { latency_ms: { "GET /payments/{imp_uid}": 600_000 } });
    const reading = simulator.api("GET", "/payments/imp_0");
    while (((await simulator.control("GET", "/calls"))["calls"] as Json[]).length < 2);
    await simulator.control("POST", "/clock", { advance_ms: 600_000 });
    expect((await reading).status).toBe(404);
  });
});

describe("the clock", () => {
  it("starts where it is told and runs on from there", async () => {
    const simulator = await simulatorForTest();
    const { now } = await simulator.control("GET", "/clock");
    const sinceMs = Date.parse(String(now)) - Date.parse("2026-08-05T03:00:00.000Z");
    expect(sinceMs).toBeGreaterThanOrEqual(0);
    expect(sinceMs).toBeLessThan(60_000);
  });

  it("moves by an advance or to a time, back too, and stamps what happens", async () => {
    const simulator = await simulatorForTest();
    const moved = await simulator.control("POST", "/clock", { set: "2030-01-01T09:00:00+09:00" });
    expect(String(moved["now"])).toMatch(/^2030-01-01T00:00:0\d\.\d{3}Z$/);
    const impUid = await simulator.pay();
    const { paid_at: paidAt } = await simulator.record(impUid);
    expect(new Date(Number(paidAt) * 1000).getUTCFullYear()).toBe(2030);
    const back = await simulator.control("POST", "/clock", { set: "2026-01-01T00:00:00Z" });
    expect(String(back["now"])).toMatch(/^2026-01-01T00:00:0/);
  });
});

describe("the call log", () => {
  it("counts by operation, shows each call, and starts anew on DELETE", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.api("GET", `/payments/${impUid}`);
    await simulator.api("GET", "/payments/imp_0");
    const log = await simulator.control("GET", "/calls");
    expect(log["counts"]).toEqual({ "POST /users/getToken": 1, "GET /payments/{imp_uid}": 2 });
    expect(log["connections"]).toBeGreaterThanOrEqual(1);
    expect(log["calls"]).toMatchObject([
      { n: 1, method: "POST", path: "/users/getToken", status: 200, code: 0, fault: null },
      { n: 2, method: "GET", path: `/payments/${impUid}`, status: 200, code: 0 },
      { n: 3, method: "GET", path: "/payments/imp_0", status: 404, code: -1 },
    ]);
    const { merchant_uid: merchantUid } = await simulator.record(impUid);
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: 1_000 });
    const ofOrder = await simulator.control("GET", `/calls?merchant_uid=${String(merchantUid)}`);
    expect((ofOrder["calls"] as Json[]).map(({ path }) => path)).toEqual([
      `/payments/${impUid}`,
      "/payments/cancel",
    ]);
    expect(await simulator.control("DELETE", "/calls")).toEqual({ counts: {}, connections: 0, calls: [] });
  });
});

describe("violations", () => {
  it("name a request that PortOne's description does not allow", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, amount: "20000" });
    const { violations } = await simulator.control("GET", "/violations");
    expect(violations).toMatchObject([
      { where: "request", operation: "POST /payments/cancel", pointer: "/amount", rule: "type" },
    ]);
  });
});

describe("reset", () => {
  it("forgets records, settings, faults and logs, keeps key pair and time, and starts the ids of the seed", async () => {
    const simulator = await simulatorForTest();
    const shop = await shopStub();
    const first = await simulator.pay({ notice_url: shop.url });
    await shop.received(1);
    await simulator.switches({ checksum_at: "arrival" });
    await simulator.fault({ name: "rate_limited", call: "*", count: 100 });
    await simulator.control("POST", "/clock", { set: "2031-01-01T00:00:00Z" });
    expect(await simulator.control("POST", "/reset", { seed: 11 })).toEqual({ seed: 11 });
    expect(await simulator.control("GET", "/state")).toEqual({
      payments: [],
      receipts: [],
      external_receipts: [],
      customers: [],
      schedules: [],
      prepared: [],
      logis: [],
    });
    expect(await simulator.control("GET", "/settings")).toEqual(defaultSettings);
    expect(await simulator.control("GET", "/faults")).toEqual({ faults: [] });
    expect(await simulator.deliveries()).toEqual([]);
    expect(String((await simulator.control("GET", "/clock"))["now"])).toMatch(/^2031-01-01/);
    await simulator.login();
    const other = await simulator.pay();
    expect(other).not.toBe(first);
    await simulator.control("POST", "/reset", { seed: 7 });
    expect(await simulator.pay()).toBe(first);
  });
});

it("a reset leaves no trace of what was under way", async () => {
  const simulator = await simulatorForTest();
  let answer: (() => void) | undefined;
  const shop = await shopStub(
    () =>
      new Promise((resolve) => {
        answer = () => resolve({ status: 500 });
      }),
  );
  await simulator.control("PUT", "/settings", { webhook_resend: true });
  await simulator.pay({ notice_url: shop.url });
  await simulator.fault({ name: "late_effect", call: "notice", delay_ms: 60_000 });
  await simulator.pay({ merchant_uid: "ord-2", notice_url: shop.url });
  await shop.received(1);
  await simulator.control("POST", "/reset", {});
  answer?.();
  await simulator.control("POST", "/clock", { advance_ms: 3_600_000 });
  expect(shop.requests.length).toBe(1);
  expect(await simulator.deliveries()).toEqual([]);
});

it("a seed fixes the ids", async () => {
  const [one, same, other] = [
    await simulatorForTest({ seed: 7 }),
    await simulatorForTest({ seed: 7 }),
    await simulatorForTest({ seed: 8 }),
  ];
  const ids = async (simulator: typeof one) => {
    const impUid = await simulator.pay();
    return [impUid, (await simulator.record(impUid))["pg_tid"], (await simulator.login())["access_token"]];
  };
  const [ofOne, ofSame, ofOther] = [await ids(one), await ids(same), await ids(other)];
  expect(ofSame).toEqual(ofOne);
  for (const [index, id] of ofOther.entries()) expect(id).not.toBe(ofOne[index]);
});

it("a payment cancelled beyond the console's rules is a 409 with the rule", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay({ pay_method: "phone" });
  const answer = await simulator.tryControl("POST", `/payments/${impUid}/cancel`, { amount: 1000 });
  expect([answer.status, (answer.body as Json)["error"]]).toEqual([409, expect.stringContaining("R-KS-9")]);
  const whole = await simulator.control("POST", `/payments/${impUid}/cancel`, { reason: "고객 요청" });
  expect(whole["payment"]).toMatchObject({ cancel_amount: 109000, cancel_reason: "고객 요청" });
  expect((await simulator.tryControl("POST", "/payments/imp_0/cancel", {})).status).toBe(404);
});

it("a window call without request_pay is a 400, and an empty one is refused by a rule", async () => {
  const simulator = await simulatorForTest();
  expect((await simulator.tryControl("POST", "/window", {})).status).toBe(400);
  const opened = await simulator.control("POST", "/window", { request_pay: {} });
  expect(opened["refused"]).toMatchObject({ rule: "pay_method" });
  const wrongDevice = await simulator.tryControl("POST", "/window", {
    request_pay: requestPay(),
    device: "tv",
  });
  expect(wrongDevice.status).toBe(400);
});
