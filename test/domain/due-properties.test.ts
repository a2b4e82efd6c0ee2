// Whatever happens to an order, in any order: its due time is what its debts say, nothing but a look or a sweep's claim
// moves a rung later, and a read is paid by nothing but the look it is owed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimCancel, releaseCancel } from "../../lib/domain/cancel.ts";
import { dueAt, owed } from "../../lib/domain/due.ts";
import type { Look } from "../../lib/domain/look.ts";
import { type Order, payingAttempt } from "../../lib/domain/order.ts";
import { makeDueNow } from "../../lib/domain/order-change.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { lives, type Step, take } from "../support/order-lives.ts";
import { createdAtMs, createdOrder, minuteMs, sweepTakes, won } from "../support/orders.ts";

interface Act {
  readonly kind: "sweep" | "wanted" | "refund" | "refused";
  readonly afterMs: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom("sweep", "sweep", "wanted", "refund", "refused"),
  afterMs: fc.constantFrom(0, 1_000, minuteMs, 4 * minuteMs, 10 * minuteMs),
});
const life = fc.tuple(lives, fc.array(act, { maxLength: 25 }));

interface Shown {
  readonly before: Order;
  readonly after: Order;
  readonly look: Look | null;
  readonly kind: Step["kind"] | Act["kind"];
}

function refunding(order: Order, atMs: number): Order {
  const paying = payingAttempt(order);
  if (!paying || order.cancel) return order;
  const claim = {
    id: `rf_${atMs}`,
    kind: "refund" as const,
    impUid: paying.impUid,
    amount: won(1_000),
    taxFree: won(0),
    checksum: paying.amount,
    tag: "#k7q2m5xwa",
    reason: "단순 변심",
    requester: null,
    bodyHash: "hash",
    account: null,
    scheduledAtMs: null,
    claimToken: "claim-0",
  };
  return claimCancel(order, claim, { by: "merchant", atMs });
}

function acted(order: Order, { kind }: Act, atMs: number): Order {
  switch (kind) {
    case "sweep":
      return order.dueAtMs !== null && order.dueAtMs <= atMs
        ? sweepTakes(order, 0, { by: "sweep", atMs })
        : order;
    case "wanted":
      return makeDueNow(order, { by: "portone", atMs });
    case "refund":
      return refunding(order, atMs);
    case "refused":
      return order.cancel
        ? releaseCancel(order, order.cancel, "provider_refused", { by: "merchant", atMs })
        : order;
  }
}

/** A life in which each step is followed by an act. */
function live(
  [steps, acts]: readonly [readonly Step[], readonly Act[]],
  check: (shown: Shown) => void,
): void {
  let order = createdOrder();
  let nowMs = createdAtMs;
  for (const [index, step] of steps.entries()) {
    nowMs += step.afterMs;
    const { order: taken, look } = take(order, step, nowMs);
    check({ before: order, after: taken, look, kind: step.kind });
    order = taken;
    const next = acts[index];
    if (!next) continue;
    nowMs += next.afterMs;
    const done = acted(order, next, nowMs);
    check({ before: order, after: done, look: null, kind: next.kind });
    order = done;
  }
}

const always = (check: (shown: Shown) => void): void =>
  fc.assert(
    fc.property(life, (drawn) => live(drawn, check)),
    { seed: 20_260_805, numRuns: 1_000 },
  );

const later = Number.POSITIVE_INFINITY;

describe("whatever happens to an order", () => {
  it("its due time is what its debts say, stored or not", () => {
    always(({ after }) => {
      expect(after.dueAtMs).toBe(dueAt(after));
      expect(after.dueAtMs === null).toBe(owed(after).length === 0);
      expect(decodeOrder(encodeOrder(after))).toEqual(after);
    });
  });

  it("no debt waits beyond its own time, but one that a sweep has come for", () => {
    always(({ after }) => {
      for (const { atMs } of owed(after))
        if (after.lookedAtMs === null || atMs > after.lookedAtMs)
          expect(after.dueAtMs).toBeLessThanOrEqual(atMs);
    });
  });

  it("its rung is moved later by a look at all attempts or a claim, and by nothing else", () => {
    always(({ before, after, look, kind }) => {
      if (kind === "sweep" || look?.isComplete || before.nextLookAtMs === null || after.dueAtMs === null)
        return;
      // What pays an order lets it rest, before it owes anything else.
      if (before.impUid !== after.impUid) return;
      // One that rests and owes something anew within the same look has no rung, and each debt its own time.
      expect(after.nextLookAtMs ?? 0).toBeLessThanOrEqual(before.nextLookAtMs);
    });
  });

  it("a read is paid by a look of its time or later that was fit to see it", () => {
    always(({ before, after, look }) => {
      const left = new Set(after.owedReads.map(({ atMs, impUid }) => `${atMs} ${impUid}`));
      for (const { atMs, impUid } of before.owedReads) {
        if (left.has(`${atMs} ${impUid}`)) continue;
        expect(look?.atMs ?? -later).toBeGreaterThanOrEqual(atMs);
        expect(look?.isComplete || look?.records.some((record) => record.impUid === impUid)).toBe(true);
      }
    });
  });

  it("what somebody wants looked at now stays wanted until all attempts were looked at", () => {
    always(({ before, after, look }) => {
      if (before.lookNowAtMs !== null && after.lookNowAtMs === null) expect(look?.isComplete).toBe(true);
    });
  });
});
