// The table as one invocation meets it: each call a point where anything may happen.
import { isMoneyDue } from "../../../lib/domain/due.ts";
import type { Order } from "../../../lib/domain/order.ts";
import type { CallOptions } from "../../../lib/ports/environment.ts";
import {
  type AuditStore,
  type BrakeStore,
  type CallBudget,
  type DayList,
  type DueItem,
  type DueList,
  type OrderStore,
  type RefundStore,
  StorageUnavailableError,
  type SweepStore,
} from "../../../lib/ports/table.ts";
import type { Weather } from "../engine/fates.ts";
import type { Invocation } from "../engine/invocation.ts";
import type { Table } from "./table.ts";

export interface TablePorts {
  readonly store: OrderStore;
  readonly refunds: RefundStore;
  readonly brake: BrakeStore;
  readonly budget: CallBudget;
  readonly due: DueList;
  readonly sweeps: SweepStore;
  readonly days: DayList;
  readonly audits: AuditStore;
}

export function tablePortsOf(
  inv: Invocation,
  table: Table,
  weather: Weather,
  mostCallsAMinute = 600,
): TablePorts {
  const silent = () => new StorageUnavailableError("timeout");
  const read = <Value>(what: string, effect: () => Value, options: CallOptions = {}): Promise<Value> =>
    untilAborted(inv.call(what, weather.tableRead(), effect, silent), options.signal);
  const write = <Value>(what: string, effect: () => Value, options: CallOptions = {}): Promise<Value> =>
    untilAborted(inv.call(what, weather.tableWrite(), effect, silent), options.signal);
  const { name } = inv;
  return {
    store: {
      read: (merchantUid, options) =>
        read(`reads ${merchantUid}`, () => table.orders.get(merchantUid) ?? null, options),
      create: (order: Order) => write(`creates ${order.merchantUid}`, () => table.create(order, name)),
      update: (previous, next, options) =>
        write(`writes ${previous.merchantUid}`, () => table.update(previous, next, name), options),
    },
    refunds: {
      readRefund: (merchantUid, refundId) =>
        read("reads a refund", () => table.readRefund(merchantUid, refundId)),
      readRefunds: (merchantUid, refundIds) =>
        read("reads refunds", () => refundIds.flatMap((id) => table.readRefund(merchantUid, id) ?? [])),
      keepRefund: (refund) => write("keeps a refund", () => table.keepRefund(refund)),
    },
    brake: {
      readBrake: () =>
        read("reads the brake", () => ({ brake: table.brake.value, version: table.brake.version })),
      writeBrake: (brake, previous) => write("writes the brake", () => table.writeBrake(brake, previous)),
    },
    budget: {
      take: (merchantUid, atMs, options) =>
        write("takes of the budget", () => table.takeCall(merchantUid, atMs, mostCallsAMinute), options),
    },
    due: {
      listDue: (atMs) =>
        read("lists what is due", () => {
          const due = table.listDue(atMs, 100, weather.strikes("index_behind"));
          const isMoney = ({ merchantUid }: DueItem) => {
            const order = table.orders.get(merchantUid);
            return order === undefined || isMoneyDue(order, atMs);
          };
          return { items: due.map((item) => ({ ...item, isMoney: isMoney(item) })), next: null };
        }),
      countDue: (atMs, besides) =>
        read("counts what is due", () => {
          const names = besides.map(({ merchantUid }) => merchantUid);
          const left = table
            .listDue(atMs, 100, false)
            .filter(({ merchantUid }) => !names.includes(merchantUid));
          return { count: left.length, oldestAtMs: left.length === 0 ? null : atMs };
        }),
      putOff: () => Promise.reject(new Error("every order can be read here")),
    },
    sweeps: {
      readInWork: (sweep) => read("reads what was at work", () => table.inWork.get(sweep) ?? []),
      keepInWork: (sweep, items) =>
        write("keeps what is at work", () => {
          table.inWork.set(sweep, items);
        }),
    },
    days: {
      listDay: (day, limit, after) => read(`lists ${day}`, () => table.listDay(day, limit, after)),
      readOrders: (merchantUids) =>
        read("reads many", () => ({
          orders: merchantUids.flatMap((merchantUid) => table.orders.get(merchantUid) ?? []),
          unreadable: [],
        })),
    },
    audits: {
      readAudit: (day) =>
        read("reads an audit", () => {
          const stored = table.audits.get(day);
          return stored ? { report: stored.value, version: stored.version } : null;
        }),
      readAudits: (days) =>
        read("reads many audits", () => days.flatMap((day) => table.audits.get(day)?.value ?? [])),
      writeAudit: (report, previous) => write("writes an audit", () => table.writeAudit(report, previous)),
    },
  };
}

/** A caller's own deadline ends the call early; what it was doing has then no known outcome. */
const untilAborted = <Value>(call: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> =>
  signal
    ? new Promise((resolve, reject) => {
        const end = () => reject(new StorageUnavailableError("aborted"));
        if (signal.aborted) end();
        signal.addEventListener("abort", end);
        call.then(resolve, reject);
      })
    : call;
