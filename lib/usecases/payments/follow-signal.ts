// What notice, browser and redirect share: read the order named, decide who is admitted, and only then sync it.
import type { Hint } from "../../domain/look.ts";
import { isKnown } from "../../domain/look.ts";
import { type Actor, attemptOf, type Order } from "../../domain/order.ts";
import type { Call } from "../../ports/environment.ts";
import { StorageUnavailableError } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";
import { type SyncPorts, type SyncResult, syncOrder } from "../syncing/sync.ts";
import { type AdmissionPorts, admit, isTrusted, leaveToSweep } from "./admission.ts";

export interface Signal {
  readonly merchantUid: string;
  readonly hint: Hint;
  readonly by: Actor;
  /** It came with the token that only our own addresses carry. */
  readonly hasToken: boolean;
  /** It came from one of PortOne's own addresses. */
  readonly isPortOne: boolean;
  readonly mayMoveMoney: boolean;
}

export type SignalResult =
  | SyncResult
  /** The order was made due instead of looked at. */
  | { readonly outcome: "deferred"; readonly order: Order }
  /** The same, to somebody who may not be told of the order. */
  | { readonly outcome: "turned_away" };

/** An order we do not know, and what it holds already, ask nobody. */
export async function followSignal(
  signal: Signal,
  call: Call,
  ports: SyncPorts & AdmissionPorts,
): Promise<SignalResult> {
  const { merchantUid, hint, by, hasToken, isPortOne, mayMoveMoney } = signal;
  const { impUid } = hint;
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  if (isKnown(order, hint)) return { outcome: "unchanged", order };
  const caller = { impUid, hasToken, isPortOne };
  const admission = await admit(order, caller, ports);
  if (admission === "unknown_payment") return { outcome: "not_this_orders_payment", isUnknown: true };
  if (admission === "refused") {
    const due = await leaveToSweep(order, stampOf(by, call, ports.clock), ports);
    return isTrusted(order, caller) ? { outcome: "deferred", order: due } : { outcome: "turned_away" };
  }
  const result = await syncOrder({ merchantUid, order, impUid, by, mayMoveMoney, hint }, call, ports);
  if (admission === "on_trust") noteTrusted(signal, result, ports);
  if (result.outcome === "not_this_orders_payment" && result.isUnknown && impUid !== null)
    ports.allowance.rememberUnknown(impUid, ports.clock.nowMs());
  if (result.outcome === "unavailable" || result.outcome === "busy") await keepOwed(signal, call, ports);
  return result;
}

/** Whether there was a payment behind it, and anything to learn of it. */
function noteTrusted({ merchantUid, hint }: Signal, result: SyncResult, { allowance }: AdmissionPorts): void {
  const named = "order" in result ? attemptOf(result.order, hint.impUid ?? "") : undefined;
  // Whoever comes back, or tells of a change, has left the window.
  const isStillOpen = result.outcome === "unchanged" && named?.state === "approved";
  if (result.outcome === "not_this_orders_payment" || isStillOpen) allowance.wasLiedTo();
  else if (result.outcome === "unchanged") allowance.learnedNothing(merchantUid);
}

/** Nobody may ever tell again: the order is due at once, whatever its caller is told. */
async function keepOwed({ merchantUid, by }: Signal, call: Call, ports: AdmissionPorts): Promise<void> {
  try {
    const order = await ports.store.read(merchantUid);
    if (order) await leaveToSweep(order, stampOf(by, call, ports.clock), ports);
  } catch (error) {
    // The table is in trouble as well: the caller is told to repeat, which is all that can be done.
    if (!(error instanceof StorageUnavailableError)) throw error;
  }
}
