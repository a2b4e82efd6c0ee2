// Money as whole numbers of the currency's smallest unit. The only place that makes a Money, so that no
// other code can mix won with plain numbers or do arithmetic on decimals.

declare const minorUnits: unique symbol;

/** A non-negative whole number of minor units (KRW: won, USD: cents). */
export type Money = number & { readonly [minorUnits]: true };

/** The two currencies KSNET knows (R-KS-23). */
export const currencies = ["KRW", "USD"] as const;
export type Currency = (typeof currencies)[number];

const fractionDigits: Record<Currency, number> = { KRW: 0, USD: 2 };
const largestWholePart = 999_999_999;
const asMoney = (units: number): Money => units as Money;

export const isCurrency = (value: string): value is Currency => value === "KRW" || value === "USD";

/** How amounts in a currency that PortOne names are counted: any that KSNET does not know has cents, like dollars. */
export const currencyOf = (code: string): Currency => (code === "KRW" ? "KRW" : "USD");

/** What adding some hundred amounts as doubles may cost, as a part of the sum. */
const doubleNoise = 64 * Number.EPSILON;

/**
 * Reads PortOne's number or a string of digits ("109000") as money; null for anything else: signs,
 * separators, exponents, more decimals than the currency has, more than 999,999,999 whole units.
 */
export function parseMoney(wire: unknown, currency: Currency): Money | null {
  if (typeof wire !== "number" && typeof wire !== "string") return null;
  const meant = typeof wire === "number" ? asMeant(wire, currency) : wire;
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(String(meant));
  if (!match?.[1]) return null;
  const digits = fractionDigits[currency];
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return null;
  const whole = Number(match[1]);
  if (whole > largestWholePart) return null;
  return asMoney(whole * 10 ** digits + Number(fraction.padEnd(digits, "0") || "0"));
}

/** JSON has doubles and dollars have cents: 30.299999999999997 is a sum that means 30.30. Won are exact in a double. */
function asMeant(wire: number, currency: Currency): number {
  const units = 10 ** fractionDigits[currency];
  const nearest = Math.round(wire * units) / units;
  return Math.abs(wire - nearest) <= wire * doubleNoise && units > 1 ? nearest : wire;
}

/** The number PortOne and our answers carry: won as an integer, dollars with at most two decimals. */
export const toWire = (money: Money, currency: Currency): number => money / 10 ** fractionDigits[currency];

/** A stored number of minor units back as money. Throws on what could only be a corrupt item. */
export function moneyFromMinorUnits(units: number): Money {
  if (!Number.isSafeInteger(units) || units < 0) throw new Error(`not an amount in minor units: ${units}`);
  return asMoney(units);
}

export const sum = (amounts: readonly Money[]): Money =>
  asMoney(amounts.reduce((total, amount) => total + amount, 0));

/** What is left; never below zero, because nothing can be given back that was not taken. */
export const minus = (amount: Money, less: Money): Money => asMoney(Math.max(0, amount - less));

/** `amount` × `part` ÷ `whole`, rounded down; exact, because the product may leave the safe integers. */
export const share = (amount: Money, part: Money, whole: Money): Money =>
  whole === 0 ? asMoney(0) : asMoney(Number((BigInt(amount) * BigInt(part)) / BigInt(whole)));

const vatShare = 11;

/** VAT is one eleventh of the taxed part, rounded half up (assumed; PortOne documents no rounding). */
export const vatOf = (amount: Money, taxFree: Money): Money =>
  asMoney(Math.floor((minus(amount, taxFree) * 2 + vatShare) / (vatShare * 2)));

export const least = (a: Money, b: Money): Money => (a < b ? a : b);
