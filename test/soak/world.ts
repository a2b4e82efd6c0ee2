// What an auditor looks at: the table, PortOne's state, and what was said on the way, each as plain values. Imports
// nothing of the product, so that its mistakes are not believed. Pure.
import type { Item, StoredItem, Value } from "./table.ts";

export interface CancelEntry {
  readonly cancellation_id: string;
  readonly amount: number;
  /** PortOne does not show it; the simulator's control doors do. */
  readonly tax_free: number;
  readonly reason: string;
  /** In seconds. */
  readonly cancelled_at: number;
}

/** PortOne's record of a payment; times in seconds, 0 where there is none. */
export interface Payment {
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly pay_method: string;
  readonly status: string;
  readonly amount: number;
  readonly tax_free: number;
  readonly cancel_amount: number;
  readonly paid_at: number;
  readonly sandbox: boolean;
  readonly vbank_num: string | null;
  readonly vbank_date: number;
  /** The buyer took a cash receipt in the window. */
  readonly cash_receipt_issued: boolean;
  readonly cancel_history: readonly CancelEntry[];
}

/** PortOne's record of one cash receipt; each revoked one makes room for the next. */
export interface Receipt {
  readonly imp_uid: string | null;
  readonly merchant_uid: string;
  readonly apply_num: string;
  readonly amount: number;
  readonly tax_free: number;
  readonly vat: number;
  /** 0 while it is live. */
  readonly cancelled_at: number;
}

export interface Reservation {
  readonly merchant_uid: string;
  readonly imp_uid: string | null;
  readonly schedule_at: number;
  readonly schedule_status: string;
  readonly payment_status: string | null;
}

export type Json = Readonly<Record<string, unknown>>;

/** One answer of a door, as the shop or a buyer's browser heard it. */
export interface Answer {
  readonly method: string;
  readonly path: string;
  /** The Idempotency-Key, where one was sent. */
  readonly key: string | null;
  readonly sent: Json;
  /** 0 where none came. */
  readonly status: number;
  readonly json: Json;
}

/** What a night's audit gave back. */
export interface NightReport {
  readonly window: { readonly from: string; readonly to: string };
  readonly differences: readonly {
    readonly kind: string;
    readonly merchant_uid: string;
    readonly ours: Json;
    readonly theirs: Json;
    readonly synced: boolean;
  }[];
  readonly unreadable: number;
  readonly complete: boolean;
  readonly behind: readonly string[];
}

export interface Alarm {
  readonly code: string;
  readonly merchant_uid: string;
}

/** What the dearest write of an item cost, in units of 1,024 bytes. */
export interface LargestWrite {
  readonly pk: string;
  readonly units: number;
}

export interface World {
  readonly nowMs: number;
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  /** Of sales outside PortOne. */
  readonly externalReceipts: readonly Receipt[];
  readonly reservations: readonly Reservation[];
  readonly answers: readonly Answer[];
  readonly nights: readonly NightReport[];
  readonly alarms: readonly Alarm[];
  /** The largest that was seen of each order, in its usual life and in any. */
  readonly largest: readonly StoredItem[];
  /** Of all orders' writes, seen or not. */
  readonly largestWrite: LargestWrite | null;
}

export interface Attempt {
  readonly imp_uid: string;
  readonly state: string;
  readonly amount: number;
  /** Empty where there is none. */
  readonly give_back: string;
  readonly cancels: readonly AttemptCancel[];
  readonly item: Item;
}

export interface AttemptCancel {
  readonly id: string;
  readonly amount: number;
  readonly tax_free: number;
  /** The refund of ours that made it; empty for one made in the console. */
  readonly refund: string;
}

const orderPrefix = "order#";
const refundPrefix = "refund#";
const salePrefix = "external-receipt#";
export const paidStates = ["paid", "partially_refunded", "refunded"];

export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");
export const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
export const figure = (value: Value | undefined): number => (typeof value === "number" ? value : Number.NaN);
/** A number that is left out when it is 0. */
export const figureOr0 = (value: Value | undefined): number => (value === undefined ? 0 : figure(value));
export const fields = (value: Value | undefined): Item =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Item) : {};

export const ordersIn = (items: readonly Item[]): readonly Item[] =>
  items.filter((item) => text(item["pk"]).startsWith(orderPrefix));
export const refundsIn = (items: readonly Item[]): readonly Item[] =>
  items.filter((item) => text(item["pk"]).startsWith(refundPrefix));
export const salesIn = (items: readonly Item[]): readonly Item[] =>
  items.filter((item) => text(item["pk"]).startsWith(salePrefix));
export const numberOfSale = (sale: Item): string => text(sale["pk"]).slice(salePrefix.length);
export const numberOf = (order: Item): string => text(order["pk"]).slice(orderPrefix.length);
export const ordersByNumber = (items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(ordersIn(items).map((order) => [numberOf(order), order]));

const attemptStates: Readonly<Record<string, string>> = {
  app: "approved",
  rea: "ready",
  pai: "paid",
  fai: "failed",
  aba: "abandoned",
  giv: "given_back",
};

export const attemptsOf = (order: Item): readonly Attempt[] =>
  list(order["attempts"])
    .map(fields)
    .map((attempt) => ({
      imp_uid: text(attempt["u"]),
      state: attemptStates[text(attempt["s"])] ?? "",
      // Left out where it is the order's.
      amount: figure(attempt["n"] ?? order["amount"]),
      give_back: text(attempt["back"]),
      cancels: list(attempt["c"]).map(list).map(cancelOf),
      item: attempt,
    }));

/** What a cancel is made of, in its order; the last two only of a refund of ours. */
const cancelOf = ([id, amount, _atMs, taxFree, refund]: readonly Value[]): AttemptCancel => ({
  id: text(id),
  amount: figure(amount),
  tax_free: figureOr0(taxFree),
  refund: text(refund),
});

export const isLive = ({ cancelled_at }: Receipt): boolean => cancelled_at === 0;
/** An eleventh of the taxable part, half a won and more rounded up. */
export const vatOf = ({ amount, tax_free }: Pick<Receipt, "amount" | "tax_free">): number =>
  Math.round((amount - tax_free) / 11);

export const tookMoney = (payment: Payment): boolean => payment.paid_at > 0;
export const remaining = (payment: Payment): number => payment.amount - payment.cancel_amount;

/** The buyer may still pay into it: KSNET takes deposits for an hour after the account's time. */
const depositGraceMs = 3_600_000;
export const accountEndMs = ({ vbank_date }: Payment): number => vbank_date * 1000 + depositGraceMs;
export const isAccountOpen = (payment: Payment, nowMs: number): boolean =>
  payment.status === "ready" && payment.vbank_num !== null && nowMs < accountEndMs(payment);

/** Whatever else its text says: the first of these names the refund that made it. */
export const tagOf = ({ reason }: CancelEntry): string | null => /#[a-z2-7]{9}/.exec(reason)?.[0] ?? null;

/** As a soak's operators write it at PortOne's desk, and as the desk does by itself. */
export const consoleReason = "관리자페이지취소";
export const isByConsole = ({ reason }: CancelEntry): boolean => reason === consoleReason;

/** `when who from to why`, one line of an order's history. */
export const reasonsOf = (order: Item): readonly string[] =>
  list(order["history"]).map((line) => text(line).split(" ").slice(4).join(" "));

/** What an item says of its receipt; a tax-free part of nothing, and a tax that can be reckoned, need not be said. */
export function saidOf(item: Item | undefined) {
  const receipt = fields(item?.["receipt"]);
  const amount = figureOr0(receipt["amount"]);
  const taxFree = figureOr0(receipt["tax_free"]);
  const vat = receipt["vat"] === undefined ? vatOf({ amount, tax_free: taxFree }) : figure(receipt["vat"]);
  return { state: receipt["state"], number: receipt["apply_num"], amount, taxFree, vat };
}
