// What stood in a write's way, from a table that sends it along and from one that does not.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { firstLook } from "../../lib/domain/ladder.ts";
import { emptySlot } from "../../lib/domain/receipt.ts";
import { encodeClimb } from "../../lib/dynamodb/climb-item.ts";
import { createExternalSaleStore } from "../../lib/dynamodb/external-sale-store.ts";
import { encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { createOrderStore } from "../../lib/dynamodb/order-store.ts";
import { encodeRefund } from "../../lib/dynamodb/refund-item.ts";
import { createRefundStore } from "../../lib/dynamodb/refund-store.ts";
import { createTableClient } from "../../lib/dynamodb/table-client.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { createdOrder } from "../support/orders.ts";
import { refundRecord } from "../support/refunds.ts";

interface Call {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let server: Server;
let calls: Call[] = [];
/** What comes with the refusal of a write, and what a read finds; null for nothing, undefined for no answer. */
let sent: object | null = null;
let standing: object | null | undefined = null;

beforeAll(async () => {
  process.env["AWS_ACCESS_KEY_ID"] = "local";
  process.env["AWS_SECRET_ACCESS_KEY"] = "local";
  process.env["AWS_REGION"] = "ap-northeast-2";
  server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const name = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    calls.push({ name, body: JSON.parse(text) });
    const isRead = name === "GetItem";
    const refusal = {
      __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
      message: "The conditional request failed",
      ...(sent && { Item: sent }),
    };
    const isBroken = isRead && standing === undefined;
    response.writeHead(isBroken ? 500 : isRead ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(isRead ? (standing ? { Item: standing } : {}) : refusal));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  calls = [];
  sent = null;
  standing = null;
});

const access = () => ({
  client: createTableClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  table: "orders",
});
const names = () => calls.map(({ name }) => name);
const order = createdOrder({ merchantUid: "ord-1", name: "책상 조명" });
const newer = { ...order, name: "다른 사람의 것", version: 7 };

it("comes with the refusal where the table sends it, and nothing is read", async () => {
  sent = encodeOrder(newer);
  const store = createOrderStore(access());
  expect(await store.create(order)).toEqual({ outcome: "exists", order: newer });
  expect(await store.update(order, order)).toEqual({ outcome: "conflict", order: newer });
  expect(names()).toEqual(["PutItem", "UpdateItem"]);
});

it("is read once, consistently, where the table does not", async () => {
  standing = encodeOrder(newer);
  const store = createOrderStore(access());
  expect(await store.create(order)).toEqual({ outcome: "exists", order: newer });
  expect(await store.update(order, order)).toEqual({ outcome: "conflict", order: newer });
  expect(names()).toEqual(["PutItem", "GetItem", "UpdateItem", "GetItem"]);
  expect(calls[1]?.body).toEqual({
    TableName: "orders",
    Key: { pk: { S: "order#ord-1" } },
    ConsistentRead: true,
  });
  expect(calls[3]?.body).toEqual(calls[1]?.body);
});

const keyRead = () => calls.at(-1)?.body["Key"];

it("is read for a refund as well", async () => {
  const kept = refundRecord("rf_AAAAAAAAAAAAAAAAAAAAAA");
  standing = encodeRefund(kept);
  expect(await createRefundStore(access()).keepRefund({ ...kept, reason: "다른 사유" })).toEqual(kept);
  expect(names()).toEqual(["PutItem", "GetItem"]);
  expect(keyRead()).toEqual({ pk: { S: "refund#ord-20260805-000142#AAAAAAAAAAAAAAAAAAAAAA" } });
});

it("is read for the sale of an external receipt as well", async () => {
  const sale = { merchantUid: "sale-1", slot: emptySlot, ...firstLook(null) };
  standing = { pk: { S: "external-receipt#sale-1" }, version: { N: "7" }, ...encodeClimb(sale) };
  const written = await createExternalSaleStore(access()).writeSale(null, sale);
  expect(written).toMatchObject({ outcome: "conflict", sale: { merchantUid: "sale-1", version: 7 } });
  expect(names()).toEqual(["PutItem", "GetItem"]);
  expect(keyRead()).toEqual({ pk: { S: "external-receipt#sale-1" } });
});

it("is no conflict where there is nothing", async () => {
  const write = createOrderStore(access()).update(order, order);
  await expect(write).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
});

it("is unknown where it cannot be read", async () => {
  standing = undefined;
  const write = createOrderStore(access()).create(order);
  await expect(write).rejects.toBeInstanceOf(StorageUnavailableError);
});
