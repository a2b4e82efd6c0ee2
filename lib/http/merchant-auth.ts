// Who is this merchant call from? Keys are stored as hashes, compared in constant time, and every way to
// be unknown gets the same answer.
import { createHash, timingSafeEqual } from "node:crypto";
import { type MerchantKey, mayCall, type Scope } from "../domain/merchant-key.ts";
import { ProblemError } from "./problem-error.ts";

/** The caller's key. Throws unauthorized for a missing, malformed or unknown one. */
export function authorize(keys: readonly MerchantKey[], authorization: string | undefined): MerchantKey {
  const given = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? "")?.[1] ?? "";
  const hash = createHash("sha256").update(given).digest();
  let caller: MerchantKey | null = null;
  for (const key of keys) {
    if (timingSafeEqual(hash, Buffer.from(key.sha256, "hex"))) caller = key;
  }
  if (given === "" || caller === null) throw new ProblemError("unauthorized");
  return caller;
}

/** Throws scope_missing for a key that may not knock at this door. */
export function checkScope(key: MerchantKey, door: Scope, isRead: boolean): void {
  if (!mayCall(key, door, isRead)) throw new ProblemError("scope_missing");
}
