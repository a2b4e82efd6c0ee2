// The orders of a KST day, oldest first, out of the sharded `day` index. The shards are merged by time;
// the position remembers the last order taken from each, so that nothing comes twice and nothing is left
// out, even where orders share a millisecond. The index carries keys only: the orders are read by key.

import { type AttributeValue, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DayList, OrderPage, OrdersRead, PagePosition } from "../ports/table.ts";
import { merchantUidOfOrderKey, orderKey, shardCount } from "./keys.ts";
import { decodeOrder } from "./order-item.ts";
import { readItems } from "./read-items.ts";
import { callTable } from "./table-client.ts";
import type { TableAccess } from "./versioned-item.ts";

interface IndexEntry {
  readonly shard: number;
  readonly merchantUid: string;
  readonly createdAtMs: number;
}

export const createDayList = (access: TableAccess): DayList => ({
  listDay: (day, limit, after) => listDay(access, day, limit, after),
  readOrders: (merchantUids) => readOrders(access, merchantUids),
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
  const merchantUids = taken.map((entry) => entry.merchantUid);
  const { orders, unreadable } = await readOrders(access, merchantUids);
  const found = new Map(orders.map((order) => [order.merchantUid, order]));
  return {
    orders: merchantUids.flatMap((merchantUid) => found.get(merchantUid) ?? []),
    unreadable: unreadable.length,
    next: merged.length > limit ? position : null,
  };
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

/** One that cannot be read hides no other. */
async function readOrders(access: TableAccess, merchantUids: readonly string[]): Promise<OrdersRead> {
  const items = await readItems(access, merchantUids.map(orderKey), { isConsistent: true });
  const unreadable: string[] = [];
  const orders = items.flatMap((item) => {
    try {
      return [decodeOrder(item)];
    } catch {
      unreadable.push(merchantUidOfOrderKey(item["pk"]?.S ?? ""));
      return [];
    }
  });
  return { orders, unreadable };
}
