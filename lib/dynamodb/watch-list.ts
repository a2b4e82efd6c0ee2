// What a desk watches: marked orders and calls in doubt out of their sparse indexes, and how much is due. Whatever is
// counted is counted to a bound, in one query a shard, so that a look costs no more on the day on which everything fails.

import type { Counted, WatchList } from "../ports/table.ts";
import { listPage, queryShard, type ShardedIndex, shards } from "./sharded-index.ts";
import type { TableAccess } from "./versioned-item.ts";

const sparse = (name: string): ShardedIndex => ({
  name,
  shard: `${name}_shard`,
  time: `${name}_at`,
  prefix: "",
});
const due = sparse("due");
const review = sparse("review");
const doubt = sparse("doubt");

export const createWatchList = (access: TableAccess): WatchList => ({
  async listReviews(limit, after) {
    const page = await listPage(access, review, limit, after);
    // The index may be behind.
    return { ...page, orders: page.orders.filter(({ reviewReason }) => reviewReason !== null) };
  },

  async countReviews(most) {
    const pages = await Promise.all(
      shards.map((shard) => queryShard(access, review, shard, { Limit: most + 1, Select: "COUNT" })),
    );
    return countTo(
      most,
      pages.map(({ Count = 0 }) => Count),
    );
  },

  listDoubts: (limit) => listPage(access, doubt, limit, null),

  async glanceDue(nowMs, most) {
    const pages = await Promise.all(
      shards.map((shard) => queryShard(access, due, shard, { Limit: most + 1, until: nowMs })),
    );
    const found = pages.map(({ Items = [] }) => Items);
    const oldest = found.flatMap(([first]) => (first ? [Number(first["due_at"]?.N)] : []));
    return {
      ...countTo(
        most,
        found.map(({ length }) => length),
      ),
      oldestAtMs: oldest.length === 0 ? null : Math.min(...oldest),
    };
  },
});

function countTo(most: number, counts: readonly number[]): Counted {
  const count = counts.reduce((all, one) => all + one, 0);
  return { count: Math.min(count, most), isMore: count > most };
}
