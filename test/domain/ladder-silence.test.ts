// Looks that nobody answered use up no rung, and what lies beside the orders climbs a ladder of its own.
import { describe, expect, it } from "vitest";
import { type Climb, claimLook, climb, climbDown, firstLook, giveRungBack } from "../../lib/domain/ladder.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { createdAtMs, lookedAtLater, minuteMs, sweepTakes } from "../support/orders.ts";
import { orderWithUnknownRefund } from "../support/syncing-ports.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const stamp = (atMs: number) => ({ by: "sweep", atMs }) as const;
/** Sent in the third minute. */
const unknown = orderWithUnknownRefund();

describe("a look that nobody answered", () => {
  /** The sweep comes, and nobody answers. */
  function unanswered(before: Order, atMs: number, earliness = 0): Order {
    const claim = { earliness, lookClaim: `look-${atMs}` };
    const claimed = claimLook(before, claim, stamp(atMs));
    const again = { ...claim, lookClaim: `again-${atMs}` };
    return giveRungBack({ before, claimed, standing: claimed }, again, stamp(atMs));
  }
  const climbing = lookedAtLater({ ...sweepTakes(unknown, 0, stamp(minute(4))), looks: 3 }, minute(30));

  it("uses up no rung, leaves a claim, and is tried again after 1, 2, 5 and then each 10 minutes", () => {
    let order = climbing;
    const waits: number[] = [];
    for (let count = 1; count <= 6; count += 1) {
      const atMs = order.dueAtMs ?? 0;
      order = unanswered(order, atMs);
      expect(order).toMatchObject({ looks: 3, silences: count, lookClaim: `again-${atMs}` });
      waits.push(((order.dueAtMs ?? 0) - atMs) / minuteMs);
    }
    expect(waits).toEqual([1, 2, 5, 10, 10, 10]);
    expect(unanswered(climbing, minute(30), 1).dueAtMs).toBe(minute(30) + 54_000);
  });

  it("that is made at last goes on where the ladder stood", () => {
    const silent = unanswered(climbing, minute(30));
    expect(sweepTakes(silent, 0, stamp(minute(31)))).toMatchObject({
      looks: 4,
      silences: 0,
      nextLookAtMs: minute(31 + 30),
    });
  });

  it("of what has just become due begins its climb with nothing used up", () => {
    expect(unanswered(lookedAtLater({ ...unknown, looks: 7 }, minute(400)), minute(4))).toMatchObject({
      looks: 0,
      silences: 1,
      dueAtMs: minute(5),
    });
  });

  it("brings no order into review, however many hours it lasts; a day of it uses up one rung", () => {
    let order = sweepTakes(unknown, 0, stamp(minute(4)));
    let looks = 0;
    const beganMs = order.dueAtMs ?? 0;
    for (; (order.dueAtMs ?? 0) < beganMs + 12 * 60 * minuteMs; looks += 1)
      order = unanswered(order, order.dueAtMs ?? 0);
    expect(looks).toBeGreaterThan(70);
    expect(order).toMatchObject({ looks: 1, reviewReason: null });
    for (let count = 0; order.looks === 1 && count < 200; count += 1)
      order = unanswered(order, order.dueAtMs ?? 0);
    expect(order).toMatchObject({ looks: 2, silences: 0, reviewReason: null });
    expect((order.dueAtMs ?? 0) - beganMs).toBeGreaterThan(23 * 60 * minuteMs);
    for (let count = 0; order.reviewReason === null && count < 2_000; count += 1)
      order = unanswered(order, order.dueAtMs ?? 0);
    expect(order.reviewReason).toBe("operation_unresolved");
  });

  it("out of turn is still wanted, a minute later, and its rung stays where it was", () => {
    const wanted = makeDueNow(climbing, stamp(minute(10)));
    expect(unanswered(wanted, minute(10))).toMatchObject({
      looks: 3,
      silences: 1,
      nextLookAtMs: minute(30),
      lookNowAtMs: minute(11),
      dueAtMs: minute(11),
    });
  });

  it("changes nothing of an order whose ladder somebody else has moved meanwhile", () => {
    const claim = { earliness: 0, lookClaim: "look-1" };
    const claimed = claimLook(climbing, claim, stamp(minute(30)));
    const standing = changeOrder(claimed, { looks: 0 }, stamp(minute(30)));
    expect(giveRungBack({ before: climbing, claimed, standing }, claim, stamp(minute(30)))).toBe(standing);
  });
});

describe("the looks beside the orders", () => {
  it("climb the same rungs, and the last of them is a person's, once and for all", () => {
    let item: Climb = firstLook(minute(1));
    const waits: number[] = [];
    for (let count = 1; count <= 12; count += 1) {
      const atMs = item.dueAtMs ?? 0;
      item = climb(item, atMs, 0);
      waits.push(((item.dueAtMs ?? 0) - atMs) / minuteMs);
      expect(item.reviewReason).toBe(count <= 10 ? null : "operation_unresolved");
    }
    expect(waits).toEqual([1, 5, 15, 30, 120, ...Array(7).fill(1_440)]);
  });

  it("use up no rung where nobody answers, but for one a day", () => {
    const climbed: Climb = { ...firstLook(minute(1)), looks: 3 };
    expect(climbDown(climbed, minute(1), 0)).toEqual({ ...climbed, dueAtMs: minute(2), silences: 1 });
    expect(climbDown({ ...climbed, silences: 3 }, minute(1), 0)?.dueAtMs).toBe(minute(11));
    expect(climbDown({ ...climbed, silences: 143 }, minute(1), 0)).toBeNull();
  });
});
