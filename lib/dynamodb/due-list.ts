// What the sweep should look at: the sparse `due` index, all its shards side by side, the longest due first. The index
// carries keys only and is eventually consistent: a page's orders are read together to tell money from windows that
// nobody paid in, and whoever works on an item reads it again.

import { QueryCommand, type QueryCommandOutput, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { isMoneyDue } from "../domain/due.ts";
import type { DueItem, DueList, DuePage, DuePosition, ListedItem } from "../ports/table.ts";
import { type Item, number, text } from "./item.ts";
import { dueItemOfKey, dueKeyOf, merchantUidOfOrderKey, orderKey, shardCount } from "./keys.ts";
import { decodeOrder } from "./order-item.ts";
import { readItems } from "./read-items.ts";
import { callTable } from "./table-client.ts";
import { isWritten, type TableAccess } from "./versioned-item.ts";

export const createDueList = (access: TableAccess): DueList => ({
  listDue: (nowMs, after) => listDue(access, nowMs, after),

  async countDue(nowMs, besides) {
    const left = new Set(besides.map(dueKeyOf));
    const counts = await Promise.all(shards.map((shard) => countShard(access, shard, nowMs, left)));
    const oldest = counts.flatMap(({ oldestAtMs }) => oldestAtMs ?? []);
    return {
      count: counts.reduce((all, { count }) => all + count, 0),
      oldestAtMs: oldest.length === 0 ? null : Math.min(...oldest),
    };
  },

  putOff({ kind, merchantUid }, nowMs, dueAtMs) {
    // The version moves, so that nobody's write over what stood there before takes the old time for its own.
    // No write may leave an event that another one told.
    const command = new UpdateItemCommand({
      TableName: access.table,
      Key: { pk: text(dueKeyOf({ kind, merchantUid })) },
      UpdateExpression: "SET due_at = :later REMOVE event ADD version :one",
      ConditionExpression: "due_at <= :now",
      ExpressionAttributeValues: { ":later": number(dueAtMs), ":now": number(nowMs), ":one": number(1) },
    });
    return isWritten(() => access.client.send(command));
  },
});

const shards = Array.from({ length: shardCount }, (_, shard) => shard);
/** A page is what one read of many may name. */
const pageSize = 100;

async function listDue(access: TableAccess, nowMs: number, after: DuePosition | null): Promise<DuePage> {
  const entered = shards.filter((shard) => after?.[shard] !== "end");
  const limit = Math.floor(pageSize / entered.length);
  const position: DuePosition[number][] = shards.map((shard) => after?.[shard] ?? null);
  const keys: { readonly pk: string; readonly dueAtMs: number }[] = [];
  await Promise.all(
    entered.map(async (shard) => {
      const { Items = [], LastEvaluatedKey } = await queryShard(access, shard, nowMs, {
        after: position[shard] ?? null,
        limit,
      });
      const found = Items.map(keyOf);
      keys.push(...found);
      position[shard] = LastEvaluatedKey ? keyOf(LastEvaluatedKey) : "end";
    }),
  );
  const items = keys.sort((a, b) => a.dueAtMs - b.dueAtMs).flatMap(({ pk }) => dueItemOfKey(pk) ?? []);
  return {
    items: await withMoney(access, items, nowMs),
    next: position.every((place) => place === "end") ? null : position,
  };
}

const keyOf = (item: Item) => ({ pk: item["pk"]?.S ?? "", dueAtMs: Number(item["due_at"]?.N) });

interface QueryPlace {
  readonly after: DuePosition[number];
  readonly limit: number | null;
}

function queryShard(
  { client, table }: TableAccess,
  shard: number,
  nowMs: number,
  { after, limit }: QueryPlace,
): Promise<QueryCommandOutput> {
  const dueShard = text(String(shard));
  const command = new QueryCommand({
    TableName: table,
    IndexName: "due",
    KeyConditionExpression: "due_shard = :shard AND due_at <= :now",
    ExpressionAttributeValues: { ":shard": dueShard, ":now": number(nowMs) },
    ...(limit !== null && { Limit: limit }),
    ...(after !== null &&
      after !== "end" && {
        ExclusiveStartKey: { pk: text(after.pk), due_shard: dueShard, due_at: number(after.dueAtMs) },
      }),
  });
  return callTable(() => client.send(command));
}

async function countShard(
  access: TableAccess,
  shard: number,
  nowMs: number,
  besides: ReadonlySet<string>,
): Promise<{ readonly count: number; readonly oldestAtMs: number | null }> {
  let count = 0;
  let oldestAtMs: number | null = null;
  let after: DuePosition[number] = null;
  do {
    const page: QueryCommandOutput = await queryShard(access, shard, nowMs, { after, limit: null });
    const left = (page.Items ?? []).map(keyOf).filter(({ pk }) => !besides.has(pk));
    count += left.length;
    oldestAtMs ??= left[0]?.dueAtMs ?? null;
    after = page.LastEvaluatedKey ? keyOf(page.LastEvaluatedKey) : null;
  } while (after !== null);
  return { count, oldestAtMs };
}

/** What cannot be read counts as money: nobody knows that it is none. */
async function withMoney(
  access: TableAccess,
  items: readonly DueItem[],
  nowMs: number,
): Promise<readonly ListedItem[]> {
  const orders = items.filter(({ kind }) => kind === "order");
  const keys = orders.map(({ merchantUid }) => orderKey(merchantUid));
  const read = await readItems(access, keys, { isConsistent: false });
  const idle = new Set(read.filter(isIdle).map((item) => merchantUidOfOrderKey(item["pk"]?.S ?? "")));
  return items.map((item) => ({ ...item, isMoney: item.kind !== "order" || !idle.has(item.merchantUid) }));

  function isIdle(item: Item): boolean {
    try {
      return !isMoneyDue(decodeOrder(item), nowMs);
    } catch {
      return false;
    }
  }
}
