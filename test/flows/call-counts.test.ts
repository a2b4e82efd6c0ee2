// What a payment costs in calls, counted between the built functions and the table: every one is latency in
// a buyer's checkout and money on somebody's bill. Calls of a cold start are counted apart by the host.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { counted } from "../../infra/build/cost/usage.ts";
import { itBeyondDynalite } from "../support/beyond-dynalite.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import {
  type Calls,
  cancelInConsole,
  countCalls,
  noon,
  notify,
  questionsOf,
  withoutNotices,
} from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const read = { GetItem: 1 };
const readAndWrite = { GetItem: 1, UpdateItem: 1 };

/** Table calls by name, units written on table and indexes, questions to PortOne. */
const costOf = (calls: Calls, functionName: string) => ({
  table: calls.dynamodb.by_function,
  written: calls.dynamodb.write_units,
  onIndexes: calls.dynamodb.index_write_units,
  questions: questionsOf(calls, functionName),
});

const callsOf = (calls: Calls, functionName: string): number =>
  Object.values(calls.portone.by_function[functionName] ?? {}).reduce((all, count) => all + count, 0);

const approvedOrder = async (merchantUid: string) => {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid);
  const { imp_uid } = await shop.pay(requestPay);
  return { requestPay, imp_uid };
};
const paidOrder = async (merchantUid: string) => {
  const order = await approvedOrder(merchantUid);
  expect((await notify(shop, order.requestPay, order.imp_uid)).status).toBe(200);
  return order;
};

describe("calls of one flow", () => {
  itBeyondDynalite("the units of reads and of indexes")(
    "create writes once, and is read from two indexes",
    async () => {
      const calls = await countCalls(shop, () => shop.createOrder("ord-create"));
      expect(costOf(calls, "orders")).toEqual({
        table: { orders: { PutItem: 1 } },
        written: 1,
        onIndexes: 2,
        questions: 0,
      });
    },
  );

  it("confirm reads once and writes once, and leaves the indexes alone", async () => {
    const requestPay = await shop.createOrder("ord-confirm");
    await withoutNotices(shop, "ord-confirm");
    const calls = await countCalls(shop, () => shop.pay(requestPay));
    expect(costOf(calls, "confirm")).toEqual({
      table: { confirm: readAndWrite },
      written: 1,
      onIndexes: 0,
      questions: 0,
    });
    expect(calls.portone.by_function).toEqual({});
  });

  it("confirm repeated for the attempt it approved reads once", async () => {
    const { requestPay, imp_uid } = await approvedOrder("ord-confirm-again");
    const asked = { imp_uid, merchant_uid: "ord-confirm-again", amount: 109_000 };
    const path = new URL(String(requestPay["confirm_url"])).pathname;
    const calls = await countCalls(shop, () => shop.anybody("POST", path, asked));
    expect(costOf(calls, "confirm")).toMatchObject({ table: { confirm: read }, written: 0, questions: 0 });
  });

  itBeyondDynalite("the units of reads and of indexes")(
    "the notice that syncs reads once, asks once and writes once",
    async () => {
      const { requestPay, imp_uid } = await approvedOrder("ord-notice");
      const calls = await countCalls(shop, () => notify(shop, requestPay, imp_uid));
      expect(costOf(calls, "notice")).toEqual({
        table: { notice: readAndWrite },
        written: 1,
        onIndexes: 1,
        questions: 1,
      });
    },
  );

  it("its duplicate reads once and asks once, and writes nothing", async () => {
    const { requestPay, imp_uid } = await paidOrder("ord-duplicate");
    const calls = await countCalls(shop, () => notify(shop, requestPay, imp_uid));
    expect(costOf(calls, "notice")).toEqual({
      table: { notice: read },
      written: 0,
      onIndexes: 0,
      questions: 1,
    });
  });

  it("a notice of a cancel that is known asks nobody", async () => {
    const { requestPay, imp_uid } = await paidOrder("ord-cancel");
    await cancelInConsole(shop, imp_uid, { amount: 9_000 });
    const [cancel] = await shop.cancels("ord-cancel");
    const told: Json = { status: "cancelled", cancellation_id: cancel?.["cancellation_id"] };
    expect((await notify(shop, requestPay, imp_uid, told)).status).toBe(200);
    const calls = await countCalls(shop, () => notify(shop, requestPay, imp_uid, told));
    expect(costOf(calls, "notice")).toMatchObject({ table: { notice: read }, written: 0, questions: 0 });
  });

  it.each([
    ["complete", (uid: string, impUid: string) => shop.complete(uid, impUid)],
    [
      "redirect",
      (uid: string, impUid: string) =>
        shop.anybody("GET", `/payments/redirect?merchant_uid=${uid}&imp_uid=${impUid}`),
    ],
  ])("%s after the payment reads once and asks nobody", async (name, comeBack) => {
    const uid = `ord-${name}`;
    const { imp_uid } = await paidOrder(uid);
    const calls = await countCalls(shop, () => comeBack(uid, imp_uid));
    expect(costOf(calls, "complete")).toEqual({
      table: { complete: read },
      written: 0,
      onIndexes: 0,
      questions: 0,
    });
  });

  it("a receipt is read once", async () => {
    await paidOrder("ord-receipt");
    const calls = await countCalls(shop, () => shop.merchant("GET", "/orders/ord-receipt/receipt"));
    expect(costOf(calls, "receipt")).toEqual({
      table: { receipt: read },
      written: 0,
      onIndexes: 0,
      questions: 0,
    });
    expect(calls.portone.by_function).toEqual({});
  });

  it("a mark costs a unit on its index, and no write after it does; what waits is read in fourteen calls", async () => {
    const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-mark");
    const { mid } = await shop.control<{ mid: string }>("GET", "/settings");
    await shop.control("PUT", "/settings", { mid: "2999000001" });
    await withoutNotices(shop, "ord-mark");
    const { imp_uid } = await shop.pay(requestPay);
    await shop.control("PUT", "/settings", { mid });
    const asked = { ...requestPay, merchant_uid: "ord-mark", amount: 109_000 };
    const marked = await countCalls(shop, () => notify(shop, asked, imp_uid));
    expect(costOf(marked, "notice")).toMatchObject({ written: 1, onIndexes: 1 });
    expect((await shop.order("ord-mark")).review_reason).toBe("foreign_channel");

    const queue = await countCalls(shop, () => shop.merchant("GET", "/queue"));
    expect(queue.dynamodb.by_function).toEqual({ orders: { Query: 12, BatchGetItem: 1, GetItem: 1 } });
    expect(queue.dynamodb.write_units).toBe(0);
  });

  it("an order nobody knows costs one read at each of PortOne's doors and the browser's", async () => {
    const invented = { imp_uid: "imp_000000000000", merchant_uid: "ord-nobody", status: "paid" };
    const calls = await countCalls(shop, async () => {
      await shop.anybody("POST", "/portone/notice", invented);
      await shop.complete("ord-nobody", "imp_000000000000");
    });
    expect(calls.dynamodb.by_function).toEqual({ notice: read, complete: read });
    expect(calls.portone.by_function).toEqual({});
  });
});

itBeyondDynalite("the units of reads and of indexes")(
  "a whole payment is seven calls, three units on the table, three on its indexes, one question",
  async () => {
    const calls = await countCalls(shop, async () => {
      const { imp_uid } = await shop.pay(await shop.createOrder("ord-whole"));
      await shop.notices("ord-whole", 1);
      expect((await shop.complete("ord-whole", imp_uid)).json["state"]).toBe("paid");
      await shop.merchant("GET", "/orders/ord-whole/receipt");
    });
    expect(calls.dynamodb).toMatchObject({
      calls: 7,
      write_units: 3,
      index_write_units: 3,
      largest_writes: { order: { pk: "order#ord-whole", units: 1 } },
    });
    expect(calls.dynamodb.read_units).toBeLessThanOrEqual(4);
    expect(calls.dynamodb.by_function).toEqual({
      orders: { PutItem: 1 },
      confirm: readAndWrite,
      notice: readAndWrite,
      complete: read,
      receipt: read,
    });
    expect(calls.portone.by_function["notice"]).toMatchObject({ "GET /payments/{imp_uid}": 1 });
    expect(questionsOf(calls, "notice") + questionsOf(calls, "complete")).toBe(1);
    // What the deploy guide's costs are made of.
    const { calls: tableCalls, write_units: writeUnits, index_write_units: indexWriteUnits } = calls.dynamodb;
    expect(counted.payment).toMatchObject({ tableCalls, writeUnits, indexWriteUnits });
    expect(calls.dynamodb.read_units).toBeLessThanOrEqual(counted.payment.readUnits);
    const lines = stack.logLines().filter((line) => line.includes('"ord-whole"'));
    expect(lines).toHaveLength(5);
    expect(Buffer.byteLength(lines.join("\n"))).toBeLessThanOrEqual(counted.payment.ownLogBytes);
  },
);

itBeyondDynalite("the units of reads and of indexes")(
  "a minute without work costs a sweep's thirteen reads, a night at most its audit's, and a payment two more",
  async () => {
    const quiet = await startStack({ environment: { PAY_PREPARE: "off" } });
    const its = new Shop(quiet);
    // Midnight would end a day between the two audits.
    await its.local("POST", "/clock", { set: noon });
    const sweep = await countCalls(its, () => its.sweep());
    expect(sweep.dynamodb.by_function).toEqual({ reconcile: { GetItem: 1, Query: 12 } });
    expect(counted.sweep).toEqual({ tableCalls: sweep.dynamodb.calls, readUnits: sweep.dynamodb.read_units });
    expect([sweep.dynamodb.write_units, sweep.portone.by_function]).toEqual([0, {}]);

    const audit = (event: Json) =>
      countCalls(its, () => its.anybody("POST", "/2015-03-31/functions/audit/invocations", event));
    const night = await audit({});
    expect(night.dynamodb.calls).toBeLessThanOrEqual(counted.audit.tableCalls);
    expect(night.dynamodb.write_units).toBeLessThanOrEqual(counted.audit.writeUnits);
    expect(night.dynamodb.read_units).toBeLessThanOrEqual(counted.audit.readUnits);
    expect(callsOf(night, "audit")).toBeLessThanOrEqual(counted.audit.portoneCalls);

    const lastHour = { from: new Date(Date.parse(noon) - 3_600_000).toISOString() };
    const before = await audit(lastHour);
    for (const uid of ["ord-first", "ord-second", "ord-third"]) {
      await its.pay(await its.createOrder(uid));
      await its.notices(uid, 1);
    }
    const after = await audit(lastHour);
    expect(after.dynamodb.read_units - before.dynamodb.read_units).toBe(3 * counted.audited.readUnits);
    await quiet.close();
  },
);

it("a registered amount costs create one call more at PortOne, and none at the table", async () => {
  const registering = await startStack({ environment: { PAY_PREPARE: "on" } });
  const its = new Shop(registering);
  // The first order pays for the login.
  await its.createOrder("ord-login");
  const calls = await countCalls(its, () => its.createOrder("ord-prepared"));
  expect(calls.dynamodb.by_function).toEqual({ orders: { PutItem: 1 } });
  expect(calls.portone.by_function).toEqual({ orders: { "POST /payments/prepare": 1 } });
  // With the notice's question, which is counted above.
  expect(counted.payment.portoneCalls).toBe(callsOf(calls, "orders") + 1);
  await registering.close();
});
