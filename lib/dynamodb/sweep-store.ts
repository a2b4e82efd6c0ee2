// What each sweep has at work, one item a sweep, overwritten by the next page.
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { SweepStore } from "../ports/table.ts";
import { readTexts, schema, text } from "./item.ts";
import { dueItemOfKey, dueKeyOf, sweepKey } from "./keys.ts";
import { callTable } from "./table-client.ts";
import { readItem, type TableAccess } from "./versioned-item.ts";

export const createSweepStore = (access: TableAccess): SweepStore => ({
  async readInWork(sweep) {
    const item = await readItem(access, text(sweepKey(sweep)));
    return item ? readTexts(item, "keys").flatMap((pk) => dueItemOfKey(pk) ?? []) : [];
  },

  async keepInWork(sweep, items) {
    // Whoever writes last is right: it only says what to be careful with.
    const command = new PutItemCommand({
      TableName: access.table,
      Item: { pk: text(sweepKey(sweep)), ...schema, keys: { L: items.map((item) => text(dueKeyOf(item))) } },
    });
    await callTable(() => access.client.send(command));
  },
});
