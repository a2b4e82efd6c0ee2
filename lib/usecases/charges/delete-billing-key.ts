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
  | { readonly outcome: "deleted"; readonly unscheduled: readonly string[] }
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
  if (revoked.outcome !== "unscheduled") return revoked;
  const deleted = await ports.keys.deleteKey(customerUid, reason);
  if (deleted.outcome === "unknown") return { outcome: "unavailable", why: deleted.why };
  if (deleted.outcome === "refused") return { outcome: "provider_refused", message: deleted.message };
  return { outcome: "deleted", unscheduled: revoked.schedules.map(({ merchantUid }) => merchantUid) };
}
