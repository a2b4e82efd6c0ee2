// Before PortOne is asked because of somebody's word: a caller who shows our own token, or names an attempt
// we hold, is let in; anybody else is charged to a small budget, and what does not fit into it is left to
// the sweep, durably.
import { attemptOf, type Order, type Stamp } from "../../domain/order.ts";
import { makeDueNow } from "../../domain/order-change.ts";
import type { Clock } from "../../ports/environment.ts";
import type { CallBudget, OrderStore } from "../../ports/table.ts";
import { writeChange } from "../claim.ts";

export interface AdmissionPorts {
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly budget: CallBudget;
}

export interface Caller {
  /** The attempt they name. */
  readonly impUid: string | null;
  /** Showed the token that only our own addresses carry. */
  readonly hasToken: boolean;
}

/** May PortOne be asked about this order because of this caller? Charges the budget when nothing else admits. */
export async function isAdmitted(order: Order, caller: Caller, ports: AdmissionPorts): Promise<boolean> {
  const { impUid, hasToken } = caller;
  if (hasToken || impUid === null || attemptOf(order, impUid)) return true;
  return ports.budget.take(order.merchantUid, ports.clock.nowMs());
}

/** The order due now, whoever else writes to it meanwhile; as it was last written. */
export async function leaveToSweep(
  order: Order,
  stamp: Stamp,
  { store }: Pick<AdmissionPorts, "store">,
): Promise<Order> {
  return (await writeChange(order, (newest) => makeDueNow(newest, stamp), store)).order;
}
