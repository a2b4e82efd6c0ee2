// A cash receipt's record: what it says, how it is revoked, how it looked earlier. Facts: receipt pages of the
// V1 API (amount = what is left of the payment, VAT is an eleventh of the taxable part). Rounding half up and
// issuing again after a revocation are assumed; nothing is published. Pure.
import type { ReceiptFile, StoredReceipt } from "./state.ts";

/** An eleventh of the taxable part, half a won and more rounded up. */
export const vatOf = (amount: number, taxFree: number): number => Math.round((amount - taxFree) / 11);

/** The newest generation, revoked or not; null when none was ever issued. */
export const latestReceipt = (file: ReceiptFile | null): StoredReceipt | null =>
  file?.generations.at(-1) ?? null;

export const isLive = (receipt: StoredReceipt | null): receipt is StoredReceipt =>
  receipt !== null && receipt.cancelledAtMs === null;

export function addReceipt(file: ReceiptFile | null, receipt: StoredReceipt): ReceiptFile {
  if (isLive(latestReceipt(file))) throw new Error(`${receipt.merchantUid} has a live receipt`);
  return { generations: [...(file?.generations ?? []), receipt] };
}

/** The file with its live receipt revoked. Throws when there is none, which is the caller's mistake. */
export function revokeReceipt(file: ReceiptFile | null, atMs: number): ReceiptFile {
  const latest = latestReceipt(file);
  if (!file || !isLive(latest)) throw new Error("there is no live receipt");
  return { generations: [...file.generations.slice(0, -1), { ...latest, cancelledAtMs: atMs }] };
}

/** The file as a replica that is behind shows it; null `atMs` is now. */
export function receiptsAsOf(file: ReceiptFile | null, atMs: number | null): ReceiptFile | null {
  if (!file || atMs === null) return file;
  const known = file.generations.filter((receipt) => receipt.appliedAtMs <= atMs);
  const isLater = (ms: number | null) => ms !== null && ms > atMs;
  return {
    generations: known.map((receipt) =>
      isLater(receipt.cancelledAtMs) ? { ...receipt, cancelledAtMs: null } : receipt,
    ),
  };
}
