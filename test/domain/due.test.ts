// Which orders the sweep still has to look at, and how long it waits between looks.
import { describe, expect, it } from "vitest";
import { dueAt, isLadderUsedUp, rungMs } from "../../lib/domain/due.ts";
import type { Order } from "../../lib/domain/order.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  accountRecord,
  approvedOrder,
  attempt,
  createdAtMs,
  createdOrder,
  failedRecord,
  minuteMs,
  paymentRecord,
  synced,
} from "../support/orders.ts";

const wantedAtMs = Date.parse("2026-08-05T12:02:00+09:00");
const created = createdOrder();
const atEnd = { isComplete: true, atMs: created.expiresAtMs };
const failed = synced(approvedOrder(), [failedRecord]);
const paid = synced(created, [paymentRecord()]);
const owing = (giveBack: "wanted" | "scheduled" | "done"): Order => ({
  ...paid,
  attempts: [...paid.attempts, attempt("imp_2", { state: "paid", giveBack })],
});

describe("dueAt", () => {
  it.each([
    ["created", created],
    ["approved", approvedOrder()],
    ["waiting for a deposit", synced(createdOrder({ payMethod: "vbank" }), [accountRecord])],
    ["failed within its time", failed],
    ["paid, with one more look owed", { ...paid, recheckAtMs: createdAtMs + 10 * minuteMs }],
    ["paid, with money to give back", owing("wanted")],
    ["paid, with money to give back in the morning", owing("scheduled")],
  ])("an order %s is looked at again", (_, order) => {
    expect(dueAt(order, wantedAtMs)).toBe(wantedAtMs);
  });

  it.each([
    ["paid", paid],
    ["paid, and all else given back", owing("done")],
    ["failed past its time", synced(failed, [], atEnd)],
    ["expired", synced(created, [], atEnd)],
    [
      "voided, and looked at since",
      { ...(decideVoid(created, { by: "merchant", atMs: createdAtMs }) ?? created), recheckAtMs: null },
    ],
  ])("an order %s rests", (_, order) => {
    expect(dueAt(order, wantedAtMs)).toBeNull();
  });
});

describe("the ladder", () => {
  it("waits 1, 5, 15, 30 minutes and 2 hours, then a day at a time", () => {
    const looks = Array.from({ length: 12 }, (_, index) => rungMs(index) / minuteMs);
    expect(looks).toEqual([1, 5, 15, 30, 120, 1_440, 1_440, 1_440, 1_440, 1_440, 1_440, 1_440]);
  });

  it.each([
    [9, false],
    [10, true],
  ])("after %d looks is used up: %s", (looks, isUsedUp) => {
    expect(isLadderUsedUp(looks)).toBe(isUsedUp);
  });
});
