// Keys a merchant's server identifies itself with, and what each may do.

export const scopes = [
  "orders",
  "refunds",
  "receipts",
  "billing",
  "delivery",
  "stock",
  "read",
  "admin",
] as const;
export type Scope = (typeof scopes)[number];

export interface MerchantKey {
  readonly name: string;
  /** Lower-case hex SHA-256 of the key; the key itself is stored nowhere. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
}

/** What a setting holds as one key; null when it is none. */
export function asMerchantKey(entry: unknown): MerchantKey | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { name, sha256, scopes: named } = entry as Record<string, unknown>;
  const isHash = typeof sha256 === "string" && /^[0-9a-f]{64}$/i.test(sha256);
  const areScopes = Array.isArray(named) && named.every((scope) => scopes.includes(scope as Scope));
  if (typeof name !== "string" || name === "" || !isHash || !areScopes) return null;
  return { name, sha256: sha256.toLowerCase(), scopes: named as readonly Scope[] };
}

/** A write scope includes the reads of its own door; `read` is every read. */
export const mayCall = (key: MerchantKey, door: Scope, isRead: boolean): boolean =>
  key.scopes.includes(door) || (isRead && door !== "admin" && key.scopes.includes("read"));
