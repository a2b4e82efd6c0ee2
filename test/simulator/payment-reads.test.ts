// Reading payments: one, several, by order number, in pages, by status and time.
import { expect, it } from "vitest";
import { type Json, requestPay, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const minuteMs = 60_000;

/** A failed, then an abandoned, then a paid attempt of one number, a minute apart. */
async function threeAttempts(simulator: SimulatorClient): Promise<string[]> {
  const impUids: string[] = [];
  for (const end of ["decline", "abandon", "approve"]) {
    const opened = await simulator.control("POST", "/window", { request_pay: requestPay() });
    await simulator.control("POST", `/window/${opened["window"]}/${end}`);
    await simulator.control("POST", "/clock", { advance_ms: minuteMs });
    impUids.push(String(opened["imp_uid"]));
  }
  return impUids;
}

const idsOf = (list: unknown): unknown[] => (list as Json[]).map((payment) => payment["imp_uid"]);

it("gives the record by imp_uid, and 404 with PortOne's sentence for none", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay();
  const read = await simulator.api("GET", `/payments/${impUid}`);
  expect(read).toMatchObject({ status: 200, code: 0, message: null });
  expect(read.response).toMatchObject({
    imp_uid: impUid,
    amount: 109000,
    status: "paid",
    buyer_name: "홍길동",
  });
  expect(await simulator.api("GET", "/payments/imp_999999999999")).toEqual({
    status: 404,
    code: -1,
    message: "존재하지 않는 결제정보입니다.",
    response: null,
  });
});

it("hides test-channel payments from the single read alone", async () => {
  const simulator = await simulatorForTest();
  await simulator.control("PUT", "/settings", { sandbox: true });
  const impUid = await simulator.pay();
  expect((await simulator.api("GET", `/payments/${impUid}`)).status).toBe(404);
  const asked = await simulator.api("GET", `/payments/${impUid}?include_sandbox=true`);
  expect(asked.response).toMatchObject({ imp_uid: impUid, sandbox: true });
  expect((await simulator.api("GET", "/payments/find/ord-20260805-000142")).status).toBe(200);
  expect((await simulator.api("GET", "/payments/findAll/ord-20260805-000142")).status).toBe(200);
});

it("gives several at once, 207 when some are missing and 404 when all are", async () => {
  const simulator = await simulatorForTest();
  const first = await simulator.pay();
  const second = await simulator.pay({ merchant_uid: "ord-2" });
  const both = await simulator.api("GET", `/payments?imp_uid[]=${first}&imp_uid[]=${second}`);
  expect([both.status, idsOf(both.response)]).toEqual([200, [first, second]]);
  const mixed = await simulator.api(
    "GET",
    `/payments?imp_uid[]=${first}&merchant_uid[]=ord-2&imp_uid[]=imp_0`,
  );
  expect([mixed.status, idsOf(mixed.response)]).toEqual([207, [first, second]]);
  expect((await simulator.api("GET", "/payments?imp_uid[]=imp_0")).status).toBe(404);
});

it("finds the newest started attempt, even one that never ended", async () => {
  const simulator = await simulatorForTest();
  const [failed, abandoned, paid] = await threeAttempts(simulator);
  const find = async (suffix: string) =>
    (await simulator.api("GET", `/payments/find/ord-20260805-000142${suffix}`)).response["imp_uid"];
  expect(await find("")).toBe(paid);
  expect(await find("?sorting=started")).toBe(failed);
  expect(await find("/ready")).toBe(abandoned);
  expect((await simulator.api("GET", "/payments/find/ord-20260805-000142/cancelled")).status).toBe(404);
});

it("lists every attempt in pages", async () => {
  const simulator = await simulatorForTest();
  const [failed, abandoned, paid] = await threeAttempts(simulator);
  const page = async (query: string) =>
    (await simulator.api("GET", `/payments/findAll/ord-20260805-000142${query}`)).response;
  expect(await page("?page=1&limit=2")).toMatchObject({ total: 3, previous: 0, next: 2 });
  expect(idsOf((await page("?page=1&limit=2"))["list"])).toEqual([paid, abandoned]);
  expect(await page("?page=2&limit=2")).toMatchObject({ total: 3, previous: 1, next: 0 });
  expect(idsOf((await page("?page=2&limit=2"))["list"])).toEqual([failed]);
  expect(idsOf((await page("/failed"))["list"])).toEqual([failed]);
});

it.each([
  ["/payments/findAll/ord-20260805-000142/unknown", 400],
  ["/payments/findAll/ord-20260805-000142?limit=1001", 400],
  ["/payments/findAll/ord-nobody", 404],
  ["/payments/status/unknown", 400],
  ["/payments/status/paid?page=2", 400],
  ["/payments/status/paid?page=0", 400],
  ["/payments/status/paid?from=1700000000", 400],
])("answers %s with %i", async (path, status) => {
  const simulator = await simulatorForTest();
  await simulator.pay();
  expect(await simulator.api("GET", path)).toMatchObject({ status, code: -1, response: null });
});

it("lists a status by the time of that status, both ends included", async () => {
  const simulator = await simulatorForTest();
  const opened = await simulator.control("POST", "/window", { request_pay: requestPay() });
  await simulator.control("POST", "/clock", { advance_ms: minuteMs });
  await simulator.control("POST", `/window/${opened["window"]}/approve`);
  const { paid_at: paidAt } = await simulator.record(String(opened["imp_uid"]));
  const total = async (query: string) =>
    (await simulator.api("GET", `/payments/status/${query}`)).response["total"];
  expect(await total(`paid?from=${paidAt}&to=${paidAt}`)).toBe(1);
  expect(await total(`all?from=${paidAt}&to=${paidAt}`)).toBe(1);
  expect(await total(`paid?from=${Number(paidAt) + 1}&to=${Number(paidAt) + 60}`)).toBe(0);
  expect(await total(`ready?to=${paidAt}`)).toBe(0);
});

it("looks back ninety days and no further unless asked", async () => {
  const simulator = await simulatorForTest();
  await simulator.pay();
  const total = async () => (await simulator.api("GET", "/payments/status/paid")).response["total"];
  await simulator.control("POST", "/clock", { advance_ms: 89 * 86_400_000 });
  await simulator.login();
  expect(await total()).toBe(1);
  await simulator.control("POST", "/clock", { advance_ms: 2 * 86_400_000 });
  await simulator.login();
  expect(await total()).toBe(0);
});

it("answers an unknown path with 404 in PortOne's envelope", async () => {
  const simulator = await simulatorForTest();
  expect(await simulator.api("GET", "/no/such/path")).toMatchObject({
    status: 404,
    code: -1,
    response: null,
  });
});
