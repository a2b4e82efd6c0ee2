// notice_url: PortOne says that something changed. Only the two ids are used, as a hint where to look.
import type { Hint } from "../../domain/look.ts";
import type { Call } from "../../ports/environment.ts";
import { StorageUnavailableError } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";
import type { SyncPorts } from "../syncing/sync.ts";
import { type AdmissionPorts, leaveToSweep } from "./admission.ts";
import { followSignal, type SignalResult } from "./follow-signal.ts";

export interface ReceiveNotice {
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: string;
  readonly cancellationId: string | null;
  /** It came with the token of this order's notice_url. */
  readonly hasToken: boolean;
}

/**
 * Syncs the attempt named. An order we do not know, and a cancel already counted, ask nobody. What could not
 * be looked at is due at once: PortOne's repeat is not the only hope.
 */
export async function receiveNotice(
  notice: ReceiveNotice,
  call: Call,
  ports: SyncPorts & AdmissionPorts,
): Promise<SignalResult> {
  const { merchantUid, hasToken } = notice;
  const signal = { merchantUid, hint: hintOf(notice), by: "portone", hasToken, mayMoveMoney: true } as const;
  const result = await followSignal(signal, call, ports);
  if (result.outcome === "unavailable" || result.outcome === "busy") await keepOwed(merchantUid, call, ports);
  return result;
}

const hintOf = ({ impUid, status, cancellationId }: ReceiveNotice): Hint =>
  status === "cancelled" && cancellationId !== null
    ? { tells: "cancel", impUid, cancellationId }
    : { tells: "change", impUid };

async function keepOwed(merchantUid: string, call: Call, ports: AdmissionPorts): Promise<void> {
  try {
    const order = await ports.store.read(merchantUid);
    if (order) await leaveToSweep(order, stampOf("portone", call, ports.clock), ports);
  } catch (error) {
    // The table is in trouble as well: PortOne is told to repeat, which is all that can be done.
    if (!(error instanceof StorageUnavailableError)) throw error;
  }
}
