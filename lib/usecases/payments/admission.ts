// Before PortOne is asked because of somebody's word: a caller who shows our own token, or names an attempt
// we hold, is let in; anybody else is charged to a small budget, and what does not fit into it is left to
// the sweep, durably.

import { makeDueNow } from "../../domain/make-due.ts";
import { type Actor, attemptOf, type Order } from "../../domain/order.ts";
import type { Clock } from "../../ports/environment.ts";
import type { CallBudget, OrderStore } from "../../ports/table.ts";

export interface GatePorts {
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly budget: CallBudget;
}

export interface Passage {
  readonly isAdmitted: boolean;
  /** As it was last written. */
  readonly order: Order;
}

export interface Visitor {
  readonly impUid: string | null;
  readonly by: Actor;
  /** Showed the token that only our own addresses carry. */
  readonly isTrusted: boolean;
}

const mostRounds = 5;

export async function passGate(order: Order, visitor: Visitor, ports: GatePorts): Promise<Passage> {
  const { impUid, by, isTrusted } = visitor;
  if (isTrusted || impUid === null || attemptOf(order, impUid)) return { isAdmitted: true, order };
  const nowMs = ports.clock.nowMs();
  if (await ports.budget.take(order.merchantUid, nowMs)) return { isAdmitted: true, order };
  return { isAdmitted: false, order: await leaveToSweep(order, by, ports) };
}

/** The order due now, whoever else writes to it meanwhile; as it was last written. */
export async function leaveToSweep(
  order: Order,
  by: Actor,
  { store, clock }: Pick<GatePorts, "store" | "clock">,
): Promise<Order> {
  let current = order;
  for (let round = 1; round <= mostRounds; round += 1) {
    const due = makeDueNow(current, clock.nowMs(), by);
    if (due === current) break;
    const written = await store.update(current, due);
    current = written.order;
    if (written.outcome === "updated") break;
  }
  return current;
}
