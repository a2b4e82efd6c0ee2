// The order as merchants see it: ISO times, PortOne's field names, amounts as numbers.

import { holdsMoneyNow } from "../../domain/held-money.ts";
import { currencyOf, type Money, toWire } from "../../domain/money.ts";
import {
  type Attempt,
  type Cancel,
  cancelAmountOf,
  cancelledOf,
  cancelTaxFreeOf,
  type HistoryEntry,
  type Order,
  type OrderState,
  payingAttempt,
  remainingOf,
  remainingTaxFreeOf,
} from "../../domain/order.ts";

import type { VirtualAccount } from "../../domain/payment-record.ts";
import { giveBackOf } from "../../domain/scheduled-cancel.ts";
import type { Answer } from "../answer.ts";
import { type Refused, refuse } from "../refusal.ts";
import { viewOrderReceipt } from "./receipt.ts";
import { iso, isoOrNull } from "./time.ts";

export function viewOrder(order: Order) {
  const wire = (money: Money) => toWire(money, order.currency);
  return {
    merchant_uid: order.merchantUid,
    state: order.state,
    amount: wire(order.amount),
    tax_free: wire(order.taxFree),
    currency: order.currency,
    name: order.name,
    pay_method: order.payMethod,
    buyer_name: order.buyerName,
    escrow: order.escrow,
    custom_data: order.customData,
    imp_uid: order.impUid,
    ...viewSlip(order),
    attempts: order.attempts.map((attempt) => viewAttempt(attempt, order)),
    cancel_amount: wire(cancelAmountOf(order)),
    cancel_tax_free: wire(cancelTaxFreeOf(order)),
    remaining: wire(remainingOf(order)),
    remaining_tax_free: wire(remainingTaxFreeOf(order)),
    vbank: viewOpenAccount(order),
    receipt: viewOrderReceipt(order),
    operation: viewOperation(order),
    refunds: order.attempts.flatMap((attempt) =>
      attempt.cancels.map((cancel) => viewCancel(cancel, attempt, attempt.impUid === order.impUid)),
    ),
    history: order.history.map(viewEntry),
    review_reason: order.reviewReason,
    superseded_by: order.supersededBy,
    replaces: order.replaces,
    created_at: iso(order.createdAtMs),
    expires_at: iso(order.expiresAtMs),
    hold_until: isoOrNull(order.holdUntilMs),
    paid_at: isoOrNull(order.paidAtMs),
    version: order.version,
  };
}

/** What PortOne told of the payment that pays the order; null what it did not tell, and everything until one does. */
export function viewSlip(order: Order) {
  const slip = payingAttempt(order)?.slip ?? null;
  return {
    card_name: slip?.cardName ?? null,
    card_number: slip?.cardNumber ?? null,
    apply_num: slip?.applyNum ?? null,
    card_quota: slip?.cardQuota ?? null,
    receipt_url: slip?.receiptUrl ?? null,
    emb_pg_provider: slip?.embPgProvider ?? null,
    pg_tid: slip?.pgTid ?? null,
  };
}

/** The order as it is now; 202 while nobody knows yet what became of what was asked. */
export function answerOrder(
  result: { readonly outcome: string; readonly order: Order } | Refused,
  requestId: string,
  doneStatus = 200,
): Answer {
  if (!("order" in result)) return refuse(result, requestId);
  const { order, outcome } = result;
  return { status: outcome === "pending" ? 202 : doneStatus, body: viewOrder(order), outcome };
}

/** Nobody can read whether it is claimed; only the order's number is certain. */
export const answerUnreadable = (merchantUid: string, body: object): Answer => ({
  status: 202,
  headers: { location: `/orders/${encodeURIComponent(merchantUid)}` },
  body,
  outcome: "claim_unreadable",
  merchantUid,
});

/** `key` is there where a merchant key asked. */
const viewEntry = ({ atMs, by, key, from, to, reason }: HistoryEntry) => ({
  at: iso(atMs),
  by,
  ...(key === null ? {} : { key }),
  from,
  to,
  reason,
});

/** One line per cancel we know of; GET /orders/{merchant_uid}/refunds tells the whole. */
function viewCancel(cancel: Cancel, { currency }: Attempt, isPaying: boolean) {
  const refundId = isPaying ? cancel.refundId : null;
  // Money that is not the order's own payment only ever goes back by itself or in the console.
  const origin = cancel.refundId === null ? "console" : isPaying ? "merchant" : "automatic";
  return {
    refund_id: refundId ?? `cx_${cancel.cancellationId}`,
    origin,
    amount: toWire(cancel.amount, currencyOf(currency)),
    tax_free: toWire(cancel.taxFree, currencyOf(currency)),
    cancellation_id: cancel.cancellationId,
    at: iso(cancel.atMs),
  };
}

/** What is to go out once more, or at all, or is about to end, is in doubt for whoever looks. */
export const viewState = <State extends string>(state: State) =>
  state === "resend" || state === "closed" ? "unknown" : state;

/**
 * The call in flight: what is told about a reservation before the reservation, money before receipts, receipts before
 * accounts that are being revoked.
 */
function viewOperation({ cancel, charge, instruction, receiptOperation, attempts, merchantUid }: Order) {
  if (instruction && !cancel) {
    const { kind, state, sinceMs } = instruction;
    return { id: merchantUid, kind, state: viewState(state), since: iso(sinceMs) };
  }
  if (charge) {
    const { state, sinceMs } = charge;
    return { id: merchantUid, kind: "charge", state: viewState(state), since: iso(sinceMs) };
  }
  const revoking = attempts.find((attempt) => attempt.isRevoking);
  if (revoking && !cancel && !receiptOperation) {
    const since = iso(revoking.stateSinceMs);
    return { id: revoking.impUid, kind: "vbank_revoke", state: "unknown", since };
  }
  const running = cancel ?? receiptOperation;
  if (!running) return null;
  const { id, kind, state, sinceMs } = running;
  return { id, kind, state: viewState(state), since: iso(sinceMs) };
}

const viewAttempt = (attempt: Attempt, order: Order) => ({
  imp_uid: attempt.impUid,
  state: attempt.state,
  amount: toWire(attempt.amount, currencyOf(attempt.currency)),
  cancel_amount: toWire(cancelledOf(attempt), currencyOf(attempt.currency)),
  give_back: giveBackOf(order, attempt),
  at: iso(attempt.paidAtMs ?? attempt.stateSinceMs),
});

/** One line of the day's list. */
export const viewOrderLine = (order: Order) => ({
  merchant_uid: order.merchantUid,
  state: order.state,
  amount: toWire(order.amount, order.currency),
  currency: order.currency,
  remaining: toWire(remainingOf(order), order.currency),
  created_at: iso(order.createdAtMs),
});

/** One line of what is marked. */
export const viewReviewLine = (order: Order) => ({
  ...viewOrderLine(order),
  review_reason: order.reviewReason,
});

/** What a buyer is told: nothing is over, and nothing still to be paid, for whoever's money is here and pays nothing yet. */
export const publicStateOf = (order: Order): OrderState | "pending" =>
  order.impUid === null && order.attempts.some(holdsMoneyNow) ? "pending" : order.state;

/** What a buyer's browser may know: the state, the amount, and where to pay while that is wanted. */
export interface PublicOrder {
  readonly merchant_uid: string;
  readonly state: OrderState | "pending";
  readonly amount: number;
  readonly currency: string;
  readonly vbank: ReturnType<typeof viewAccount> | null;
}

export const viewPublicOrder = (order: Order): PublicOrder => ({
  merchant_uid: order.merchantUid,
  state: publicStateOf(order),
  amount: toWire(order.amount, order.currency),
  currency: order.currency,
  vbank: viewOpenAccount(order),
});

/** The newest account that still waits for a deposit, while the order does. */
function viewOpenAccount(order: Order) {
  if (order.state !== "awaiting_deposit") return null;
  const account = order.attempts.findLast(
    ({ state, isRevoking }) => state === "ready" && !isRevoking,
  )?.account;
  return account ? viewAccount(account) : null;
}

const viewAccount = (account: VirtualAccount) => ({
  vbank_code: account.bankCode,
  vbank_name: account.bankName,
  vbank_num: account.number,
  vbank_holder: account.holder,
  vbank_due_at: iso(account.dueAtMs),
});
