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

/** A write scope includes the reads of its own door; `read` is every read. */
export const mayCall = (key: MerchantKey, door: Scope, isRead: boolean): boolean =>
  key.scopes.includes(door) || (isRead && door !== "admin" && key.scopes.includes("read"));
