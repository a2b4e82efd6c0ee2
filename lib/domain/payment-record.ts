// PortOne's record of one attempt as the domain sees it: translated once from the wire, times in epoch
// milliseconds, amounts as money. Facts only; what they mean for an order is decided in sync.ts.
import type { Money } from "./money.ts";

/** PortOne's four documented statuses. */
export const documentedStatuses = ["ready", "paid", "failed", "cancelled"] as const;
/** Anything else is kept apart and never becomes paid or failed. */
export type PaymentStatus = (typeof documentedStatuses)[number] | "unrecognised";

/** One entry of PortOne's `cancel_history`; `cancellationId` is what makes it countable once. */
export interface CancelEntry {
  readonly cancellationId: string;
  /** Null when PortOne sent something that is no amount of that currency. */
  readonly amount: Money | null;
  /** Null when PortOne told no time. */
  readonly atMs: number | null;
  /** Whoever cancelled wrote it; ours carries the operation's tag. */
  readonly reason: string;
}

/** An entry whose figure can be counted. */
export type ReadableEntry = CancelEntry & { readonly amount: Money };
export const isReadable = (entry: CancelEntry): entry is ReadableEntry => entry.amount !== null;

/** An account a buyer was told to pay into. */
export interface VirtualAccount {
  readonly bankCode: string;
  readonly bankName: string;
  readonly number: string;
  readonly holder: string;
  /** 0 when PortOne told no time. */
  readonly dueAtMs: number;
}

/** An account still accepts a deposit booked late at the bank. */
const depositGraceMs = 3_600_000;

export const closesAtMs = (account: VirtualAccount): number => account.dueAtMs + depositGraceMs;

export interface PaymentRecord {
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: PaymentStatus;
  /** Null when PortOne sent something that is no amount of that currency. */
  readonly amount: Money | null;
  readonly cancelAmount: Money | null;
  /** V1 does not tell it of a window payment; null then. */
  readonly taxFree: Money | null;
  readonly currency: string;
  readonly payMethod: string;
  readonly pgId: string;
  readonly sandbox: boolean;
  readonly escrow: boolean;
  readonly startedAtMs: number | null;
  /** Set once money was taken and kept after a cancel. */
  readonly paidAtMs: number | null;
  readonly account: VirtualAccount | null;
  /** The window issued a cash receipt by itself. */
  readonly cashReceiptIssued: boolean;
  readonly cancels: readonly CancelEntry[];
  readonly slip: SalesSlip;
  /** The card company's or PortOne's words; null unless it failed. */
  readonly failReason: string | null;
}

/** What PortOne tells of how it was paid; null where it tells nothing. Decides nothing. */
export interface SalesSlip {
  readonly cardName: string | null;
  /** Masked by PortOne. */
  readonly cardNumber: string | null;
  readonly applyNum: string | null;
  /** Months; 0 is one payment. */
  readonly cardQuota: number | null;
  readonly receiptUrl: string | null;
  /** The easy pay that was chosen inside the PG's window. */
  readonly embPgProvider: string | null;
  readonly pgTid: string | null;
}

/** The slip with what a later record adds: what was told first stays. */
export const joinSlips = (held: SalesSlip | null, told: SalesSlip): SalesSlip => ({
  cardName: held?.cardName ?? told.cardName,
  cardNumber: held?.cardNumber ?? told.cardNumber,
  applyNum: held?.applyNum ?? told.applyNum,
  cardQuota: held?.cardQuota ?? told.cardQuota,
  receiptUrl: held?.receiptUrl ?? told.receiptUrl,
  embPgProvider: held?.embPgProvider ?? told.embPgProvider,
  pgTid: held?.pgTid ?? told.pgTid,
});

/** Money was taken at some time, whatever was given back since; what was given back had been taken. */
export const tookMoney = ({ status, paidAtMs, cancelAmount, cancels }: PaymentRecord): boolean =>
  status === "paid" ||
  (status === "cancelled" && (paidAtMs !== null || cancels.length > 0 || (cancelAmount ?? 0) > 0));

/** It took money, or its status is a word nobody knows and its time of payment is told. */
export const mayBeMoney = (record: PaymentRecord): boolean =>
  tookMoney(record) || (record.status === "unrecognised" && record.paidAtMs !== null);
