// Korean calendar: deposit deadlines, months, hours.
import { expect, it } from "vitest";
import { endOfDayMonthsLater, parseVbankDue, toKst } from "./kst.ts";

it.each([
  ["2026-08-08", "2026-08-08T23:59:59+09:00"],
  ["20260808", "2026-08-08T23:59:59+09:00"],
  ["2026-08-08 09:30:00", "2026-08-08T09:30:00+09:00"],
  ["20260808093000", "2026-08-08T09:30:00+09:00"],
])("reads the deadline %s as %s", (text, iso) => {
  expect(parseVbankDue(text)).toBe(Date.parse(iso));
});

it.each(["2026-02-31", "2026-13-01", "2026-08-08T09:30:00Z", "1786159200", "내일", ""])(
  "finds no deadline in %j",
  (text) => {
    expect(parseVbankDue(text)).toBeNull();
  },
);

it.each([
  ["2026-08-05T12:00:00+09:00", 6, "2027-02-05T23:59:59.999+09:00"],
  ["2026-08-31T00:00:00+09:00", 6, "2027-02-28T23:59:59.999+09:00"],
  ["2026-08-04T23:30:00Z", 1, "2026-09-05T23:59:59.999+09:00"],
])("counts calendar months in Korea: %s and %i months end at %s", (from, months, to) => {
  expect(endOfDayMonthsLater(Date.parse(from), months)).toBe(Date.parse(to));
});

it("tells the Korean hour and month", () => {
  expect(toKst(Date.parse("2026-08-31T15:00:00Z"))).toEqual({ year: 2026, month: 9, day: 1, hour: 0 });
});
