// A deviation planted into an operation of the simulator is found on its way out, by name: what makes every
// test run fail that has one. Six kinds.
import { expect, it } from "vitest";
import { type Answer, type Endpoint, operationOf } from "./api/endpoint.ts";
import { endpoints } from "./api/endpoints.ts";
import { perform } from "./api/perform.ts";
import { newPayment } from "./new-payment.ts";
import { Simulator } from "./simulator.ts";
import { type Json, simulatorForTest } from "./testing/simulator-client.ts";

const operation = "GET /payments/{imp_uid}";

/** The reading of a payment, with one thing about its answer changed. */
function readPlanted(plant: (answer: Answer) => Answer): readonly object[] {
  const simulator = new Simulator({ clock: "2026-08-05T12:00:00+09:00", seed: 7 });
  const payment = newPayment(simulator, {
    merchantUid: "ord-planted",
    payMethod: "card",
    channel: "pc",
    escrow: false,
    amount: 109_000,
    taxFree: 3_000,
    currency: "KRW",
    customData: null,
    noticeUrl: null,
    customerUid: null,
    text: (name) => (name === "buyer_name" ? "홍길동" : null),
  });
  simulator.store.put("payments", payment.impUid, payment);
  const real = endpoints.find((endpoint) => operationOf(endpoint) === operation);
  if (!real) throw new Error(`no ${operation}`);
  const planted: Endpoint = { ...real, handle: (call) => plant(real.handle(call)) };
  perform(simulator, planted, { path: { imp_uid: payment.impUid }, query: {}, body: {} });
  const found = simulator.violations.list();
  simulator.close();
  return found;
}

const changing =
  (change: (record: Json) => Json) =>
  (answer: Answer): Answer => ({
    ...answer,
    body: { ...answer.body, response: change(answer.body.response as Json) },
  });
const without =
  (name: string) =>
  (record: Json): Json =>
    Object.fromEntries(Object.entries(record).filter(([field]) => field !== name));

it.each<[string, (answer: Answer) => Answer, object]>([
  ["missing required", changing(without("amount")), { pointer: "/response/amount", rule: "required" }],
  [
    "wrong type",
    changing((record) => ({ ...record, amount: "109000" })),
    { pointer: "/response/amount", rule: "type" },
  ],
  [
    "seconds as ms",
    changing((record) => ({ ...record, started_at: 1_785_900_000_000 })),
    { pointer: "/response/started_at", rule: "maximum" },
  ],
  [
    "null where not nullable",
    changing((record) => ({ ...record, status: null })),
    { pointer: "/response/status", rule: "type" },
  ],
  ["undeclared status", (answer) => ({ ...answer, status: 418 }), { rule: "undeclared_status", status: 418 }],
])("an answer with %s is named", (_, plant, expected) => {
  expect(readPlanted((answer) => answer)).toEqual([]);
  expect(readPlanted(plant)).toEqual([expect.objectContaining({ where: "answer", operation, ...expected })]);
});

it("a request with a wrong enum is named", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay();
  await simulator.api("POST", "/payments/cancel", { imp_uid: impUid, extra: { requester: "robot" } });
  const { violations } = await simulator.control("GET", "/violations");
  expect(violations).toEqual([
    expect.objectContaining({ where: "request", pointer: "/extra/requester", rule: "enum" }),
  ]);
});
