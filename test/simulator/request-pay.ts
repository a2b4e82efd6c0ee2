// The object given to `IMP.request_pay`, kept as it was sent. The readers here take any value a page may
// put there and never throw; what the rules make of an odd value is theirs to say.

export type RequestPay = Readonly<Record<string, unknown>>;

/** A non-empty text, or null. */
export function textOf(requestPay: RequestPay, name: string): string | null {
  const value = requestPay[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** A number; digits in a text count as one. Null when absent or no number. */
export function numberOf(requestPay: RequestPay, name: string): number | null {
  const value = requestPay[name];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

/** A nested object, or an empty one. */
export function objectOf(requestPay: RequestPay, name: string): RequestPay {
  const value = requestPay[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RequestPay) : {};
}

export const isTrue = (value: unknown): boolean => value === true || value === "true";

export const currencyOf = (requestPay: RequestPay): string => textOf(requestPay, "currency") ?? "KRW";

/** One-time virtual accounts at KSNET know no tax-free part (R-KS-3). */
export function taxFreeOf(requestPay: RequestPay, payMethod: string): number {
  return payMethod === "vbank" ? 0 : (numberOf(requestPay, "tax_free") ?? 0);
}
