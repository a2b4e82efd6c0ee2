// Deletes a billing key, and revokes the charges reserved on it first: PortOne keeps running them otherwise, without
// a key.
import type { BillingKeyGateway } from "../../ports/billing.ts";
import type { Call } from "../../ports/environment.ts";
import { type UnschedulePorts, unscheduleCharges } from "./unschedule-charges.ts";

export interface DeleteBillingKey {
  readonly customerUid: string;
  readonly reason: string | null;
}

export type DeleteKeyResult =
  /** `pending`: the key stays while nobody knows of a charge reserved on it whether it is revoked. */
  | { readonly outcome: "deleted" | "pending"; readonly unscheduled: readonly string[] }
  | { readonly outcome: "billing_key_not_found" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

export async function deleteBillingKey(
  { customerUid, reason }: DeleteBillingKey,
  call: Call,
  ports: UnschedulePorts & { readonly keys: BillingKeyGateway },
): Promise<DeleteKeyResult> {
  const known = await ports.keys.fetchKey(customerUid);
  if (known.outcome === "unavailable") return known;
  if (known.record === null) return { outcome: "billing_key_not_found" };
  const revoked = await unscheduleCharges({ customerUid, merchantUids: null }, call, ports);
  if (!("schedules" in revoked)) return revoked;
  const unscheduled = revoked.schedules
    .filter(({ scheduleStatus }) => scheduleStatus !== "pending")
    .map(({ merchantUid }) => merchantUid);
  if (revoked.outcome === "pending") return { outcome: "pending", unscheduled };
  const deleted = await ports.keys.deleteKey(customerUid, reason);
  if (deleted.outcome === "done") return { outcome: "deleted", unscheduled };
  // An answer that was lost, or a no to a repeat: whether it is gone says PortOne's record.
  const after = await ports.keys.fetchKey(customerUid);
  if (after.outcome === "found" && after.record === null) return { outcome: "deleted", unscheduled };
  return deleted.outcome === "refused"
    ? { outcome: "provider_refused", message: deleted.message }
    : { outcome: "unavailable", why: deleted.why };
}
