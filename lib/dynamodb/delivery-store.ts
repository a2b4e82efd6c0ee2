// Parcels of escrow orders, one item each. What is still to be told PortOne is one JSON text, removed as
// soon as it was told.
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Delivery, DeliveryRecord, DeliveryRequest, DeliveryStore } from "../delivery-ports.ts";
import { type Item, number, present, readNumber, readOptionalNumber, readText, text } from "./item.ts";
import { shardOf } from "./order-item.ts";
import { callTable } from "./table-client.ts";

export const deliveryKeyPrefix = "delivery#";
const keyOf = (merchantUid: string) => text(`${deliveryKeyPrefix}${merchantUid}`);

export const createDeliveryStore = (client: DynamoDBClient, table: string): DeliveryStore => ({
  async readDelivery(merchantUid) {
    const command = new GetItemCommand({
      TableName: table,
      Key: { pk: keyOf(merchantUid) },
      ConsistentRead: true,
    });
    const { Item } = await callTable(() => client.send(command));
    return Item ? decodeDelivery(merchantUid, Item) : null;
  },

  async writeDelivery(previous, next) {
    const version = (previous?.version ?? 0) + 1;
    const command = new PutItemCommand({
      TableName: table,
      Item: encodeDelivery({ ...next, version }),
      ...(previous
        ? {
            ConditionExpression: "#version = :previous",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":previous": number(previous.version) },
          }
        : { ConditionExpression: "attribute_not_exists(pk)" }),
    });
    try {
      await callTable(() => client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});

const encodeDelivery = (delivery: Delivery): Item => ({
  pk: keyOf(delivery.merchantUid),
  version: number(delivery.version),
  imp_uid: text(delivery.impUid),
  looks: number(delivery.looks),
  ...present(delivery.registered, (record) => ({ registered: text(JSON.stringify(record)) })),
  ...present(delivery.wanted, (request) => ({ wanted: text(JSON.stringify(request)) })),
  ...present(delivery.dueAtMs, (atMs) => ({
    due_at: number(atMs),
    due_shard: text(String(shardOf(delivery.merchantUid))),
  })),
});

const decodeDelivery = (merchantUid: string, item: Item): Delivery => ({
  merchantUid,
  impUid: readText(item, "imp_uid"),
  registered: item["registered"]?.S ? (JSON.parse(item["registered"].S) as DeliveryRecord) : null,
  wanted: item["wanted"]?.S ? (JSON.parse(item["wanted"].S) as DeliveryRequest) : null,
  dueAtMs: readOptionalNumber(item, "due_at"),
  looks: readNumber(item, "looks"),
  version: readNumber(item, "version"),
});
