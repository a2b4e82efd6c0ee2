// What a night reads again beside its own day: in a week, everything that may still be refunded.
import { describe, expect, it } from "vitest";
import { listedWindow, turnOf } from "../../lib/domain/audit.ts";

const dayMs = 24 * 3_600_000;
const firstNightMs = Date.parse("2026-08-05T00:00:00+09:00");

/** The windows of so many nights, one after another. */
const windowsOf = (nights: number) =>
  Array.from({ length: nights }, (_, night) => {
    const fromMs = firstNightMs + night * dayMs;
    const window = { fromMs, toMs: fromMs + dayMs - 1 };
    return [listedWindow(window), ...turnOf(window)];
  });

describe("a turn", () => {
  it("reads every moment of the last 190 days within any week", () => {
    for (let first = 0; first < 7; first += 1) {
      const week = windowsOf(first + 7)
        .slice(first)
        .flat();
      const lastMs = firstNightMs + first * dayMs;
      for (let atMs = lastMs - 183 * dayMs; atMs < lastMs; atMs += 3_600_000)
        expect(week.some(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs)).toBe(true);
    }
  });

  it("reads the last 7 days every night, without a gap to the night's own", () => {
    for (const [own, nightly] of windowsOf(7)) {
      expect(nightly?.toMs).toBe((own?.fromMs ?? 0) - 1);
      expect((own?.toMs ?? 0) - (nightly?.fromMs ?? 0)).toBe(7 * dayMs - 1);
    }
  });

  it("never asks PortOne for more than 90 days at once", () => {
    for (const { fromMs, toMs } of windowsOf(7).flat()) expect(toMs - fromMs).toBeLessThan(90 * dayMs);
  });
});
