// The keys of a local run: random, never a default somebody could know. Kept in a file only its owner can
// read, so that links handed out and keys pasted before a restart still work after it.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isObject } from "../host/intrinsics.ts";
import { StartError } from "./start-error.ts";

export interface LocalKeys {
  /** The merchant's bearer key. */
  readonly merchantKey: string;
  /** Base64 of the 32 bytes that sign URL tokens. */
  readonly urlKey: string;
}

const keyBytes = 32;

/** The keys in `file`, made and stored when it is missing; fresh ones when there is no file to keep them. */
export function readOrCreateKeys(file: string | null): LocalKeys {
  if (file !== null && existsSync(file)) return readKeys(file);
  const keys = {
    merchantKey: randomBytes(keyBytes).toString("base64url"),
    urlKey: randomBytes(keyBytes).toString("base64"),
  };
  if (file !== null) writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

function readKeys(file: string): LocalKeys {
  const keys: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (isObject(keys)) {
    const { merchantKey, urlKey } = keys;
    if (typeof merchantKey === "string" && typeof urlKey === "string") return { merchantKey, urlKey };
  }
  throw new StartError(`${file} holds no keys. Delete it and new ones are made.`);
}

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");
