// What an order costs in write units that nobody pays: its item's writes and those of the indexes that follow it.
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { itemBytes } from "./item-bytes.ts";
import { createdAtMs, createdOrder, minuteMs, openRecord } from "./orders.ts";
import { passMinutes, portsWith } from "./sweeping.ts";

/** An index's entry is written, removed, or both when its time moves. */
function indexUnits(before: Order | null, after: Order): number {
  if (before === null) return after.dueAtMs === null ? 1 : 2;
  if (before.dueAtMs === after.dueAtMs) return 0;
  return [before.dueAtMs, after.dueAtMs].filter((atMs) => atMs !== null).length;
}

const unitsOfItem = (order: Order): number => Math.ceil(itemBytes(encodeOrder(order)) / 1_024);

/** Everything that is written while nobody pays, a sweep every minute for two hours; with the order as it is then. */
export async function abandonedUnits(records: readonly PaymentRecord[]) {
  const order = createdOrder();
  const ports = await portsWith(order, [], []);
  ports.clock.advance(createdAtMs - ports.clock.nowMs());
  let units = unitsOfItem(order) + indexUnits(null, order);
  const { update } = ports.store;
  ports.store.update = async (previous, next) => {
    const written = await update.call(ports.store, previous, next);
    units += unitsOfItem(written.order) + indexUnits(previous, written.order);
    return written;
  };
  for (let minute = 1; minute <= 120; minute += 1) {
    const nowMs = createdAtMs + minute * minuteMs;
    ports.gateway.records = records.filter(({ startedAtMs }) => (startedAtMs ?? 0) <= nowMs);
    await passMinutes(ports, 1);
  }
  return { units, order: await ports.store.peek(order.merchantUid) };
}

/** PortOne's record of a window that is opened in this minute of the order and stays open. */
export const windowOpenedIn = (minute: number): PaymentRecord => ({
  ...openRecord,
  startedAtMs: createdAtMs + minute * minuteMs,
});
