// A new order from a checked request.
import type { CustomData } from "./custom-data.ts";
import { dueAt } from "./due.ts";
import type { Currency, Money } from "./money.ts";
import type { Order, Stamp } from "./order.ts";

/** What an order is made of. */
export interface OrderFacts {
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
  readonly customData?: CustomData | null;
  /** The order of the same debt it is made instead of. */
  readonly replaces?: string | null;
}

export interface OrderTimes {
  readonly orderTtlMs: number;
  /** Null for an order without a window: what is sent for it has its own first look. */
  readonly firstLookMs: number | null;
}

export function newOrder(facts: OrderFacts, times: OrderTimes, { by, atMs, key = null }: Stamp): Order {
  const order = {
    ...facts,
    customData: facts.customData ?? null,
    state: "created" as const,
    impUid: null,
    attempts: [],
    reviewReason: null,
    reviewSinceMs: null,
    cancel: null,
    charge: null,
    chargeResult: null,
    instruction: null,
    reservation: null,
    isAccountAsked: false,
    supersededBy: null,
    replaces: facts.replaces ?? null,
    receipt: null,
    receiptOperation: null,
    receiptRecipient: null,
    receiptHandedOver: null,
    owedReads: [],
    folded: null,
    refusedRefunds: [],
    lookClaim: null,
    history: [{ atMs, by, key, from: null, to: "created" as const, reason: null }],
    createdAtMs: atMs,
    expiresAtMs: facts.expiresAtMs ?? atMs + times.orderTtlMs,
    holdUntilMs: null,
    paidAtMs: null,
    voidedAtMs: null,
    isVoidWanted: false,
    isExpired: false,
    openWindows: [],
    openUntilMs: null,
    lookNowAtMs: null,
    wishedAtMs: null,
    nextLookAtMs: times.firstLookMs === null ? null : atMs + times.firstLookMs,
    lookedAtMs: null,
    looks: 0,
    silences: 0,
    version: 1,
  };
  return { ...order, dueAtMs: dueAt(order) };
}
