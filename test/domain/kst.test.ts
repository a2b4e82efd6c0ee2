import { expect, it } from "vitest";
import { isKstDay, kstDay, parseVbankDue } from "../../lib/domain/kst.ts";

it.each([
  ["2026-08-04T14:59:59.999Z", "2026-08-04"],
  ["2026-08-04T15:00:00.000Z", "2026-08-05"],
  ["2026-12-31T15:00:00.000Z", "2027-01-01"],
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
  ["2026-02-30", null],
  ["2026-08-08 24:00:00", null],
  ["2026-08-08T12:30:00", null],
  ["내일", null],
])("reads the due time %s as %s", (text, iso) => {
  expect(parseVbankDue(text)).toBe(iso === null ? null : Date.parse(iso));
});
