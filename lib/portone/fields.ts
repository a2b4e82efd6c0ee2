// Fields of PortOne's records. Whatever a field holds stops nothing: what it is not meant to hold reads as null, and so
// does every way of saying nothing.
import { isFit } from "../domain/text.ts";

/** A record as it came. */
export type Wire = Readonly<Record<string, unknown>>;

export const asWire = (value: unknown): Wire | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Wire) : null;

/** Nothing was said: null, no field, empty text, or the 0 of a time that has not come. */
export const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || /^\s*0*\s*$/.test(String(value));

/** A number, or the digits of one. */
export function numberIn(value: unknown): number | null {
  const isDigits = typeof value === "string" && /^\d{1,15}$/.test(value);
  const number = isDigits ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

const mostMonths = 99;

/** Instalments; 0 is one payment. */
export function monthsIn(value: unknown): number | null {
  const months = numberIn(value);
  return months !== null && Number.isInteger(months) && months >= 0 && months <= mostMonths ? months : null;
}

/** The end of the year 2099: no payment, and nothing about one, is later. */
const lastSecond = 4_102_444_799;

/** PortOne's seconds as milliseconds; it writes 0 for a time that has not come. */
export function timeIn(value: unknown): number | null {
  const seconds = numberIn(value);
  return seconds !== null && seconds >= 1 && seconds <= lastSecond ? Math.floor(seconds) * 1000 : null;
}

/** Yes or no, in whatever type it is said. */
export function flagIn(value: unknown): boolean | null {
  if (value === true || value === "true" || value === 1) return true;
  return value === false || value === "false" || value === 0 ? false : null;
}

/** `imp_` for a window's payment, `imps_` for one made by the API, at most 32 characters (PortOne's help). */
export const impUidIn = (value: unknown): string | null =>
  typeof value === "string" && /^imps?_[A-Za-z0-9_-]{1,27}$/.test(value) ? value : null;

const longestMerchantUid = 40;

/** Another shop's may be of any letters, but none is longer, and none is broken. */
export const merchantUidIn = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" && value.length <= longestMerchantUid && isFit(value)
    ? value
    : null;

const longestName = 64;

/** A name whose form PortOne does not tell. */
export const nameIn = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" && value.length <= longestName && isFit(value)
    ? value
    : null;
