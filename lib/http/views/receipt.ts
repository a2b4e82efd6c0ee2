// A cash receipt as merchants see it. Receipts are won.
import { type Money, vatOf } from "../../domain/money.ts";
import type { HeldReceipt } from "../../domain/operation.ts";
import { type Order, payingAttempt, remainingOf, remainingTaxFreeOf } from "../../domain/order.ts";
import { hasWindowReceipt, type ReceiptTodo, receiptTodo } from "../../domain/receipt-goal.ts";
import type { ReviewReason } from "../../domain/review.ts";
import { iso, isoOrNull } from "./time.ts";

/** The live, cancelled or just asked-for receipt of a sale outside PortOne; null when there is none. */
export const viewSaleReceipt = (merchantUid: string, slot: HeldReceipt & Marked) =>
  viewSlot({ merchant_uid: merchantUid, imp_uid: null, review_reason: slot.reviewReason, todo: null }, slot);

/** An order's; one that the buyer took in the payment window as far as it is known. */
export function viewOrderReceipt(order: Order) {
  const { merchantUid, receipt, receiptOperation: operation, reviewReason } = order;
  const paying = payingAttempt(order);
  const named = {
    merchant_uid: merchantUid,
    imp_uid: paying?.impUid ?? null,
    review_reason: reviewReason,
    todo: receiptTodo(order),
  };
  const isRefused = named.todo === "hand" && order.receiptRecipient !== null && receipt?.state !== "issued";
  const view = viewSlot(named, { receipt, operation });
  if (view !== null) return isRefused ? { ...view, state: "refused" } : view;
  if (paying && hasWindowReceipt(order))
    return {
      ...named,
      ...nobody,
      state: "issued",
      ...viewAmounts(order.amount, order.taxFree),
      applied_at: iso(paying.paidAtMs ?? paying.stateSinceMs),
      origin: "window",
    };
  if (order.receiptRecipient === null) return null;
  const left = viewAmounts(remainingOf(order), remainingTaxFreeOf(order));
  return { ...named, ...nobody, state: isRefused ? "refused" : "pending", ...left, origin: "merchant" };
}

interface Marked {
  readonly reviewReason: ReviewReason | null;
}

interface Named extends Readonly<Record<"imp_uid" | "review_reason", string | null>> {
  readonly merchant_uid: string;
  readonly todo: ReceiptTodo | null;
}

const nothingYet = {
  receipt_tid: null,
  apply_num: null,
  receipt_url: null,
  applied_at: null,
  cancelled_at: null,
};

/** Wanted and never issued, or issued by somebody else: whom it is for cannot be told. */
const nobody = { ...nothingYet, type: null, identifier_masked: null, generation: 1 };

function viewSlot(named: Named, { receipt, operation }: Omit<HeldReceipt, "recipient">) {
  const draft = operation?.draft;
  if (draft)
    return {
      ...named,
      ...nothingYet,
      state: "pending",
      type: draft.type,
      identifier_masked: draft.identifierMasked,
      ...viewAmounts(draft.amount, draft.taxFree),
      generation: (receipt?.generation ?? 0) + 1,
      origin: operation.isFollowing ? "follow_through" : "merchant",
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

const viewAmounts = (amount: Money, taxFree: Money) => ({
  amount,
  tax_free: taxFree,
  vat: vatOf(amount, taxFree),
});

/** What would be issued. */
export const viewPreview = ({ amount, taxFree }: { readonly amount: Money; readonly taxFree: Money }) =>
  viewAmounts(amount, taxFree);
