// A merchant asks for a refund under a key of their own. One key moves money at most once, whatever is
// repeated, lost or killed: rules, login, claim, send, in this order.

import { claimCancel } from "../../domain/cancel.ts";
import type { Money } from "../../domain/money.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../domain/order.ts";
import { decideRefund, type Refund, type RefundRefusal, type RefundRequest } from "../../domain/refund.ts";
import type { Pause } from "../../ports/environment.ts";
import type { RefundAccount } from "../../ports/portone.ts";
import { sendCancel, sendNeedsMs } from "../syncing/send-cancel.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

export interface RefundOrder {
  readonly merchantUid: string;
  readonly refundId: string;
  readonly bodyHash: string;
  /** Reads the amounts in the order's currency; null when they are none in it. */
  readonly read: (order: Order) => RefundRequest | null;
  readonly reason: string | null;
  readonly requester: "customer" | "admin" | null;
  readonly account: RefundAccount | null;
  readonly requestId: string;
  /** What is left of this invocation's time. */
  readonly timeLeftMs: () => number;
}

export interface RefundPorts extends SyncPorts {
  readonly pause: Pause;
}

export type RefundResult =
  | { readonly outcome: "finished"; readonly refund: Refund }
  /** Claimed, the outcome not known yet; the same key tells it later. */
  | { readonly outcome: "pending"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "idempotency_key_reused" | "malformed_amount" }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | {
      readonly outcome: "refused";
      readonly refusal: RefundRefusal;
      readonly order: Order;
      readonly remaining: Money;
      readonly remainingTaxFree: Money;
    }
  /** Nothing was started. */
  | { readonly outcome: "unavailable"; readonly why: string };

const mostRounds = 5;
/** How long somebody may still be at work on a claim: the call's limit and the record of it. */
const workingMs = 15_000;
const waitMs = 5_000;
const lookEveryMs = 250;

export async function requestRefund(request: RefundOrder, ports: RefundPorts): Promise<RefundResult> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const order = await ports.store.read(request.merchantUid);
    if (!order) return { outcome: "order_not_found" };
    // The order first, then the key's item; the claim below stands on this version of the order. Reversed,
    // a refund finished in between would be seen neither as running nor as done.
    const kept = await ports.refunds.readRefund(request.merchantUid, request.refundId);
    if (kept) return answerKept(kept, request);
    if (order.operation) return joinRunning(order, request, ports);
    const asked = request.read(order);
    if (!asked) return { outcome: "malformed_amount" };
    const decision = decideRefund(order, asked, ports.clock.nowMs());
    if (decision.decision === "refuse") {
      const left = { remaining: remainingOf(order), remainingTaxFree: remainingTaxFreeOf(order) };
      return { outcome: "refused", refusal: decision.refusal, order, ...left };
    }
    const login = await ports.money.login();
    if (login.outcome === "unavailable") return login;
    if (request.timeLeftMs() < sendNeedsMs) return { outcome: "unavailable", why: "no time left to send" };
    const claimed = await claim(order, decision, request, ports);
    if (!claimed?.operation) continue;
    const sender = { by: "merchant" as const, requestId: request.requestId, account: request.account };
    const refund = await sendCancel(claimed, claimed.operation, sender, ports);
    return refund ? { outcome: "finished", refund } : { outcome: "pending", order: claimed };
  }
  return { outcome: "unavailable", why: "the order kept changing" };
}

const answerKept = (kept: Refund, { bodyHash }: RefundOrder): RefundResult =>
  kept.bodyHash === bodyHash ? { outcome: "finished", refund: kept } : { outcome: "idempotency_key_reused" };

/** The order with our claim on it, or null when somebody else wrote first. */
async function claim(
  order: Order,
  amounts: { readonly impUid: string; readonly amount: Money; readonly taxFree: Money },
  request: RefundOrder,
  ports: RefundPorts,
): Promise<Order | null> {
  const { impUid, amount, taxFree } = amounts;
  const owner = ports.ids.newOwner();
  const wanted = claimCancel(
    order,
    {
      id: request.refundId,
      kind: "refund",
      impUid,
      amount,
      taxFree,
      checksum: remainingOf(order),
      tag: ports.ids.tag(request.refundId),
      reason: request.reason,
      requester: request.requester,
      bodyHash: request.bodyHash,
      owner,
    },
    "merchant",
    ports.clock.nowMs(),
  );
  const written = await ports.store.update(order, wanted);
  // The write took effect though its first answer was lost: whoever finds its own owner has won.
  return written.outcome === "updated" || written.order.operation?.owner === owner ? written.order : null;
}

/** Another invocation holds the slot: ours under the same key is waited for, any other is named. */
async function joinRunning(order: Order, request: RefundOrder, ports: RefundPorts): Promise<RefundResult> {
  const running = order.operation;
  if (!running || running.id !== request.refundId)
    return { outcome: "operation_in_flight", operationId: running?.id ?? "" };
  if (running.bodyHash !== request.bodyHash) return { outcome: "idempotency_key_reused" };
  const isAtWork = running.state === "claimed" && ports.clock.nowMs() - running.sentAtMs < workingMs;
  if (isAtWork) {
    for (let waited = 0; waited < waitMs; waited += lookEveryMs) {
      await ports.pause(lookEveryMs);
      const kept = await ports.refunds.readRefund(request.merchantUid, request.refundId);
      if (kept) return answerKept(kept, request);
    }
    return { outcome: "pending", order };
  }
  await syncOrder(
    {
      merchantUid: request.merchantUid,
      impUid: running.impUid,
      by: "merchant",
      requestId: request.requestId,
      timeLeftMs: request.timeLeftMs,
      account: request.account,
    },
    ports,
  );
  const kept = await ports.refunds.readRefund(request.merchantUid, request.refundId);
  return kept ? answerKept(kept, request) : { outcome: "pending", order };
}
