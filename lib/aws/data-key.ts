// Encrypts what must be kept for a while and may be read by nobody who reads the table: AES-256-GCM, each value under
// the order it belongs to, so that it opens nowhere else. The key's id stands beside the value; keys are changed by
// putting a new one in front.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { DataKey } from "../domain/data-key.ts";
import { type AwsAccess, signedCall } from "./signed-call.ts";

export interface DataCipher {
  /** A text to store. The same text gives another one each time. Throws as `signedCall` does. */
  seal(text: string, merchantUid: string): Promise<string>;
  /** The text that was sealed for this order. Throws SealedValueError for anything else, or as `signedCall` does. */
  open(sealed: string, merchantUid: string): Promise<string>;
}

/** It was sealed with a key that is gone, for another order, or by nobody. */
export class SealedValueError extends Error {
  override readonly name = "SealedValueError";
}

const format = "1";
const keyIdBytes = 6;
const ivBytes = 12;
const tagBytes = 16;

/** The first key seals, all open. Throws where there is none. */
export function createDataCipher(keys: readonly DataKey[], access: AwsAccess): DataCipher {
  const [sealing] = keys;
  if (!sealing) throw new Error("there is no data key");
  return {
    seal: async (text, merchantUid) => {
      const { key, wrapped } = await newKey(sealing, access);
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(merchantUid, "utf8"));
      const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return [format, idOf(sealing), ...[wrapped, iv, encrypted].map(toText)].join(".");
    },
    open: async (sealed, merchantUid) => {
      const [version, id, ...parts] = sealed.split(".");
      const [wrapped, iv, encrypted] = parts.map((part) => Buffer.from(part, "base64url"));
      const dataKey = keys.find((known) => idOf(known) === id);
      if (version !== format || !dataKey || !wrapped || iv?.length !== ivBytes || !encrypted)
        throw new SealedValueError("not sealed by a key at hand");
      const key = await knownKey(dataKey, wrapped, access);
      const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(merchantUid, "utf8"));
      try {
        decipher.setAuthTag(encrypted.subarray(-tagBytes));
        return Buffer.concat([decipher.update(encrypted.subarray(0, -tagBytes)), decipher.final()]).toString(
          "utf8",
        );
      } catch {
        // Node's own message would be the same for each of the reasons.
        throw new SealedValueError("sealed for another order, or changed");
      }
    },
  };
}

const toText = (bytes: Buffer): string => bytes.toString("base64url");

const idOf = (dataKey: DataKey): string =>
  createHash("sha256")
    .update(dataKey.kind === "local" ? dataKey.key : dataKey.arn)
    .digest()
    .subarray(0, keyIdBytes)
    .toString("base64url");

/** A key of its own for each value from KMS, kept beside it as KMS wrapped it; a local key is used as it is. */
async function newKey(dataKey: DataKey, access: AwsAccess): Promise<{ key: Buffer; wrapped: Buffer }> {
  if (dataKey.kind === "local") return { key: dataKey.key, wrapped: Buffer.alloc(0) };
  const answer = await askKms("GenerateDataKey", { KeyId: dataKey.arn, KeySpec: "AES_256" }, access);
  return { key: bytesIn(answer, "Plaintext"), wrapped: bytesIn(answer, "CiphertextBlob") };
}

async function knownKey(dataKey: DataKey, wrapped: Buffer, access: AwsAccess): Promise<Buffer> {
  if (dataKey.kind === "local") return dataKey.key;
  const body = { KeyId: dataKey.arn, CiphertextBlob: wrapped.toString("base64") };
  return bytesIn(await askKms("Decrypt", body, access), "Plaintext");
}

/** KMS goes by the name of its first days. */
const askKms = (operation: string, body: object, access: AwsAccess): Promise<unknown> =>
  signedCall({ service: "kms", target: `TrentService.${operation}`, body }, access);

function bytesIn(answer: unknown, field: "Plaintext" | "CiphertextBlob"): Buffer {
  const text = (answer as Readonly<Record<string, unknown>>)[field];
  if (typeof text !== "string") throw new Error(`kms: an answer without ${field}`);
  return Buffer.from(text, "base64");
}
