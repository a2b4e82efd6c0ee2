// notice_url: PortOne says that something changed. Only the two ids are used, as a hint where to look.
import type { Hint } from "../../domain/look.ts";
import type { Call } from "../../ports/environment.ts";
import type { SyncPorts } from "../syncing/sync.ts";
import type { AdmissionPorts } from "./admission.ts";
import { followSignal, type SignalResult } from "./follow-signal.ts";

export interface ReceiveNotice {
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: string;
  readonly cancellationId: string | null;
  /** It came with the token of this order's notice_url. */
  readonly hasToken: boolean;
  /** It came from one of PortOne's own addresses. */
  readonly isPortOne: boolean;
}

/**
 * Syncs the attempt named. An order we do not know, and a cancel already counted, ask nobody. What could not
 * be looked at is due at once: PortOne's repeat is not the only hope.
 */
export function receiveNotice(
  notice: ReceiveNotice,
  call: Call,
  ports: SyncPorts & AdmissionPorts,
): Promise<SignalResult> {
  const { merchantUid, hasToken, isPortOne } = notice;
  const from = { by: "portone", hasToken, isPortOne, mayMoveMoney: true } as const;
  return followSignal({ merchantUid, hint: hintOf(notice), ...from }, call, ports);
}

const hintOf = ({ impUid, status, cancellationId }: ReceiveNotice): Hint =>
  status === "cancelled" && cancellationId !== null
    ? { tells: "cancel", impUid, cancellationId }
    : { tells: "change", impUid };
