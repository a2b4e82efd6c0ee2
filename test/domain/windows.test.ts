// Windows that are open are followed as long as somebody may pay in them, whatever became of their order.
import { expect, it } from "vitest";
import { owed } from "../../lib/domain/due.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  openRecord,
  paymentRecord,
  synced,
} from "../support/orders.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const complete = (atMs: number) => ({ isComplete: true, atMs });
const created = createdOrder();
/** Opened in the 20th minute: it lives until the 50th. */
const window = { ...openRecord, impUid: "imp_2", startedAtMs: minute(20) };
const seen = synced(created, [window], complete(minute(21)));
const paid = synced(seen, [paymentRecord()], { atMs: minute(25) });

it("are remembered by a look at everything, not by one at an attempt", () => {
  expect(seen.openWindows).toEqual(["imp_2"]);
  expect(synced(created, [window], { atMs: minute(21) })).toBe(created);
});

it("are followed for their life when another attempt has paid", () => {
  expect(paid).toMatchObject({
    state: "paid",
    openWindows: [],
    openUntilMs: minute(55),
  });
  expect(owed(paid)).toEqual([{ what: "window_end", atMs: minute(55) }]);
  const second = { ...paymentRecord(), impUid: "imp_2" };
  expect(synced(paid, [paymentRecord(), second], complete(minute(55)))).toMatchObject({
    attempts: [{ giveBack: null }, { impUid: "imp_2", state: "paid" }],
    openUntilMs: null,
  });
});

it("cost an order nothing whose only window paid it", () => {
  const alone = synced(created, [{ ...window, impUid: paymentRecord().impUid }], complete(minute(21)));
  expect(synced(alone, [paymentRecord()], { atMs: minute(25) })).toMatchObject({ dueAtMs: null });
  const approved = synced(approvedOrder(), [openRecord], complete(minute(3)));
  expect(approved).toEqual(approvedOrder());
});

it("that end at most five minutes after their order are looked at together with it", () => {
  const openedAt = (startedAtMs: number) =>
    synced(created, [{ ...openRecord, startedAtMs }], complete(minute(8)));
  const { nextLookAtMs: _, ...resting } = openedAt(minute(5));
  expect(owed({ ...resting, nextLookAtMs: null })).toEqual([{ what: "window_end", atMs: minute(35) }]);
  expect(synced(openedAt(minute(5)), [openRecord], complete(minute(35)))).toMatchObject({
    state: "expired",
    openUntilMs: null,
    dueAtMs: null,
  });
  // Later ones wait for their own end, and earlier ones for their order's.
  for (const startedAtMs of [minute(5) + 1, minute(0) - 1])
    expect(owed(openedAt(startedAtMs))).toEqual([{ what: "expiry", atMs: created.expiresAtMs }]);
});

it("that were to be looked at with their order cost it nothing more once it is paid", () => {
  const shown = synced(created, [openRecord], complete(minute(3)));
  expect(shown.openUntilMs).toBe(minute(31));
  expect(synced(shown, [paymentRecord()], { atMs: minute(4) })).toMatchObject({
    openUntilMs: null,
    dueAtMs: null,
  });
  const other = { ...paymentRecord(), impUid: "imp_3" };
  expect(synced(shown, [other], { atMs: minute(4) })).toMatchObject({ openUntilMs: minute(34) });
});

it("are over with their own life, and no look begins it anew", () => {
  const expired = synced(created, [window], complete(minute(31)));
  expect(expired).toMatchObject({ isExpired: true, openWindows: [], openUntilMs: minute(50) });
  expect(synced(expired, [window], complete(minute(50)))).toMatchObject({ openUntilMs: null, dueAtMs: null });
  expect(synced(created, [window], complete(minute(51)))).toMatchObject({ openUntilMs: null, dueAtMs: null });
});

it("that open late extend what was promised before", () => {
  const expired = synced(created, [window], complete(minute(31)));
  const late = { ...window, impUid: "imp_3", startedAtMs: minute(40) };
  expect(synced(expired, [window, late], complete(minute(45)))).toMatchObject({ openUntilMs: minute(70) });
});

it("that a payment of an expired order leaves open keep their time", () => {
  const expired = synced(created, [window], complete(minute(31)));
  expect(synced(expired, [paymentRecord()], { atMs: minute(35) })).toMatchObject({
    state: "paid",
    openUntilMs: minute(50),
  });
});

it("of strangers do not grow the order", () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ ...window, impUid: `imp_${index + 10}` }));
  expect(synced(created, many, complete(minute(21))).openWindows).toHaveLength(4);
});
