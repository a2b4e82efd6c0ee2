// Before PortOne is asked because of somebody's word: PortOne's own addresses are let in, whoever shows our token or
// names an attempt we hold is let in on trust, anybody else is charged to a small budget; what does not fit is left to
// the sweep, durably.
import { attemptOf, type Order, type Stamp } from "../../domain/order.ts";
import { makeDueNow } from "../../domain/order-change.ts";
import type { CallOptions, Clock } from "../../ports/environment.ts";
import type { CallBudget, OrderStore } from "../../ports/table.ts";
import { writeChange } from "../claim.ts";
import type { Allowance } from "./allowance.ts";

export interface AdmissionPorts {
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly budget: CallBudget;
  readonly allowance: Allowance;
}

export interface Caller {
  /** The attempt they name. */
  readonly impUid: string | null;
  /** Showed the token that only our own addresses carry. */
  readonly hasToken: boolean;
  /** Called from one of PortOne's own addresses. */
  readonly isPortOne: boolean;
}

export type Admission =
  | "admitted"
  /** Let in without a charge: what comes of it is to be noted. */
  | "on_trust"
  | "refused"
  /** PortOne did not know the payment a moment ago: that is the answer. */
  | "unknown_payment";

/** Shows the token or names an attempt we hold, and may be told of the order. */
export const isTrusted = (order: Order, { impUid, hasToken }: Caller): boolean =>
  hasToken || (impUid !== null && attemptOf(order, impUid) !== undefined);

/** May PortOne be asked about this order because of this caller? Charges the budget when nothing else admits. */
export async function admit(
  order: Order,
  caller: Caller,
  { clock, budget, allowance }: Omit<AdmissionPorts, "store">,
  options: CallOptions = {},
): Promise<Admission> {
  const { merchantUid } = order;
  const nowMs = clock.nowMs();
  if (caller.isPortOne && allowance.takeFromPortOne(merchantUid, nowMs)) return "admitted";
  if (caller.isPortOne || isTrusted(order, caller)) {
    if (allowance.takeOnTrust(merchantUid, nowMs)) return "on_trust";
  } else if (caller.impUid !== null && allowance.isUnknown(caller.impUid, nowMs)) return "unknown_payment";
  return (await budget.take(merchantUid, nowMs, options)) ? "admitted" : "refused";
}

/** The order due now, whoever else writes to it meanwhile; as it was last written. */
export async function leaveToSweep(
  order: Order,
  stamp: Stamp,
  { store }: Pick<AdmissionPorts, "store">,
): Promise<Order> {
  return (await writeChange(order, (newest) => makeDueNow(newest, stamp), store)).order;
}
