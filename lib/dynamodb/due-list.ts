// What the sweep should look at: the sparse `due` index, its shards asked in the order given by the
// caller's dice, so that parallel sweeps start in different places. The index is a hint, eventually
// consistent; whoever works on an item reads it again.

import { type AttributeValue, type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DueItem, DueList } from "../ports/table.ts";
import { deliveryKeyPrefix } from "./delivery-store.ts";
import { saleKeyPrefix } from "./external-sale-store.ts";
import { merchantUidOfKey, orderKey, shardCount } from "./order-item.ts";
import { callTable } from "./table-client.ts";

export const createDueList = (client: DynamoDBClient, table: string, random: () => number): DueList => ({
  async listDue(nowMs, limit) {
    const shards = Array.from({ length: shardCount }, (_, shard) => ({ shard, rank: random() }));
    const due: DueItem[] = [];
    for (const { shard } of shards.sort((a, b) => a.rank - b.rank)) {
      if (due.length >= limit) break;
      const command = new QueryCommand({
        TableName: table,
        IndexName: "due",
        KeyConditionExpression: "due_shard = :shard AND due_at <= :now",
        ExpressionAttributeValues: { ":shard": { S: String(shard) }, ":now": { N: String(nowMs) } },
        Limit: limit - due.length,
      });
      const { Items = [] } = await callTable(() => client.send(command));
      due.push(...Items.flatMap((item) => toDueItem(item["pk"])));
    }
    return due;
  },
});

function toDueItem(pk: AttributeValue | undefined): DueItem[] {
  const key = pk?.S ?? "";
  if (key.startsWith(orderKey(""))) return [{ kind: "order", merchantUid: merchantUidOfKey(key) }];
  if (key.startsWith(saleKeyPrefix))
    return [{ kind: "external_sale", merchantUid: key.slice(saleKeyPrefix.length) }];
  if (key.startsWith(deliveryKeyPrefix))
    return [{ kind: "delivery", merchantUid: key.slice(deliveryKeyPrefix.length) }];
  return [];
}
