// Accounts sealed as a laptop does it, with a key of the tests' own.
import { createDataCipher } from "../../lib/aws/data-key.ts";
import { createSealedAccounts } from "../../lib/aws/sealed-accounts.ts";
import type { AwsAccess } from "../../lib/aws/signed-call.ts";

/** A local key needs none of it. */
const noAws: AwsAccess = {
  region: "",
  endpoint: null,
  credentials: () => ({ accessKeyId: "", secretAccessKey: "" }),
};

export const sealedAccountsBy = (keyByte: number) =>
  createSealedAccounts(() => createDataCipher([{ kind: "local", key: Buffer.alloc(32, keyByte) }], noAws));

export const sealedAccounts = sealedAccountsBy(7);
