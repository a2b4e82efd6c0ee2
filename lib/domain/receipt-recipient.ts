// Whom a cash receipt is issued to: everything an issue needs beyond the amounts, which the money tells.
import type { ProductType, ReceiptType } from "./operation.ts";
import type { IdentifierType } from "./receipt-identifier.ts";

export interface ReceiptRecipient {
  /** Digits only. */
  readonly identifier: string;
  readonly identifierType: IdentifierType | null;
  readonly type: ReceiptType;
  readonly productType: ProductType;
  /** Null: the order's own. */
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  /** What was sold outside PortOne; null for an order. */
  readonly saleName: string | null;
}
