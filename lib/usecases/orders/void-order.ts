// The merchant takes an unpaid order back.
import type { Order } from "../../domain/order.ts";
import { decideVoid } from "../../domain/voiding.ts";
import { revokeAccounts } from "../syncing/revoke-accounts.ts";
import type { SendCancelPorts } from "../syncing/send-cancel.ts";

export type VoidResult =
  | { readonly outcome: "voided"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "order_not_voidable" }
  /** The wish is stored and will come true once PortOne has closed the account. */
  | { readonly outcome: "unavailable" };

const mostRounds = 5;

/**
 * Idempotent: an order voided before is answered alike. PortOne is asked only to close an open account; a
 * deposit that came first pays the order instead.
 */
export async function voidOrder(merchantUid: string, ports: SendCancelPorts): Promise<VoidResult> {
  let order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  for (let round = 1; round <= mostRounds; round += 1) {
    const next = decideVoid(order, ports.clock.nowMs());
    if (next === null) return { outcome: "order_not_voidable" };
    if (next === order) return closeAndFinish(order, ports);
    const written = await ports.store.update(order, next);
    if (written.outcome === "updated") return closeAndFinish(written.order, ports);
    order = written.order;
  }
  // Five lost races mean that payments are arriving: it is not the merchant's to void any more.
  return { outcome: "order_not_voidable" };
}

async function closeAndFinish(wanted: Order, ports: SendCancelPorts): Promise<VoidResult> {
  const order = wanted.isVoidWanted ? await revokeAccounts(wanted, "merchant", ports) : wanted;
  if (order.state === "voided") return { outcome: "voided", order };
  return { outcome: order.isVoidWanted ? "unavailable" : "order_not_voidable" };
}
