// Issues a billing key for a card and charges that key: two safe steps instead of the one KSNET does not have
// (R-KS-19).
import type { BillingKeyRecord } from "../../ports/billing.ts";
import type { Call } from "../../ports/environment.ts";
import {
  askChargeRules,
  type ChargeOrder,
  type ChargeOutcome,
  type ChargePorts,
  chargeOrder,
} from "./charge-order.ts";
import { type BillingKeyPorts, type IssueKeyResult, issueBillingKey } from "./issue-billing-key.ts";

export type ChargeNewKeyResult = {
  readonly charge: ChargeOutcome | Exclude<IssueKeyResult, { outcome: "issued" }>;
  /** As PortOne shows it now; null when it could not be read. */
  readonly key: BillingKeyRecord | null;
};

/** A repeat of an order that exists asks what became of it and issues nothing. */
export async function chargeNewKey(
  request: ChargeOrder & { readonly customerUid: string },
  call: Call,
  ports: ChargePorts & BillingKeyPorts,
): Promise<ChargeNewKeyResult> {
  const { customerUid, card, facts, order } = request;
  const broken = askChargeRules(facts, ports);
  if (broken.length > 0 || !card) return { charge: { outcome: "rules_broken", broken }, key: null };
  if ((await ports.store.read(order.merchantUid)) === null) {
    const holder = { name: order.buyerName, tel: null, email: null };
    const issued = await issueBillingKey({ customerUid, card, holder, facts }, ports);
    if (issued.outcome !== "issued") return { charge: issued, key: null };
  }
  const charge = await chargeOrder({ ...request, card: null }, call, ports);
  const known = await ports.keys.fetchKey(customerUid);
  return { charge, key: known.outcome === "found" ? known.record : null };
}
