// What a receipt would be issued over; nothing is sent, and no identifier is needed.
import { decideReceipt, type ReceiptRefusal } from "../../domain/ksnet/receipt-rules.ts";
import type { Money } from "../../domain/money.ts";
import type { OrderStore } from "../../ports/table.ts";

export type PreviewResult =
  | { readonly outcome: "issue"; readonly amount: Money; readonly taxFree: Money }
  | { readonly outcome: ReceiptRefusal | "order_not_found" };

export async function previewReceipt(
  merchantUid: string,
  { store }: { readonly store: OrderStore },
): Promise<PreviewResult> {
  const order = await store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  const decision = decideReceipt(order);
  if (decision.decision === "refuse") return { outcome: decision.refusal };
  return { outcome: "issue", amount: decision.amount, taxFree: decision.taxFree };
}
