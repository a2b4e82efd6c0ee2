// Billing keys: issued, read, replaced, deleted, and what was charged to them.
import { describe, expect, it } from "vitest";
import { type Json, simulatorForTest } from "./testing/simulator-client.ts";

const refused = (code: number) => ({
  status: 200,
  code,
  message: expect.stringMatching(/[가-힣]/),
  response: null,
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
