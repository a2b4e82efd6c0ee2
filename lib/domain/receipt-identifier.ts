// The number a cash receipt is issued to: checked, and masked before anything is stored.

export const identifierTypes = ["person", "business", "phone", "taxcard"] as const;
export type IdentifierType = (typeof identifierTypes)[number];

const forms: Record<IdentifierType, RegExp> = {
  phone: /^01\d{8,9}$/,
  business: /^\d{10}$/,
  person: /^\d{13}$/,
  taxcard: /^\d{13,19}$/,
};

const businessWeights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** The digits without hyphens and spaces, or null when this is no such number. */
export function readIdentifier(text: string, type: IdentifierType | null): string | null {
  const digits = text.replace(/[ -]/g, "");
  if (!/^\d{8,19}$/.test(digits)) return null;
  if (type !== null && !forms[type].test(digits)) return null;
  return type === "business" && !hasBusinessCheckDigit(digits) ? null : digits;
}

/** The check digit of a Korean business registration number; the ninth digit counts in tens and ones. */
function hasBusinessCheckDigit(digits: string): boolean {
  const numbers = [...digits].map(Number);
  const weighted = businessWeights.map((weight, index) => weight * (numbers[index] ?? 0));
  const total = weighted.reduce((sum, value) => sum + value, 0) + Math.floor((weighted[8] ?? 0) / 10);
  return (10 - (total % 10)) % 10 === numbers[9];
}

/** The first three and the last four digits stay. */
export const maskIdentifier = (digits: string): string =>
  `${digits.slice(0, 3)}${"*".repeat(Math.max(0, digits.length - 7))}${digits.slice(-4)}`;

/** A text of PortOne's with the number masked, however its digits are parted. */
export const withoutIdentifier = (text: string, digits: string): string =>
  text.replaceAll(new RegExp([...digits].join("[ -]?"), "g"), maskIdentifier(digits));
