// May a cash receipt be issued for this order, and over how much?
import type { Money } from "../money.ts";
import { type Order, payingAttempt, remainingOf, remainingTaxFreeOf } from "../order.ts";

export type ReceiptRefusal = "order_not_paid" | "receipt_not_applicable" | "receipt_exists";

export type ReceiptDecision =
  | { readonly decision: "issue"; readonly amount: Money; readonly taxFree: Money }
  | { readonly decision: "refuse"; readonly refusal: ReceiptRefusal };

/** Cash receipts are for cash-like payments; the provider issues over what is left of the payment. */
export function decideReceipt(order: Order): ReceiptDecision {
  const paying = payingAttempt(order);
  const amount = remainingOf(order);
  if (!paying || amount === 0) return { decision: "refuse", refusal: "order_not_paid" };
  const isCashLike = paying.payMethod === "trans" || paying.payMethod === "vbank";
  if (!isCashLike || order.currency !== "KRW")
    return { decision: "refuse", refusal: "receipt_not_applicable" };
  // The window issued one by itself; a second one would be a second deduction.
  if (paying.cashReceiptIssued) return { decision: "refuse", refusal: "receipt_exists" };
  return { decision: "issue", amount, taxFree: remainingTaxFreeOf(order) };
}
