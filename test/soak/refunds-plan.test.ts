// The same seed is the same plan, of exactly as many refunds as asked for; and no way, fault or hour is left out.
import { describe, expect, it } from "vitest";
import { drawRefundsPlan } from "./refunds-plan.ts";
import { asksOf, dayWays, nightWays } from "./refunds-ways.ts";

const { batches } = drawRefundsPlan(7, 1_000);
const stories = batches.flatMap((batch) => batch.stories);
const asks = stories.flatMap(asksOf);
const nightly = batches.filter(({ morning }) => morning !== null);

describe("the plan of refunds", () => {
  it("is drawn from its seed alone", () => {
    expect(drawRefundsPlan(7, 1_000)).toEqual(drawRefundsPlan(7, 1_000));
    expect(drawRefundsPlan(7, 1_000).hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(drawRefundsPlan(8, 1_000).hash).not.toBe(drawRefundsPlan(7, 1_000).hash);
  });

  it.each([0, 1, 26, 40, 1_000])("asks for %i refunds, each under a key of its own", (count) => {
    const plan = drawRefundsPlan(11, count);
    const keys = plan.batches.flatMap((batch) => batch.stories.flatMap(asksOf)).map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([count, count]);
  });

  it("gives money back in every way, by day and by night", () => {
    expect(new Set(stories.map(({ way }) => way))).toEqual(new Set([...dayWays, ...nightWays]));
    expect(new Set(nightly.map(({ askedAt }) => askedAt))).toEqual(
      new Set(["22:58:30", "23:30:00", "02:15:00", "05:59:50"]),
    );
    expect(asks.filter(({ amount }) => amount === null).length).toBeGreaterThan(50);
    expect(asks.filter(({ taxFree }) => taxFree !== undefined).length).toBeGreaterThan(20);
    expect(asks.filter(({ copies }) => copies > 1).length).toBeGreaterThan(300);
    const deeds = stories.flatMap(({ steps, beforeRun, whileRun }) => [
      ...steps.flat(),
      ...beforeRun,
      ...whileRun,
    ]);
    expect(deeds.filter(({ what }) => what === "console").length).toBeGreaterThan(50);
    expect(deeds.filter(({ what }) => what === "withdraw").length).toBeGreaterThan(50);
  });

  it.each(["commit", "arrival"])(
    "has days, nights, kills and lost answers where the checksum is compared at %s",
    (at) => {
      const own = batches.filter(({ checksumAt }) => checksumAt === at);
      expect(new Set(own.map(({ morning }) => morning === null))).toEqual(new Set([true, false]));
      const bodies = own
        .flatMap(({ faults, morning }) => [...faults, ...(morning ?? [])])
        .map(({ body }) => body);
      for (const name of ["crash_before", "crash_after"])
        for (const functionName of ["refund", "reconcile"])
          expect(bodies).toContainEqual(expect.objectContaining({ name, function: functionName }));
      expect(bodies.map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          ...[
            "answer_lost_after_effect",
            "late_effect",
            "stale_read",
            "record_patched",
            "server_error_then_ok",
          ],
          ...[
            "reset_mid_body",
            "invalid_json",
            "reason_dropped",
            "no_answer",
            "rate_limited",
            "token_expired",
          ],
          ...["dynamodb_throttled", "dynamodb_down", "dynamodb_answer_lost_after_effect", "notice_never"],
        ]),
      );
    },
  );

  it("shares no account between two orders", () => {
    const numbers = stories.flatMap((story) => [
      ...new Set(asksOf(story).flatMap(({ account }) => account?.refund_account ?? [])),
    ]);
    expect(numbers.length).toBeGreaterThan(100);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
