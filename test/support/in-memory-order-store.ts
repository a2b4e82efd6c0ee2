// The double of the order table: the same promises, kept by the same contract suite, without a socket.

import type { Order } from "../../lib/domain/order.ts";
import type { CreateResult, OrderStore, UpdateResult } from "../../lib/ports/table.ts";

export class InMemoryOrderStore implements OrderStore {
  readonly #orders = new Map<string, Order>();

  async read(merchantUid: string): Promise<Order | null> {
    return structuredClone(this.#orders.get(merchantUid) ?? null);
  }

  async create(order: Order): Promise<CreateResult> {
    const known = this.#orders.get(order.merchantUid);
    if (known) return { outcome: "exists", order: structuredClone(known) };
    this.#orders.set(order.merchantUid, structuredClone(order));
    return { outcome: "created" };
  }

  async update(previous: Order, next: Order): Promise<UpdateResult> {
    const known = this.#orders.get(previous.merchantUid);
    if (known?.version !== previous.version) {
      if (!known) throw new Error(`no order ${previous.merchantUid}`);
      return { outcome: "conflict", order: structuredClone(known) };
    }
    const written = { ...next, version: previous.version + 1 };
    this.#orders.set(previous.merchantUid, structuredClone(written));
    return { outcome: "updated", order: structuredClone(written) };
  }
}
