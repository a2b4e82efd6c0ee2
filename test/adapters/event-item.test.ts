// What a write leaves for the shop: each write that is an event sets its own, every other one takes it away.
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { createOrderStore } from "../../lib/dynamodb/order-store.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";
import { openTable, ownTableName } from "../support/own-table.ts";

const table = ownTableName("events");
let client: DynamoDBClient;

beforeAll(async () => {
  client = await openTable(table);
});
afterAll(() => client?.destroy());

const store = () => createOrderStore({ client, table });
const stamp = { by: "sweep", atMs: createdAtMs + 20 * minuteMs } as const;

async function eventAfter(previous: Order | null, next: Order) {
  const written = previous ? await store().update(previous, next) : await store().create(next);
  expect(["created", "updated"]).toContain(written.outcome);
  const key = { pk: { S: `order#${next.merchantUid}` } };
  return (await client.send(new GetItemCommand({ TableName: table, Key: key }))).Item?.["event"];
}

it("an order's life, write by write", async () => {
  const created = createdOrder();
  expect(await eventAfter(null, created)).toBeUndefined();
  const approved = { ...approvedOrder(created), version: 2 };
  expect(await eventAfter(created, approved)).toMatchObject({ M: { type: { S: "order.approved" } } });
  const paid = { ...synced(approved, [paymentRecord()]), version: 3 };
  expect(await eventAfter(approved, paid)).toEqual({
    M: {
      type: { S: "order.paid" },
      id: { S: "ord-20260805-000142" },
      imp: { S: "imp_730112845061" },
      was: { S: "approved" },
      sum: { N: "109000" },
      back: { N: "0" },
      left: { N: "109000" },
      at: { S: "2026-08-05T03:03:00.000Z" },
      why: { S: "" },
      late: { BOOL: false },
    },
  });
  const due = { ...makeDueNow(paid, stamp), version: 4 };
  expect(await eventAfter(paid, due)).toBeUndefined();
  const refund = cancelledRecord([cancelEntry("c-1", 20_000)]);
  const refunded = { ...synced(due, [refund], { atMs: stamp.atMs }), version: 5 };
  expect(await eventAfter(due, refunded)).toMatchObject({
    M: { type: { S: "order.partially_refunded" }, back: { N: "20000" }, left: { N: "89000" } },
  });
  const marked = { ...changeOrder(refunded, { reviewReason: "manual_refund" }, stamp), version: 6 };
  expect(await eventAfter(refunded, marked)).toMatchObject({
    M: { type: { S: "order.review" }, why: { S: "manual_refund" }, was: { S: "partially_refunded" } },
  });
  // As when a claim is taken away: nothing but the version moves.
  expect(await eventAfter(marked, { ...marked, version: 7 })).toBeUndefined();
});

it("dollars are told with their cents, and no imp_uid as no text", async () => {
  const created = createdOrder({ merchantUid: "ord-usd", currency: "USD", amount: won(1_050) });
  await store().create(created);
  expect(await eventAfter(created, approvedOrder(created))).toMatchObject({
    M: { sum: { N: "10.5" }, left: { N: "10.5" }, imp: { S: "" } },
  });
});
