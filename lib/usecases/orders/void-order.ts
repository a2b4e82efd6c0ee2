// The merchant takes an unpaid order back.
import type { Order } from "../../domain/order.ts";
import { decideVoid } from "../../domain/voiding.ts";
import type { Call } from "../../ports/environment.ts";
import { stampOf, writeChange } from "../claim.ts";
import { revokeAccounts } from "../syncing/revoke-accounts.ts";
import type { SendCancelPorts } from "../syncing/send-cancel.ts";

export type VoidResult =
  | { readonly outcome: "voided"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "order_not_voidable" }
  /** The wish is stored and will come true once PortOne has closed the account. */
  | { readonly outcome: "unavailable" };

/**
 * Idempotent: an order voided before is answered alike. PortOne is asked only to close an open account; a
 * deposit that came first pays the order instead.
 */
export async function voidOrder(
  merchantUid: string,
  call: Call,
  ports: SendCancelPorts,
): Promise<VoidResult> {
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  const stamp = stampOf("merchant", call, ports.clock);
  const wanted = await writeChange(order, (newest) => decideVoid(newest, stamp), ports.store);
  // Lost races mean that payments are arriving: it is not the merchant's to void any more.
  if (wanted.outcome !== "written") return { outcome: "order_not_voidable" };
  return closeAndFinish(wanted.order, call, ports);
}

async function closeAndFinish(wanted: Order, call: Call, ports: SendCancelPorts): Promise<VoidResult> {
  const sender = { by: "merchant", key: call.key, requestId: call.requestId, account: null } as const;
  const order = wanted.isVoidWanted ? await revokeAccounts(wanted, sender, ports) : wanted;
  if (order.state === "voided") return { outcome: "voided", order };
  return { outcome: order.isVoidWanted ? "unavailable" : "order_not_voidable" };
}
