// What is read off the number a receipt is issued to: its digits, its mask, what such a receipt is for; and its VAT.
import { expect, it } from "vitest";
import { vatOf, moneyFromMinorUnits as won } from "../../lib/domain/money.ts";
import {
  type IdentifierType,
  maskIdentifier,
  readIdentifier,
  usualType,
  withoutIdentifier,
} from "../../lib/domain/receipt-identifier.ts";

it.each<[string, IdentifierType | null, string | null]>([
  ["010-1234-5678", "phone", "01012345678"],
  [" 010 1234 5678 ", null, "01012345678"],
  ["117-81-78260", "business", "1178178260"],
  ["800101-1234567", "person", "8001011234567"],
  ["1544 2020 1234 5678", "taxcard", "1544202012345678"],
  ["117-81-78260", "phone", null],
  ["010.1234.5678", null, null],
  ["", null, null],
])("%j as %j has the digits %j", (text, type, digits) => {
  expect(readIdentifier(text, type)).toBe(digits);
});

it.each<[string, IdentifierType | null, string]>([
  ["117-81-78260", "business", "company"],
  ["1178178260", null, "company"],
  ["010-1234-5678", "phone", "person"],
  ["010-000-1234", null, "person"],
  ["8001011234567", "person", "person"],
  ["8001011234567", null, "person"],
  ["1544202012345678", "taxcard", "person"],
  ["0101234567a", null, "person"],
])("a receipt for %j as %j is a %s's", (text, type, usual) => {
  expect(usualType(text, type)).toBe(usual);
});

it.each([
  ["01012345678", "010****5678"],
  ["0100001234", "010***1234"],
  ["1178178260", "117***8260"],
  ["8001011234567", "800******4567"],
  ["1".repeat(19), `111${"*".repeat(12)}1111`],
])("of %s only %s is shown", (digits, mask) => {
  expect(maskIdentifier(digits)).toBe(mask);
});

it.each([
  [109_000, 3_000, 9_636],
  [69_000, 1_900, 6_100],
  [11, 0, 1],
  [16, 0, 1],
  [17, 0, 2],
  [5, 0, 0],
  [6, 0, 1],
  [3_000, 3_000, 0],
])("VAT of %d with %d tax-free is %d", (amount, taxFree, vat) => {
  expect(vatOf(won(amount), won(taxFree))).toBe(vat);
});

it.each([
  ["발급번호 01012345678 확인", "발급번호 010****5678 확인"],
  ["010-1234-5678, 010 1234 5678", "010****5678, 010****5678"],
  ["주문번호 20260805", "주문번호 20260805"],
])("%s is told as %s", (text, told) => {
  expect(withoutIdentifier(text, "01012345678")).toBe(told);
});
