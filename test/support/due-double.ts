// The due list in memory: it names what a test names, whether due or not, as an index that is behind would.
import { isMoneyDue } from "../../lib/domain/due.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { DueItem, DueList, SweepStore } from "../../lib/ports/table.ts";

interface Stored {
  readonly store: { peek(merchantUid: string): Promise<Order | null> };
}

/** Pages of `pageSize`. */
export class NamedDueList implements DueList {
  readonly named: DueItem[] = [];
  readonly putOffs: (DueItem & { readonly dueAtMs: number })[] = [];
  pageSize = 100;
  pages = 0;
  readonly #store: Stored["store"];

  constructor({ store }: Stored, named: readonly DueItem[]) {
    this.#store = store;
    this.named.push(...named);
  }

  async listDue(nowMs: number, after: Parameters<DueList["listDue"]>[1]) {
    this.pages += 1;
    const from = after?.[0] && after[0] !== "end" ? after[0].dueAtMs : 0;
    const page = this.named.slice(from, from + this.pageSize);
    const items = await Promise.all(
      page.map(async (item) => {
        const order = item.kind === "order" ? await this.#store.peek(item.merchantUid) : null;
        return { ...item, isMoney: order === null || isMoneyDue(order, nowMs) };
      }),
    );
    const until = from + this.pageSize;
    return { items, next: until < this.named.length ? [{ pk: "", dueAtMs: until }] : null };
  }

  async countDue(nowMs: number, besides: readonly DueItem[]) {
    const dueAt: number[] = [];
    for (const item of this.named) {
      const isFinished = besides.some(({ merchantUid }) => merchantUid === item.merchantUid);
      const dueAtMs = isFinished ? null : ((await this.#store.peek(item.merchantUid))?.dueAtMs ?? null);
      if (dueAtMs !== null && dueAtMs <= nowMs) dueAt.push(dueAtMs);
    }
    return { count: dueAt.length, oldestAtMs: dueAt.length === 0 ? null : Math.min(...dueAt) };
  }

  async putOff(item: DueItem, _nowMs: number, dueAtMs: number) {
    this.putOffs.push({ ...item, dueAtMs });
    return true;
  }
}

export class InMemorySweepStore implements SweepStore {
  readonly inWork = new Map<number, readonly DueItem[]>();
  readonly kept: (readonly string[])[] = [];

  async readInWork(sweep: number) {
    return this.inWork.get(sweep) ?? [];
  }

  async keepInWork(sweep: number, items: readonly DueItem[]) {
    this.kept.push(items.map(({ merchantUid }) => merchantUid));
    this.inWork.set(sweep, items);
  }
}

/** How a sweep goes about it: one of one, several orders at once, PortOne well. */
export function sweepParts(store: Stored, named: readonly DueItem[]) {
  const told: (readonly [merchantUid: string, why: string])[] = [];
  return {
    due: new NamedDueList(store, named),
    sweeps: new InMemorySweepStore(),
    doubts: { oldestSinceMs: async (): Promise<number | null> => null },
    sweepCount: 1,
    parallel: 16,
    told,
    troubles: {
      tell: (merchantUid: string, why: string) => void told.push([merchantUid, why]),
      tellDay: () => {},
    },
    pulse: { begin: () => {}, isInTrouble: () => false },
    random: () => 0,
  };
}
