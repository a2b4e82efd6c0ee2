// Billing keys. PortOne holds them; nothing of a card is kept here. No money moves, so an unknown outcome
// is looked up, and what stays unknown may simply be asked for again.

import type { CardSecret } from "../../domain/card-secret.ts";
import type { BillingKeyRecord, CardHolder, CustomerGateway, ScheduleRecord } from "../../ports/billing.ts";
import type { Clock } from "../../ports/environment.ts";
import type { OrderStore } from "../../ports/table.ts";
import { unscheduleOrders } from "./schedules.ts";

export interface BillingKeyPorts {
  readonly customers: CustomerGateway;
  readonly store: OrderStore;
  readonly clock: Clock;
}

export type IssueKeyResult =
  | { readonly outcome: "issued"; readonly key: BillingKeyRecord; readonly replaced: boolean }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

/** PortOne's clock may be this far behind ours. */
const clockToleranceMs = 60_000;

/**
 * Issues a key for the card. A customer's earlier key is deleted first: PortOne would replace it without
 * revoking it at KSNET, and nobody could ever reach it again.
 */
export async function issueBillingKey(
  customerUid: string,
  card: CardSecret,
  holder: CardHolder,
  ports: BillingKeyPorts,
): Promise<IssueKeyResult> {
  const { customers } = ports;
  const known = await customers.fetchKey(customerUid);
  if (known.outcome === "unavailable") return known;
  const replaced = known.record !== null;
  if (replaced) {
    const deleted = await customers.deleteKey(customerUid, null);
    if (deleted.outcome === "unknown") return { outcome: "unavailable", why: deleted.why };
    if (deleted.outcome === "refused") return { outcome: "provider_refused", message: deleted.message };
  }
  const startedAtMs = ports.clock.nowMs();
  const issued = await customers.issueKey(customerUid, card, holder);
  if (issued.outcome === "done") return { outcome: "issued", key: issued.value, replaced };
  if (issued.outcome === "refused") return { outcome: "provider_refused", message: issued.message };
  const looked = await customers.fetchKey(customerUid);
  const key = looked.outcome === "found" ? looked.record : null;
  const isOurs =
    key !== null && key.updatedAtMs >= startedAtMs - clockToleranceMs && key.cardNumber === card.maskedNumber;
  return isOurs ? { outcome: "issued", key, replaced } : { outcome: "unavailable", why: issued.why };
}

export type DeleteKeyResult =
  | { readonly outcome: "deleted"; readonly unscheduled: readonly string[] }
  | { readonly outcome: "billing_key_not_found" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

/** Its reserved charges are revoked first: PortOne keeps running them otherwise, without a key. */
export async function deleteBillingKey(
  customerUid: string,
  reason: string | null,
  ports: BillingKeyPorts,
): Promise<DeleteKeyResult> {
  const known = await ports.customers.fetchKey(customerUid);
  if (known.outcome === "unavailable") return known;
  if (known.record === null) return { outcome: "billing_key_not_found" };
  const revoked = await unscheduleOrders(customerUid, null, ports);
  if (revoked.outcome !== "unscheduled") return revoked;
  const deleted = await ports.customers.deleteKey(customerUid, reason);
  if (deleted.outcome === "unknown") return { outcome: "unavailable", why: deleted.why };
  if (deleted.outcome === "refused") return { outcome: "provider_refused", message: deleted.message };
  return { outcome: "deleted", unscheduled: revoked.schedules.map(nameOf) };
}

const nameOf = ({ merchantUid }: ScheduleRecord): string => merchantUid;
