// Which cancel is which where PortOne's names come late, are lost or are none, and what becomes of sums that differ.
import { describe, expect, it } from "vitest";
import { resolveCancel } from "../../lib/domain/cancel-verdict.ts";
import { attemptOf, cancelledOf, type Order } from "../../lib/domain/order.ts";
import type { CancelEntry, PaymentRecord } from "../../lib/domain/payment-record.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const paid = synced(approvedOrder(), [paymentRecord()]);
const cancelledAtMs = createdAtMs + 10 * minuteMs;
const seconds = cancelledAtMs / 1000;
const entry = (cancellationId: string, more: Partial<CancelEntry> = {}): CancelEntry => ({
  ...cancelEntry(cancellationId, 20_000),
  ...more,
});
const showing = (cancels: readonly CancelEntry[], more: Partial<PaymentRecord> = {}): PaymentRecord => ({
  ...cancelledRecord([]),
  cancels,
  cancelAmount: won(cancels.reduce((sum, { amount }) => sum + (amount ?? 0), 0)),
  ...more,
});
const at = (minutes: number) => ({ atMs: createdAtMs + minutes * minuteMs });
const held = (order: Order) =>
  (attemptOf(order, paymentRecord().impUid)?.cancels ?? []).map(({ cancellationId }) => cancellationId);

describe("one cancel", () => {
  it.each<[string, CancelEntry, CancelEntry]>([
    ["whose id comes later", entry(`${seconds}-0`), entry("c-1")],
    ["whose id is lost", entry("c-1"), entry(`${seconds}-0`)],
    ["whose id and time come later", entry("0-0", { atMs: null }), entry("c-1")],
    ["whose id and time are lost", entry("c-1"), entry("0-0", { atMs: null })],
    ["whose time comes later", entry("0-0", { atMs: null }), entry(`${seconds}-0`)],
    ["whose time is lost", entry(`${seconds}-0`), entry("0-0", { atMs: null })],
  ])("%s is counted once, and holds up nobody", (_, before, after) => {
    const first = synced(paid, [showing([before])], at(12));
    const second = synced(first, [showing([after])], at(40));
    expect(second).toBe(first);
    const third = synced(
      second,
      [showing([after, entry("c-2", { atMs: cancelledAtMs + minuteMs })])],
      at(41),
    );
    expect([held(third).length, third.reviewReason]).toEqual([2, null]);
  });

  it.each<[string, CancelEntry, CancelEntry]>([
    ["of two ids", entry("c-1"), entry("c-2")],
    ["of another amount", entry(`${seconds}-0`), entry("c-2", { amount: won(30_000) })],
    ["of another time", entry(`${seconds}-0`), entry("c-2", { atMs: cancelledAtMs + 1_000 })],
    [
      "of another time, nameless",
      entry(`${seconds}-0`),
      entry(`${seconds + 1}-0`, { atMs: cancelledAtMs + 1_000 }),
    ],
  ])("%s is not another", (_, before, after) => {
    const first = synced(paid, [showing([before])], at(12));
    expect(held(synced(first, [showing([after])], at(13)))).toEqual([before.cancellationId]);
    const both = synced(first, [showing([before, after])], at(13));
    expect(held(both)).toEqual([before.cancellationId, after.cancellationId]);
  });

  it("at another place is another: two of one amount and second are two", () => {
    const twins = [entry(`${seconds}-0`), entry(`${seconds}-1`)];
    const first = synced(paid, [showing(twins)], at(12));
    expect(held(first)).toHaveLength(2);
    expect(synced(first, [showing([entry("c-1"), entry("c-2")])], at(13))).toBe(first);
    expect(held(synced(first, [showing([entry("c-1")])], at(13)))).toHaveLength(2);
  });

  it("whose id comes later lets a refund be judged", () => {
    const order = synced(paid, [showing([entry(`${seconds}-0`)])], at(12));
    const cancel = {
      id: "rf_1",
      kind: "refund" as const,
      impUid: paymentRecord().impUid,
      amount: won(9_000),
      taxFree: won(0),
      checksum: won(89_000),
      tag: "[pay:AAAAAAAA]",
      reason: null,
      requester: null,
      bodyHash: "hash",
      account: null,
      scheduledAtMs: null,
      closedBy: null,
      state: "unknown" as const,
      claimToken: "token",
      sends: 1,
      sentAtMs: createdAtMs + 13 * minuteMs,
      sinceMs: createdAtMs + 13 * minuteMs,
      refused: null,
    };
    const seen = { record: showing([entry("c-1")]), isAnswered: false, ...at(30) };
    expect(resolveCancel(order, cancel, seen).verdict).toBe("send_again");
  });
});

describe("sums that differ", () => {
  const once = synced(paid, [showing([entry("c-1")])], at(12));

  it.each<[string, Order, PaymentRecord, number]>([
    ["a figure above the history", paid, paymentRecord({ cancelAmount: won(20_000) }), 0],
    ["a figure below the history", paid, showing([entry("c-1")], { cancelAmount: won(0) }), 20_000],
    ["a figure nobody can read", paid, paymentRecord({ cancelAmount: null }), 0],
    ["an entry nobody can read", paid, showing([entry("c-1", { amount: null })]), 0],
    [
      "a history that lost an entry long ago",
      once,
      showing([], { cancelAmount: won(0), paidAtMs: createdAtMs }),
      20_000,
    ],
    ["a history with another id instead", once, showing([entry("c-2")]), 20_000],
  ])("%s is a person's only if QUIET does not mend it", (_, order, record, sum) => {
    const seen = synced(order, [record], at(21));
    expect(seen.reviewReason).toBeNull();
    expect(seen.owedReads).toMatchObject([{ impUid: record.impUid, ...at(31) }]);
    expect(synced(seen, [record], at(30)).reviewReason).toBeNull();
    const still = synced(seen, [record], at(31));
    expect(still.reviewReason).toBe("cancel_sum_mismatch");
    expect(synced(still, [record], at(31))).toBe(still);
    const attempt = attemptOf(still, record.impUid);
    expect(attempt && cancelledOf(attempt)).toBe(sum);
  });

  it("are nobody's when they are level again", () => {
    const seen = synced(paid, [paymentRecord({ cancelAmount: won(20_000) })], at(21));
    const level = synced(seen, [showing([entry("c-1")])], at(31));
    expect(level).toMatchObject({ state: "partially_refunded", reviewReason: null, owedReads: [] });
  });

  it("of an answer that may be old are no difference", () => {
    expect(synced(once, [paymentRecord()], at(19))).toBe(once);
  });

  it("of money that pays nothing yet are a person's at once", () => {
    const record = paymentRecord({ cancelAmount: won(20_000) });
    expect(synced(approvedOrder(), [record])).toMatchObject({
      impUid: null,
      reviewReason: "cancel_sum_mismatch",
    });
  });

  it("never make unwanted money the order's", () => {
    const unwanted = synced(approvedOrder(), [paymentRecord({ cancelAmount: won(20_000) })]);
    const again = synced(unwanted, [paymentRecord({ cancelAmount: won(20_000) })], at(40));
    expect(again.impUid).toBeNull();
  });
});
