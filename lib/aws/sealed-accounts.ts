// Accounts to pay back to, as they stand in the table while a refund waits or its outcome is not known.
import type { RefundAccount } from "../domain/refund-account.ts";
import type { SealedAccounts } from "../ports/sealing.ts";
import { type DataCipher, SealedValueError } from "./data-key.ts";

/** `cipher` is asked for each time: its keys may have been changed meanwhile. */
export const createSealedAccounts = (cipher: () => DataCipher): SealedAccounts => ({
  seal: ({ holder, bank, number }, merchantUid) =>
    cipher().seal(JSON.stringify([holder, bank, number]), merchantUid),

  async open(sealed, merchantUid) {
    try {
      return readAccount(await cipher().open(sealed, merchantUid));
    } catch (error) {
      if (error instanceof SealedValueError) return null;
      throw error;
    }
  },
});

function readAccount(text: string): RefundAccount {
  const [holder, bank, number] = JSON.parse(text) as readonly string[];
  if (!holder || !bank || !number) throw new SealedValueError("no account was sealed");
  return { holder, bank, number };
}
