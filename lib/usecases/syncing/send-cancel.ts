// Sends a claimed cancel once and writes down what came back. The claim (a send counted, a claim token) was
// written before; whatever is lost from here on is resolved later from PortOne's record.
import {
  type CancelConclusion,
  concludeCancel,
  endAsKept,
  markCancelUnknown,
  markDouble,
} from "../../domain/cancel.ts";
import { payMethodOf } from "../../domain/ksnet/refund-rules.ts";
import { currencyOf } from "../../domain/money.ts";
import { type CancelOperation, maySendStill } from "../../domain/operation.ts";
import { attemptOf, type Order, type Stamp } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import { providerReason, type Refund } from "../../domain/refund.ts";
import type { RefundAccount } from "../../domain/refund-account.ts";
import { decideSync } from "../../domain/sync.ts";
import type { VerificationPolicy } from "../../domain/verification.ts";
import type { Clock } from "../../ports/environment.ts";
import type { CallResult, CancelRequest, MoneyGateway, PaymentGateway } from "../../ports/portone.ts";
import type { OrderStore, RefundStore } from "../../ports/table.ts";

export interface SendCancelPorts {
  readonly store: OrderStore;
  readonly refunds: RefundStore;
  readonly gateway: PaymentGateway;
  readonly money: MoneyGateway;
  readonly clock: Clock;
  readonly policy: VerificationPolicy;
}

export interface Sender extends Omit<Stamp, "atMs"> {
  readonly requestId: string;
  /** Where to pay back to: named by whoever asked, or opened again. */
  readonly account: RefundAccount | null;
}

export const stampOfSender = (
  { by, key = null }: Sender,
  { clock }: Pick<SendCancelPorts, "clock">,
): Stamp => ({
  by,
  key,
  atMs: clock.nowMs(),
});

/** The finished refund, or null while its outcome is unknown. The order must hold the claim just written. */
export async function sendCancel(
  order: Order,
  cancel: CancelOperation,
  sender: Sender,
  ports: SendCancelPorts,
): Promise<Refund | null> {
  // A function frozen between claim and send must not wake up and send into somebody else's resolution.
  if (!maySendStill(cancel, ports.clock.nowMs())) return null;
  const result = await ports.money.cancel(requestOf(order, cancel, sender));
  // A refusal of a repeated send may be the first send's success talking; only the record can tell.
  const isOnlySend = cancel.sends === 1;
  const refused = result.outcome === "refused" && isOnlySend ? result : null;
  const isAnswered = result.outcome === "done" && isOnlySend;
  const record = await recordOfAnswer(result, cancel, ports);
  const stamp = stampOfSender(sender, ports);
  if (record !== undefined) {
    const synced = decideSync(order, { records: [record], isComplete: false, ...stamp }, ports.policy);
    const seen = { ...stamp, record, refused, isAnswered, requestId: sender.requestId };
    const concluded = concludeCancel(order, synced, cancel, seen);
    if (concluded.isOver) return recordEnd(order, concluded, { synced, cancel, stamp }, ports);
  }
  await ports.store.update(order, markCancelUnknown(order, cancel, refused, stamp));
  return null;
}

function requestOf(order: Order, cancel: CancelOperation, { account }: Sender): CancelRequest {
  const attempt = attemptOf(order, cancel.impUid);
  const isVbank = attempt !== undefined && payMethodOf(order, attempt) === "vbank";
  return {
    impUid: cancel.impUid,
    amount: cancel.amount,
    taxFree: isVbank ? null : cancel.taxFree,
    checksum: cancel.checksum,
    currency: attempt ? currencyOf(attempt.currency) : order.currency,
    reason: providerReason(cancel),
    requester: cancel.requester,
    // Nobody else's refund needs one, and what is not sent is told to nobody.
    account: isVbank ? account : null,
  };
}

/** The record the answer brought; after a refusal a fresh one, which says which refusal it was. */
async function recordOfAnswer(
  result: CallResult<PaymentRecord>,
  cancel: CancelOperation,
  { gateway }: SendCancelPorts,
): Promise<PaymentRecord | undefined> {
  if (result.outcome === "done") return result.value;
  if (result.outcome === "unknown" || cancel.sends > 1) return undefined;
  const fetched = await gateway.fetchPayment(cancel.impUid, { triesOnce: true });
  return fetched.outcome === "found" ? fetched.record : undefined;
}

type Ended = Extract<CancelConclusion, { isOver: true }>;

interface Ending {
  readonly synced: Order;
  readonly cancel: CancelOperation;
  readonly stamp: Stamp;
}

/**
 * The refund's own item first, the slot second: reversed, a crash in between would forget that the key moved money.
 * The stored item is the last word, so that the order to write follows it.
 */
export async function keepEnd(
  concluded: Ended,
  { synced, cancel, stamp }: Ending,
  refunds: RefundStore,
): Promise<{ readonly kept: Refund; readonly next: Order }> {
  const kept = await refunds.keepRefund(concluded.refund);
  const { state, cancellationId } = concluded.refund;
  const isSameEnd = kept.state === state && kept.cancellationId === cancellationId;
  return { kept, next: isSameEnd ? concluded.next : endBy(kept, synced, concluded, { cancel, stamp }) };
}

/** `order` ended as the kept item says, which somebody else may have written; two cancels are two, whoever kept one. */
function endBy(
  kept: Refund,
  order: Order,
  { isDouble }: Ended,
  { cancel, stamp }: Omit<Ending, "synced">,
): Order {
  const next = endAsKept(order, cancel, kept, stamp);
  return isDouble ? markDouble(next, stamp) : next;
}

/** Losing the second write is harmless: whoever won it, or the sweep, frees the slot. */
async function recordEnd(
  order: Order,
  concluded: Ended,
  ending: Ending,
  ports: SendCancelPorts,
): Promise<Refund> {
  const { kept, next } = await keepEnd(concluded, ending, ports.refunds);
  const written = await ports.store.update(order, next);
  const { cancel } = written.order;
  if (written.outcome === "conflict" && cancel?.id === kept.refundId)
    // The answer's record is not applied again; what the kept item says is a fact by itself.
    await ports.store.update(
      written.order,
      endBy(kept, written.order, concluded, { cancel, stamp: ending.stamp }),
    );
  return kept;
}
