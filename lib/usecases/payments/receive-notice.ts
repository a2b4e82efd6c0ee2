// notice_url: PortOne says that something changed. Only the two ids are used, as a hint where to look.

import type { Order } from "../../domain/order.ts";
import { StorageUnavailableError } from "../../ports/table.ts";
import { type SyncPorts, type SyncResult, syncOrder } from "../syncing/sync.ts";
import { type GatePorts, leaveToSweep, passGate } from "./admission.ts";

export interface Notice {
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: string;
  readonly cancellationId: string | null;
  /** It came with the token of this order's notice_url. */
  readonly hasToken: boolean;
}

export interface NoticeCall {
  readonly requestId: string;
  readonly timeLeftMs: () => number;
}

/**
 * Syncs the attempt named. An order we do not know, and a cancel already counted, ask nobody. What could not
 * be looked at is due at once: PortOne's repeat is not the only hope.
 */
export async function receiveNotice(
  notice: Notice,
  { requestId, timeLeftMs }: NoticeCall,
  ports: SyncPorts & GatePorts,
): Promise<SyncResult> {
  const { merchantUid, impUid, hasToken } = notice;
  const result = await syncOrder(
    {
      merchantUid,
      impUid,
      by: "portone",
      requestId,
      timeLeftMs,
      isAnsweredBy: (order) => isCancelKnown(order, notice),
      gate: (order) => passGate(order, { impUid, by: "portone", isTrusted: hasToken }, ports),
    },
    ports,
  );
  if (result.outcome === "unavailable" || result.outcome === "contended") await keepOwed(merchantUid, ports);
  return result;
}

async function keepOwed(merchantUid: string, ports: GatePorts): Promise<void> {
  try {
    const order = await ports.store.read(merchantUid);
    if (order) await leaveToSweep(order, "portone", ports);
  } catch (error) {
    // The table is in trouble as well: PortOne is told to repeat, which is all that can be done.
    if (!(error instanceof StorageUnavailableError)) throw error;
  }
}

const isCancelKnown = (order: Order, notice: Notice): boolean =>
  notice.status === "cancelled" &&
  notice.cancellationId !== null &&
  order.attempts.some(
    (attempt) =>
      attempt.impUid === notice.impUid &&
      attempt.cancels.some((cancel) => cancel.cancellationId === notice.cancellationId),
  );
