// What notice, browser and redirect share: read the order named, decide who is admitted, and only then sync it.
import type { Hint } from "../../domain/look.ts";
import { isKnown } from "../../domain/look.ts";
import type { Actor, Order } from "../../domain/order.ts";
import type { Call } from "../../ports/environment.ts";
import { StorageUnavailableError } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";
import { type SyncPorts, type SyncResult, syncOrder } from "../syncing/sync.ts";
import { type AdmissionPorts, isAdmitted, leaveToSweep } from "./admission.ts";

export interface Signal {
  readonly merchantUid: string;
  readonly hint: Hint;
  readonly by: Actor;
  /** It came with the token that only our own addresses carry. */
  readonly hasToken: boolean;
  readonly mayMoveMoney: boolean;
}

export type SignalResult =
  | SyncResult
  /** The order was made due instead of looked at. */
  | { readonly outcome: "deferred"; readonly order: Order };

/** An order we do not know, and what it holds already, ask nobody. */
export async function followSignal(
  signal: Signal,
  call: Call,
  ports: SyncPorts & AdmissionPorts,
): Promise<SignalResult> {
  const { merchantUid, hint, by, hasToken, mayMoveMoney } = signal;
  const { impUid } = hint;
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  if (isKnown(order, hint)) return { outcome: "unchanged", order };
  if (!(await isAdmitted(order, { impUid, hasToken }, ports)))
    return { outcome: "deferred", order: await leaveToSweep(order, stampOf(by, call, ports.clock), ports) };
  const result = await syncOrder({ merchantUid, order, impUid, by, mayMoveMoney, hint }, call, ports);
  if (result.outcome === "unavailable" || result.outcome === "busy") await keepOwed(signal, call, ports);
  return result;
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
