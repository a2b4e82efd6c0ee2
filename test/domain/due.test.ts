// What an order owes a look and from when on, each with its own time: a row for every debt there is, and that none of
// them hides, pays or puts off another.
import { describe, expect, it } from "vitest";
import { claimCancel, releaseCancel } from "../../lib/domain/cancel.ts";
import { claimCharge, decideCharge } from "../../lib/domain/charge.ts";
import { type Debt, dueAt, isLadderUsedUp, owed, owingRead, rungMs } from "../../lib/domain/due.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { claimReceipt, emptySlot } from "../../lib/domain/receipt.ts";
import { reserve } from "../../lib/domain/schedule.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  attempt,
  createdAtMs,
  createdOrder,
  failedRecord,
  look,
  lookedAtLater,
  minuteMs,
  openRecord,
  paymentRecord,
  sweepTakes,
  synced,
  won,
} from "../support/orders.ts";
import { refundClaim } from "../support/syncing-ports.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const stamp = (atMs: number) => ({ by: "merchant", atMs }) as const;
const complete = (atMs: number) => ({ isComplete: true, atMs });

const created = createdOrder();
const failed = synced(approvedOrder(), [failedRecord]);
const paid = synced(created, [paymentRecord()]);
const vbankOrder = createdOrder({ payMethod: "vbank" });
const waiting = synced(vbankOrder, [accountRecord]);
const second = paymentRecord({ impUid: "imp_2" });

const refunding = (order: Order, atMs: number): Order => claimCancel(order, refundClaim, stamp(atMs));
const refused = (order: Order, atMs: number): Order =>
  order.cancel ? releaseCancel(order, order.cancel, "provider_refused", stamp(atMs)) : order;

const facts = { customerUid: "c", productType: "real", cardQuota: null, customData: null } as const;
const charged = (atMs: number): Order =>
  claimCharge(created, { ...facts, via: "again" }, "claim-0", stamp(atMs));
const reservation = { customerUid: "c", productType: "real", claimToken: "claim-0" } as const;
const receiptOperation = claimReceipt(
  emptySlot,
  { kind: "receipt_cancel", isFollowing: false, draft: null },
  "claim-0",
  minute(4),
).operation;
const twoPaid = synced(paid, [second], { atMs: minute(5) });
const wishing = changeOrder(
  twoPaid,
  {
    attempts: twoPaid.attempts.map((a) => (a.impUid === "imp_2" ? { ...a, giveBack: "wanted" as const } : a)),
  },
  stamp(minute(6)),
);
const timesOf = (order: Order): Partial<Record<Debt, number>> =>
  Object.fromEntries(owed(order).map(({ what, atMs }) => [what, atMs]));

describe("what is owed", () => {
  it.each<[string, Order, Partial<Record<Debt, number>>]>([
    ["created: its own time", created, { expiry: minute(30) }],
    ["approved: its hold's end", approvedOrder(), { hold: minute(11) }],
    ["failed within its time", failed, { expiry: minute(30) }],
    [
      "an account: its end, an hour after it is due",
      waiting,
      { account_end: account.dueAtMs + 60 * minuteMs, expiry: minute(30) },
    ],
    ["a refund: a minute after its send", refunding(paid, minute(5)), { call: minute(6) }],
    [
      "a refused refund: a read after QUIET",
      refused(refunding(paid, minute(5)), minute(6)),
      { read: minute(16) },
    ],
    ["a charge: a minute after its send", charged(minute(5)), { call: minute(6), expiry: minute(30) }],
    [
      "a reservation: two minutes after its time",
      reserve(created, { ...reservation, scheduledAtMs: minute(60) }, stamp(minute(1))),
      { call: minute(62), expiry: minute(60 + 24 * 60) },
    ],
    [
      "a charge to be sent once more: now",
      decideCharge(charged(minute(5)), look([], complete(minute(15)))),
      { wish: minute(15), expiry: minute(30) },
    ],
    [
      "a receipt's call: a minute after its send",
      changeOrder(paid, { receiptOperation }, stamp(minute(4))),
      { call: minute(5) },
    ],
    ["money to give back: since it was wished", wishing, { wish: minute(6) }],
    [
      "an account to close: since it was wished",
      decideVoid(waiting, stamp(minute(5))) ?? waiting,
      { wish: minute(5), expiry: minute(30) },
    ],
    [
      "void: windows that were open",
      decideVoid(created, stamp(minute(5))) ?? created,
      { window_end: minute(35) },
    ],
    [
      "expired while a window is open: that window",
      synced(created, [{ ...openRecord, startedAtMs: minute(20) }], complete(minute(31))),
      { window_end: minute(50) },
    ],
    [
      "an attempt still approved when another one paid",
      synced(approvedOrder(), [second]),
      { hold: minute(31) },
    ],
    ["somebody wants it looked at", makeDueNow(paid, stamp(minute(7))), { look_now: minute(7) }],
  ])("%s", (_, order, expected) => {
    expect(timesOf(order)).toEqual(expected);
    expect(order.dueAtMs).toBe(dueAt(order));
    const stored = Math.min(...Object.values(expected), order.nextLookAtMs ?? Number.POSITIVE_INFINITY);
    expect(dueAt(order)).toBe(stored);
  });

  it.each([
    ["paid", paid],
    [
      "paid, and all else given back",
      changeOrder(
        paid,
        { attempts: [...paid.attempts, attempt("imp_2", { giveBack: "done", state: "given_back" })] },
        stamp(minute(5)),
      ),
    ],
    ["failed past its time", synced(failed, [failedRecord], complete(minute(30)))],
    ["expired", synced(created, [], complete(minute(30)))],
  ])("an order %s owes nothing, and keeps no time of it", (_, order) => {
    expect(owed(order)).toEqual([]);
    const nothing = {
      dueAtMs: null,
      nextLookAtMs: null,
      lookedAtMs: null,
      lookNowAtMs: null,
      wishedAtMs: null,
    };
    expect(order).toMatchObject({ ...nothing, owedReads: [], openUntilMs: null });
  });

  it("money to give back keeps its place behind the cancel in flight, and is wished anew when that is over", () => {
    const busy = refunding(wishing, minute(7));
    expect(timesOf(busy)).toEqual({ call: minute(8) });
    expect(timesOf(refused(busy, minute(9)))).toEqual({ wish: minute(9), read: minute(19) });
  });

  it("of an order written before wishes had a time is owed since the attempt is what it is", () => {
    const old = { ...wishing, wishedAtMs: null };
    expect(timesOf(old)).toEqual({ wish: minute(5) });
  });
});

describe("nothing is put off by another fact", () => {
  const records = [accountRecord, { ...accountRecord, impUid: "imp_2" }];
  const accounts = synced(waiting, records, complete(minute(3)));
  const paidByOne = synced(accounts, [paymentRecord({ payMethod: "vbank" })], { atMs: minute(60) });
  const closedRecord = { ...accountRecord, impUid: "imp_2", status: "cancelled" as const, account: null };

  it("a refund of unknown outcome by an account that is closed", () => {
    const unknown = refunding(paidByOne, minute(61));
    expect(timesOf(unknown)).toEqual({ call: minute(62), wish: minute(60) });
    const closed = synced(unknown, [closedRecord], { atMs: minute(61) });
    expect(closed.dueAtMs).toBe(minute(62));
  });

  it("an account issued on the side does not put off a refund, nor does one that ends", () => {
    const unknown = refunding(paid, minute(5));
    for (const record of [accountRecord, failedRecord])
      expect(
        synced(unknown, [{ ...record, impUid: "imp_3" }], { atMs: minute(5) }).dueAtMs,
      ).toBeLessThanOrEqual(minute(6));
  });

  it("a give-back without an answer by a void", () => {
    const wrong = synced(created, [paymentRecord({ amount: won(100) })], { atMs: minute(4) });
    const giving = claimCancel(
      wrong,
      { ...refundClaim, kind: "give_back", amount: won(100), checksum: won(100) },
      stamp(minute(5)),
    );
    const later = lookedAtLater(giving, minute(20));
    expect(decideVoid(later, stamp(minute(5)))?.dueAtMs).toBe(minute(6));
  });

  it("a refused refund's read by a second one's", () => {
    const first = refused(refunding(paid, minute(5)), minute(6));
    const both = refused(refunding(first, minute(9)), minute(9));
    expect(both.owedReads.map(({ atMs }) => atMs)).toEqual([minute(16), minute(19)]);
    expect(both.dueAtMs).toBe(minute(16));
    const one = synced(both, [paymentRecord()], { atMs: minute(16) });
    expect(one).toMatchObject({ owedReads: [{ atMs: minute(19) }], dueAtMs: minute(19) });
  });
});

describe("reads that are owed", () => {
  const owing = refused(refunding(paid, minute(5)), minute(6));

  it("are paid by no look of before, whoever wanted that one", () => {
    const wanted = makeDueNow(owing, stamp(minute(8)));
    expect(wanted.dueAtMs).toBe(minute(8));
    const looked = synced(wanted, [paymentRecord()], complete(minute(9)));
    expect(looked).toMatchObject({
      lookNowAtMs: null,
      owedReads: [{ atMs: minute(16) }],
      dueAtMs: minute(16),
    });
  });

  it("of one attempt are paid by a look at it, of all by a complete one only", () => {
    const all = changeOrder(
      owing,
      { owedReads: owingRead(owing, { atMs: minute(15), impUid: null }) },
      stamp(minute(8)),
    );
    const one = synced(all, [paymentRecord()], { atMs: minute(16) });
    expect(one.owedReads).toEqual([{ atMs: minute(15), impUid: null }]);
    expect(synced(all, [paymentRecord()], complete(minute(16)))).toMatchObject({
      owedReads: [],
      dueAtMs: null,
    });
  });

  it("are not paid by an incomplete look where no money is held", () => {
    const order = decideCharge(charged(minute(1)), look([failedRecord], { atMs: minute(2) }));
    expect(order.owedReads).toEqual([{ atMs: minute(12), impUid: null }]);
    expect(synced(order, [failedRecord], { atMs: minute(13) }).owedReads).toHaveLength(1);
    expect(synced(order, [failedRecord], complete(minute(13))).owedReads).toEqual([]);
  });

  it("are kept once each, and of too many the first and the last of each attempt", () => {
    const read = (count: number) => ({ atMs: minute(count), impUid: "imp_1" });
    const nine = [9, 1, 2, 3, 4, 5, 6, 7, 8, 9].reduce(
      (owedReads, count) => owingRead({ owedReads }, read(count)),
      owingRead({ owedReads: [] }, { atMs: minute(4), impUid: null }),
    );
    expect(nine[0]).toEqual(read(1));
    expect(nine.at(-1)).toEqual(read(9));
    expect(nine).toContainEqual({ atMs: minute(4), impUid: null });
    expect(nine.length).toBeLessThanOrEqual(8);
  });
});

describe("a look wanted now", () => {
  it("is no debt: a look at one attempt leaves it wanted, one at all takes it off", () => {
    const wanted = makeDueNow(paid, stamp(minute(7)));
    expect(synced(wanted, [paymentRecord()], { atMs: minute(8) })).toBe(wanted);
    expect(synced(wanted, [paymentRecord()], complete(minute(8)))).toMatchObject({
      lookNowAtMs: null,
      dueAtMs: null,
    });
  });

  it("is wanted again after a sweep that saw nothing", () => {
    const missed = sweepTakes(makeDueNow(paid, stamp(minute(7))), 0, stamp(minute(8)));
    expect(missed.dueAtMs).toBe(minute(9));
    expect(makeDueNow(missed, stamp(minute(8) + 1)).dueAtMs).toBe(minute(8) + 1);
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
