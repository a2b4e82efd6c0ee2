// A cash receipt follows the money. The goal is a state and no reaction: one live receipt over what is left of the
// payment, or none where nothing is left or none was asked for. KSNET revokes none by itself (R-KS-11, R-KS-12).
import { refundsEndAtMs } from "./ksnet/refund-window.ts";
import type { Receipt } from "./operation.ts";
import { type Order, payingAttempt, remainingOf, remainingTaxFreeOf } from "./order.ts";

/** What still differs from the goal; `hand`: only a person can mend it. */
export const receiptTodos = ["cancel", "issue", "hand"] as const;
export type ReceiptTodo = (typeof receiptTodos)[number];

/** What the sweep has to do about it. */
export type ReceiptWork = "cancel" | "issue" | "hand_over";

type Concerned = Pick<
  Order,
  | "impUid"
  | "attempts"
  | "amount"
  | "taxFree"
  | "cancel"
  | "receipt"
  | "receiptOperation"
  | "receiptRecipient"
  | "receiptHandedOver"
>;

/** The buyer took it in the payment window, where nobody but KSNET can mend it. */
export const hasWindowReceipt = (
  order: Pick<Concerned, "impUid" | "attempts" | "amount" | "taxFree" | "receipt">,
): boolean => order.receipt === null && payingAttempt(order)?.cashReceiptIssued === true;

const isOverWhatIsLeft = (receipt: Receipt, order: Concerned): boolean =>
  receipt.amount === remainingOf(order) && receipt.taxFree === remainingTaxFreeOf(order);

/** The next call towards the goal, whoever may make it; null at the goal. */
function differenceOf(order: Concerned): "cancel" | "issue" | null {
  const { receipt, receiptRecipient } = order;
  if (!payingAttempt(order)) return null;
  if (hasWindowReceipt(order)) return remainingOf(order) === order.amount ? null : "cancel";
  if (receipt?.state === "issued") return isOverWhatIsLeft(receipt, order) ? null : "cancel";
  return receiptRecipient !== null && remainingOf(order) > 0 ? "issue" : null;
}

const isHandedOver = (order: Concerned): boolean => order.receiptHandedOver === remainingOf(order);

export function receiptTodo(order: Concerned): ReceiptTodo | null {
  const difference = differenceOf(order);
  if (difference === null) return null;
  return order.receiptRecipient === null || isHandedOver(order) ? "hand" : difference;
}

/** Null while a call is in flight that may change what is left, or the receipt. */
export function receiptWork(order: Concerned): ReceiptWork | null {
  const isMoving = order.cancel !== null && order.cancel.state !== "scheduled";
  if (order.receiptOperation !== null || isMoving || isHandedOver(order)) return null;
  const difference = differenceOf(order);
  return difference !== null && order.receiptRecipient === null ? "hand_over" : difference;
}

/** A call in doubt, a difference from the goal, or a read that was promised for later. */
export const owesReceipt = (order: Concerned, nowMs: number): boolean =>
  order.receiptOperation !== null ||
  receiptWork(order) !== null ||
  (order.receipt?.readAtMs ?? Number.POSITIVE_INFINITY) <= nowMs;

/** When no receipt can have to be issued again any more; null where nothing is kept for that, or is still needed. */
export function recipientEndsAtMs(order: Concerned): number | null {
  const paying = payingAttempt(order);
  if (order.receiptRecipient === null || order.receiptOperation !== null || !paying) return null;
  if (order.cancel !== null || receiptWork(order) !== null) return null;
  return refundsEndAtMs(paying.paidAtMs ?? paying.stateSinceMs);
}

/** Nothing is left, and no receipt lives or may still come to live. */
export const isRecipientSpent = (order: Concerned): boolean =>
  order.receiptRecipient !== null &&
  order.receiptOperation === null &&
  order.receipt?.state !== "issued" &&
  payingAttempt(order) !== undefined &&
  remainingOf(order) === 0;
