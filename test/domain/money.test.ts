// Reading and writing money, to the won and to the cent, and arithmetic that never leaves whole units.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Currency,
  isCurrency,
  least,
  minus,
  moneyFromMinorUnits,
  parseMoney,
  share,
  sum,
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
    ["10.5", "USD", 1_050],
    [999_999_999.99, "USD", 99_999_999_999],
    [0.1 + 0.2, "USD", 30],
    [10.1 + 20.2, "USD", 3_030],
    [30.299999999999997, "USD", 3_030],
    [19.99 * 3, "USD", 5_997],
    [999_999_999.9900001, "USD", 99_999_999_999],
    [999_999_999.991, "USD", null],
    [30.2999, "USD", null],
    [30.2999999999, "USD", null],
    ["30.299999999999997", "USD", null],
    [1e-17, "USD", null],
    [-1e-17, "USD", null],
    [109_000.00000000001, "KRW", null],
    [21_890.000000000004, "KRW", null],
    ["10.50", "KRW", null],
    ["₩1000", "KRW", null],
    ["+1", "KRW", null],
    ["0x10", "KRW", null],
    ["１０００", "KRW", null],
    [1e21, "KRW", null],
    [Number.POSITIVE_INFINITY, "KRW", null],
    [undefined, "KRW", null],
    [true, "KRW", null],
    [[1000], "KRW", null],
    [{}, "KRW", null],
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

describe("arithmetic", () => {
  const cents = fc.integer({ min: 0, max: 99_999_999 }).map(moneyFromMinorUnits);
  const sample = { seed: 20_260_805 };

  it("adds dollars without the drift of decimals", () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (amounts) => {
        const read = amounts.map(
          (amount) => parseMoney(toWire(amount, "USD"), "USD") ?? moneyFromMinorUnits(0),
        );
        expect(sum(read)).toBe(amounts.reduce((total, amount) => total + amount, 0));
        expect(parseMoney(toWire(sum(read), "USD"), "USD")).toBe(sum(read));
      }),
      sample,
    );
    const [dime, fifth] = [parseMoney(0.1, "USD"), parseMoney(0.2, "USD")];
    expect(dime !== null && fifth !== null && toWire(sum([dime, fifth]), "USD")).toBe(0.3);
  });

  it("shares by rounding down, never more than there is", () => {
    fc.assert(
      fc.property(cents, cents, cents, (a, b, c) => {
        const [part, amount, whole] = [a, b, c].sort((x, y) => x - y) as [typeof a, typeof a, typeof a];
        const its = share(amount, part, whole);
        expect(its).toBeLessThanOrEqual(least(amount, part));
        if (whole > 0) expect(BigInt(its)).toBe((BigInt(amount) * BigInt(part)) / BigInt(whole));
      }),
      sample,
    );
    expect(share(moneyFromMinorUnits(5), moneyFromMinorUnits(0), moneyFromMinorUnits(0))).toBe(0);
  });

  it("takes away what was added", () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(minus(sum([a, b]), b)).toBe(a);
        expect(minus(a, sum([a, b]))).toBe(0);
      }),
      sample,
    );
  });
});

it.each([
  ["KRW", true],
  ["USD", true],
  ["krw", false],
  ["EUR", false],
  ["", false],
])("%j is a currency of KSNET's: %s", (text, isKnown) => {
  expect(isCurrency(text)).toBe(isKnown);
});
