// Numbers and times as programs write them: sums of doubles, exponents, lists with repeats, time zones. It is noon in
// Korea, on 5 August 2026.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody } from "../support/shop.ts";
import { card, debt, noon } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack();
  doors = new Doors(stack);
  await doors.shop.local("POST", "/clock", { set: new Date(noon).toISOString() });
  const path = "/customers/user42/billing-key";
  expect((await doors.merchant("POST", path, { body: card() })).status).toBe(201);
});
afterAll(() => stack?.close());

const create = (body: unknown) => doors.merchant("POST", "/orders", { body });
const dollars = { currency: "USD", tax_free: 0 };

describe("dollars", () => {
  it.each<[string, number | string, number]>([
    ["a sum of doubles", 10.1 + 20.2, 30.3],
    ["one a little less", 30.299999999999997, 30.3],
    ["three times a price", 19.99 * 3, 59.97],
    ["a tenth and two", 0.1 + 0.2, 0.3],
    ["a sum of many", Array.from({ length: 100 }, () => 0.1).reduce((a, b) => a + b), 10],
    ["cents written out", "30.30", 30.3],
    ["a whole number", 30, 30],
  ])("%s: %d is %d", async (title, amount, meant) => {
    const uid = `usd-${title.replaceAll(" ", "-")}`;
    const first = await create(orderBody(uid, { ...dollars, amount }));
    expect([first.status, first.json["order"]]).toMatchObject([201, { amount: meant, remaining: meant }]);
    expect(first.json["request_pay"]).toMatchObject({ amount: meant });
    // However it was written, it is the same request.
    expect((await create(orderBody(uid, { ...dollars, amount: meant }))).status).toBe(200);
  });

  it.each([10.555, 30.2999, 30.29999999, 1e-7, 1e-17, 999_999_999.999, "30.299999999999997", -0.1, 5e-324])(
    "%d is none",
    async (amount) => {
      expect(pointers(await create(orderBody("usd-none", { ...dollars, amount })))).toEqual(["/amount"]);
    },
  );

  it("asked for, paid, refunded and asked for again in doubles, are the same cents", async () => {
    const requestPay = await doors.shop.createOrder("usd-paid", { ...dollars, amount: 30.299999999999997 });
    const { confirm, imp_uid } = await doors.shop.pay(requestPay);
    expect(confirm?.status).toBe(200);
    expect(await doors.shop.sync("usd-paid")).toMatchObject({ state: "paid", imp_uid });
    const once = await doors.shop.refund("usd-paid", "k1", { amount: 0.1 + 0.2 });
    expect([once.status, once.json["amount"], once.json["remaining"]]).toEqual([200, 0.3, 30]);
    expect((await doors.shop.refund("usd-paid", "k1", { amount: 0.3 })).text).toBe(once.text);
    const nothing = await doors.shop.refund("usd-paid", "k2", { amount: 1e-17 });
    expect(named(nothing)).toEqual([400, "invalid_field"]);
  });

  it.each(["30.299999999999997", "30.3", "30.300000000000004", '"30.30"'])(
    "confirmed as %s",
    async (amount) => {
      const uid = `usd-confirm-${amount.replaceAll('"', "")}`;
      const requestPay = await doors.shop.createOrder(uid, { ...dollars, amount: 30.3 });
      const path = new URL(String(requestPay["confirm_url"])).pathname;
      const body = `{"imp_uid":"imp_730112845061","merchant_uid":"${uid}","amount":${amount}}`;
      expect((await doors.knock("POST", path, { body })).status).toBe(200);
    },
  );
});

describe("won", () => {
  it.each([21_890.000000000004, 109_000.5, 0.1])("have no fraction, as in %d", async (amount) => {
    expect(pointers(await create(orderBody("krw-none", { amount, tax_free: 0 })))).toEqual(["/amount"]);
  });
});

describe("an exponent is no way to write money, at any depth", () => {
  const entry = debt("sub-exponent", { schedule_at: "2031-08-05T03:00:00Z" });
  it.each<[string, string, Json, string, string, string]>([
    ["an amount", "/orders", orderBody("exp-1"), '"amount":109000', '"amount":1.09E5', "/amount"],
    ["a tax-free part", "/orders", orderBody("exp-1"), '"tax_free":3000', '"tax_free":3e3', "/tax_free"],
    ["no fraction of it", "/orders", orderBody("exp-1"), '"amount":109000', '"amount":109000e-0', "/amount"],
    [
      "in a list",
      "/customers/user42/schedules",
      { schedules: [debt("sub-0", { schedule_at: "2031-08-05T03:00:00Z" }), entry] },
      '"sub-exponent","name":"정기구독 8월분","amount":8900',
      '"sub-exponent","name":"정기구독 8월분","amount":8.9E3',
      "/schedules/1/amount",
    ],
    [
      "in months",
      "/orders",
      orderBody("exp-1", { display: { card_quota: [3, 12] } }),
      "[3,12]",
      "[3,1.2e1]",
      "/display/card_quota/1",
    ],
    [
      "in a card's months",
      "/orders",
      orderBody("exp-1", { card: { direct: { code: "361", quota: 12 } } }),
      '"quota":12',
      '"quota":12E0',
      "/card/direct/quota",
    ],
    ["in a charge", "/payments/onetime", { ...debt("exp-1"), ...card() }, ":8900", ":89e2", "/amount"],
    ["in a refund", "/orders/usd-paid/refunds", { amount: 1 }, ":1", ":1e0", "/amount"],
  ])("%s", async (_, path, body, from, to, pointer) => {
    const text = JSON.stringify(body).replace(from, to);
    expect(text).toContain(to);
    const headers = { "idempotency-key": "k-exponent" };
    const reply = await doors.merchant("POST", path, { body: text, headers });
    expect([...named(reply), pointers(reply)]).toEqual([400, "invalid_field", [pointer]]);
  });

  it("but the shop's own data may have them", async () => {
    const text = JSON.stringify(orderBody("exp-data", { custom_data: { ratio: 1, of: [2] } }));
    const { json } = await create(text.replace('"ratio":1', '"ratio":1.5e-7').replace("[2]", "[2E3]"));
    expect(json["request_pay"]).toMatchObject({ custom_data: { ratio: 1.5e-7, of: [2000] } });
  });
});

describe("months of instalments said twice count once", () => {
  it.each<[readonly number[], readonly number[]]>([
    [
      [3, 3, 6],
      [0, 3, 6],
    ],
    [[0, 0], [0]],
    [
      [6, 3, 6, 3, 0, 6],
      [0, 6, 3],
    ],
    [
      [0, 3, 0],
      [0, 3],
    ],
    [
      [2, 2, 2, 2],
      [0, 2],
    ],
  ])("%j is shown as %j", async (given, shown) => {
    const uid = `quota-${given.join("-")}`;
    const { json } = await create(orderBody(uid, { display: { card_quota: given } }));
    expect(json["request_pay"]).toMatchObject({ display: { card_quota: shown } });
    const again = orderBody(uid, { display: { card_quota: [...new Set(given)] } });
    expect((await create(again)).status).toBe(200);
  });
});

describe("a time is read in any time zone", () => {
  const written = [
    "2026-08-07T12:00:00+09:00",
    "2026-08-07T03:00:00Z",
    "2026-08-07T03:00:00.000Z",
    "2026-08-06T22:00:00-05:00",
    "2026-08-07T08:45:00.000+05:45",
    "2026-08-07T03:00:00-00:00",
  ];
  const meant = "2026-08-07T03:00:00.000Z";

  it("expires_at, and it is one request", async () => {
    for (const [index, expires_at] of written.entries()) {
      const reply = await create(orderBody("at-expires", { expires_at }));
      expect([reply.status, reply.json["order"]]).toMatchObject([
        index === 0 ? 201 : 200,
        { expires_at: meant },
      ]);
    }
  });

  it("schedule_at, and it is one request", async () => {
    const answers = [];
    for (const schedule_at of written) {
      const body = { schedules: [debt("at-schedule", { schedule_at })] };
      const reply = await doors.merchant("POST", "/customers/user42/schedules", { body });
      expect(reply.status, schedule_at).toBe(201);
      answers.push(told(reply).body);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ schedules: [{ merchant_uid: "at-schedule", schedule_at: meant }] });
    const moved = { schedule_at: "2026-08-08T12:00:00+09:00" };
    const path = "/customers/user42/schedules/at-schedule";
    const reply = await doors.merchant("PUT", path, { body: moved });
    expect(reply.text).toContain("2026-08-08T03:00:00.000Z");
  });

  it("from and to, also with a plus that became a blank", async () => {
    const list = (query: string) => doors.merchant("GET", `/customers/user42/schedules?${query}`);
    for (const plus of ["%2B", "+", "%20"]) {
      const reply = await list(`from=2026-08-01T00:00:00${plus}09:00&to=2026-08-09T00:00:00${plus}09:00`);
      expect([reply.status, reply.text.includes("at-schedule")]).toEqual([200, true]);
    }
    expect(pointers(await list("from=2026-08-09T00:00:00Z&to=2026-08-01T00:00:00Z"))).toEqual(["/from"]);
    expect(pointers(await list("from=2026-08-09"))).toEqual(["/from"]);
  });

  it("vbank_due_at and sent_at", async () => {
    const account = { vbank_code: "088", product_type: "real" };
    for (const vbank_due_at of written) {
      const body = { ...account, vbank_due_at };
      const reply = await doors.merchant("POST", "/orders/none/virtual-account", { body });
      expect(named(reply), vbank_due_at).toEqual([404, "order_not_found"]);
    }
    const person = { name: "홍길동", tel: "010-1234-5678", addr: "서울 성동구", postcode: "04783" };
    for (const sent_at of written) {
      const body = { sender: person, receiver: person, logis: { company: "CJGLS", invoice: "1", sent_at } };
      const reply = await doors.merchant("POST", "/orders/none/delivery", { body });
      expect(named(reply), sent_at).toEqual([404, "order_not_found"]);
    }
  });

  it.each([
    "2026-08-07 12:00:00",
    "2026-08-07T12:00:00",
    "2026-08-07T12:00:00+9",
    "2026-08-07T12:00:00+25:00",
    "2026-08-07T12:00:00 KST",
    "2026-02-30T12:00:00+09:00",
    "2026-08-07T12:00:00Z+09:00",
    "+002026-08-07T12:00:00Z",
    1_786_000_000,
  ])("but %s is no time", async (expires_at) => {
    expect(pointers(await create(orderBody("at-none", { expires_at })))).toEqual(["/expires_at"]);
  });
});

describe("PortOne's own forms of days stay", () => {
  it.each<[string, Json, readonly unknown[]]>([
    [
      "a due day with a zone",
      { pay_method: "vbank", vbank_due: "2026-08-07T12:00:00+09:00" },
      ["/vbank_due"],
    ],
    [
      "a period that ends before it begins",
      { period: { from: "2026-09-01", to: "2026-08-01" } },
      ["/period/from"],
    ],
    ["a period of no days", { period: { from: "2026-02-31" } }, ["/period/from"]],
    ["a period with a time", { period: { to: "2026-08-07T00:00:00Z" } }, ["/period/to"]],
    ["a period of thirteen months", { period: { to: "2026-13-01" } }, ["/period/to"]],
  ])("%s is refused", async (_, more, places) => {
    expect(pointers(await create(orderBody("day-none", more)))).toEqual(places);
  });

  it.each<Json>([
    { from: "2026-08-01", to: "2026-08-01" },
    { from: "2026-08-01", to: "2027-07-31" },
    { from: "2026-08-01" },
    { to: "2026-08-01" },
  ])("a period %j is taken", async (period) => {
    const uid = `period-${Object.values(period).join("-")}-${Object.keys(period).join("")}`;
    const { json } = await create(orderBody(uid, { period, digital: true }));
    expect(json["request_pay"] ?? json).toMatchObject({ period });
  });
});
