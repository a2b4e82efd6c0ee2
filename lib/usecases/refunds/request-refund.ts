// A merchant asks for a refund under a key of their own. One key moves money at most once, whatever is
// repeated, lost or killed: rules, login, claim, send, in this order.
import { claimCancel } from "../../domain/cancel.ts";
import type { NightRefunds } from "../../domain/ksnet/refund-night.ts";
import { findBrokenRefundRules, refundFactsOf } from "../../domain/ksnet/refund-rules.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import { type CancelOperation, isAtWork } from "../../domain/operation.ts";
import { type Attempt, attemptOf, type Order, remainingOf } from "../../domain/order.ts";
import {
  type AskedAmounts,
  decideRefund,
  type Refund,
  type RefundDecision,
  type RefundRefusal,
  readAskedAmounts,
} from "../../domain/refund.ts";
import { type AskedAccount, wholeAccount } from "../../domain/refund-account.ts";
import { mayGoAtMs } from "../../domain/scheduled-cancel.ts";
import type { Call, Pause } from "../../ports/environment.ts";
import {
  claimOnOrder,
  hasTimeToFinish,
  hasTimeToSend,
  stampOf,
  turnsOfWaiting,
  unlessSilent,
} from "../claim.ts";
import { sealFor } from "../syncing/kept-account.ts";
import { endClosed } from "../syncing/resolve-cancel.ts";
import { sendCancel } from "../syncing/send-cancel.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

export interface RequestRefund {
  readonly merchantUid: string;
  readonly refundId: string;
  readonly bodyHash: string;
  /** As written: what they mean depends on the order's currency. */
  readonly asked: AskedAmounts;
  readonly reason: string | null;
  readonly requester: "customer" | "admin" | null;
  readonly account: AskedAccount | null;
}

export interface RefundPorts extends SyncPorts {
  readonly pause: Pause;
  readonly nightRefunds: NightRefunds;
}

export type RefundResult =
  | { readonly outcome: "finished"; readonly refund: Refund }
  /** Claimed, the outcome not known yet, or waiting for the morning; the same key tells it later. */
  | {
      readonly outcome: "pending" | "scheduled";
      readonly order: Order;
      readonly cancel: CancelOperation;
    }
  | { readonly outcome: "order_not_found" | "idempotency_key_reused" }
  | { readonly outcome: "malformed_amount" }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | { readonly outcome: "refused"; readonly refusal: RefundRefusal; readonly order: Order }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[]; readonly order: Order }
  /** Nobody can say whether it is claimed; the same key tells it later. */
  | { readonly outcome: "claim_unreadable"; readonly merchantUid: string; readonly refundId: string }
  /** Nothing was started. */
  | { readonly outcome: "unavailable"; readonly why: string }
  | { readonly outcome: "busy" };

const mostRounds = 5;

export async function requestRefund(
  request: RequestRefund,
  call: Call,
  ports: RefundPorts,
): Promise<RefundResult> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const order = await ports.store.read(request.merchantUid);
    if (!order) return { outcome: "order_not_found" };
    // The order first, then the key's item; the claim below stands on this version of the order. Reversed,
    // a refund finished in between would be seen neither as running nor as done.
    const isClaimed = order.cancel?.id === request.refundId;
    const reading = ports.refunds.readRefund(request.merchantUid, request.refundId);
    const kept = await (isClaimed ? unlessSilent(reading) : reading);
    if (kept) return answerKept(kept, request);
    if (order.cancel) return joinRunning(order, order.cancel, request, { call, ports });
    const decided = decide(order, request, ports);
    if (decided.outcome !== "refund") return decided;
    const { decision, attempt, scheduledAtMs } = decided;
    if (scheduledAtMs === null) {
      const login = await ports.money.login();
      if (login.outcome === "unavailable") return login;
    }
    const account = wholeAccount(request.account);
    const sealed = await sealFor(order, attempt, account, ports);
    if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
    const claim = {
      id: request.refundId,
      kind: "refund" as const,
      impUid: decision.impUid,
      amount: decision.amount,
      taxFree: decision.taxFree,
      checksum: remainingOf(order),
      tag: ports.ids.tag(request.refundId),
      reason: request.reason,
      requester: request.requester,
      bodyHash: request.bodyHash,
      account: sealed,
      scheduledAtMs,
      claimToken: ports.ids.newClaimToken(),
    };
    const wanted = claimCancel(order, claim, stampOf("merchant", call, ports.clock));
    const claimed = await claimOnOrder(order, wanted, claim.claimToken, ports.store);
    if (claimed.outcome === "unreadable") return { outcome: "claim_unreadable", ...named(request) };
    const { cancel } = claimed.order;
    if (claimed.outcome === "theirs" || !cancel) continue;
    if (cancel.state === "scheduled") return { outcome: "scheduled", order: claimed.order, cancel };
    const pending = { outcome: "pending", order: claimed.order, cancel } as const;
    if (!hasTimeToFinish(call)) return pending;
    const { requestId, key } = call;
    const sender = { by: "merchant", key, requestId, account } as const;
    // From here on the claim stands: a table that falls silent leaves the outcome open.
    const refund = await unlessSilent(sendCancel(claimed.order, cancel, sender, ports));
    return refund ? { outcome: "finished", refund } : pending;
  }
  return { outcome: "busy" };
}

const named = ({ merchantUid, refundId }: RequestRefund) => ({ merchantUid, refundId });

const answerKept = (kept: Refund, { bodyHash }: RequestRefund): RefundResult =>
  kept.bodyHash === bodyHash ? { outcome: "finished", refund: kept } : { outcome: "idempotency_key_reused" };

type Decided =
  | {
      readonly outcome: "refund";
      readonly decision: Extract<RefundDecision, { decision: "refund" }>;
      readonly attempt: Attempt;
      /** Null where it goes at once. */
      readonly scheduledAtMs: number | null;
    }
  | Extract<RefundResult, { outcome: "refused" | "rules_broken" }>
  | { readonly outcome: "malformed_amount" };

/** The order's own figures first, then KSNET's rules as of when it would go out: nothing is claimed for what cannot be. */
function decide(order: Order, request: RequestRefund, ports: RefundPorts): Decided {
  const { clock, contracts, nightRefunds } = ports;
  const asked = readAskedAmounts(request.asked, order.currency);
  if (!asked) return { outcome: "malformed_amount" };
  const decision = decideRefund(order, asked);
  if (decision.decision === "refuse") return { outcome: "refused", refusal: decision.refusal, order };
  const attempt = attemptOf(order, decision.impUid);
  if (!attempt) throw new Error(`order ${order.merchantUid} is paid by an attempt it does not hold`);
  const nowMs = clock.nowMs();
  const goesAtMs = nightRefunds === "schedule" ? mayGoAtMs(order, attempt, request.refundId, nowMs) : nowMs;
  const facts = refundFactsOf(order, attempt, { amount: decision.amount, account: request.account });
  const broken = findBrokenRefundRules(facts, { nowMs: goesAtMs, contracts });
  if (broken.length > 0) return { outcome: "rules_broken", broken, order };
  return { outcome: "refund", decision, attempt, scheduledAtMs: goesAtMs > nowMs ? goesAtMs : null };
}

/** Another invocation holds the slot: ours under the same key is waited for, any other is named. */
async function joinRunning(
  order: Order,
  running: CancelOperation,
  request: RequestRefund,
  { call, ports }: { readonly call: Call; readonly ports: RefundPorts },
): Promise<RefundResult> {
  const { merchantUid, refundId } = request;
  if (running.id !== refundId) return { outcome: "operation_in_flight", operationId: running.id };
  if (running.bodyHash !== request.bodyHash) return { outcome: "idempotency_key_reused" };
  const pending = asStanding(order, running);
  if (isAtWork(running, ports.clock.nowMs())) {
    for await (const _ of turnsOfWaiting(ports.pause)) {
      const kept = await unlessSilent(ports.refunds.readRefund(merchantUid, refundId));
      if (kept) return answerKept(kept, request);
    }
    return pending;
  }
  if (running.state === "scheduled" && ports.clock.nowMs() < (running.scheduledAtMs ?? 0)) return pending;
  const looked = await unlessSilent(goOn(order, running, request, { call, ports }));
  const kept = await unlessSilent(ports.refunds.readRefund(merchantUid, refundId));
  if (kept) return answerKept(kept, request);
  return looked?.cancel?.id === refundId ? asStanding(looked, looked.cancel) : pending;
}

/** What is closed is ended; anything else is looked at, and sent where nothing of it happened. */
async function goOn(
  order: Order,
  running: CancelOperation,
  { merchantUid, refundId, account }: RequestRefund,
  { call, ports }: { readonly call: Call; readonly ports: RefundPorts },
): Promise<Order> {
  if (running.state === "closed") {
    const { requestId, key } = call;
    return endClosed(order, running, { by: "merchant", key, requestId, account: null }, ports);
  }
  const refund = { refundId, account: wholeAccount(account) };
  const request = {
    merchantUid,
    impUid: running.impUid,
    by: "merchant",
    mayMoveMoney: true,
    refund,
  } as const;
  const looked = await syncOrder(request, call, ports);
  return "order" in looked ? looked.order : order;
}

const asStanding = (order: Order, cancel: CancelOperation) =>
  ({ outcome: cancel.state === "scheduled" ? "scheduled" : "pending", order, cancel }) as const;
