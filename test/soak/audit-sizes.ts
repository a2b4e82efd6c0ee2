// Holds the size of every order's item against its bounds: a unit in its usual life, four ever, seen or not.
// Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item, StoredItem } from "./table.ts";
import { attemptsOf, type LargestWrite, numberOf } from "./world.ts";

const usualBytes = 1_024;
const mostBytes = 4_096;
const mostUnits = mostBytes / 1_024;

/** Paid once and refunded once at most, and nobody is kept to issue a receipt to. */
export const isUsual = (order: Item): boolean => {
  const attempts = attemptsOf(order);
  if (order["receipt_to"] !== undefined) return false;
  return attempts.length <= 1 && attempts.every(({ cancels }) => cancels.length <= 1);
};

export function auditSizes(
  seen: readonly StoredItem[],
  largestWrite: LargestWrite | null,
): readonly Finding[] {
  const tooLarge = seen.flatMap(({ bytes, item }) => {
    const most = isUsual(item) ? usualBytes : mostBytes;
    return bytes <= most ? [] : [found("item_too_large", numberOf(item), `${bytes} bytes, not ${most}`)];
  });
  const isDear = largestWrite !== null && largestWrite.units > mostUnits;
  return isDear
    ? [...tooLarge, found("item_too_large", largestWrite.pk, `a write of ${largestWrite.units} units`)]
    : tooLarge;
}

/** The larger of what was seen of each order before and what is seen now, in its usual life and in any. */
export class LargestItems {
  readonly #largest = new Map<string, StoredItem>();

  see(items: readonly StoredItem[]): void {
    for (const seen of items) {
      const name = `${seen.pk} ${isUsual(seen.item)}`;
      if (seen.bytes > (this.#largest.get(name)?.bytes ?? 0)) this.#largest.set(name, seen);
    }
  }

  get all(): readonly StoredItem[] {
    return [...this.#largest.values()];
  }

  get mostBytes(): number {
    return Math.max(0, ...this.all.map(({ bytes }) => bytes));
  }
}
