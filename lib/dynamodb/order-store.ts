// Orders in the table: strongly consistent reads, and writes that only the version they were decided on
// can win.
import { PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { eventOf } from "../domain/event.ts";
import type { Order } from "../domain/order.ts";
import type { OrderStore } from "../ports/table.ts";
import { conditionalUpdate } from "./conditional-update.ts";
import { encodeEvent } from "./event-item.ts";
import { type Item, text } from "./item.ts";
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
      conditionalUpdate(
        access.table,
        { ...encodeOrder(previous), ...eventOfBefore },
        { ...encodeOrder(order), ...told(previous, order) },
      ),
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

/**
 * Nobody knows whether the write before was an event, and a filter sees only what stands there now: each write removes
 * the event or sets its own.
 */
const eventOfBefore: Item = { event: { NULL: true } };

function told(previous: Order, order: Order): Item {
  const event = eventOf(previous, order);
  return event ? { event: { M: encodeEvent(event, order) } } : {};
}
