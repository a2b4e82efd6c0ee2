// Keys for what must be kept and may not be read: accounts to pay back to, identifiers of receipts.

export type DataKey =
  /** A key that stands in the settings, for a laptop. */
  | { readonly kind: "local"; readonly key: Buffer }
  /** A key that never leaves KMS: it makes and opens the keys that encrypt. */
  | { readonly kind: "kms"; readonly arn: string };

const keyBytes = 32;

/** What a setting holds as one data key; null when it is none. */
export function asDataKey(text: string): DataKey | null {
  if (/^kms:arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(text))
    return { kind: "kms", arn: text.slice("kms:".length) };
  if (!/^local:[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text.slice("local:".length), "base64");
  return key.length === keyBytes ? { kind: "local", key } : null;
}
