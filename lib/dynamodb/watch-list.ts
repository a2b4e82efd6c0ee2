// What a desk watches: marked orders and calls in doubt out of their sparse indexes, and how much is due. Whatever is
// counted is counted to a bound: on most days a query a shard, and on the day on which everything fails two or three.

import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Counted, WatchList } from "../ports/table.ts";
import { doubt, sparse } from "./doubt-list.ts";
import { readDoubtful } from "./doubtful-items.ts";
import { listEntries, listPage, queryShard, type ShardedIndex, shards } from "./sharded-index.ts";
import type { TableAccess } from "./versioned-item.ts";

const due = sparse("due");
const review = sparse("review");

export const createWatchList = (access: TableAccess): WatchList => ({
  async listReviews(limit, after) {
    const page = await listPage(access, review, limit, after);
    // The index may be behind.
    return { ...page, orders: page.orders.filter(({ reviewReason }) => reviewReason !== null) };
  },

  async countReviews(most) {
    const { count, isMore } = await countTo(access, review, most);
    return { count, isMore };
  },

  async listDoubts(limit) {
    const { entries, next } = await listEntries(access, doubt, limit, null);
    const keys = entries.map(({ pk }) => pk);
    return { items: await readDoubtful(access, keys), isMore: next !== null };
  },

  glanceDue: (nowMs, most) => countTo(access, due, most, nowMs),
});

interface Glance extends Counted {
  readonly oldestAtMs: number | null;
}

async function countTo(
  access: TableAccess,
  index: ShardedIndex,
  most: number,
  until = Number.MAX_SAFE_INTEGER,
): Promise<Glance> {
  const found = await Promise.all(shards.map((shard) => countShard(access, index, shard, { most, until })));
  const count = found.reduce((all, one) => all + one.count, 0);
  const oldest = found.flatMap(({ oldestAtMs }) => oldestAtMs ?? []);
  return {
    count: Math.min(count, most),
    isMore: count > most,
    oldestAtMs: oldest.length === 0 ? null : Math.min(...oldest),
  };
}

/** The first page tells the earliest; what lies behind it is read by nobody, and only counted. */
const firstPage = 500;

/** To one more than the most, so that it is known whether there are more. */
async function countShard(
  access: TableAccess,
  index: ShardedIndex,
  shard: number,
  { most, until }: { readonly most: number; readonly until: number },
): Promise<{ readonly count: number; readonly oldestAtMs: number | null }> {
  const limit = Math.min(most + 1, firstPage);
  const { Items = [], ...first } = await queryShard(access, index, shard, { Limit: limit, until });
  let count = Items.length;
  let after: Readonly<Record<string, AttributeValue>> | undefined = first.LastEvaluatedKey;
  while (after && count <= most) {
    const rest = { Limit: most + 1 - count, ExclusiveStartKey: after };
    const page = await queryShard(access, index, shard, { ...rest, until, Select: "COUNT" });
    count += page.Count ?? 0;
    after = page.LastEvaluatedKey;
  }
  return { count, oldestAtMs: Items[0] ? Number(Items[0][index.time]?.N) : null };
}
