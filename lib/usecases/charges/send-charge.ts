// Sends a claimed charge once and writes down what came back. The claim was written before; whatever is
// lost from here on is decided later by PortOne's record.

import { sendWindowMs } from "../../domain/cancel.ts";
import type { CardSecret } from "../../domain/card-secret.ts";
import { type Charge, claimChargeAgain, markChargeUnknown, refuseCharge } from "../../domain/charge.ts";
import type { Actor, Order } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import { decideSync } from "../../domain/sync.ts";
import type { VerificationPolicy } from "../../domain/verification.ts";
import type { ChargeGateway, ChargeRequest } from "../../ports/billing.ts";
import type { Clock, Identifiers } from "../../ports/environment.ts";
import type { CallResult } from "../../ports/portone.ts";
import type { OrderStore } from "../../ports/table.ts";

export interface SendChargePorts {
  readonly store: OrderStore;
  readonly charges: ChargeGateway;
  readonly clock: Clock;
  readonly policy: VerificationPolicy;
  readonly ids: Identifiers;
  readonly noticeUrlFor: (merchantUid: string) => string;
}

/** The order as last written. It must hold the claim just written by this invocation. */
export async function sendCharge(
  order: Order,
  charge: Charge,
  card: CardSecret | null,
  by: Actor,
  ports: SendChargePorts,
): Promise<Order> {
  // A function frozen between claim and send must not wake up and send into somebody else's conclusion.
  if (ports.clock.nowMs() - charge.sentAtMs > sendWindowMs) return order;
  const result = await call(order, charge, card, ports);
  const nowMs = ports.clock.nowMs();
  const next = afterCall(order, charge, result, { by, nowMs }, ports);
  const written = await ports.store.update(order, next);
  // The answer's record is not applied again after a conflict: whoever wrote has looked, or will.
  return written.order;
}

function afterCall(
  order: Order,
  charge: Charge,
  result: CallResult<PaymentRecord>,
  { by, nowMs }: { readonly by: Actor; readonly nowMs: number },
  ports: SendChargePorts,
): Order {
  if (result.outcome === "done") {
    const look = { records: [result.value], isComplete: false, atMs: nowMs, by };
    const synced = decideSync(order, look, ports.policy);
    return synced.charge ? markChargeUnknown(synced, synced.charge, by, nowMs) : synced;
  }
  // A refusal of a repeated send may be the first send's success talking; only the record can tell.
  if (result.outcome === "refused" && charge.sends === 1)
    return refuseCharge(order, charge, result.message, nowMs);
  return markChargeUnknown(order, charge, by, nowMs);
}

function call(
  order: Order,
  charge: Charge,
  card: CardSecret | null,
  { charges, noticeUrlFor }: SendChargePorts,
): Promise<CallResult<PaymentRecord>> {
  const request: ChargeRequest = {
    merchantUid: order.merchantUid,
    name: order.name,
    amount: order.amount,
    taxFree: order.taxFree,
    currency: order.currency,
    buyerName: order.buyerName,
    productType: charge.productType,
    cardQuota: charge.cardQuota,
    customData: charge.customData,
    noticeUrl: noticeUrlFor(order.merchantUid),
  };
  if (charge.via === "retry") return charges.retrySchedule(order.merchantUid);
  if (card) return charges.chargeOnce(request, card);
  if (charge.customerUid === null)
    throw new Error(`charge of ${order.merchantUid} names neither card nor key`);
  return charges.chargeKey(request, charge.customerUid);
}

/** Sends a charge once more that certainly was not made. The order as last written. */
export async function resendCharge(order: Order, by: Actor, ports: SendChargePorts): Promise<Order> {
  const { charge } = order;
  if (charge?.state !== "resend") return order;
  if ((await ports.charges.login()).outcome === "unavailable") return order;
  const owner = ports.ids.newOwner();
  const claimed = claimChargeAgain(order, charge, owner, by, ports.clock.nowMs());
  const written = await ports.store.update(order, claimed);
  const isOurs = written.outcome === "updated" || written.order.charge?.owner === owner;
  if (!isOurs || !written.order.charge) return written.order;
  return sendCharge(written.order, written.order.charge, null, by, ports);
}
