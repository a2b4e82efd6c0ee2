// The table in memory: every write conditional on the version it was decided on. Values are shared, not copied: what
// the product stores it never changes. Whoever watches sees each write as it lands.
import type { AuditReport } from "../../../lib/domain/audit.ts";
import { type Brake, restingBrake } from "../../../lib/domain/brake.ts";
import { kstDay } from "../../../lib/domain/kst.ts";
import type { Order } from "../../../lib/domain/order.ts";
import type { Refund } from "../../../lib/domain/refund.ts";
import type {
  CreateResult,
  DueItem,
  OrderPage,
  PagePosition,
  UpdateResult,
} from "../../../lib/ports/table.ts";

export interface TableEvents {
  /** An order's write has landed; `before` is null for a new one. */
  readonly wrote: (before: Order | null, after: Order, writer: string) => void;
  readonly wroteBrake: (before: Brake, after: Brake) => void;
}

interface Versioned<Value> {
  readonly value: Value;
  readonly version: number;
}

export class Table {
  readonly orders = new Map<string, Order>();
  readonly refunds = new Map<string, Refund>();
  readonly audits = new Map<string, Versioned<AuditReport>>();
  readonly inWork = new Map<number, readonly DueItem[]>();
  readonly #taken = new Map<string, number>();
  brake: Versioned<Brake> = { value: restingBrake, version: 0 };
  readonly #before = new Map<string, { readonly dueAtMs: number | null; readonly untilMs: number }>();
  readonly #nowMs: () => number;
  readonly #events: TableEvents;

  constructor(nowMs: () => number, events: TableEvents) {
    this.#nowMs = nowMs;
    this.#events = events;
  }

  create(order: Order, writer: string): CreateResult {
    const known = this.orders.get(order.merchantUid);
    if (known) return { outcome: "exists", order: known };
    this.orders.set(order.merchantUid, order);
    this.#events.wrote(null, order, writer);
    return { outcome: "created" };
  }

  update(previous: Order, next: Order, writer: string): UpdateResult {
    const known = this.orders.get(previous.merchantUid);
    if (!known) throw new Error(`no order ${previous.merchantUid}`);
    if (known.version !== previous.version) return { outcome: "conflict", order: known };
    const order = { ...next, version: previous.version + 1 };
    this.#before.set(order.merchantUid, { dueAtMs: known.dueAtMs, untilMs: this.#nowMs() + indexLagMs });
    this.orders.set(order.merchantUid, order);
    this.#events.wrote(known, order, writer);
    return { outcome: "updated", order };
  }

  keepRefund(refund: Refund): Refund {
    const name = `${refund.merchantUid} ${refund.refundId}`;
    const known = this.refunds.get(name);
    // What is read back is never the very thing that was written.
    if (known) return { ...known };
    this.refunds.set(name, refund);
    return refund;
  }

  readRefund(merchantUid: string, refundId: string): Refund | null {
    return this.refunds.get(`${merchantUid} ${refundId}`) ?? null;
  }

  /** One of this minute's calls: so many an order, and so many in all. */
  takeCall(merchantUid: string, atMs: number, mostInAll: number): boolean {
    const minute = Math.floor(atMs / 60_000);
    const isWithin = [
      [`${merchantUid} ${minute}`, mostOfAnOrder],
      [`${minute}`, mostInAll],
    ] as const;
    return isWithin.every(([name, most]) => {
      const taken = (this.#taken.get(name) ?? 0) + 1;
      this.#taken.set(name, taken);
      return taken <= most;
    });
  }

  writeBrake(brake: Brake, previousVersion: number): boolean {
    if (this.brake.version !== previousVersion) return false;
    const before = this.brake.value;
    this.brake = { value: brake, version: previousVersion + 1 };
    this.#events.wroteBrake(before, brake);
    return true;
  }

  writeAudit(report: AuditReport, previousVersion: number): boolean {
    if ((this.audits.get(report.day)?.version ?? 0) !== previousVersion) return false;
    this.audits.set(report.day, { value: report, version: previousVersion + 1 });
    return true;
  }

  /** `isBehind`: the index has not seen the newest writes yet. */
  listDue(nowMs: number, limit: number, isBehind: boolean): readonly DueItem[] {
    const due: DueItem[] = [];
    for (const { merchantUid, dueAtMs } of this.orders.values()) {
      const before = this.#before.get(merchantUid);
      const shown = isBehind && before && before.untilMs > this.#nowMs() ? before.dueAtMs : dueAtMs;
      if (shown !== null && shown <= nowMs) due.push({ kind: "order", merchantUid });
    }
    return due.slice(0, limit);
  }

  listDay(day: string, limit: number, after: PagePosition | null): OrderPage {
    const last = after?.[0]?.merchantUid;
    const orders = [...this.orders.values()].filter(({ createdAtMs }) => kstDay(createdAtMs) === day);
    const from = last === undefined ? 0 : orders.findIndex(({ merchantUid }) => merchantUid === last) + 1;
    const page = orders.slice(from, from + limit);
    const end = page.at(-1);
    const isMore = from + limit < orders.length;
    return {
      orders: page,
      unreadable: 0,
      next: isMore && end ? [{ merchantUid: end.merchantUid, atMs: end.createdAtMs }] : null,
    };
  }
}

const indexLagMs = 3_000;
const mostOfAnOrder = 5;
