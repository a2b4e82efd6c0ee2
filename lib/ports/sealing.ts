// Sealing what must be kept for a while and may be read by nobody who reads the table.
import type { ReceiptRecipient } from "../domain/receipt-recipient.ts";
import type { RefundAccount } from "../domain/refund-account.ts";

export interface Sealing<Value> {
  /** For this order only. Throws StorageUnavailableError while no key can be had. */
  seal(value: Value, merchantUid: string): Promise<string>;
  /** Null for what no key at hand opens, or was sealed for another order. Throws as `seal` does. */
  open(sealed: string, merchantUid: string): Promise<Value | null>;
}

export type SealedAccounts = Sealing<RefundAccount>;
export type SealedRecipients = Sealing<ReceiptRecipient>;
