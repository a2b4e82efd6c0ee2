// A stored cash receipt as PortOne sends it, and as the control doors show it. Facts: receipt schemas of the
// V1 API; `cancelled_at` 0 while it is live is assumed.
import type { StoredReceipt } from "./state.ts";

const seconds = (ms: number | null): number => (ms === null ? 0 : Math.floor(ms / 1000));

/** Named after the payment when there is one, after the order number when the sale was made elsewhere. */
export function toWireReceipt(receipt: StoredReceipt) {
  const owner = receipt.impUid === null ? { merchant_uid: receipt.merchantUid } : { imp_uid: receipt.impUid };
  return { ...owner, ...bodyOf(receipt) };
}

/** Everything that is known of it, who it was made out to included. */
export const viewReceipt = (receipt: StoredReceipt) => ({
  imp_uid: receipt.impUid,
  merchant_uid: receipt.merchantUid,
  ...bodyOf(receipt),
  tax_free: receipt.taxFree,
  identifier: receipt.identifier,
  identifier_type: receipt.identifierType,
  product_type: receipt.productType,
  buyer_name: receipt.buyerName,
  generation: receipt.generation,
});

const bodyOf = (receipt: StoredReceipt) => ({
  receipt_tid: receipt.receiptTid,
  apply_num: receipt.applyNum,
  type: receipt.type,
  amount: receipt.amount,
  vat: receipt.vat,
  receipt_url: null,
  applied_at: seconds(receipt.appliedAtMs),
  cancelled_at: seconds(receipt.cancelledAtMs),
});
