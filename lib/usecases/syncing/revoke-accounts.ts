// Closes the accounts nobody may pay into any more. Revoking moves no money and may be repeated at will, so
// the wish on the attempt is all that has to be written first.
import type { Order } from "../../domain/order.ts";
import { decideSync } from "../../domain/sync.ts";
import { type SendCancelPorts, type Sender, stampOfSender } from "./send-cancel.ts";

/** The order as last written. An account that could not be closed yet stays wished for and due. */
export async function revokeAccounts(order: Order, sender: Sender, ports: SendCancelPorts): Promise<Order> {
  let next = order;
  for (const { impUid, isRevoking } of order.attempts) {
    if (!isRevoking) continue;
    const revoked = await ports.money.revokeAccount(impUid);
    if (revoked.outcome === "unknown") continue;
    // Refused means that it is closed already, or that somebody has paid: the record tells.
    const fetched =
      revoked.outcome === "done"
        ? { outcome: "found" as const, record: revoked.value }
        : await ports.gateway.fetchPayment(impUid);
    if (fetched.outcome !== "found") continue;
    const look = { records: [fetched.record], isComplete: false, ...stampOfSender(sender, ports) };
    const synced = decideSync(next, look, ports.policy);
    if (synced === next) continue;
    const written = await ports.store.update(next, synced);
    next = written.order;
    // The answer's record is not applied again after a conflict; the next look is due anyway.
    if (written.outcome === "conflict") return next;
  }
  return next;
}
