// What must hold for an order whatever happens to it, in any order: properties over random lives, and joins
// of PortOne's views. The stories with their exact outcomes are in sync.test.ts.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Look } from "../../lib/domain/look.ts";
import { type Attempt, cancelledOf, type Order, payingAttempt, remainingOf } from "../../lib/domain/order.ts";
import { stateOf } from "../../lib/domain/order-change.ts";
import type { ReadableEntry } from "../../lib/domain/payment-record.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { lives, type Step, take } from "../support/order-lives.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  paymentRecord,
  policy,
  synced,
} from "../support/orders.ts";

const syncedStates = ["paid", "partially_refunded", "refunded"];

/** Lives an order and shows each step to the check. */
function live(steps: readonly Step[], check: (before: Order, after: Order, look: Look | null) => void): void {
  let order = createdOrder();
  let nowMs = createdAtMs;
  for (const step of steps) {
    nowMs += step.afterMs;
    const { order: after, look } = take(order, step, nowMs);
    check(order, after, look);
    order = after;
  }
}

/** The same lives in every run; a longer hunt only needs another seed and number. */
const sample = { seed: 20_260_805, numRuns: 1_500 };

const always = (check: (before: Order, after: Order, look: Look | null) => void): void =>
  fc.assert(
    fc.property(lives, (steps) => live(steps, check)),
    sample,
  );

const withMoney = (order: Order): readonly Attempt[] =>
  order.attempts.filter(({ state }) => state === "paid");

describe("whatever happens to an order", () => {
  it("the same look again changes nothing and gives the same object", () => {
    always((_, after, look) => {
      if (look) expect(decideSync(after, look, policy)).toBe(after);
    });
  });

  it("paid never un-happens, and what is left never grows", () => {
    always((before, after) => {
      if (!syncedStates.includes(before.state)) return;
      expect(syncedStates).toContain(after.state);
      expect(after.impUid).toBe(before.impUid);
      expect(remainingOf(after)).toBeLessThanOrEqual(remainingOf(before));
    });
  });

  it("it is paid by exactly its amount or not at all", () => {
    always((_, after) => {
      if (after.impUid === null) expect(syncedStates).not.toContain(after.state);
      else expect(payingAttempt(after)).toMatchObject({ state: "paid", amount: after.amount });
    });
  });

  it("no attempt that took money is ever forgotten", () => {
    always((before, after) => {
      const kept = new Map(withMoney(after).map((attempt) => [attempt.impUid, cancelledOf(attempt)]));
      for (const attempt of withMoney(before))
        expect(kept.get(attempt.impUid)).toBeGreaterThanOrEqual(cancelledOf(attempt));
    });
  });

  it("voided stays voided", () => {
    always((before, after) => {
      if (before.state === "voided") expect(after.state).toBe("voided");
    });
  });

  it("its state is what its attempts say, and its history ends there", () => {
    always((_, after) => {
      expect(stateOf(after)).toBe(after.state);
      expect(after.history.at(-1)?.to).toBe(after.state);
      expect(after.history.length).toBeLessThanOrEqual(8);
    });
  });

  it("at most one attempt is approved, and only an approved order is held", () => {
    always((_, after) => {
      const approved = after.attempts.filter(({ state }) => state === "approved");
      expect(approved.length).toBeLessThanOrEqual(1);
      if (after.holdUntilMs !== null) expect(after.state).toBe("approved");
    });
  });

  it("an unknown status alone moves nothing and takes no money for granted", () => {
    always((before, _, look) => {
      if (!look) return;
      const records = look.records.map((record) => ({ ...record, status: "unrecognised" as const }));
      const { state, impUid, attempts } = decideSync(before, { ...look, isComplete: false, records }, policy);
      expect([state, impUid]).toEqual([before.state, before.impUid]);
      expect(attempts).toEqual(before.attempts);
    });
  });
});

describe("cancels of a paid order", () => {
  const entries = [1_000, 2_000, 3_000, 5_000, 8_000, 13_000].map((amount, index) =>
    cancelEntry(`c-${index}`, amount),
  );
  const paid = synced(createdOrder(), [paymentRecord()]);
  const total = (order: Order): number => 109_000 - remainingOf(order);
  const amountOf = (cancels: readonly ReadableEntry[]): number =>
    cancels.reduce((sum, { amount }) => sum + amount, 0);

  it("are counted once each, whatever part of them a look shows and in whatever order", () => {
    const shown = fc.subarray(entries).chain((part) => fc.shuffledSubarray(part, { minLength: part.length }));
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 12 }), (views) => {
        const seen = views.reduce((order, view) => synced(order, [cancelledRecord(view)]), paid);
        const ids = payingAttempt(seen)?.cancels.map(({ cancellationId }) => cancellationId) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
        const all = synced(seen, [cancelledRecord(entries)]);
        expect(total(all)).toBe(amountOf(entries));
        for (const view of views) expect(synced(all, [cancelledRecord(view)])).toBe(all);
      }),
      sample,
    );
  });

  it("end as the newest look says, however late the older ones arrive", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: entries.length }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lengths, (arrivals) => {
        const seen = arrivals.reduce(
          (order, length) => synced(order, [cancelledRecord(entries.slice(0, length))]),
          paid,
        );
        expect(total(seen)).toBe(amountOf(entries.slice(0, Math.max(...arrivals))));
      }),
      sample,
    );
  });
});
