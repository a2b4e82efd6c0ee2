// Sends a claimed charge once and writes down what came back. The claim was written before; whatever is
// lost from here on is decided later by PortOne's record.
import type { CardSecret } from "../../domain/card-secret.ts";
import { claimChargeAgain, markChargeUnknown, refuseCharge } from "../../domain/charge.ts";
import { type Charge, maySendStill } from "../../domain/operation.ts";
import type { Actor, Order, Stamp } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import { decideSync } from "../../domain/sync.ts";
import type { VerificationPolicy } from "../../domain/verification.ts";
import type { ChargeGateway, ChargeRequest } from "../../ports/billing.ts";
import type { Call, Clock, Identifiers } from "../../ports/environment.ts";
import type { CallResult } from "../../ports/portone.ts";
import type { OrderStore } from "../../ports/table.ts";
import { claimOnOrder, hasTimeToFinish, hasTimeToSend, stampOf } from "../claim.ts";

export interface SendChargePorts {
  readonly store: OrderStore;
  readonly charges: ChargeGateway;
  readonly clock: Clock;
  readonly policy: VerificationPolicy;
  readonly ids: Identifiers;
  readonly noticeUrlFor: (merchantUid: string) => string;
}

/** An order that holds the claim this invocation just wrote, and the card where one is charged. */
export interface ClaimedCharge {
  readonly order: Order;
  readonly charge: Charge;
  readonly card: CardSecret | null;
  readonly by: Actor;
}

/** The order as last written. */
export async function sendCharge(claimed: ClaimedCharge, call: Call, ports: SendChargePorts): Promise<Order> {
  const { order, charge, by } = claimed;
  // A function frozen between claim and send must not wake up and send into somebody else's conclusion.
  if (!maySendStill(charge, ports.clock.nowMs())) return order;
  const result = await send(claimed, ports);
  const next = afterCall(order, charge, result, { stamp: stampOf(by, call, ports.clock), ports });
  const written = await ports.store.update(order, next);
  // The answer's record is not applied again after a conflict: whoever wrote has looked, or will.
  return written.order;
}

function afterCall(
  order: Order,
  charge: Charge,
  result: CallResult<PaymentRecord>,
  { stamp, ports }: { readonly stamp: Stamp; readonly ports: SendChargePorts },
): Order {
  if (result.outcome === "done") {
    const synced = decideSync(order, { records: [result.value], isComplete: false, ...stamp }, ports.policy);
    return synced.charge ? markChargeUnknown(synced, synced.charge, stamp) : synced;
  }
  // A refusal of a repeated send may be the first send's success talking; only the record can tell.
  if (result.outcome === "refused" && charge.sends === 1)
    return refuseCharge(order, charge, result.message, stamp);
  return markChargeUnknown(order, charge, stamp);
}

function send(
  { order, charge, card }: ClaimedCharge,
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
    customData: order.customData,
    noticeUrl: noticeUrlFor(order.merchantUid),
  };
  if (charge.via === "retry") return charges.retrySchedule(order.merchantUid);
  if (card) return charges.chargeOnce(request, card);
  if (charge.customerUid === null)
    throw new Error(`charge of ${order.merchantUid} names neither card nor key`);
  return charges.chargeKey(request, charge.customerUid);
}

/** Sends a charge once more that certainly was not made, if there is time. The order as last written. */
export async function resendCharge(
  order: Order,
  by: Actor,
  call: Call,
  ports: SendChargePorts,
): Promise<Order> {
  const { charge } = order;
  if (charge?.state !== "resend") return order;
  if ((await ports.charges.login()).outcome === "unavailable") return order;
  if (!hasTimeToSend(call)) return order;
  const claimToken = ports.ids.newClaimToken();
  const wanted = claimChargeAgain(order, charge, claimToken, stampOf(by, call, ports.clock));
  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);
  if (claimed.outcome === "unreadable") return order;
  if (claimed.outcome === "theirs" || !claimed.order.charge || !hasTimeToFinish(call)) return claimed.order;
  return sendCharge({ order: claimed.order, charge: claimed.order.charge, card: null, by }, call, ports);
}
