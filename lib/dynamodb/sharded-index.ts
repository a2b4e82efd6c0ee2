// Orders out of an index that is spread over shards, the earliest first. The shards are merged by time; the position
// remembers the last order taken from each, so that nothing comes twice and nothing is left out, even where orders share a
// millisecond. The indexes carry keys only: the orders are read by key.

import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import type { OrderPage, OrdersRead, PagePosition } from "../ports/table.ts";
import { text } from "./item.ts";
import { merchantUidOfOrderKey, orderKey, shardCount } from "./keys.ts";
import { decodeOrder } from "./order-item.ts";
import { readItems } from "./read-items.ts";
import { callTable } from "./table-client.ts";
import type { TableAccess } from "./versioned-item.ts";

export interface ShardedIndex {
  readonly name: string;
  /** The attributes that spread and sort it. */
  readonly shard: string;
  readonly time: string;
  /** What stands in front of the shard's number. */
  readonly prefix: string;
}

interface Entry {
  readonly shard: number;
  readonly pk: string;
  readonly atMs: number;
}

interface EntryPage {
  readonly entries: readonly Entry[];
  readonly next: PagePosition | null;
}

export const shards = Array.from({ length: shardCount }, (_, shard) => shard);

export async function listPage(
  access: TableAccess,
  index: ShardedIndex,
  limit: number,
  after: PagePosition | null,
): Promise<OrderPage> {
  const { entries, next } = await listEntries(access, index, limit, after);
  const merchantUids = entries.map(({ pk }) => merchantUidOfOrderKey(pk));
  const { orders, unreadable } = await readOrders(access, merchantUids);
  const found = new Map(orders.map((order) => [order.merchantUid, order]));
  return {
    orders: merchantUids.flatMap((merchantUid) => found.get(merchantUid) ?? []),
    unreadable: unreadable.length,
    next,
  };
}

/** Whatever it is that stands there; a position is one among orders alone. */
export async function listEntries(
  access: TableAccess,
  index: ShardedIndex,
  limit: number,
  after: PagePosition | null,
): Promise<EntryPage> {
  const position = shards.map((shard) => after?.[shard] ?? null);
  const pages = await Promise.all(
    shards.map((shard) => listShard(access, index, { shard, after: position[shard] ?? null }, limit + 1)),
  );
  const merged = pages.flat().sort((a, b) => a.atMs - b.atMs || a.shard - b.shard);
  const entries = merged.slice(0, limit);
  for (const { shard, pk, atMs } of entries)
    position[shard] = { merchantUid: merchantUidOfOrderKey(pk), atMs };
  return { entries, next: merged.length > limit ? position : null };
}

async function listShard(
  access: TableAccess,
  index: ShardedIndex,
  { shard, after }: { readonly shard: number; readonly after: PagePosition[number] },
  limit: number,
): Promise<readonly Entry[]> {
  const { Items = [] } = await queryShard(access, index, shard, {
    Limit: limit,
    ...(after && {
      ExclusiveStartKey: {
        pk: text(orderKey(after.merchantUid)),
        [index.shard]: shardKey(index, shard),
        [index.time]: { N: String(after.atMs) },
      },
    }),
  });
  return Items.map((item) => ({ shard, pk: item["pk"]?.S ?? "", atMs: Number(item[index.time]?.N) }));
}

const shardKey = ({ prefix }: ShardedIndex, shard: number): AttributeValue => text(`${prefix}${shard}`);

/** A page of one shard; a condition on the time may narrow it. */
export function queryShard(
  { client, table }: TableAccess,
  index: ShardedIndex,
  shard: number,
  { until, ...more }: Partial<QueryCommandInput> & { readonly until?: number },
): Promise<QueryCommandOutput> {
  const narrowed = until === undefined ? "" : ` AND ${index.time} <= :until`;
  const command = new QueryCommand({
    TableName: table,
    IndexName: index.name,
    KeyConditionExpression: `${index.shard} = :shard${narrowed}`,
    ExpressionAttributeValues: {
      ":shard": shardKey(index, shard),
      ...(until === undefined ? {} : { ":until": { N: String(until) } }),
    },
    ...more,
  });
  return callTable(() => client.send(command));
}

/** One that cannot be read hides no other. */
export async function readOrders(access: TableAccess, merchantUids: readonly string[]): Promise<OrdersRead> {
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
