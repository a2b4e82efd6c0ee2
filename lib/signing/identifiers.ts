// The names only hashing or chance can give, made with node:crypto.

import { createHash, randomBytes } from "node:crypto";
import type { Identifiers } from "../ports/environment.ts";

const idBytes = 16;
const tagLength = 9;
const claimTokenBytes = 9;
const base32 = "abcdefghijklmnopqrstuvwxyz234567";

export const identifiers: Identifiers = {
  refundId: (merchantUid, idempotencyKey) =>
    `rf_${sha256(`${merchantUid}\n${idempotencyKey}`).subarray(0, idBytes).toString("base64url")}`,
  tag: (refundId) => `#${toBase32(sha256(refundId)).slice(0, tagLength)}`,
  newClaimToken: () => randomBytes(claimTokenBytes).toString("base64url"),
};

const sha256 = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** RFC 4648 base32 in lower case, without padding. */
function toBase32(bytes: Buffer): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += base32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
