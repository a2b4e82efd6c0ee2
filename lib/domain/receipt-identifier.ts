// The number a cash receipt is issued to: what kind it is, whether there can be such a number, and its mask. Forms
// and lengths: the tax office's, as published by an issuer it licensed (Popbill, 2022-11). Read 2026-11.
import { isKstDay, kstDay } from "./kst.ts";
import type { ReceiptType } from "./operation.ts";

export const identifierTypes = ["person", "business", "phone", "taxcard"] as const;
export type IdentifierType = (typeof identifierTypes)[number];

export interface Identifier {
  readonly kind: IdentifierType;
  readonly digits: string;
}

/** The tax office's own number, for a sale whose buyer asked for no receipt. */
const selfIssueDigits = "0100001234";

const forms: Record<IdentifierType, RegExp> = {
  // Assumption: 010 has eight digits behind it, the older prefixes seven or eight. A digit lost is nobody's receipt.
  phone: new RegExp(`^(010\\d{8}|01[16-9]\\d{7,8}|${selfIssueDigits})$`),
  // The first three digits are a tax office's, from 101 on.
  business: /^[1-9]\d{9}$/,
  person: /^\d{13}$/,
  taxcard: /^\d{13,19}$/,
};

/** Told from the form alone; thirteen digits may be a card's, of which nothing more is known. */
const toldByForm: readonly IdentifierType[] = ["phone", "business", "taxcard"];

/** Hyphens and spaces do not count. Null for what has no such form. */
export function recognise(text: string, type: IdentifierType | null): Identifier | null {
  const digits = text.replace(/[ -]/g, "");
  const kind = (type === null ? toldByForm : [type]).find((one) => forms[one].test(digits));
  return kind === undefined ? null : { kind, digits };
}

/** The digits without hyphens and spaces, or null when this is no such number. */
export const readIdentifier = (text: string, type: IdentifierType | null): string | null =>
  recognise(text, type)?.digits ?? null;

/** A business number proves an expenditure; any other is a person's, for the income deduction. */
export const usualType = (text: string, type: IdentifierType | null): ReceiptType =>
  recognise(text, type)?.kind === "business" ? "company" : "person";

export const isSelfIssue = ({ digits }: Identifier): boolean => digits === selfIssueDigits;

const businessWeights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** The check digit of a Korean business registration number; the ninth digit counts in tens and ones. */
export function hasBusinessCheckDigit(digits: string): boolean {
  const numbers = [...digits].map(Number);
  const weighted = businessWeights.map((weight, index) => weight * (numbers[index] ?? 0));
  const total = weighted.reduce((sum, value) => sum + value, 0) + Math.floor((weighted[8] ?? 0) / 10);
  return (10 - (total % 10)) % 10 === numbers[9];
}

/** By the seventh digit; 5 to 8 are foreigners'. Assumption: whom 0 and 9 stand for, born before 1900, buys no more. */
const centuries = ["", "19", "19", "20", "20", "19", "19", "20", "20", ""];

/** Somebody may have been born so. Numbers given since October 2020 have no check digit, so none is asked for. */
export function canBeResident(digits: string, nowMs: number): boolean {
  const century = centuries[Number(digits[6])];
  const born = `${century}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`;
  return isKstDay(born) && born <= kstDay(nowMs);
}

/** The first three and the last four digits stay. */
export const maskIdentifier = (digits: string): string =>
  `${digits.slice(0, 3)}${"*".repeat(Math.max(0, digits.length - 7))}${digits.slice(-4)}`;

/** A text of PortOne's with the number masked, however its digits are parted. */
export const withoutIdentifier = (text: string, digits: string): string =>
  text.replaceAll(new RegExp([...digits].join("[ -]?"), "g"), maskIdentifier(digits));
