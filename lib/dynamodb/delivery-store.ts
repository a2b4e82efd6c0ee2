// Parcels of escrow orders, one item each. What is still to be told PortOne is one JSON text, removed as
// soon as it was told.
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Delivery, DeliveryRecord, DeliveryRequest, DeliveryStore } from "../ports/delivery.ts";
import { type Item, number, present, readNumber, readOptionalNumber, readText, text } from "./item.ts";
import { shardOf } from "./order-item.ts";
import { readItem, writeItem } from "./versioned-item.ts";

export const deliveryKeyPrefix = "delivery#";
const keyOf = (merchantUid: string) => text(`${deliveryKeyPrefix}${merchantUid}`);

export const createDeliveryStore = (client: DynamoDBClient, table: string): DeliveryStore => ({
  async readDelivery(merchantUid) {
    const item = await readItem({ client, table }, keyOf(merchantUid));
    return item && decodeDelivery(merchantUid, item);
  },

  writeDelivery: (previous, next) =>
    writeItem({ client, table }, encodeDelivery(next), previous?.version ?? 0),
});

const encodeDelivery = (delivery: Omit<Delivery, "version">): Item => ({
  pk: keyOf(delivery.merchantUid),
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
