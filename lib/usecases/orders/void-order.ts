// The merchant takes an unpaid order back.
import type { Order } from "../../domain/order.ts";
import { decideVoid } from "../../domain/voiding.ts";
import type { Call, Pause } from "../../ports/environment.ts";
import { stampOf, unlessSilent, writeChange } from "../claim.ts";
import { followInstruction } from "../syncing/resume-instruction.ts";
import { revokeAccounts } from "../syncing/revoke-accounts.ts";
import type { InstructionPorts } from "../syncing/send-instruction.ts";

export interface VoidPorts extends InstructionPorts {
  readonly pause: Pause;
}

export type VoidResult =
  /** `pending`: it will be void once PortOne has closed its account and revoked its reservation. */
  | { readonly outcome: "voided" | "pending"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "order_not_voidable" }
  | { readonly outcome: "provider_refused"; readonly message: string | null };

/**
 * Idempotent: an order voided before is answered alike. PortOne is asked only to revoke what is reserved and to close
 * what is open; a charge or a deposit that came first pays the order instead.
 */
export async function voidOrder(merchantUid: string, call: Call, ports: VoidPorts): Promise<VoidResult> {
  const order = await ports.store.read(merchantUid);
  return order ? voidRead(order, call, ports) : { outcome: "order_not_found" };
}

/** Takes back an order whose account was opened without a window; any other has no account of its own to close. */
export async function closeAccount(merchantUid: string, call: Call, ports: VoidPorts): Promise<VoidResult> {
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  return order.isAccountAsked ? voidRead(order, call, ports) : { outcome: "order_not_voidable" };
}

async function voidRead(order: Order, call: Call, ports: VoidPorts): Promise<VoidResult> {
  const stamp = stampOf("merchant", call, ports.clock);
  const wanted = await writeChange(order, (newest) => decideVoid(newest, stamp), ports.store);
  // Lost races mean that payments are arriving: it is not the merchant's to void any more.
  if (wanted.outcome !== "written") return { outcome: "order_not_voidable" };
  return closeAndFinish(wanted.order, call, ports);
}

/** The wish is stored: whatever is not known from here on is finished by the sweep. */
async function closeAndFinish(wanted: Order, call: Call, ports: VoidPorts): Promise<VoidResult> {
  const told = wanted.instruction
    ? await followInstruction(wanted, "merchant", call, ports)
    : { order: wanted, refused: null };
  const sender = { by: "merchant", key: call.key, requestId: call.requestId, account: null } as const;
  const order = told.order.isVoidWanted
    ? ((await unlessSilent(revokeAccounts(told.order, sender, ports))) ?? told.order)
    : told.order;
  if (order.state === "voided") return { outcome: "voided", order };
  if (order.isVoidWanted) return { outcome: "pending", order };
  const { refused } = told;
  return refused
    ? { outcome: "provider_refused", message: refused.message }
    : { outcome: "order_not_voidable" };
}
