// The fault `record_patched`: what PortOne answers reads otherwise, in every place that shows it, and what it holds stays.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { mergePatch } from "./api/merge-patch.ts";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const readOne = "GET /payments/{imp_uid}";
const number = "ord-20260805-000142";
const patched = (patch: Json, more: Json = {}): Json => ({
  name: "record_patched",
  call: "*",
  count: 99,
  patch,
  ...more,
});

const rowsOf = (response: Json): readonly Json[] => (response["list"] ?? response) as readonly Json[];
const faultsOf = async (simulator: SimulatorClient) =>
  (await simulator.control("GET", "/faults"))["faults"] as readonly Json[];

describe("a patch", () => {
  it.each<[string, unknown, unknown, unknown]>([
    ["sets a field", { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
    ["adds one that was not there", { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ["sets null and keeps the field", { a: 1 }, { a: null, b: null }, { a: null, b: null }],
    ["takes a field away", { a: 1, b: 2 }, { a: "__absent", c: "__absent" }, { b: 2 }],
    ["reaches into an object", { a: { b: 1, c: 2 } }, { a: { b: "__absent" } }, { a: { c: 2 } }],
    ["makes an object of what was none", { a: "text" }, { a: { b: 1 } }, { a: { b: 1 } }],
    ["replaces a list as a whole", { a: [1, 2] }, { a: [{ b: null }] }, { a: [{ b: null }] }],
    ["changes nothing when it is empty", { a: 1 }, {}, { a: 1 }],
  ])("%s", (_, target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });
});

describe("record_patched", () => {
  it("reads otherwise in one answer, so many times from the n-th, and PortOne's record stays", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    const patch = { pay_method: "applepay", apply_num: "__absent", paid_at: null };
    await simulator.fault(patched(patch, { call: readOne, occurrence: 2, count: 1 }));
    const read = async () => (await simulator.api("GET", `/payments/${impUid}`)).response;
    const first = await read();
    const { apply_num: _, ...rest } = first;
    expect(first).toMatchObject({ pay_method: "card", apply_num: expect.any(String) });
    expect(await read()).toEqual({ ...rest, pay_method: "applepay", paid_at: null });
    expect(await read()).toEqual(first);
    expect(await simulator.record(impUid)).toMatchObject({ pay_method: "card", status: "paid" });
    expect(await faultsOf(simulator)).toMatchObject([{ part: "record", patch, hits: 1 }]);
  });

  it("carries half an emoji, a figure no number holds and text as they are", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    const patch = { fail_reason: "\ud83d", amount: 1e300, card_name: "NaN", status: {} };
    await simulator.fault(patched(patch));
    expect((await simulator.api("GET", `/payments/${impUid}`)).response).toMatchObject(patch);
  });

  it.each([["imp_uid"], ["merchant_uid"]])("named by %s reaches every answer that shows it", async (name) => {
    const simulator = await simulatorForTest();
    const other = await simulator.pay({ merchant_uid: "ord-2" });
    const impUid = await simulator.pay({ pay_method: "trans" });
    const named = name === "imp_uid" ? impUid : number;
    await simulator.fault(patched({ currency: "VND" }, { [name]: named }));
    const currencies = async (path: string) =>
      rowsOf((await simulator.api("GET", path)).response).map((row) => [row["imp_uid"], row["currency"]]);
    const both = [
      [other, "KRW"],
      [impUid, "VND"],
    ];
    expect(await currencies("/payments/status/all?sorting=started")).toEqual(both);
    expect(await currencies(`/payments?imp_uid[]=${other}&imp_uid[]=${impUid}`)).toEqual(both);
    expect(await currencies(`/payments/findAll/${number}`)).toEqual([[impUid, "VND"]]);
    expect(await currencies("/payments/findAll/ord-2")).toEqual([[other, "KRW"]]);
    expect((await simulator.api("GET", `/payments/find/${number}`)).response["currency"]).toBe("VND");
    const receipt = { identifier: "01012345678", product_type: "real", buyer_name: "홍길동" };
    expect((await simulator.api("POST", `/receipts/${impUid}`, receipt)).response["currency"]).toBe("VND");
    expect((await simulator.api("GET", `/receipts/${impUid}`)).response["currency"]).toBe("VND");
    const cancel = { imp_uid: impUid, amount: 1000 };
    expect((await simulator.api("POST", "/payments/cancel", cancel)).response["currency"]).toBe("VND");
  });

  it("waits for an answer that shows the payment: others are no turn of its", async () => {
    const simulator = await simulatorForTest();
    const other = await simulator.pay({ merchant_uid: "ord-2" });
    const impUid = await simulator.pay();
    await simulator.fault(patched({ amount: null }, { imp_uid: impUid, count: 1 }));
    await simulator.api("GET", `/payments/${other}`);
    await simulator.api("GET", "/payments/findAll/ord-2");
    await simulator.api("GET", `/receipts/${impUid}`);
    expect(await faultsOf(simulator)).toMatchObject([{ hits: 0 }]);
    const list = await simulator.api("GET", "/payments/status/paid?sorting=started");
    expect(rowsOf(list.response).map((row) => row["amount"])).toEqual([109_000, null]);
    expect(await faultsOf(simulator)).toMatchObject([{ hits: 1 }]);
  });

  it("knows a payment by its own number, whatever an earlier patch made of it", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault(patched({ merchant_uid: null, imp_uid: "" }, { merchant_uid: number }));
    await simulator.fault(patched({ amount: "109000" }, { imp_uid: impUid }));
    await simulator.fault(patched({ amount: -1 }, { merchant_uid: "" }));
    const { response } = await simulator.api("GET", `/payments/${impUid}`);
    expect(response).toMatchObject({ merchant_uid: null, imp_uid: "", amount: "109000" });
  });

  it("named by nothing reaches every record of a list, one fault beside another", async () => {
    const simulator = await simulatorForTest();
    await simulator.pay({ merchant_uid: "ord-2" });
    const impUid = await simulator.pay();
    await simulator.fault(patched({ pg_id: null }, { call: "GET /payments/status/{payment_status}" }));
    await simulator.fault(patched({ pg_id: "" }, { imp_uid: impUid }));
    const list = await simulator.api("GET", "/payments/status/paid?sorting=started");
    expect(rowsOf(list.response).map((row) => row["pg_id"])).toEqual([null, ""]);
  });

  it("reaches reservations, one and in a list", async () => {
    const simulator = await simulatorForTest();
    const card = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
    await simulator.api("POST", "/subscribe/customers/cust-1", { channel_key: "channel-key-1", ...card });
    const entry = { schedule_at: 1_786_000_000, amount: 8900, name: "정기구독 9월분", buyer_name: "홍길동" };
    const schedules = ["sub-1", "sub-2"].map((merchant_uid) => ({
      merchant_uid,
      ...entry,
      product_type: "digital",
    }));
    await simulator.api("POST", "/subscribe/payments/schedule", { customer_uid: "cust-1", schedules });
    await simulator.fault(patched({ schedule_status: null }, { merchant_uid: "sub-2" }));
    const list = await simulator.api(
      "GET",
      "/subscribe/payments/schedule/customers/cust-1?from=1785900000&to=1786100000",
    );
    expect(rowsOf(list.response).map((row) => row["schedule_status"])).toEqual(["scheduled", null]);
    const one = await simulator.api("GET", "/subscribe/payments/schedule/sub-2");
    expect(one.response["schedule_status"]).toBeNull();
  });

  it("with part envelope is laid over the whole answer, a refusal's own words too", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault(patched({ message: "\ud83d" }, { imp_uid: impUid, part: "envelope", count: 1 }));
    const refused = await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, checksum: 1 });
    expect(refused).toMatchObject({ code: 1, message: "\ud83d", response: null });
    const whole = { code: "0", message: "__absent", response: { amount: 1 } };
    await simulator.fault(patched(whole, { merchant_uid: number, part: "envelope", count: 1 }));
    const read = await simulator.api("GET", `/payments/${impUid}`);
    expect(read).toMatchObject({ code: "0", response: { amount: 1, status: "paid" } });
    expect(read).not.toHaveProperty("message");
    expect(read.response).not.toHaveProperty("code");
    expect(await simulator.api("GET", `/payments/${impUid}`)).toMatchObject({ code: 0, message: null });
    await simulator.fault(patched({ code: 7 }, { imp_uid: impUid, part: "envelope" }));
    expect(await simulator.api("GET", "/payments/status/paid")).toMatchObject({ code: 7 });
    expect(await simulator.api("GET", "/payments/status/failed")).toMatchObject({ code: 0 });
  });

  it("comes with another fault, and is named in the log of calls where it comes alone", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.login();
    await simulator.fault({ name: "status_unknown", call: readOne });
    await simulator.fault(patched({ amount: "" }));
    const read = () => simulator.api("GET", `/payments/${impUid}`);
    expect((await read()).response).toMatchObject({ status: "pending", amount: "" });
    expect((await read()).response).toMatchObject({ status: "paid", amount: "" });
    const { calls } = await simulator.control("GET", "/calls");
    expect((calls as Json[]).slice(-2).map((call) => call["fault"])).toEqual([
      "status_unknown",
      "record_patched",
    ]);
  });

  it("leaves a login, a prepared amount and a key alone, unless named", async () => {
    const simulator = await simulatorForTest();
    await simulator.fault(patched({ amount: null, access_token: null }));
    await simulator.fault(patched({ code: 1 }, { part: "envelope" }));
    expect(await simulator.login()).toMatchObject({ access_token: expect.any(String) });
    await simulator.api("POST", "/payments/prepare", { merchant_uid: "ord-9", amount: 5000 });
    const prepared = "/payments/prepare/ord-9";
    expect(await simulator.api("GET", prepared)).toMatchObject({ code: 0, response: { amount: 5000 } });
    await simulator.fault(patched({ amount: "" }, { call: "GET /payments/prepare/{merchant_uid}" }));
    expect((await simulator.api("GET", prepared)).response["amount"]).toBe("");
  });

  it("is no violation of PortOne's API description", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault(patched({ amount: {}, status: null, cancel_history: "__absent" }));
    await simulator.api("GET", `/payments/${impUid}`);
    await simulator.fault(patched({ code: null, response: [] }, { part: "envelope" }));
    await simulator.api("GET", `/payments/${impUid}`);
    expect(await simulator.control("GET", "/violations")).toEqual({ violations: [] });
  });

  it("goes on after a restart, with the turns it has had", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "simulator-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await simulatorForTest({ dataDir });
    const impUid = await first.pay();
    await first.fault(patched({ card_name: "\ud83d" }, { imp_uid: impUid, count: 2 }));
    await first.api("GET", `/payments/${impUid}`);
    const second = await simulatorForTest({ dataDir });
    const names: unknown[] = [];
    for (let n = 0; n < 2; n += 1)
      names.push((await second.api("GET", `/payments/${impUid}`)).response["card_name"]);
    expect(names).toEqual(["\ud83d", expect.stringMatching(/^[가-힣]/)]);
  });
});
