// What stands sealed in the table: accounts to pay back to while a refund waits or its outcome is not known, and whom a
// cash receipt is for while one may have to be issued.
import { productTypes, receiptTypes } from "../domain/operation.ts";
import { identifierTypes } from "../domain/receipt-identifier.ts";
import type { ReceiptRecipient } from "../domain/receipt-recipient.ts";
import type { RefundAccount } from "../domain/refund-account.ts";
import type { SealedAccounts, SealedRecipients, Sealing } from "../ports/sealing.ts";
import { type DataCipher, SealedValueError } from "./data-key.ts";

/** A list of texts: shorter than names and values. */
type Parts = readonly (string | null)[];

interface Form<Value> {
  readonly write: (value: Value) => Parts;
  /** Null for what was sealed as something else. */
  readonly read: (parts: Parts) => Value | null;
}

const account: Form<RefundAccount> = {
  write: ({ holder, bank, number }) => [holder, bank, number],
  read: ([holder, bank, number]) => (holder && bank && number ? { holder, bank, number } : null),
};

const recipient: Form<ReceiptRecipient> = {
  write: ({ identifier, identifierType, type, productType, buyerName, buyerEmail, buyerTel, saleName }) => [
    type,
    productType,
    identifier,
    identifierType,
    buyerName,
    buyerEmail,
    buyerTel,
    saleName,
  ],
  read: ([type, productType, identifier, identifierType, buyerName, buyerEmail, buyerTel, saleName]) => {
    const known = {
      type: receiptTypes.find((one) => one === type),
      productType: productTypes.find((one) => one === productType),
    };
    if (!known.type || !known.productType || !identifier) return null;
    return {
      type: known.type,
      productType: known.productType,
      identifier,
      identifierType: identifierTypes.find((one) => one === identifierType) ?? null,
      buyerName: buyerName ?? null,
      buyerEmail: buyerEmail ?? null,
      buyerTel: buyerTel ?? null,
      saleName: saleName ?? null,
    };
  },
};

/** The cipher is asked for each time: its keys may have been changed meanwhile. */
export type CipherOf = () => DataCipher;

const createSealing = <Value>(cipher: CipherOf, { write, read }: Form<Value>): Sealing<Value> => ({
  seal: (value, merchantUid) => cipher().seal(JSON.stringify(write(value)), merchantUid),

  async open(sealed, merchantUid) {
    try {
      return read(JSON.parse(await cipher().open(sealed, merchantUid)));
    } catch (error) {
      if (error instanceof SealedValueError) return null;
      throw error;
    }
  },
});

export const createSealedAccounts = (cipher: CipherOf): SealedAccounts => createSealing(cipher, account);
export const createSealedRecipients = (cipher: CipherOf): SealedRecipients =>
  createSealing(cipher, recipient);
