// What the sweep should look at: the sparse `due` index, its shards asked in the order given by the
// caller's dice, so that parallel sweeps start in different places. The index is a hint, eventually
// consistent; whoever works on an item reads it again.

import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DueItem, DueList } from "../ports/table.ts";
import { dueItemOfKey, shardCount } from "./keys.ts";
import { callTable } from "./table-client.ts";
import type { TableAccess } from "./versioned-item.ts";

export const createDueList = ({ client, table }: TableAccess, random: () => number): DueList => ({
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
      due.push(...Items.flatMap((item) => dueItemOfKey(item["pk"]?.S ?? "") ?? []));
    }
    return due;
  },
});
