// The buyer's browser came back. It may be anybody's browser saying anything: both ids are needed, and
// the answer tells the public state only.
import type { Call } from "../../ports/environment.ts";
import type { SyncPorts } from "../syncing/sync.ts";
import type { AdmissionPorts } from "./admission.ts";
import { followSignal, type SignalResult } from "./follow-signal.ts";

export interface CompletePayment {
  readonly merchantUid: string;
  readonly impUid: string | null;
}

/**
 * Syncs the attempt named and returns the order. An order already paid by that attempt is answered
 * without asking PortOne. Without an imp_uid (the window was refused before it opened) there is nothing
 * to ask about, and the stored order is the answer. Moves no money.
 */
export const completePayment = (
  { merchantUid, impUid }: CompletePayment,
  call: Call,
  ports: SyncPorts & AdmissionPorts,
): Promise<SignalResult> =>
  // A browser has no token: known are the attempts that confirm approved.
  followSignal(
    { merchantUid, hint: { tells: "return", impUid }, by: "buyer", hasToken: false, mayMoveMoney: false },
    call,
    ports,
  );
