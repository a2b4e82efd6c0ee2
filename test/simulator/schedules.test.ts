// Charges PortOne makes by itself: reserved, run by the clock, moved, revoked, retried; and their lists.
import { expect, it } from "vitest";
import { startSimulator } from "./start-simulator.ts";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const seconds = (at: string): number => Date.parse(at) / 1000;
const entry = (merchant_uid: string, at: string, more: Json = {}): Json => ({
  merchant_uid,
  schedule_at: seconds(at),
  currency: "KRW",
  amount: 8_900,
  name: "정기구독 9월분",
  buyer_name: "홍길동",
  product_type: "digital",
  ...more,
});
const september = "2026-09-05T12:00:00+09:00";
const october = "2026-10-05T12:00:00+09:00";

async function withKey(number = "4518-4200-0000-0015"): Promise<SimulatorClient> {
  const simulator = await simulatorForTest();
  await issueKey(simulator, number);
  return simulator;
}
const issueKey = (simulator: SimulatorClient, number: string) =>
  simulator.api("POST", "/subscribe/customers/user42-card1", {
    channel_key: "channel-key-1",
    card_number: number,
    expiry: "2029-12",
    birth: "820213",
    pwd_2digit: "00",
  });
const reserve = (simulator: SimulatorClient, ...schedules: Json[]) =>
  simulator.api("POST", "/subscribe/payments/schedule", { customer_uid: "user42-card1", schedules });
const read = async (simulator: SimulatorClient, merchantUid: string) =>
  (await simulator.api("GET", `/subscribe/payments/schedule/${merchantUid}`)).response;
/** Tokens do not live as long as reservations. */
async function advance(simulator: SimulatorClient, days: number): Promise<void> {
  await simulator.control("POST", "/clock", { advance_ms: days * 86_400_000 });
  await simulator.login();
}
const stateOf = async (simulator: SimulatorClient, name: string) =>
  (await simulator.control("GET", "/state"))[name] as Json[];

it("is reserved, run at its time, and told of", async () => {
  const simulator = await withKey();
  const shop = await shopStub();
  const reserved = await reserve(simulator, entry("sub-9", september, { notice_url: `${shop.url}/notice` }));
  expect(reserved).toMatchObject({
    status: 200,
    code: 0,
    response: [
      {
        merchant_uid: "sub-9",
        imp_uid: null,
        schedule_at: seconds(september),
        executed_at: 0,
        schedule_status: "scheduled",
        payment_status: null,
      },
    ],
  });
  expect(await stateOf(simulator, "payments")).toEqual([]);
  await advance(simulator, 32);
  expect(await read(simulator, "sub-9")).toMatchObject({
    schedule_status: "executed",
    payment_status: "paid",
    executed_at: seconds(september),
    fail_reason: null,
  });
  const [payment] = await stateOf(simulator, "payments");
  expect(payment).toMatchObject({
    merchant_uid: "sub-9",
    status: "paid",
    amount: 8_900,
    channel: "api",
    customer_uid: "user42-card1",
    customer_uid_usage: "payment.scheduled",
  });
  expect(await simulator.deliveries()).toMatchObject([
    { kind: "notice", merchant_uid: "sub-9", status: 200 },
  ]);
});

it.each([
  ["a declined card", "4518-4200-0005-0002", "한도초과"],
  ["no key any more", null, expect.stringMatching(/[가-힣]/)],
])("fails with %s, is told of as failed, and can be retried", async (_, number, failReason) => {
  const simulator = await withKey(number ?? undefined);
  const shop = await shopStub();
  await reserve(simulator, entry("sub-9", september, { notice_url: `${shop.url}/notice` }));
  if (number === null) await simulator.api("DELETE", "/subscribe/customers/user42-card1");
  await advance(simulator, 32);
  expect(await read(simulator, "sub-9")).toMatchObject({
    schedule_status: "executed",
    payment_status: "failed",
    fail_reason: failReason,
  });
  const [told] = await simulator.deliveries();
  expect(JSON.stringify(told?.["body"])).toContain("failed");
  await issueKey(simulator, "4518-4200-0000-0015");
  const retried = await simulator.api("POST", "/subscribe/payments/schedule/sub-9/retry");
  expect(retried).toMatchObject({
    status: 200,
    code: 0,
    response: { status: "paid", merchant_uid: "sub-9" },
  });
  expect(await read(simulator, "sub-9")).toMatchObject({ payment_status: "paid" });
  expect((await simulator.api("POST", "/subscribe/payments/schedule/sub-9/retry")).status).toBe(400);
});

it("that does not reach the card company leaves no record, and a retry answers 500", async () => {
  const simulator = await withKey();
  await reserve(simulator, entry("sub-9", september));
  await simulator.switches({ refused_charge_record: "none" });
  await simulator.api("DELETE", "/subscribe/customers/user42-card1");
  await advance(simulator, 32);
  expect(await read(simulator, "sub-9")).toMatchObject({ payment_status: "failed" });
  expect((await simulator.api("POST", "/subscribe/payments/schedule/sub-10/retry")).status).toBe(404);
});

it("is moved while it is open, and set up anew once it failed or was revoked", async () => {
  const simulator = await withKey();
  await reserve(simulator, entry("sub-9", september));
  const at = { schedule_at: seconds(october) };
  expect((await simulator.api("POST", "/subscribe/payments/schedule/sub-9/reschedule", at)).status).toBe(400);
  const moved = await simulator.api("PUT", "/subscribe/payments/schedule/sub-9", at);
  expect(moved.response).toMatchObject({ schedule_at: seconds(october), schedule_status: "scheduled" });
  await advance(simulator, 32);
  expect(await read(simulator, "sub-9")).toMatchObject({ schedule_status: "scheduled" });
  await simulator.api("POST", "/subscribe/payments/unschedule", {
    customer_uid: "user42-card1",
    merchant_uid: ["sub-9"],
  });
  expect((await simulator.api("PUT", "/subscribe/payments/schedule/sub-9", at)).status).toBe(400);
  const renewed = await simulator.api("POST", "/subscribe/payments/schedule/sub-9/reschedule", at);
  expect(renewed.response).toMatchObject({ schedule_status: "scheduled", revoked_at: 0 });
  await advance(simulator, 60);
  expect(await read(simulator, "sub-9")).toMatchObject({ payment_status: "paid" });
  const past = { schedule_at: seconds(september) };
  expect((await simulator.api("PUT", "/subscribe/payments/schedule/sub-9", past)).status).toBe(400);
});

it("is revoked by number, by customer, or both; a wider call revokes more", async () => {
  const simulator = await withKey();
  await reserve(simulator, entry("a", september), entry("b", september), entry("c", september));
  const unschedule = (body: Json) => simulator.api("POST", "/subscribe/payments/unschedule", body);
  expect((await unschedule({ merchant_uid: ["a"] })).response).toMatchObject([
    { schedule_status: "revoked" },
  ]);
  expect(await unschedule({ customer_uid: "user42-card1" })).toMatchObject({
    response: [{ merchant_uid: "b" }, { merchant_uid: "c" }],
  });
  expect(await unschedule({ customer_uid: "user42-card1" })).toMatchObject({
    status: 200,
    code: 1,
    message: "취소할 예약결제 기록이 존재하지 않습니다.",
  });
  await advance(simulator, 60);
  expect(await stateOf(simulator, "payments")).toEqual([]);
});

it.each<[string, Json]>([
  ["without a name", { name: "" }],
  ["without product_type (R-KS-16)", { product_type: null }],
  ["without buyer_name (R-KS-16)", { buyer_name: "" }],
  ["in the past", { schedule_at: seconds("2026-08-05T11:59:59+09:00") }],
  ["in milliseconds", { schedule_at: 1.5 }],
  ["of nothing", { amount: 0 }],
])("is refused %s, and nothing of the call is kept", async (_, change) => {
  const simulator = await withKey();
  const answer = await reserve(simulator, entry("right", september), entry("wrong", september, change));
  expect(answer).toMatchObject({ status: 200, code: 1, response: null });
  expect(await stateOf(simulator, "schedules")).toEqual([]);
});

it("is refused for a number reserved before, and for a customer without a key", async () => {
  const simulator = await withKey();
  await reserve(simulator, entry("sub-9", september));
  expect(await reserve(simulator, entry("sub-9", october))).toMatchObject({ status: 200, code: 1 });
  expect(await reserve(simulator, entry("d", october), entry("d", october))).toMatchObject({ code: 1 });
  const nobody = { customer_uid: "nobody", schedules: [entry("sub-10", october)] };
  expect(await simulator.api("POST", "/subscribe/payments/schedule", nobody)).toMatchObject({
    code: 1,
    message: "등록된 고객정보가 없습니다.",
  });
});

it("is listed by window, status and page", async () => {
  const simulator = await withKey();
  await reserve(simulator, entry("o", october), entry("s", september));
  const range = `from=${seconds(september)}&to=${seconds(october)}`;
  const paths = [
    "/subscribe/payments/schedule/customers/user42-card1",
    "/subscribe/customers/user42-card1/schedules",
  ];
  for (const path of paths) {
    expect((await simulator.api("GET", `${path}?${range}`)).response).toMatchObject([{ merchant_uid: "s" }]);
    expect((await simulator.api("GET", `${path}?${range}&page=2`)).response).toEqual([]);
    expect((await simulator.api("GET", `${path}?${range}&schedule-status=executed`)).response).toEqual([]);
    expect((await simulator.api("GET", path)).status).toBe(400);
  }
  const all = `schedule_from=${seconds(september)}&schedule_to=${seconds(october) + 1}`;
  const listed = await simulator.api("GET", `/subscribe/payments/schedule?${all}&sorting=scheduled`);
  expect(listed.response).toMatchObject([{ merchant_uid: "s" }, { merchant_uid: "o" }]);
  expect((await simulator.api("GET", `/subscribe/payments/schedule?${all}&limit=1`)).response).toHaveLength(
    1,
  );
  const tooLong = `schedule_from=0&schedule_to=${seconds(october)}`;
  expect((await simulator.api("GET", `/subscribe/payments/schedule?${tooLong}`)).status).toBe(400);
});

it("is run by its time after a restart, too", async () => {
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const dataDir = mkdtempSync(`${tmpdir()}/schedules-`);
  const first = await startSimulator({ clock: "2026-08-05T12:00:00+09:00", seed: 7, dataDir });
  const before = new SimulatorClient(first.url, first.impKey, first.impSecret);
  await issueKey(before, "4518-4200-0000-0015");
  await reserve(before, entry("sub-9", september));
  await first.close();
  const second = await startSimulator({ dataDir });
  const after = new SimulatorClient(second.url, second.impKey, second.impSecret);
  await advance(after, 32);
  expect(await read(after, "sub-9")).toMatchObject({ payment_status: "paid" });
  await second.close();
});

it("late and lost: every call of it knows the faults", async () => {
  const simulator = await withKey();
  const call = "POST /subscribe/payments/schedule";
  await simulator.fault({ name: "answer_lost_after_effect", call });
  await expect(reserve(simulator, entry("sub-9", september))).rejects.toThrow();
  expect(await read(simulator, "sub-9")).toMatchObject({ schedule_status: "scheduled" });
  await simulator.fault({ name: "server_error_then_ok", call });
  await expect(reserve(simulator, entry("sub-10", september))).rejects.toThrow();
  expect((await simulator.api("GET", "/subscribe/payments/schedule/sub-10")).status).toBe(404);
});
