// The records a simulator begins with: what is made of them, and that none is taken that could not be.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { SeedRecords } from "./public-types.ts";
import { checkRecords, readSeedFile, SeedFileError } from "./seed-file.ts";
import { startSimulator } from "./start-simulator.ts";
import { type Json, SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const example = readSeedFile(new URL("./recipes/seed.json", import.meta.url).pathname);
const paid = { merchant_uid: "ord-1", amount: 109_000, status: "paid" } as const;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "시작-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const stateOf = async (simulator: SimulatorClient) => {
  const { payments, prepared, customers } = await simulator.control("GET", "/state");
  return { payments: payments as Json[], prepared, customers: customers as Json[] };
};

describe("the records of the example", () => {
  it("are there from the beginning, and told to nobody", async () => {
    const simulator = await simulatorForTest({ records: example });
    const { payments, prepared, customers } = await stateOf(simulator);
    expect(payments.map(({ merchant_uid, status }) => [merchant_uid, status])).toEqual([
      ["ord-paid", "cancelled"],
      ["ord-account", "ready"],
      ["ord-failed", "failed"],
    ]);
    expect(payments[0]).toMatchObject({
      imp_uid: "imp_730112845061",
      amount: 109_000,
      cancel_amount: 20_000,
      cancel_history: [{ amount: 20_000, tax_free: 550, reason: "단순 변심" }],
    });
    expect(payments[1]).toMatchObject({ vbank_num: expect.stringMatching(/^\d{14}$/) });
    expect(payments[2]).toMatchObject({ fail_reason: "한도초과" });
    expect(prepared).toEqual([{ merchant_uid: "ord-prepared", amount: 109_000, currency: null }]);
    expect(customers[0]).toMatchObject({ customer_uid: "hong-card1", card_number: "451842******0015" });
    expect(await simulator.deliveries()).toEqual([]);
  });

  it("take part like any other", async () => {
    const simulator = await simulatorForTest({ records: example });
    const cancel = { imp_uid: "imp_730112845061", amount: 89_000, tax_free: 2_450, checksum: 89_000 };
    expect(await simulator.api("POST", "/payments/cancel", cancel)).toMatchObject({ code: 0 });
    const charge = {
      ...paid,
      customer_uid: "hong-card1",
      product_type: "real",
      name: "책상",
      buyer_name: "홍길동",
    };
    const charged = await simulator.api("POST", "/subscribe/payments/again", charge);
    expect(charged).toMatchObject({ code: 0, response: { status: "paid" } });
  });

  it("are what a reset goes back to", async () => {
    const simulator = await simulatorForTest({ records: example });
    const before = await stateOf(simulator);
    await simulator.pay();
    await simulator.control("POST", "/reset");
    expect(await stateOf(simulator)).toEqual(before);
  });

  it("are not made again where an earlier run's state is kept", async () => {
    const dataDir = temporaryFolder();
    const first = await startSimulator({ dataDir, records: example });
    await new SimulatorClient(first.url, first.impKey, first.impSecret).pay();
    await first.close();
    const second = await simulatorForTest({ dataDir, records: example });
    expect((await stateOf(second)).payments).toHaveLength(4);
  });
});

describe("an account", () => {
  it("into which the money came is paid", async () => {
    const account = { ...paid, pay_method: "vbank", vbank_due: "2026-08-09" };
    const simulator = await simulatorForTest({ records: { orders: [account] } });
    const [payment] = (await stateOf(simulator)).payments;
    expect(payment).toMatchObject({ status: "paid", vbank_num: expect.any(String) });
  });
});

describe("a payment of an earlier day", () => {
  it("has its day", async () => {
    const order = { ...paid, paid_at: "2026-08-04T03:00:00.000Z" };
    const simulator = await simulatorForTest({ records: { orders: [order] } });
    const [payment] = (await stateOf(simulator)).payments;
    expect(payment).toMatchObject({ paid_at: 1_785_812_400, started_at: 1_785_812_400 });
  });

  it("cannot be gone back to when the clock has passed the time of its cancel", async () => {
    const orders = [{ ...paid, paid_at: "2026-03-01T03:00:00.000Z", cancels: [{ amount: 1_000 }] }];
    const simulator = await simulatorForTest({ records: { orders } });
    await simulator.control("POST", "/clock", { set: "2026-12-01T12:00:00+09:00" });
    const reset = await simulator.tryControl("POST", "/reset");
    expect(reset).toMatchObject({ status: 409, body: { error: expect.stringContaining("R-KS-5") } });
  });
});

describe("what could not be is refused", () => {
  const twice = { customer_uid: "hong", card_number: "4518-4200-0000-0015" };
  it.each<[string, SeedRecords, string]>([
    ["a number paid twice", { orders: [paid, paid] }, "orders.1: R-KS-32"],
    [
      "an imp_uid twice",
      { orders: ["a", "b"].map((merchant_uid) => ({ ...paid, merchant_uid, imp_uid: "imp_1" })) },
      "orders.1: imp_1 stands there twice",
    ],
    [
      "another amount than prepared",
      {
        orders: [
          { ...paid, status: "prepared" },
          { ...paid, amount: 5_000 },
        ],
      },
      "orders.1: prepare",
    ],
    [
      "a number prepared twice",
      {
        orders: [
          { ...paid, status: "prepared" },
          { ...paid, status: "prepared" },
        ],
      },
      "orders.1: ord-1 is prepared twice",
    ],
    ["more tax-free than there is", { orders: [{ ...paid, tax_free: 109_001 }] }, "orders.0: R-KS-2"],
    ["an account without a due date", { orders: [{ ...paid, pay_method: "vbank" }] }, "orders.0: R-KS-21"],
    ["half a won", { orders: [{ ...paid, amount: 100.5 }] }, "orders.0: amount"],
    [
      "more given back than was paid",
      { orders: [{ ...paid, cancels: [{ amount: 100_000 }, { amount: 10_000 }] }] },
      "orders.0.cancels.1: remaining",
    ],
    [
      "something given back of what was not paid",
      { orders: [{ ...paid, status: "ready", cancels: [{ amount: 1 }] }] },
      "orders.0: cancels of an order that is ready",
    ],
    [
      "a payment to come",
      { orders: [{ ...paid, paid_at: "2026-08-05T04:00:00.000Z" }] },
      "orders.0: paid_at 2026-08-05T04:00:00.000Z is yet to come",
    ],
    [
      "a card that is none",
      { customers: [{ customer_uid: "hong", card_number: "1234" }] },
      "customers.0: 1234 is no card number",
    ],
    ["a customer twice", { customers: [twice, twice] }, "customers.1: hong stands there twice"],
  ])("%s", async (_, records, why) => {
    const dataDir = join(temporaryFolder(), "자료");
    const start = startSimulator({ records, dataDir, clock: "2026-08-05T12:00:00+09:00" });
    await expect(start).rejects.toThrow(why);
    await expect(start).rejects.toMatchObject({ name: "SeedFileError", code: "seed_file_impossible" });
    // What was wrong is mended, and the folder is as new.
    const mended = await simulatorForTest({ records: { orders: [paid] }, dataDir });
    expect((await stateOf(mended)).payments).toHaveLength(1);
  });
});

describe("a file", () => {
  const read = (text: string) => {
    const file = join(temporaryFolder(), "처음.json");
    writeFileSync(file, text);
    return () => readSeedFile(file);
  };

  it.each([
    ["seed_file_not_json", "{orders: []}", "is not JSON"],
    ["seed_file_invalid", "[]", "expected object"],
    ["seed_file_invalid", '{"order":[]}', "unknown field order"],
    ["seed_file_invalid", '{"orders":[{"merchant_uid":"ord-1"}]}', "orders.0.amount"],
    [
      "seed_file_invalid",
      '{"orders":[{"merchant_uid":"ord-1","amount":"1","status":"paid"}]}',
      "orders.0.amount",
    ],
    [
      "seed_file_invalid",
      '{"orders":[{"merchant_uid":"ord-1","amount":1,"status":"cancelled"}]}',
      "orders.0.status",
    ],
    [
      "seed_file_invalid",
      '{"orders":[{"merchant_uid":"ord-1","amount":1,"status":"paid","pay_method":"btc"}]}',
      "orders.0.pay_method: unknown pay method",
    ],
    ["seed_file_invalid", '{"customers":[{"customer_uid":"hong"}]}', "customers.0.card_number"],
  ])("is %s: %s", (code, text, why) => {
    expect(read(text)).toThrow(SeedFileError);
    expect(read(text)).toThrow(why);
    expect(read(text)).toThrow(expect.objectContaining({ code }));
  });

  it("that is not there is named", () => {
    const missing = () => readSeedFile("/없는/처음.json");
    expect(missing).toThrow("/없는/처음.json cannot be read");
    expect(missing).toThrow(expect.objectContaining({ code: "seed_file_unreadable" }));
  });

  it("is read as it stands", () => {
    const text = readFileSync(new URL("./recipes/seed.json", import.meta.url), "utf8");
    expect(checkRecords(JSON.parse(text))).toEqual(example);
  });
});
