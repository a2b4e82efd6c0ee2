// What a night reads again beside its own day: in a week, everything that may still be refunded.
import { describe, expect, it } from "vitest";
import {
  type AuditReport,
  isSameProgress,
  listedWindow,
  newAudit,
  type Window,
} from "../../lib/domain/audit.ts";
import { afterTurnStep, turnWindow } from "../../lib/domain/audit-turn.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const firstNightMs = Date.parse("2026-08-05T00:00:00+09:00");

const nightOf = (index: number): Window => {
  const fromMs = firstNightMs + index * dayMs;
  return { fromMs, toMs: fromMs + dayMs - 1 };
};

/** One night's turn, as far as so many steps, from where the last one stopped. */
function turn(window: Window, turnAtMs: number | null, mostSteps = Number.POSITIVE_INFINITY) {
  const begun = newAudit("2026-08-05", window, turnAtMs);
  let report: AuditReport = { ...begun, place: { part: "turn", step: 0, page: 1 } };
  const windows: Window[] = [];
  while (report.place.part === "turn" && windows.length < mostSteps) {
    windows.push(turnWindow(report, report.place.step));
    report = afterTurnStep(report, report.place.step);
  }
  return { windows, report };
}

/** What so many nights read, each going on where the one before stopped. */
function nights(count: number, mostSteps?: number): readonly (readonly Window[])[] {
  let turnAtMs: number | null = null;
  return Array.from({ length: count }, (_, index) => {
    const { windows, report } = turn(nightOf(index), turnAtMs, mostSteps);
    turnAtMs = report.turnAtMs;
    return windows;
  });
}

const reads = (windows: readonly Window[], atMs: number): boolean =>
  windows.some(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs);

/** Where windows begin and end, and the hour by which an audited day's own lists reach over it. */
const momentsOf = (fromMs: number, toMs: number): readonly number[] =>
  Array.from({ length: Math.ceil((toMs - fromMs) / dayMs) }, (_, index) => fromMs + index * dayMs).flatMap(
    (startMs) => [startMs, startMs + dayMs - hourMs - 1, startMs + dayMs - hourMs, startMs + dayMs - 1],
  );

describe("a turn", () => {
  it("reads every moment of the last 190 days within any week, whichever night it begins with", () => {
    const all = nights(60).map((windows, index) => [listedWindow(nightOf(index)), ...windows]);
    for (let first = 0; first + 7 <= all.length; first += 1) {
      const week = all.slice(first, first + 7).flat();
      const { toMs } = nightOf(first + 6);
      const missed = momentsOf(toMs + 1 - 190 * dayMs, toMs).filter((atMs) => !reads(week, atMs));
      expect(missed).toEqual([]);
    }
  });

  it("reads the last 7 days every night, without a gap to the night's own", () => {
    for (const [index, windows] of nights(9).entries()) {
      const { fromMs, toMs } = nightOf(index);
      for (let atMs = toMs - 7 * dayMs + 1; atMs < fromMs; atMs += hourMs)
        expect(reads([listedWindow(nightOf(index)), ...windows], atMs)).toBe(true);
      expect(windows[0]?.toMs).toBe(listedWindow(nightOf(index)).fromMs - 1);
    }
  });

  it("reads no more than a day at once, and nothing twice", () => {
    for (const windows of nights(9)) {
      const sorted = [...windows].sort((a, b) => a.fromMs - b.fromMs);
      for (const [index, { fromMs, toMs }] of sorted.entries()) {
        expect(toMs - fromMs).toBeLessThan(dayMs);
        expect(sorted[index + 1]?.fromMs ?? toMs + 1).toBeGreaterThan(toMs);
      }
    }
  });

  it("goes on where the night before was cut off", () => {
    const [first, second] = nights(2, 4);
    const day = (windows: readonly Window[] | undefined, step: number) =>
      ((firstNightMs - (windows?.[step]?.fromMs ?? 0)) / dayMs).toString();
    expect([1, 3].map((step) => day(first, step))).toEqual(["7", "8"]);
    expect([1, 3].map((step) => day(second, step))).toEqual(["9", "10"]);
  });

  it("reads everything again before it is too old, where nights have time for two days only", () => {
    const all = nights(600, 2).flat();
    // The last hour of a day is in no window of the last days that such a night comes to.
    const lastHours = Array.from({ length: 400 }, (_, index) => firstNightMs + (index + 1) * dayMs - 1);
    expect(lastHours.filter((atMs) => !reads(all, atMs))).toEqual([]);
  });

  it("of one night is not another's: how far back it has come tells them apart", () => {
    const [one, same, other] = [0, 0, 1].map((days) => newAudit("2026-08-05", nightOf(0), days * dayMs));
    if (!(one && same && other)) throw new Error("three were made");
    expect([isSameProgress(one, same), isSameProgress(one, other)]).toEqual([true, false]);
  });

  it("comes to the newest again once it has reached 190 days, and when it was left for longer than that", () => {
    const { fromMs } = nightOf(0);
    const newest = { fromMs: fromMs - 7 * dayMs, toMs: fromMs - 6 * dayMs - 1 };
    const oldest = { fromMs: fromMs - 189 * dayMs, toMs: fromMs - 188 * dayMs - 1 };
    expect(turn(nightOf(0), fromMs - 188 * dayMs).windows[1]).toEqual(oldest);
    expect(turn(nightOf(0), fromMs - 188 * dayMs).windows[3]).toEqual(newest);
    expect(turn(nightOf(0), fromMs - 400 * dayMs).windows[1]).toEqual(newest);
  });
});
