// What the bus hands over becomes what the shop is told: numbers that are numbers, null for what is not known; and
// nothing is taken for an event that is none.
import { expect, it } from "vitest";
import { parseEvent } from "../../lib/http/requests/event.ts";

const detail = {
  schema: 1,
  event_id: "ord-1#7",
  merchant_uid: "ord-1",
  imp_uid: "imp_1",
  state: "partially_refunded",
  previous: "paid",
  amount: "109000",
  cancel_amount: "20000",
  remaining: "89000",
  currency: "KRW",
  occurred_at: "2026-08-05T03:03:00.000Z",
  late: false,
  review_reason: "",
};
const event = { source: "portone-ksnet", "detail-type": "order.partially_refunded", detail };
const of = (more: object) => ({ ...event, detail: { ...detail, ...more } });

it("numbers and nothing become what they are", () => {
  expect(parseEvent(of({ imp_uid: "" }))).toEqual({
    type: "order.partially_refunded",
    detail: {
      ...detail,
      imp_uid: null,
      amount: 109_000,
      cancel_amount: 20_000,
      remaining: 89_000,
      review_reason: null,
    },
  });
  const dollars = { currency: "USD", amount: "10.5", cancel_amount: "0", remaining: "10.5" };
  expect(parseEvent(of(dollars))?.detail).toMatchObject({ amount: 10.5, cancel_amount: 0, remaining: 10.5 });
});

it("what is told as it is meant stays so", () => {
  const told = parseEvent(of({ amount: 109_000, imp_uid: null, review_reason: "double_cancel" }));
  expect(told?.detail).toMatchObject({ amount: 109_000, imp_uid: null, review_reason: "double_cancel" });
});

it("nothing beside it is passed on", () => {
  expect(parseEvent(of({ buyer_name: "홍길동" }))?.detail).not.toHaveProperty("buyer_name");
});

it.each([null, 7, "order.paid", [], {}, { source: "aws.events" }, { ...event, source: "portone" }])(
  "%j is none of ours",
  (other) => {
    expect(parseEvent(other)).toBeNull();
  },
);

it.each<[string, object]>([
  ["of an unknown type", { ...event, "detail-type": "order.lost" }],
  ["without a detail", { source: "portone-ksnet", "detail-type": "order.paid" }],
  ["of a later schema", of({ schema: 2 })],
  ["with an amount that is none", of({ amount: "109,000" })],
  ["with a state that is none", of({ state: "settled" })],
  ["without a version in its id", of({ event_id: "ord-1" })],
  ["without its time", of({ occurred_at: "어제" })],
])("one %s fails, so that it is kept and looked at", (_, broken) => {
  expect(() => parseEvent(broken)).toThrow();
});
