// Cards given by number: what a number must look like, what is stored of it, and which ones the card company
// turns down. Facts: onetime page of the V1 API (number form, expiry as YYYY-MM, masked digits 7 to 12). Which
// number is declined is the simulator's own convention; numbers are not Luhn-checked.
import { findCard } from "./ksnet-codes.ts";
import { toKst } from "./kst.ts";
import type { StoredCard } from "./state.ts";

export interface KeyInCard extends StoredCard {
  /** How the card company answers charges to it. */
  readonly fate: CardFate;
}

/** `declines`: asked and refused. `unreachable`: the request itself fails. */
export type CardFate = "pays" | "declines" | "unreachable";

const shinhan = "366";
const numberForm = /^\d{4}-?\d{4}-?\d{4}-?\d{2,4}$/;
const expiryForm = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Null when it is no card number. */
export function readCard(number: string | null): KeyInCard | null {
  const company = findCard(shinhan);
  if (number === null || !numberForm.test(number) || !company) return null;
  const digits = number.replaceAll("-", "");
  return { ...company, number: maskCard(digits), type: 0, fate: fateOf(digits) };
}

const maskCard = (digits: string): string =>
  digits.slice(0, 6) + "*".repeat(digits.length - 10) + digits.slice(-4);

function fateOf(digits: string): CardFate {
  if (digits.endsWith("0002")) return "declines";
  return digits.endsWith("0005") ? "unreachable" : "pays";
}

/** Whether a card is still good: through the last day of its month, in Korea. Null when it is no such month. */
export function isGoodThrough(expiry: string | null, nowMs: number): boolean | null {
  const [, year, month] = expiryForm.exec(expiry ?? "") ?? [];
  if (year === undefined || month === undefined) return null;
  const now = toKst(nowMs);
  return Number(year) * 12 + Number(month) >= now.year * 12 + now.month;
}
