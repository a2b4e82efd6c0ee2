// A cash receipt as merchants see it. Receipts are won.
import { type Money, vatOf } from "../../domain/money.ts";
import type { ReceiptSlot } from "../../domain/operation.ts";
import { type Order, payingAttempt } from "../../domain/order.ts";
import { iso, isoOrNull } from "./time.ts";

/** The live, cancelled or just asked-for receipt; null when there is none. */
export function viewReceipt(merchantUid: string, impUid: string | null, slot: ReceiptSlot) {
  const { receipt, operation, reviewReason = null } = slot;
  const named = { merchant_uid: merchantUid, imp_uid: impUid, review_reason: reviewReason };
  const draft = operation?.draft;
  if (draft)
    return {
      ...named,
      state: "pending",
      type: draft.type,
      identifier_masked: draft.identifierMasked,
      amount: draft.amount,
      tax_free: draft.taxFree,
      vat: vatOf(draft.amount, draft.taxFree),
      receipt_tid: null,
      apply_num: null,
      receipt_url: null,
      applied_at: null,
      cancelled_at: null,
      generation: (receipt?.generation ?? 0) + 1,
      origin: "merchant",
    };
  if (!receipt) return null;
  return {
    ...named,
    state: operation ? "pending" : receipt.state,
    type: receipt.type,
    identifier_masked: receipt.identifierMasked,
    amount: receipt.amount,
    tax_free: receipt.taxFree,
    vat: receipt.vat,
    receipt_tid: receipt.receiptTid,
    apply_num: receipt.applyNum,
    receipt_url: receipt.receiptUrl,
    applied_at: iso(receipt.appliedAtMs),
    cancelled_at: isoOrNull(receipt.cancelledAtMs),
    generation: receipt.generation,
    origin: receipt.origin,
  };
}

export const viewOrderReceipt = (order: Order) =>
  viewReceipt(order.merchantUid, payingAttempt(order)?.impUid ?? null, {
    receipt: order.receipt,
    operation: order.receiptOperation,
    reviewReason: order.reviewReason,
  });

/** What would be issued. */
export const viewPreview = ({ amount, taxFree }: { readonly amount: Money; readonly taxFree: Money }) => ({
  amount,
  tax_free: taxFree,
  vat: vatOf(amount, taxFree),
});
