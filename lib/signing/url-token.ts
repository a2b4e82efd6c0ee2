// The token in confirm_url and notice_url. PortOne signs nothing, but we hand out the addresses, so a
// caller who knows an order's token got it from us: the first 16 bytes of HMAC-SHA256 over merchant_uid.
import { createHmac, timingSafeEqual } from "node:crypto";

const tokenBytes = 16;

/** The token for this order; the same key and order always give the same token. */
export const signUrlToken = (key: Buffer, merchantUid: string): string =>
  createHmac("sha256", key).update(merchantUid).digest().subarray(0, tokenBytes).toString("base64url");

/** Compares in constant time against every key in use, so that keys can be changed without a gap. */
export function isUrlToken(keys: readonly Buffer[], merchantUid: string, token: string): boolean {
  const given = Buffer.from(token, "utf8");
  let isValid = false;
  for (const key of keys) {
    const expected = Buffer.from(signUrlToken(key, merchantUid), "utf8");
    if (given.length === expected.length && timingSafeEqual(given, expected)) isValid = true;
  }
  return isValid;
}
