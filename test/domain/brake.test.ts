// The brake on automatic give-backs: so many in an hour, then the rest wait for an operator.
import { describe, expect, it } from "vitest";
import { type Brake, liftBrake, passBrake, releaseFromBrake, restingBrake } from "../../lib/domain/brake.ts";

const noonMs = Date.parse("2026-08-05T12:00:00+09:00");
const hourMs = 3_600_000;
const pass = (brake: Brake, merchantUid: string, nowMs = noonMs) => passBrake(brake, merchantUid, nowMs, 2);
const twice = pass(pass(restingBrake, "ord-1").brake, "ord-2").brake;

describe("the brake", () => {
  it("lets so many go in an hour, counting each, and stops the next one", () => {
    expect(twice).toMatchObject({ hourStartMs: noonMs, count: 2, isOn: false, waiting: [] });
    expect(pass(twice, "ord-3", noonMs + hourMs - 1)).toMatchObject({
      passes: false,
      brake: { isOn: true, waiting: ["ord-3"] },
    });
  });

  it("counts a new hour from nothing while it is off", () => {
    expect(pass(twice, "ord-3", noonMs + hourMs)).toMatchObject({
      passes: true,
      brake: { count: 1, hourStartMs: noonMs + hourMs },
    });
  });

  it("stays on, whatever the hour, and names each that waits once", () => {
    const on = pass(twice, "ord-3").brake;
    const again = pass(on, "ord-3", noonMs + 5 * hourMs);
    expect(again).toEqual({ passes: false, brake: on });
    expect(pass(on, "ord-4", noonMs + 5 * hourMs).brake.waiting).toEqual(["ord-3", "ord-4"]);
  });

  it("lets those go that an operator released, once and uncounted", () => {
    const on = pass(twice, "ord-3").brake;
    for (const released of [liftBrake(on, noonMs), releaseFromBrake(on, "ord-3")]) {
      const passed = pass(released, "ord-3");
      expect(passed).toMatchObject({ passes: true, brake: { count: released.count, released: [] } });
    }
  });
});
