// Sends a claimed cancel once and writes down what came back. The claim (a send counted, an owner) was
// written before; whatever is lost from here on is resolved later from PortOne's record.

import {
  type CancelOperation,
  finishCancel,
  markUnknown,
  releaseCancel,
  resolveCancel,
  sendWindowMs,
} from "../../domain/cancel.ts";
import { currencyOf } from "../../domain/money.ts";
import { type Actor, attemptOf, type Order, remainingOfAttempt } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import { closeRefund, providerReason, type Refund } from "../../domain/refund.ts";
import { decideSync } from "../../domain/sync.ts";
import type { VerificationPolicy } from "../../domain/verification.ts";
import type { Clock } from "../../ports/environment.ts";
import type { MoneyGateway, PaymentGateway, RefundAccount } from "../../ports/portone.ts";
import type { OrderStore, RefundStore } from "../../ports/table.ts";

export interface SendCancelPorts {
  readonly store: OrderStore;
  readonly refunds: RefundStore;
  readonly gateway: PaymentGateway;
  readonly money: MoneyGateway;
  readonly clock: Clock;
  readonly policy: VerificationPolicy;
}

export interface Sender {
  readonly by: Actor;
  readonly requestId: string;
  /** Only the request that asked for the refund has it; nothing keeps it. */
  readonly account: RefundAccount | null;
}

/** The cancel's own limit and the writes after it; with less time left nothing is claimed. */
export const sendNeedsMs = 14_000;

/** The finished refund, or null while its outcome is unknown. The order must hold the claim just written. */
export async function sendCancel(
  order: Order,
  operation: CancelOperation,
  sender: Sender,
  ports: SendCancelPorts,
): Promise<Refund | null> {
  // A function frozen between claim and send must not wake up and send into somebody else's resolution.
  if (ports.clock.nowMs() - operation.sentAtMs > sendWindowMs) return null;
  const paidInto = attemptOf(order, operation.impUid);
  const isAccountPayment = paidInto?.payMethod === "vbank";
  const currency = paidInto ? currencyOf(paidInto.currency) : order.currency;
  const result = await ports.money.cancel({
    impUid: operation.impUid,
    amount: operation.amount,
    taxFree: isAccountPayment ? null : operation.taxFree,
    checksum: operation.checksum,
    currency,
    reason: providerReason(operation),
    requester: operation.requester,
    account: sender.account,
  });
  const nowMs = ports.clock.nowMs();
  if (result.outcome === "done") {
    const synced = join(order, result.value, sender.by, nowMs, ports.policy);
    const verdict = resolveCancel(order, operation, result.value, nowMs);
    if (verdict.verdict === "happened") {
      const after = finishCancel(synced, operation, verdict.entry, sender.by, nowMs);
      const { cancellationId, atMs: cancelledAtMs } = verdict.entry;
      const outcome = succeeded(cancellationId, cancelledAtMs, sender.requestId);
      return keepThenFree(order, after, closeRefund(after, operation, outcome, nowMs), sender.by, ports);
    }
  }
  // A refusal of a repeated send may be the first send's success talking; only the record can tell.
  if (result.outcome === "refused" && operation.sends === 1)
    return recordRefusal(order, operation, result.message, sender, ports);
  await ports.store.update(order, markUnknown(order, operation, sender.by, nowMs));
  return null;
}

/** Final, because it answers the only send ever made; PortOne's record says which refusal it was. */
async function recordRefusal(
  order: Order,
  operation: CancelOperation,
  providerMessage: string | null,
  sender: Sender,
  ports: SendCancelPorts,
): Promise<Refund> {
  const fetched = await ports.gateway.fetchPayment(operation.impUid);
  const nowMs = ports.clock.nowMs();
  const synced =
    fetched.outcome === "found" ? join(order, fetched.record, sender.by, nowMs, ports.policy) : order;
  const attempt = attemptOf(synced, operation.impUid);
  const hasChanged = attempt !== undefined && remainingOfAttempt(attempt) !== operation.checksum;
  const refusal = hasChanged ? "remaining_changed" : "provider_refused";
  const after = releaseCancel(synced, operation, refusal, sender.by, nowMs);
  const outcome = refused(refusal, providerMessage, sender.requestId);
  return keepThenFree(order, after, closeRefund(after, operation, outcome, nowMs), sender.by, ports);
}

export const succeeded = (cancellationId: string, cancelledAtMs: number, requestId: string) => ({
  state: "succeeded" as const,
  refusal: null,
  cancellationId,
  cancelledAtMs,
  providerMessage: null,
  requestId,
});

export const refused = (
  refusal: NonNullable<Refund["refusal"]>,
  providerMessage: string | null,
  requestId: string,
) => ({
  state: "refused" as const,
  refusal,
  cancellationId: null,
  cancelledAtMs: null,
  providerMessage,
  requestId,
});

const join = (
  order: Order,
  record: PaymentRecord,
  by: Actor,
  atMs: number,
  policy: VerificationPolicy,
): Order => decideSync(order, { records: [record], isComplete: false, by, atMs }, policy);

/**
 * The refund's own item first, the slot second: reversed, a crash in between would forget that the key
 * moved money. Losing the second write is harmless: whoever won it, or the sweep, frees the slot.
 */
async function keepThenFree(
  order: Order,
  after: Order,
  refund: Refund,
  by: Actor,
  ports: SendCancelPorts,
): Promise<Refund> {
  const kept = await ports.refunds.keepRefund(refund);
  const written = await ports.store.update(order, after);
  if (written.outcome === "conflict" && written.order.operation?.id === refund.refundId) {
    // The answer's record is not applied again; what the kept item says is a fact by itself.
    const freed = freeByKept(written.order, written.order.operation, kept, by, ports.clock.nowMs());
    await ports.store.update(written.order, freed);
  }
  return kept;
}

/** The slot freed by the refund's own item, which is the last word on its key. */
export function freeByKept(
  order: Order,
  operation: CancelOperation,
  kept: Refund,
  by: Actor,
  nowMs: number,
): Order {
  const { cancellationId, cancelledAtMs, amount } = kept;
  if (cancellationId === null || cancelledAtMs === null)
    return releaseCancel(order, operation, kept.refusal ?? "provider_refused", by, nowMs);
  return finishCancel(order, operation, { cancellationId, amount, atMs: cancelledAtMs }, by, nowMs);
}
