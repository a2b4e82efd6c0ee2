// Many orders that are due, and a PortOne that can be watched while they are looked at.
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { approvedOrder, createdOrder, paymentRecord } from "./orders.ts";
import { portsWith, type SweepPorts } from "./sweeping.ts";

export const nameOf = (index: number) => `ord-${String(index).padStart(6, "0")}`;
const names = (count: number) => Array.from({ length: count }, (_, index) => nameOf(index));
export const approved = (name: string) => approvedOrder(createdOrder({ merchantUid: name }), `imp-${name}`);
export const paidRecord = (name: string) => paymentRecord({ merchantUid: name, impUid: `imp-${name}` });

/** So many orders that are due and paid at PortOne. */
export async function manyDue(
  count: number,
  order: (name: string) => Order = approved,
  record: (name: string) => readonly PaymentRecord[] = (name) => [paidRecord(name)],
): Promise<SweepPorts> {
  const ports = await portsWith(null, names(count), names(count).flatMap(record));
  for (const name of names(count)) await ports.store.create(order(name));
  return ports;
}

/** PortOne answers in a later turn; how many questions were open at once. */
export function countOpen({ gateway }: SweepPorts) {
  const open = { now: 0, most: 0 };
  const find = gateway.findPayments.bind(gateway);
  gateway.findPayments = async (name) => {
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    open.now -= 1;
    return find(name);
  };
  return open;
}
