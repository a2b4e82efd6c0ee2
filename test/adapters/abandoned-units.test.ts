// What an order costs in write units that nobody pays: its item's writes and those of the indexes that follow it.
import { describe, expect, it } from "vitest";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { conditionalUpdate } from "../../lib/dynamodb/conditional-update.ts";
import { encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { itemBytes } from "../support/item-bytes.ts";
import { createdAtMs, createdOrder, minuteMs, openRecord } from "../support/orders.ts";
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
  const ports = await portsWith(order, [], []);
  ports.clock.advance(createdAtMs - ports.clock.nowMs());
  let units = Math.ceil(itemBytes(encodeOrder(order)) / 1_024) + indexUnits(null, order);
  const { update } = ports.store;
  ports.store.update = async (previous, next) => {
    const written = await update.call(ports.store, previous, next);
    conditionalUpdate("orders", encodeOrder(previous), encodeOrder(written.order));
    units += Math.ceil(itemBytes(encodeOrder(written.order)) / 1_024) + indexUnits(previous, written.order);
    return written;
  };
  for (let minute = 0; minute < 120; minute += 1) {
    ports.gateway.records = records.filter(
      ({ startedAtMs }) => startedAtMs <= ports.clock.nowMs() + minuteMs,
    );
    await passMinutes(ports, 1);
  }
  expect(await ports.store.read(order.merchantUid)).toMatchObject({ state: "expired", dueAtMs: null });
  return { units, writes: ports.store.updates };
}

describe("an order that is abandoned", () => {
  it("without a window costs at most 9 units", async () => {
    expect((await unitsOf([])).units).toBeLessThanOrEqual(9);
  });

  it("with a window that is never paid costs at most 15", async () => {
    for (let minute = 0; minute <= 21; minute += 1)
      expect((await unitsOf([windowOpenedIn(minute)])).units, `minute ${minute}`).toBeLessThanOrEqual(15);
  });

  it("with one that opens in the last eight of its thirty minutes costs a rung more", async () => {
    for (let minute = 22; minute < 30; minute += 1)
      expect((await unitsOf([windowOpenedIn(minute)])).units, `minute ${minute}`).toBe(18);
  });
});

const windowOpenedIn = (minute: number): PaymentRecord => ({
  ...openRecord,
  startedAtMs: createdAtMs + minute * minuteMs,
});
