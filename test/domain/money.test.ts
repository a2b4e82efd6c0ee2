import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Currency,
  minus,
  moneyFromMinorUnits,
  parseMoney,
  share,
  toWire,
} from "../../lib/domain/money.ts";

describe("parseMoney", () => {
  it.each([
    [109_000, "KRW", 109_000],
    ["109000", "KRW", 109_000],
    ["0", "KRW", 0],
    [0, "KRW", 0],
    [999_999_999, "KRW", 999_999_999],
    [1_000_000_000, "KRW", null],
    ["109,000", "KRW", null],
    ["1e5", "KRW", null],
    ["-1", "KRW", null],
    [-1, "KRW", null],
    [0.5, "KRW", null],
    ["109000.0", "KRW", null],
    ["", "KRW", null],
    [" 1", "KRW", null],
    [Number.NaN, "KRW", null],
    [null, "KRW", null],
    [10.5, "USD", 1_050],
    ["10.50", "USD", 1_050],
    [0.07, "USD", 7],
    [10.505, "USD", null],
    ["10.", "USD", null],
  ] as const)("reads %j in %s as %j minor units", (wire, currency, units) => {
    expect(parseMoney(wire, currency)).toBe(units);
  });

  it("reads back what it wrote, to the cent", () => {
    const currency = fc.constantFrom<Currency>("KRW", "USD");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), currency, (units, code) => {
        const money = moneyFromMinorUnits(units);
        expect(parseMoney(toWire(money, code), code)).toBe(money);
        expect(parseMoney(String(toWire(money, code)), code)).toBe(money);
      }),
    );
  });
});

it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuses %d as stored minor units", (units) => {
  expect(() => moneyFromMinorUnits(units)).toThrow();
});

it("takes away down to nothing, and shares without leaving the safe integers", () => {
  expect(minus(moneyFromMinorUnits(5), moneyFromMinorUnits(7))).toBe(0);
  const most = moneyFromMinorUnits(999_999_999);
  expect(share(most, most, most)).toBe(999_999_999);
  expect(share(moneyFromMinorUnits(20_000), moneyFromMinorUnits(3_000), moneyFromMinorUnits(109_000))).toBe(
    550,
  );
});
