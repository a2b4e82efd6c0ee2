// The brake on automatic give-backs: so many within any hour, then the rest wait for an operator.
import { describe, expect, it } from "vitest";
import { type Brake, liftBrake, passBrake, restingBrake } from "../../lib/domain/brake.ts";

const noonMs = Date.parse("2026-08-05T12:00:00+09:00");
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const pass = (brake: Brake, merchantUid: string, nowMs = noonMs) => passBrake(brake, merchantUid, nowMs, 2);
const twice = pass(pass(restingBrake, "ord-1").brake, "ord-2").brake;
const on = pass(twice, "ord-3").brake;

/** So many come at once, and those that were let go. */
function passing(brake: Brake, count: number, nowMs: number, mostPerHour: number) {
  let next = brake;
  let passed = 0;
  for (let number = 1; number <= count; number += 1) {
    const { passes, brake: stored } = passBrake(next, `ord-${number}`, nowMs, mostPerHour);
    next = stored;
    if (passes) passed += 1;
  }
  return { brake: next, passed };
}

describe("the brake", () => {
  it("lets so many go, counting each by its minute, and stops the next one", () => {
    expect(twice).toEqual({ counted: [{ startMs: noonMs, count: 2 }], isOn: false, waiting: [] });
    expect(pass(twice, "ord-3", noonMs + hourMs)).toEqual({
      passes: false,
      brake: { ...twice, isOn: true, waiting: [{ merchantUid: "ord-3", cameAtMs: noonMs + hourMs }] },
    });
  });

  it("counts no hours of the clock: 20 at 10:59 leave none for 11:01", () => {
    const before = passing(restingBrake, 20, Date.parse("2026-08-05T10:59:00+09:00"), 20);
    expect(before.passed).toBe(20);
    expect(passing(before.brake, 20, Date.parse("2026-08-05T11:01:00+09:00"), 20).passed).toBe(0);
  });

  it.each([
    ["an hour and the minutes until the last of them is sent", noonMs + hourMs + 2 * minuteMs, true],
    ["a moment less", noonMs + hourMs + 2 * minuteMs - 1, false],
  ])("forgets a minute after %s", (_, nowMs, passes) => {
    expect(pass(twice, "ord-3", nowMs).passes).toBe(passes);
  });

  it("lets no more go in any hour, whenever they come", () => {
    const sentAtMs: number[] = [];
    let brake = restingBrake;
    for (let minute = 0; minute < 600; minute += 7) {
      const nowMs = noonMs + minute * minuteMs + ((minute * 37) % 60) * 1_000;
      const passed = pass(brake, `ord-${minute}`, nowMs);
      // Somebody else's brake is never on here: only the counting is looked at.
      brake = { ...passed.brake, isOn: false, waiting: [] };
      if (passed.passes) sentAtMs.push(nowMs);
    }
    const within = sentAtMs.map((fromMs) => sentAtMs.filter((ms) => ms >= fromMs && ms < fromMs + hourMs));
    expect(Math.max(...within.map(({ length }) => length))).toBe(2);
    expect(sentAtMs.length).toBeGreaterThan(15);
    expect(brake.counted.length).toBeLessThanOrEqual(2);
  });

  it("stays on, whatever the hour, and names each that waits once", () => {
    expect(pass(on, "ord-3", noonMs + 50 * minuteMs)).toEqual({ passes: false, brake: on });
    const later = pass(on, "ord-4", noonMs + 5 * hourMs);
    expect([later.passes, later.brake.waiting.map(({ merchantUid }) => merchantUid)]).toEqual([
      false,
      ["ord-3", "ord-4"],
    ]);
  });

  it("names one that still comes anew, and drops one that has not come for a day", () => {
    const again = pass(on, "ord-3", noonMs + hourMs).brake;
    expect(again.waiting).toEqual([{ merchantUid: "ord-3", cameAtMs: noonMs + hourMs }]);
    const aDayLater = noonMs + 25 * hourMs;
    expect(pass(again, "ord-4", aDayLater - 1).brake.waiting).toHaveLength(2);
    expect(pass(again, "ord-4", aDayLater).brake.waiting).toEqual([
      { merchantUid: "ord-4", cameAtMs: aDayLater },
    ]);
  });

  it("names a thousand, and makes room when some of them come no more", () => {
    const full = passing(on, 1_200, noonMs, 2).brake;
    expect(full.waiting).toHaveLength(1_000);
    expect(pass(full, "ord-late", noonMs)).toEqual({ passes: false, brake: full });
    const roomier = pass(full, "ord-late", noonMs + 24 * hourMs).brake;
    expect(roomier.waiting).toEqual([{ merchantUid: "ord-late", cameAtMs: noonMs + 24 * hourMs }]);
  });

  it("is lifted to rest, and left as it is where it is off", () => {
    expect(liftBrake(on)).toEqual(restingBrake);
    expect(liftBrake(twice)).toBe(twice);
  });
});
