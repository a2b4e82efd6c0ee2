// What stands sealed in the table: accounts to pay back to while a refund waits or its outcome is not known, and whom a
// cash receipt is for while one may have to be issued.
import type { ProductType, ReceiptType } from "../domain/operation.ts";
import type { IdentifierType } from "../domain/receipt-identifier.ts";
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

const receiptLetters: Readonly<Record<ReceiptType, string>> = { person: "p", company: "c" };
const productLetters: Readonly<Record<ProductType, string>> = { real: "r", digital: "d" };
const identifierLetters: Readonly<Record<IdentifierType, string>> = {
  phone: "p",
  business: "b",
  person: "n",
  taxcard: "t",
};

const nameOf = <Name extends string>(letters: Readonly<Record<Name, string>>, letter: string | undefined) =>
  (Object.keys(letters) as Name[]).find((name) => letters[name] === letter);

/** An order's item has to hold it beside a refund: the types are a letter each, and what is not told takes no room. */
const recipient: Form<ReceiptRecipient> = {
  write: ({ identifier, identifierType, type, productType, buyerName, buyerEmail, buyerTel, saleName }) => {
    const letters = receiptLetters[type] + productLetters[productType];
    const told = identifierType === null ? letters : letters + identifierLetters[identifierType];
    const parts = [told, identifier, buyerName, buyerEmail, buyerTel, saleName];
    return parts.slice(0, parts.findLastIndex((part) => part !== null) + 1);
  },
  read: ([letters, identifier, buyerName = null, buyerEmail = null, buyerTel = null, saleName = null]) => {
    const type = nameOf(receiptLetters, letters?.[0]);
    const productType = nameOf(productLetters, letters?.[1]);
    const identifierType = nameOf(identifierLetters, letters?.[2]) ?? null;
    return type && productType && identifier
      ? { type, productType, identifier, identifierType, buyerName, buyerEmail, buyerTel, saleName }
      : null;
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
