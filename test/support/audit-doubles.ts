// PortOne's lists and a day's orders for an audit, made of doubles that write down what they are asked.
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import type { PaymentLists } from "../../lib/ports/portone.ts";
import type { DayList } from "../../lib/ports/table.ts";
import { InMemoryAuditStore } from "./in-memory-audit-store.ts";
import { minuteMs } from "./orders.ts";
import { syncingPorts } from "./syncing-ports.ts";

const pageSize = 100;

/** A row nobody can read. */
export const unreadableRow = { impUid: null, merchantUid: null, why: "no_record" } as const;

/** PortOne has these records, the table these orders, and it is the night after; `ofDay` are listed under their day. */
export async function auditPorts(
  orders: readonly Order[],
  records: readonly PaymentRecord[],
  ofDay: Readonly<Record<string, readonly Order[]>> = {},
) {
  const base = await syncingPorts(null, records);
  for (const order of orders) await base.store.create(order);
  base.clock.advance(24 * 60 * minuteMs);
  const asked: string[] = [];
  const told: string[] = [];
  const broken = { lists: 0, items: [] as string[] };
  const lists: PaymentLists = {
    listPayments: async (status, { fromMs, toMs }, page) => {
      asked.push(`${status} ${page} ${fromMs} ${toMs}`);
      const isIn = ({ paidAtMs }: PaymentRecord) =>
        paidAtMs !== null && paidAtMs >= fromMs && paidAtMs <= toMs;
      const listed = status === "paid" ? records.filter(isIn) : [];
      const shown = listed.slice((page - 1) * pageSize, page * pageSize);
      const nextPage = page * pageSize < listed.length ? page + 1 : 0;
      return {
        outcome: "found",
        records: shown,
        unreadable: Array(broken.lists).fill(unreadableRow),
        nextPage,
      };
    },
    fetchPayments: async (impUids) => {
      if (impUids.length > 0) asked.push(impUids.join());
      const found = records.filter(({ impUid }) => impUids.includes(impUid));
      return { outcome: "found", records: found, unreadable: [] };
    },
  };
  const days: DayList = {
    listDay: async (day) => ({ orders: ofDay[day] ?? [], unreadable: 0, next: null }),
    readOrders: async (merchantUids) => {
      const read = await Promise.all(merchantUids.map((name) => base.store.peek(name)));
      const isBroken = (name: string) => broken.items.includes(name);
      const stored = read.filter((order) => order !== null);
      return {
        orders: stored.filter(({ merchantUid }) => !isBroken(merchantUid)),
        unreadable: merchantUids.filter(isBroken),
      };
    },
  };
  const troubles = {
    tell: () => {},
    tellDay: (day: string, why: string) => void told.push(`${day}: ${why}`),
  };
  const raised: string[] = [];
  const alarms = {
    raise: (code: string, { merchantUid }: Pick<Order, "merchantUid">) =>
      void raised.push(`${code} of ${merchantUid}`),
  };
  const own = { audits: new InMemoryAuditStore(), lists, days, troubles, alarms };
  return { ...base, ...own, told, asked, broken, raised };
}
