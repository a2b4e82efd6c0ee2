// One payment at PortOne with its past, so that an old record of it can be shown.
import type { Money } from "../../../lib/domain/money.ts";
import { minus, moneyFromMinorUnits, sum } from "../../../lib/domain/money.ts";
import { type CancelEntry, isReadable, type PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { ReceiptRecord } from "../../../lib/domain/receipt.ts";

export interface Payment {
  readonly record: PaymentRecord;
  readonly past: { readonly atMs: number; readonly record: PaymentRecord }[];
  /** Until when a buyer may still pay in its window. */
  readonly windowUntilMs: number;
  readonly receipts: readonly ReceiptRecord[];
  /** Reads before this moment may be old, but never older. */
  readonly shownSinceMs: number;
}

export const remainingOf = ({ record }: Payment): Money =>
  minus(
    record.amount ?? moneyFromMinorUnits(0),
    sum(record.cancels.filter(isReadable).map(({ amount }) => amount)),
  );

/** The record as it was at that moment; null when there was none yet. */
export function recordAsOf(payment: Payment, atMs: number): PaymentRecord | null {
  if (atMs < payment.shownSinceMs) return recordAsOf(payment, payment.shownSinceMs);
  for (let index = payment.past.length - 1; index >= 0; index -= 1) {
    const entry = payment.past[index];
    if (entry && entry.atMs <= atMs) return entry.record;
  }
  return null;
}

export function withCancel(
  record: PaymentRecord,
  entry: CancelEntry,
  partialShowsAs: "paid" | "cancelled",
): PaymentRecord {
  const cancels = [...record.cancels, entry];
  const cancelAmount = sum(cancels.filter(isReadable).map(({ amount }) => amount));
  const isWhole = cancelAmount === record.amount;
  return { ...record, cancels, cancelAmount, status: isWhole ? "cancelled" : partialShowsAs };
}
