// The orders of a KST day, oldest first, out of the sharded `day` index.

import type { DayList } from "../ports/table.ts";
import { listPage, readOrders } from "./sharded-index.ts";
import type { TableAccess } from "./versioned-item.ts";

export const createDayList = (access: TableAccess): DayList => ({
  listDay: (day, limit, after) => listPage(access, dayIndex(day), limit, after),
  readOrders: (merchantUids) => readOrders(access, merchantUids),
});

const dayIndex = (day: string) => ({
  name: "day",
  shard: "day_shard",
  time: "created_at",
  prefix: `${day}#`,
});
