// The orders of a KST day, oldest first, out of the sharded `day` index. The shards are merged by time;
// the position remembers the last order taken from each, so that nothing comes twice and nothing is left
// out, even where orders share a millisecond. The index carries keys only: the orders are read by key.

import { type AttributeValue, BatchGetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Order } from "../domain/order.ts";
import type { DayList, OrderPage, PagePosition } from "../ports/table.ts";
import type { Item } from "./item.ts";
import { merchantUidOfOrderKey, orderKey, shardCount } from "./keys.ts";
import { decodeOrder } from "./order-item.ts";
import { callTable } from "./table-client.ts";
import type { TableAccess } from "./versioned-item.ts";

interface IndexEntry {
  readonly shard: number;
  readonly merchantUid: string;
  readonly createdAtMs: number;
}

export const createDayList = (access: TableAccess): DayList => ({
  listDay: (day, limit, after) => listDay(access, day, limit, after),
});

async function listDay(
  access: TableAccess,
  day: string,
  limit: number,
  after: PagePosition | null,
): Promise<OrderPage> {
  const shards = Array.from({ length: shardCount }, (_, shard) => shard);
  const position = shards.map((shard) => after?.[shard] ?? null);
  const pages = await Promise.all(
    shards.map((shard) => queryShard(access, { day, shard, after: position[shard] ?? null }, limit + 1)),
  );
  const merged = pages.flat().sort((a, b) => a.createdAtMs - b.createdAtMs || a.shard - b.shard);
  const taken = merged.slice(0, limit);
  for (const { shard, merchantUid, createdAtMs } of taken) position[shard] = { merchantUid, createdAtMs };
  const orders = await readAll(
    access,
    taken.map((entry) => entry.merchantUid),
  );
  return { orders, next: merged.length > limit ? position : null };
}

async function queryShard(
  { client, table }: TableAccess,
  {
    day,
    shard,
    after,
  }: { readonly day: string; readonly shard: number; readonly after: PagePosition[number] },
  limit: number,
): Promise<readonly IndexEntry[]> {
  const dayShard: AttributeValue = { S: `${day}#${shard}` };
  const command = new QueryCommand({
    TableName: table,
    IndexName: "day",
    KeyConditionExpression: "day_shard = :shard",
    ExpressionAttributeValues: { ":shard": dayShard },
    Limit: limit,
    ...(after && {
      ExclusiveStartKey: {
        pk: { S: orderKey(after.merchantUid) },
        day_shard: dayShard,
        created_at: { N: String(after.createdAtMs) },
      },
    }),
  });
  const { Items = [] } = await callTable(() => client.send(command));
  return Items.map((item) => ({
    shard,
    merchantUid: merchantUidOfOrderKey(item["pk"]?.S ?? ""),
    createdAtMs: Number(item["created_at"]?.N),
  }));
}

/** What a busy table leaves unread is asked for again a few times before the page counts as unread. */
const mostRounds = 5;

async function readAll(
  { client, table }: TableAccess,
  merchantUids: readonly string[],
): Promise<readonly Order[]> {
  const found = new Map<string, Order>();
  let keys: Item[] = merchantUids.map((merchantUid) => ({ pk: { S: orderKey(merchantUid) } }));
  for (let round = 1; keys.length > 0 && round <= mostRounds; round += 1) {
    const command = new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: keys, ConsistentRead: true } },
    });
    const { Responses, UnprocessedKeys } = await callTable(() => client.send(command));
    for (const item of Responses?.[table] ?? []) {
      const order = decodeOrder(item);
      found.set(order.merchantUid, order);
    }
    keys = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  if (keys.length > 0)
    await callTable(() => Promise.reject(new Error(`${keys.length} orders were left unread`)));
  return merchantUids.flatMap((merchantUid) => found.get(merchantUid) ?? []);
}
