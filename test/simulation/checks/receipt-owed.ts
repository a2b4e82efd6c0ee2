// What an order owes because of its cash receipt, told from its data alone: that it follows the money, that it is read once
// more, and that it is forgotten for whom it is.
import { type Order, payingAttempt, remainingOf, remainingTaxFreeOf } from "../../../lib/domain/order.ts";

const dayMs = 24 * 3_600_000;
/** No six calendar months and a day are longer. */
const longestHalfYearMs = 186 * dayMs;

/** Somebody has to do something about it, and may: a receipt is wanted, and it is not the one that is right. */
export function mustFollow(order: Order): boolean {
  const { receipt, receiptOperation, receiptRecipient, receiptHandedOver, cancel } = order;
  if (!payingAttempt(order) || receiptRecipient === null || receiptOperation) return false;
  if (cancel !== null && cancel.state !== "scheduled") return false;
  const left = remainingOf(order);
  if (receiptHandedOver === left) return false;
  if (receipt?.state !== "issued") return left > 0;
  return receipt.amount !== left || receipt.taxFree !== remainingTaxFreeOf(order);
}

/** Until when a DELETE that is in doubt may still meet the next receipt; null where none can. */
export const restsUntilMs = ({ receipt }: Order): number | null => receipt?.restsUntilMs ?? null;

/** By when the sealed identifier must be gone; null where none is kept, or is still needed. */
export function forgetsByMs(order: Order): number | null {
  const paying = payingAttempt(order);
  const { receiptRecipient, receiptOperation, cancel } = order;
  if (receiptRecipient === null || !paying || receiptOperation || cancel || mustFollow(order)) return null;
  return (paying.paidAtMs ?? paying.stateSinceMs) + longestHalfYearMs;
}
