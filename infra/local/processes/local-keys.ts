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
  /** Base64 of the 32 bytes that seal accounts to pay back to. */
  readonly dataKey: string;
}

const keyBytes = 32;

/** The keys in `file`, made and stored when it is missing; fresh ones when there is no file to keep them. */
export function readOrCreateKeys(file: string | null): LocalKeys {
  if (file !== null && existsSync(file)) return readKeys(file);
  const keys = {
    merchantKey: randomBytes(keyBytes).toString("base64url"),
    urlKey: newKey(),
    dataKey: newKey(),
  };
  if (file !== null) writeKeys(file, keys);
  return keys;
}

const newKey = (): string => randomBytes(keyBytes).toString("base64");

const writeKeys = (file: string, keys: LocalKeys): void =>
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });

function readKeys(file: string): LocalKeys {
  const keys: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (isObject(keys)) {
    const { merchantKey, urlKey, dataKey } = keys;
    if (typeof merchantKey === "string" && typeof urlKey === "string") {
      if (typeof dataKey === "string") return { merchantKey, urlKey, dataKey };
      // Kept before anything was sealed.
      const completed = { merchantKey, urlKey, dataKey: newKey() };
      writeKeys(file, completed);
      return completed;
    }
  }
  throw new StartError("keys_missing", { file });
}

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");
