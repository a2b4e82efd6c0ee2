// Since when anything is in doubt, out of its sparse index: the earliest of each shard, and nothing of what stands behind.

import type { DoubtList } from "../ports/table.ts";
import { queryShard, type ShardedIndex, shards } from "./sharded-index.ts";
import type { TableAccess } from "./versioned-item.ts";

/** An index of what alone has its attributes. */
export const sparse = (name: string): ShardedIndex => ({
  name,
  shard: `${name}_shard`,
  time: `${name}_at`,
  prefix: "",
});

export const doubt = sparse("doubt");

export const createDoubtList = (access: TableAccess): DoubtList => ({
  async oldestSinceMs() {
    const pages = await Promise.all(shards.map((shard) => queryShard(access, doubt, shard, { Limit: 1 })));
    const since = pages.flatMap(({ Items = [] }) => Items.map((item) => Number(item[doubt.time]?.N)));
    return since.length === 0 ? null : Math.min(...since);
  },
});
