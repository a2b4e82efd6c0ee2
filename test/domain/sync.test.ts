// What PortOne's records mean for an order, as stories with literal times. What holds whatever happens is in
// sync-properties.test.ts, accounts to pay into in sync-accounts.test.ts.

import { describe, expect, it } from "vitest";
import { attemptOf, payingAttempt, remainingOf } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  minuteMs,
  openRecord,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const approved = approvedOrder();
const paid = synced(approved, [paymentRecord()]);
const failed = synced(approved, [failedRecord]);
const forgedRecord = paymentRecord({ amount: won(100) });

describe("a payment PortOne took", () => {
  it("pays the order, once, and lets it rest", () => {
    expect(paid).toMatchObject({
      state: "paid",
      impUid: "imp_730112845061",
      paidAtMs: createdAtMs + 2 * minuteMs,
      holdUntilMs: null,
      dueAtMs: null,
      reviewReason: null,
    });
    expect(paid.history.map(({ from, to }) => `${from}>${to}`)).toEqual([
      "null>created",
      "created>approved",
      "approved>paid",
    ]);
    expect(synced(paid, [paymentRecord()])).toBe(paid);
  });

  it("pays an order confirm never heard of", () => {
    expect(synced(createdOrder(), [paymentRecord()])).toMatchObject({ state: "paid" });
  });

  it.each([
    ["a part", 20_000, "partially_refunded"],
    ["everything", 109_000, "refunded"],
  ])("and gave back %s before we looked is known at once", (_, amount, state) => {
    expect(synced(createdOrder(), [cancelledRecord([cancelEntry("c-1", amount)])])).toMatchObject({ state });
  });

  it("is told late when the order had failed or expired", () => {
    const late = synced(failed, [paymentRecord({ impUid: "imp_2" })]);
    expect(late).toMatchObject({ state: "paid", impUid: "imp_2" });
    expect(late.history.at(-1)).toMatchObject({ from: "failed", to: "paid", reason: "late" });
    const expired = synced(createdOrder(), [], { isComplete: true, atMs: createdOrder().expiresAtMs });
    const afterEnd = synced(expired, [paymentRecord()]);
    expect(afterEnd).toMatchObject({ state: "paid", impUid: "imp_730112845061", reviewReason: null });
    expect(afterEnd.history.at(-1)).toMatchObject({ from: "expired", to: "paid", reason: "late" });
  });

  it("is followed by its cancels, each once, whoever made them", () => {
    const [first, second] = [cancelEntry("c-1", 20_000), cancelEntry("c-2", 89_000, "단순 변심")];
    const part = synced(paid, [cancelledRecord([first])]);
    expect(part).toMatchObject({ state: "partially_refunded", impUid: paid.impUid, dueAtMs: null });
    expect(synced(part, [cancelledRecord([first])])).toBe(part);
    const all = synced(part, [cancelledRecord([first, second])]);
    expect(all).toMatchObject({ state: "refunded", paidAtMs: paid.paidAtMs });
    expect([remainingOf(part), remainingOf(all)]).toEqual([89_000, 0]);
  });

  it.each(["paid", "cancelled"] as const)(
    "and cancelled in part is counted alike when PortOne says %s",
    (status) => {
      const record = cancelledRecord([cancelEntry("c-1", 20_000)], { status });
      expect(synced(paid, [record])).toMatchObject({ state: "partially_refunded", reviewReason: null });
    },
  );

  it("keeps the amount it was verified with, whatever a later record says", () => {
    const wrong = cancelledRecord([cancelEntry("c-1", 20_000)], { amount: won(20_000) });
    const marked = synced(paid, [wrong]);
    expect(marked).toMatchObject({ impUid: paid.impUid, reviewReason: "amount_mismatch" });
    expect(payingAttempt(marked)?.amount).toBe(109_000);
    expect(marked.state).not.toBe("refunded");
  });
});

describe("a payment that is not right", () => {
  it.each([
    ["amount_mismatch", { amount: won(100) }, 1],
    ["currency_mismatch", { currency: "USD" }, 1],
    ["sandbox_payment", { sandbox: true }, 0],
    ["foreign_channel", { pgId: "0000000000" }, 0],
    ["payment_older_than_order", { startedAtMs: createdAtMs - 3_600_000 }, 0],
  ] as const)("%s: never fulfilled, marked, and kept only when its money is ours", (reason, more, kept) => {
    const marked = synced(createdOrder(), [paymentRecord(more)]);
    expect(marked).toMatchObject({ state: "created", impUid: null, reviewReason: reason });
    expect(marked.attempts).toHaveLength(kept);
    expect(synced(marked, [paymentRecord(more)])).toBe(marked);
  });

  it("is never fulfilled by being seen again, nor marked again once a person cleared it", () => {
    const cleared = { ...synced(createdOrder(), [forgedRecord]), reviewReason: null };
    expect(synced(cleared, [forgedRecord])).toBe(cleared);
  });

  it("and comes right in a later record pays the order, which a person still sees", () => {
    const marked = synced(createdOrder(), [forgedRecord]);
    expect(synced(marked, [paymentRecord()])).toMatchObject({
      state: "paid",
      impUid: "imp_730112845061",
      reviewReason: "amount_mismatch",
      attempts: [{ state: "paid", amount: 109_000 }],
    });
  });

  it("keeps the first mark", () => {
    const marked = synced(createdOrder(), [forgedRecord]);
    const both = synced(marked, [paymentRecord({ impUid: "imp_2", sandbox: true })]);
    expect(both).toBe(marked);
  });

  it("keeps the order as it was while its money is here, and takes the approval with it when it has gone", () => {
    const marked = synced(approved, [forgedRecord]);
    expect(marked).toMatchObject({ state: "approved", holdUntilMs: null, reviewReason: "amount_mismatch" });
    const gone = { ...forgedRecord, ...cancelledRecord([cancelEntry("c-1", 100)]), amount: won(100) };
    expect(synced(marked, [gone])).toMatchObject({ state: "failed", impUid: null });
  });

  it("of an unknown status becomes neither paid nor failed", () => {
    const marked = synced(approved, [paymentRecord({ status: "unrecognised" })]);
    expect(marked).toMatchObject({ state: "approved", reviewReason: "status_unknown" });
    expect(synced(paid, [paymentRecord({ status: "unrecognised" })]).state).toBe("paid");
  });

  it("of an unknown status is not given up when its hold ends, because nobody knows that it ended", () => {
    const unknown = paymentRecord({ status: "unrecognised", paidAtMs: null });
    const end = [11, 16, 30, 60].reduce((order, minutes) => {
      const atMs = createdAtMs + minutes * minuteMs;
      return synced(order, [unknown], { isComplete: true, atMs });
    }, approved);
    expect(end).toMatchObject({ state: "approved", reviewReason: "status_unknown" });
  });

  it("second to another leaves the first untouched and is kept in sight", () => {
    const second = paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 5 * minuteMs });
    const both = synced(paid, [second]);
    expect(both).toMatchObject({ state: "paid", impUid: "imp_730112845061", reviewReason: "manual_refund" });
    expect(attemptOf(both, "imp_2")).toMatchObject({ state: "paid" });
    expect(payingAttempt(both)).toBe(payingAttempt(paid));
    const cancelled = cancelledRecord([cancelEntry("c-1", 109_000)], { impUid: "imp_2" });
    expect(remainingOf(synced(both, [cancelled]))).toBe(109_000);
    const early = { ...second, paidAtMs: createdAtMs };
    expect(synced(paid, [early])).toMatchObject({ impUid: "imp_730112845061" });
  });

  it("of two seen together, the one approved first pays", () => {
    const later = paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 5 * minuteMs });
    expect(synced(createdOrder(), [later, paymentRecord()])).toMatchObject({ impUid: "imp_730112845061" });
  });

  it("on a voided order leaves it voided", () => {
    const voided =
      decideVoid(createdOrder(), { by: "merchant", atMs: createdAtMs + minuteMs }) ?? createdOrder();
    expect(synced(voided, [paymentRecord()])).toMatchObject({
      state: "voided",
      impUid: null,
      reviewReason: "manual_refund",
    });
  });
});

describe("an old record", () => {
  const refunded = synced(paid, [cancelledRecord([cancelEntry("c-1", 20_000)])]);

  it.each([
    ["paid without the cancel we hold", paymentRecord()],
    ["still ready", openRecord],
    ["failed", failedRecord],
    ["with another cancel but not ours", cancelledRecord([cancelEntry("c-2", 5_000)])],
  ])("%s changes nothing", (_, record) => {
    expect(synced(refunded, [record])).toBe(refunded);
  });

  it.each([
    ["does not name the attempt", []],
    ["names another attempt only", [{ ...failedRecord, impUid: "imp_2" }]],
    ["was read before a cancel we hold", [paymentRecord()]],
  ])("leaves the look owed after a refused refund owed when it %s", (_, records) => {
    const refusedAtMs = createdAtMs + 20 * minuteMs;
    const atMs = refusedAtMs + 10 * minuteMs;
    const owedReads = [{ atMs, impUid: "imp_730112845061" }];
    const owing = changeOrder(refunded, { owedReads }, { by: "merchant", atMs: refusedAtMs });
    expect(synced(owing, records, { atMs })).toMatchObject({ owedReads, dueAtMs: atMs });
  });
});

describe("an attempt that ends", () => {
  it("takes its approval with it, payable again until the order's time", () => {
    expect(failed).toMatchObject({
      state: "failed",
      holdUntilMs: null,
      // The first look was promised before, and may show another window; then the order's time is what is left.
      dueAtMs: Date.parse("2026-08-05T12:02:00+09:00"),
      attempts: [{ state: "failed" }],
    });
    const looked = synced(failed, [failedRecord], { isComplete: true });
    expect(looked).toMatchObject({ state: "failed", dueAtMs: Date.parse("2026-08-05T12:30:00+09:00") });
    expect(synced(failed, [failedRecord])).toBe(failed);
  });

  it("by silence gets one extension of five minutes, then is given up", () => {
    const holdEnd = Date.parse("2026-08-05T12:11:00+09:00");
    const extendedEnd = Date.parse("2026-08-05T12:16:00+09:00");
    const complete = (atMs: number) => ({ isComplete: true, atMs });
    expect(approved.holdUntilMs).toBe(holdEnd);
    expect(synced(approved, [openRecord], complete(holdEnd - 1))).toBe(approved);
    expect(synced(approved, [openRecord], { isComplete: false, atMs: holdEnd })).toBe(approved);
    const extended = synced(approved, [openRecord], complete(holdEnd));
    expect(extended).toMatchObject({ state: "approved", holdUntilMs: extendedEnd });
    expect(synced(extended, [openRecord], complete(extendedEnd - 1))).toBe(extended);
    const ended = synced(extended, [openRecord], complete(extendedEnd));
    expect(ended).toMatchObject({ state: "failed", holdUntilMs: null, attempts: [{ state: "abandoned" }] });
    expect(synced(ended, [openRecord], complete(extendedEnd))).toBe(ended);
    expect(synced(ended, [paymentRecord()])).toMatchObject({ state: "paid" });
  });

  it("at its hold's end because PortOne says so needs no extension", () => {
    const atMs = Date.parse("2026-08-05T12:11:00+09:00");
    expect(synced(approved, [failedRecord], { isComplete: true, atMs }).state).toBe("failed");
  });
});

describe("an order nobody paid", () => {
  const expiresAtMs = createdOrder().expiresAtMs;
  it("expires only by a complete look at its time", () => {
    const order = createdOrder();
    const waiting = synced(order, [], { isComplete: true, atMs: expiresAtMs - 1 });
    expect(waiting).toMatchObject({ state: "created", dueAtMs: expiresAtMs, version: order.version });
    expect(synced(waiting, [], { isComplete: true, atMs: expiresAtMs - 1 })).toBe(waiting);
    expect(synced(order, [], { isComplete: false, atMs: expiresAtMs })).toBe(order);
    expect(synced(order, [], { isComplete: true, atMs: expiresAtMs })).toMatchObject({
      state: "expired",
      dueAtMs: null,
    });
  });

  it("that failed rests as failed after its time", () => {
    const rested = synced(failed, [], { isComplete: true, atMs: expiresAtMs });
    expect(rested).toMatchObject({ state: "failed", dueAtMs: null });
    expect(synced(rested, [], { isComplete: true, atMs: expiresAtMs })).toBe(rested);
  });
});
