// Accounts and recipients sealed as a laptop does it, with a key of the tests' own.
import { createDataCipher } from "../../lib/aws/data-key.ts";
import { createSealedAccounts, createSealedRecipients } from "../../lib/aws/sealings.ts";
import type { AwsAccess } from "../../lib/aws/signed-call.ts";

/** A local key needs none of it. */
const noAws: AwsAccess = {
  region: "",
  endpoint: null,
  credentials: () => ({ accessKeyId: "", secretAccessKey: "" }),
};

const cipherBy = (keyByte: number) => () =>
  createDataCipher([{ kind: "local", key: Buffer.alloc(32, keyByte) }], noAws);

export const sealedAccountsBy = (keyByte: number) => createSealedAccounts(cipherBy(keyByte));
export const sealedRecipientsBy = (keyByte: number) => createSealedRecipients(cipherBy(keyByte));

export const sealedAccounts = sealedAccountsBy(7);
export const sealedRecipients = sealedRecipientsBy(7);
