// The buyer's browser came back. It may be anybody's browser saying anything: both ids are needed, and
// the answer tells the public state only.

import { type SyncPorts, type SyncResult, syncOrder } from "../syncing/sync.ts";
import { type GatePorts, passGate } from "./admission.ts";

/**
 * Syncs the attempt named and returns the order. An order already paid by that attempt is answered
 * without asking PortOne. Without an imp_uid (the window was refused before it opened) there is nothing
 * to ask about, and the stored order is the answer.
 */
export const completePayment = (
  merchantUid: string,
  impUid: string | null,
  requestId: string,
  ports: SyncPorts & GatePorts,
): Promise<SyncResult> =>
  syncOrder(
    {
      merchantUid,
      impUid,
      by: "buyer",
      requestId,
      isAnsweredBy: (order) => impUid === null || order.impUid === impUid,
      // A browser has no token: known are the attempts that confirm approved.
      gate: (order) => passGate(order, { impUid, by: "buyer", isTrusted: false }, ports),
    },
    ports,
  );
