// Issues a billing key. PortOne holds it; nothing of a card is kept here. No money moves, so an unknown outcome
// is looked up, and what stays unknown may simply be asked for again.
import type { CardSecret } from "../../domain/card-secret.ts";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import type { BillingKeyGateway, BillingKeyRecord, CardHolder } from "../../ports/billing.ts";
import { askChargeRules, type RulePorts } from "./charge-order.ts";

export interface BillingKeyPorts extends RulePorts {
  readonly keys: BillingKeyGateway;
}

export interface IssueBillingKey {
  readonly customerUid: string;
  readonly card: CardSecret;
  readonly holder: CardHolder;
  /** What KSNET's rules look at. */
  readonly facts: ChargeFacts;
}

export type IssueKeyResult =
  | { readonly outcome: "issued"; readonly key: BillingKeyRecord; readonly replaced: boolean }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

/** PortOne's clock may be this far behind ours. */
const clockToleranceMs = 60_000;

/**
 * Issues a key for the card. It takes the place of the customer's earlier one in one step: in between there would be
 * none, and a charge in flight, or somebody else's new key, would be lost to it.
 */
export async function issueBillingKey(
  { customerUid, card, holder, facts }: IssueBillingKey,
  ports: BillingKeyPorts,
): Promise<IssueKeyResult> {
  const broken = askChargeRules(facts, ports);
  if (broken.length > 0) return { outcome: "rules_broken", broken };
  const known = await ports.keys.fetchKey(customerUid);
  if (known.outcome === "unavailable") return known;
  const replaced = known.record !== null;
  const startedAtMs = ports.clock.nowMs();
  const issued = await ports.keys.issueKey(customerUid, card, holder);
  if (issued.outcome === "done") return { outcome: "issued", key: issued.value, replaced };
  if (issued.outcome === "refused") return { outcome: "provider_refused", message: issued.message };
  const looked = await ports.keys.fetchKey(customerUid);
  const key = looked.outcome === "found" ? looked.record : null;
  const isNew =
    key !== null &&
    (key.updatedAtMs ?? 0) >= startedAtMs - clockToleranceMs &&
    key.cardNumber === card.maskedNumber;
  return isNew ? { outcome: "issued", key, replaced } : { outcome: "unavailable", why: issued.why };
}
