// The buyer's browser came back. It may be anybody's browser saying anything: a payment or the order's token
// must prove that it is this order's buyer, and the answer tells the public state only.
import type { Call } from "../../ports/environment.ts";
import type { SyncPorts } from "../syncing/sync.ts";
import type { AdmissionPorts } from "./admission.ts";
import { followSignal, type SignalResult } from "./follow-signal.ts";

export interface CompletePayment {
  readonly merchantUid: string;
  readonly impUid: string | null;
  /** The order's own token came along, which the shop's page got with the order. */
  readonly hasToken: boolean;
  /** It came from one of PortOne's own addresses. */
  readonly isPortOne: boolean;
}

/**
 * Syncs the attempt named and returns the order. An order already paid by that attempt is answered
 * without asking PortOne. Without an imp_uid (the window was refused before it opened) there is nothing
 * to ask about: the stored order is the answer to who holds its token, and nobody else learns that it exists.
 * Moves no money.
 */
export function completePayment(
  { merchantUid, impUid, hasToken, isPortOne }: CompletePayment,
  call: Call,
  ports: SyncPorts & AdmissionPorts,
): Promise<SignalResult> {
  if (impUid === null && !hasToken) return Promise.resolve({ outcome: "order_not_found" });
  const from = { by: "buyer", hasToken, isPortOne, mayMoveMoney: false } as const;
  return followSignal({ merchantUid, hint: { tells: "return", impUid }, ...from }, call, ports);
}
