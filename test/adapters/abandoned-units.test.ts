// What an order costs in write units that nobody pays: its item's writes and those of the indexes that follow it.
import { describe, expect, it } from "vitest";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { conditionalUpdate } from "../../lib/dynamodb/conditional-update.ts";
import { encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { itemBytes } from "../support/item-bytes.ts";
import { createdOrder, openRecord } from "../support/orders.ts";
import { passMinutes, portsWith } from "../support/sweeping.ts";

/** An index's entry is written, removed, or both when its time moves. */
function indexUnits(before: Order | null, after: Order): number {
  if (before === null) return after.dueAtMs === null ? 1 : 2;
  if (before.dueAtMs === after.dueAtMs) return 0;
  return [before.dueAtMs, after.dueAtMs].filter((atMs) => atMs !== null).length;
}

/** Everything that is written while nobody pays, a sweep every minute for two hours. */
async function unitsOf(records: readonly PaymentRecord[]) {
  const order = createdOrder();
  const ports = await portsWith(order, [], [...records]);
  let units = Math.ceil(itemBytes(encodeOrder(order)) / 1_024) + indexUnits(null, order);
  const { update } = ports.store;
  ports.store.update = async (previous, next) => {
    const written = await update.call(ports.store, previous, next);
    conditionalUpdate("orders", encodeOrder(previous), encodeOrder(written.order));
    units += Math.ceil(itemBytes(encodeOrder(written.order)) / 1_024) + indexUnits(previous, written.order);
    return written;
  };
  await passMinutes(ports, 120);
  expect(await ports.store.read(order.merchantUid)).toMatchObject({ state: "expired", dueAtMs: null });
  return { units, writes: ports.store.updates };
}

describe("an order that is abandoned", () => {
  it("without a window costs at most 9 units", async () => {
    expect((await unitsOf([])).units).toBeLessThanOrEqual(9);
  });

  it("with a window that is never paid costs at most 20", async () => {
    expect((await unitsOf([openRecord])).units).toBeLessThanOrEqual(20);
  });
});
