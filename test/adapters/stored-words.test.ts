// A stored word that this code does not know is never acted on: reading it throws, and says which and where.

import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { conditionalUpdate } from "../../lib/dynamodb/conditional-update.ts";
import type { Item } from "../../lib/dynamodb/item.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { decodeRefund, encodeRefund } from "../../lib/dynamodb/refund-item.ts";
import { approvedOrder, paymentRecord, synced } from "../support/orders.ts";
import { orderWithUnknownRefund } from "../support/syncing-ports.ts";

const stored = (): Item => encodeOrder(orderWithUnknownRefund());
const within = (item: Item, path: readonly string[]): Item =>
  path.reduce((map, name) => map[name]?.M ?? map[name]?.L?.[0]?.M ?? {}, item);

it.each<[string, readonly string[]]>([
  ["state", []],
  ["currency", []],
  ["review_reason", []],
  ["s", ["attempts"]],
  ["back", ["attempts"]],
  ["kind", ["cancel"]],
  ["state", ["cancel"]],
])("the word %s in [%s] of an order is checked against its list", (name, path) => {
  const item = stored();
  within(item, path)[name] = { S: "parked" };
  expect(() => decodeOrder(item)).toThrow(new RegExp(`stored ${name} is parked, which is none of `));
});

it.each<[string, readonly AttributeValue[]]>([
  ["id", []],
  ["amount", [{ S: "c-1" }]],
  ["at", [{ S: "c-1" }, { N: "20000" }]],
  ["at", [{ S: "c-1" }, { N: "20000" }, { S: "mtj4k8qo" }]],
  ["refund", [{ S: "c-1" }, { N: "20000" }, { N: "1785898800000" }, { N: "550" }, { N: "1" }]],
])("a cancel without its %s is refused", (name, L) => {
  const item = stored();
  within(item, ["attempts"])["c"] = { L: [{ L: [...L] }] };
  expect(() => decodeOrder(item)).toThrow(new RegExp(`stored item lacks the (text|number) ${name}$`));
});

it("an order of a form that later code wrote is refused, one without a form is of the first", () => {
  const item = encodeOrder(approvedOrder());
  expect(item["schema"]).toEqual({ N: "1" });
  const { schema: _, ...earlier } = item;
  expect(decodeOrder(earlier)).toEqual(approvedOrder());
  expect(() => decodeOrder({ ...item, schema: { N: "2" } })).toThrow("stored schema is 2, newer than 1");
});

it("an attribute that later code wrote is read past, and stays where it is when the order changes", () => {
  const read = decodeOrder({ ...encodeOrder(approvedOrder()), later: { S: "나중에 생긴 값" } });
  expect(read).toEqual(approvedOrder());
  const { UpdateExpression, ExpressionAttributeNames } = conditionalUpdate(
    "t",
    encodeOrder(read),
    encodeOrder({ ...synced(read, [paymentRecord()]), version: read.version + 1 }),
  );
  expect(UpdateExpression).toContain("#state");
  expect(Object.values(ExpressionAttributeNames ?? {})).not.toContain("later");
});

it("a history line by nobody known is refused, one by a key is read back", () => {
  const order = synced(approvedOrder(), [paymentRecord()]);
  const item = encodeOrder(order);
  expect(decodeOrder(item).history).toEqual(order.history);
  expect(() => decodeOrder({ ...item, history: { L: [{ S: "1 nobody - created" }] } })).toThrow(
    "stored actor is nobody",
  );
  const byKey = { ...item, history: { L: [{ S: "1 merchant/%EA%B0%80%20%2F%202026 - created" }] } };
  expect(decodeOrder(byKey).history[0]).toMatchObject({ by: "merchant", key: "가 / 2026" });
});

it("a refund's word is checked as well", () => {
  const refund = {
    refundId: "rf_2ZkAbCdEfGhIjKlMnOpQrS",
    merchantUid: "ord-1",
    impUid: "imp_1",
    state: "refused",
    origin: "merchant",
    refusal: "provider_refused",
  } as const;
  const item = encodeRefund({ ...kept, ...refund });
  expect(decodeRefund(item)).toMatchObject(refund);
  expect(decodeRefund({ ...item, currency: { S: "VND" } })).toMatchObject({ currency: "VND" });
  for (const name of ["state", "refusal", "currency"])
    expect(() => decodeRefund({ ...item, [name]: { S: "parked" } })).toThrow(`stored ${name} is parked`);
});

const { amount, taxFree } = approvedOrder();
const kept = {
  amount,
  taxFree,
  currency: "KRW",
  reason: "단순 변심",
  tag: "#k7q2m5xwa",
  cancellationId: null,
  cancelledAtMs: null,
  bodyHash: "hash",
  requestedAtMs: Date.parse("2026-08-05T12:05:00+09:00"),
  completedAtMs: Date.parse("2026-08-05T12:05:01+09:00"),
  remaining: amount,
  remainingTaxFree: taxFree,
  providerMessage: "취소 불가",
  requestId: "8f1c0000-0000-4000-8000-000000000001",
} as const;
