// A receipt's number, and what it costs in VAT.
import { describe, expect, it } from "vitest";
import { vatOf, moneyFromMinorUnits as won } from "../../lib/domain/money.ts";
import { maskIdentifier, readIdentifier, withoutIdentifier } from "../../lib/domain/receipt-identifier.ts";

describe("a receipt's identifier", () => {
  it.each([
    ["010-1234-5678", "phone", "01012345678"],
    ["010 1234 5678", "phone", "01012345678"],
    ["1178178260", "business", "1178178260"],
    ["117-81-78260", "business", "1178178260"],
    ["1178178261", "business", null],
    ["0101234567a", "phone", null],
    ["02-1670-5176", "phone", null],
    ["820213-1234567", "person", "8202131234567"],
    ["", "phone", null],
    ["1178178260", null, "1178178260"],
  ] as const)("%s as %s is %s", (text, type, digits) => {
    expect(readIdentifier(text, type)).toBe(digits);
  });

  it.each([
    ["01012345678", "010****5678"],
    ["1178178260", "117***8260"],
  ])("%s is kept as %s", (digits, masked) => {
    expect(maskIdentifier(digits)).toBe(masked);
  });
});

describe("VAT", () => {
  it.each([
    [109_000, 3_000, 9_636],
    [69_000, 1_900, 6_100],
    [11, 0, 1],
    [16, 0, 1],
    [17, 0, 2],
    [5, 0, 0],
    [6, 0, 1],
    [3_000, 3_000, 0],
  ])("of %d with %d tax-free is %d", (amount, taxFree, vat) => {
    expect(vatOf(won(amount), won(taxFree))).toBe(vat);
  });
});

it.each([
  ["발급번호 01012345678 확인", "발급번호 010****5678 확인"],
  ["010-1234-5678, 010 1234 5678", "010****5678, 010****5678"],
  ["주문번호 20260805", "주문번호 20260805"],
])("%s is told as %s", (text, told) => {
  expect(withoutIdentifier(text, "01012345678")).toBe(told);
});
