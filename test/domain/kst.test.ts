// Korean days and due times: every form the window takes, days that do not exist, midnight in Seoul.
import { expect, it } from "vitest";
import { afterKstMonthsMs, isKstDay, kstDay, kstTimeOfDayMs, parseVbankDue } from "../../lib/domain/kst.ts";

it.each([
  ["2026-08-04T14:59:59.999Z", "2026-08-04"],
  ["2026-08-04T15:00:00.000Z", "2026-08-05"],
  ["2026-12-31T15:00:00.000Z", "2027-01-01"],
  ["2024-02-28T15:00:00.000Z", "2024-02-29"],
])("%s is a moment of the Korean day %s", (iso, day) => {
  expect(kstDay(Date.parse(iso))).toBe(day);
});

it.each([
  ["2026-08-05", true],
  ["2024-02-29", true],
  ["2026-02-29", false],
  ["2026-13-01", false],
  ["20260805", false],
  ["2026-8-5", false],
])("%s is a day: %s", (text, isDay) => {
  expect(isKstDay(text)).toBe(isDay);
});

it.each([
  ["2026-08-08", "2026-08-08T23:59:59+09:00"],
  ["20260808", "2026-08-08T23:59:59+09:00"],
  ["2026-08-08 12:30:00", "2026-08-08T12:30:00+09:00"],
  ["20260808123000", "2026-08-08T12:30:00+09:00"],
  ["20260808000000", "2026-08-08T00:00:00+09:00"],
  ["2024-02-29", "2024-02-29T23:59:59+09:00"],
  ["2026-02-29", null],
  ["2026-02-30", null],
  ["20260230", null],
  ["2026-04-31 10:00:00", null],
  ["2026-13-01", null],
  ["20260808250000", null],
  ["2026-08-08 23:60:00", null],
  ["2026-08-08 12:30", null],
  ["202608081230", null],
  ["2026-08-0812:30:00", null],
  ["2026-8-8", null],
  ["2026/08/08", null],
  [" 2026-08-08", null],
  ["", null],
  ["2026-08-08 24:00:00", null],
  ["2026-08-08T12:30:00", null],
  ["내일", null],
])("reads the due time %s as %s", (text, iso) => {
  expect(parseVbankDue(text)).toBe(iso === null ? null : Date.parse(iso));
});

it.each([
  ["2026-08-05T00:00:00+09:00", 0],
  ["2026-08-05T08:59:59+09:00", 8 * 3_600_000 + 59 * 60_000 + 59_000],
  ["2026-08-05T23:59:59.999+09:00", 86_399_999],
])("%s is so far into its Korean day: %i ms", (iso, ms) => {
  expect(kstTimeOfDayMs(Date.parse(iso))).toBe(ms);
});

it.each([
  ["2026-02-05T00:00:00+09:00", "2026-08-06T00:00:00+09:00"],
  ["2026-02-05T23:59:59+09:00", "2026-08-06T00:00:00+09:00"],
  ["2026-07-01T12:00:00+09:00", "2027-01-02T00:00:00+09:00"],
  ["2026-08-31T12:00:00+09:00", "2027-03-01T00:00:00+09:00"],
  ["2027-08-31T12:00:00+09:00", "2028-03-01T00:00:00+09:00"],
  ["2027-08-29T12:00:00+09:00", "2028-03-01T00:00:00+09:00"],
  ["2027-08-28T12:00:00+09:00", "2028-02-29T00:00:00+09:00"],
])("six months after %s are over at %s", (from, over) => {
  expect(afterKstMonthsMs(Date.parse(from), 6)).toBe(Date.parse(over));
});
