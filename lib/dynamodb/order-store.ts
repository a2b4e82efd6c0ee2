// Orders in the table: strongly consistent reads, and writes that only the version they were decided on
// can win.
import { PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { OrderStore } from "../ports/table.ts";
import { conditionalUpdate } from "./conditional-update.ts";
import { text } from "./item.ts";
import { orderKey } from "./keys.ts";
import { decodeOrder, encodeOrder } from "./order-item.ts";
import { abortBy } from "./table-client.ts";
import { readItem, type TableAccess, whoStandsThere } from "./versioned-item.ts";

export const createOrderStore = (access: TableAccess): OrderStore => ({
  async read(merchantUid, { signal } = {}) {
    const item = await readItem(access, text(orderKey(merchantUid)), signal);
    return item && decodeOrder(item);
  },

  async create(order) {
    const command = new PutItemCommand({
      TableName: access.table,
      Item: encodeOrder(order),
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    const standing = await whoStandsThere(access, text(orderKey(order.merchantUid)), () =>
      access.client.send(command),
    );
    return standing ? { outcome: "exists", order: decodeOrder(standing) } : { outcome: "created" };
  },

  async update(previous, next, { signal } = {}) {
    const order = { ...next, version: previous.version + 1 };
    const command = new UpdateItemCommand(
      conditionalUpdate(access.table, encodeOrder(previous), encodeOrder(order)),
    );
    const standing = await whoStandsThere(
      access,
      text(orderKey(order.merchantUid)),
      () => access.client.send(command, abortBy(signal)),
      signal,
    );
    return standing ? { outcome: "conflict", order: decodeOrder(standing) } : { outcome: "updated", order };
  },
});
