// A new order from a checked request.
import { dueAt } from "./due.ts";
import type { Currency, Money } from "./money.ts";
import type { Order } from "./order.ts";

export interface OrderRequest {
  readonly merchantUid: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly currency: Currency;
  readonly name: string;
  readonly payMethod: string;
  readonly buyerName: string;
  readonly escrow: boolean;
  readonly expiresAtMs: number | null;
  readonly bodyHash: string;
}

export interface OrderTimes {
  readonly orderTtlMs: number;
  readonly firstLookMs: number;
}

export function newOrder(request: OrderRequest, nowMs: number, times: OrderTimes): Order {
  const { expiresAtMs, ...facts } = request;
  const order = {
    ...facts,
    state: "created" as const,
    impUid: null,
    attempts: [],
    reviewReason: null,
    operation: null,
    charge: null,
    chargeResult: null,
    supersededBy: null,
    replaces: null,
    receipt: null,
    receiptOperation: null,
    recheckAtMs: null,
    looks: 0,
    history: [{ atMs: nowMs, by: "merchant" as const, from: null, to: "created" as const, reason: null }],
    createdAtMs: nowMs,
    expiresAtMs: expiresAtMs ?? nowMs + times.orderTtlMs,
    holdUntilMs: null,
    paidAtMs: null,
    voidedAtMs: null,
    isVoidWanted: false,
    isExpired: false,
    version: 1,
  };
  return { ...order, dueAtMs: dueAt(order, nowMs + times.firstLookMs) };
}
