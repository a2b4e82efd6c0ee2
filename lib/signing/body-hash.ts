// A short hash of what a body means, to tell a repeat from a different request under the same name.
import { createHash } from "node:crypto";

const hashBytes = 16;

/** The same for values that are equal, whatever the order of their fields. */
export const hashOf = (value: unknown): string =>
  createHash("sha256").update(canonicalJson(value)).digest().subarray(0, hashBytes).toString("base64url");

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, nested: unknown) =>
    typeof nested === "object" && nested !== null && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  );
}
