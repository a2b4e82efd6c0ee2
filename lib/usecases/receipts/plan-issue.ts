// What a receipt is issued over: what is left of an order's payment, or what a sale outside PortOne says.
import { decideReceipt, type ReceiptRefusal } from "../../domain/ksnet/receipt-rules.ts";
import type { Money } from "../../domain/money.ts";
import { maskIdentifier } from "../../domain/receipt-identifier.ts";
import type { ReceiptRecipient } from "../../domain/receipt-recipient.ts";
import type { Snapshot } from "./receipt-slot.ts";
import type { ReceiptCall } from "./send-receipt.ts";

export interface WantedIssue {
  readonly recipient: ReceiptRecipient;
  readonly sealed: string;
  readonly bodyHash: string;
  readonly isFollowing: boolean;
  /** Of a sale outside PortOne; null for an order. */
  readonly sold: { readonly amount: Money; readonly taxFree: Money } | null;
}

/** What to issue for this snapshot, or why not. */
export function planIssue(
  { order, target }: Snapshot,
  { recipient, sealed, bodyHash, isFollowing, sold }: WantedIssue,
): Extract<ReceiptCall, { kind: "receipt_issue" }> | { readonly refusal: ReceiptRefusal } {
  const decision = order ? decideReceipt(order) : null;
  if (decision?.decision === "refuse") return { refusal: decision.refusal };
  const amounts = decision ?? sold;
  if (!amounts || !target) return { refusal: "order_not_paid" };
  const { amount, taxFree } = amounts;
  const identifierMasked = maskIdentifier(recipient.identifier);
  return {
    kind: "receipt_issue",
    target,
    isFollowing,
    draft: { type: recipient.type, identifierMasked, amount, taxFree, bodyHash },
    recipient,
    sealed,
    buyerName: recipient.buyerName ?? order?.buyerName ?? "",
  };
}
