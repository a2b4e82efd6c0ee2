// The night in which KSNET refunds no virtual account, to the second, and the morning after it.
import { expect, it } from "vitest";
import { isRefundNight, morningMs } from "../../../lib/domain/ksnet/refund-night.ts";
import { identifiers } from "../../../lib/signing/identifiers.ts";

const at = (time: string) => Date.parse(`2026-08-05T${time}+09:00`);

it.each([
  ["22:57:59.999", false],
  ["22:58:00", true],
  ["23:00:00", true],
  ["00:00:00", true],
  ["05:59:59.999", true],
  ["06:00:00", false],
  ["12:00:00", false],
])("R-KS-6 %s is night: %s", (time, isNight) => {
  expect(isRefundNight(at(time))).toBe(isNight);
});

it.each([
  ["2026-08-05T22:58:00+09:00", "2026-08-06"],
  ["2026-08-05T23:59:59+09:00", "2026-08-06"],
  ["2026-08-06T00:00:00+09:00", "2026-08-06"],
  ["2026-08-06T05:59:59+09:00", "2026-08-06"],
  ["2026-12-31T23:00:00+09:00", "2027-01-01"],
  ["2028-02-28T23:00:00+09:00", "2028-02-29"],
])("what waits since %s goes out on %s, between 06:01 and 06:10", (since, day) => {
  const names = Array.from({ length: 500 }, (_, index) => identifiers.refundId("ord-1", `key-${index}`));
  const minutes = names.map((name) => (morningMs(Date.parse(since), name) - dayMs(day)) / 60_000);
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(6 * 60 + 1);
  expect(Math.max(...minutes)).toBeLessThan(6 * 60 + 10);
  // Spread: no minute of the nine has much more than its share.
  const perMinute = Map.groupBy(minutes, Math.floor);
  expect(perMinute.size).toBe(9);
  expect(Math.max(...[...perMinute.values()].map(({ length }) => length))).toBeLessThan(100);
});

it("keeps its minute, whoever computes it", () => {
  expect(morningMs(at("23:00:00"), "rf_1")).toBe(morningMs(at("23:30:00"), "rf_1"));
});

const dayMs = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);
