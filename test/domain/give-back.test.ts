// Money an order must not keep: which goes back by itself, which waits for a person, and what stops it.
import { describe, expect, it } from "vitest";
import { claimCancel, releaseCancel } from "../../lib/domain/cancel.ts";
import {
  decideGiveBackStep,
  decideGiveBackWish,
  markBehind,
  unwantedMoney,
  wantedGiveBacks,
} from "../../lib/domain/give-back.ts";
import { contractNames } from "../../lib/domain/ksnet/rule.ts";
import { type Attempt, attemptOf, type Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { giveBackCauses } from "../../lib/domain/verification.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  accountRecord,
  approvedOrder,
  attempt,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  minuteMs,
  paymentRecord,
  policy,
  won,
} from "../support/orders.ts";

const contracts = new Set(contractNames);
const giving = (order: Order, ...seen: Parameters<typeof look>) =>
  decideSync(order, look(...seen), givingPolicy);
const paid = giving(createdOrder(), [paymentRecord()]);
const voided = decideVoid(createdOrder(), { by: "merchant", atMs: createdAtMs + minuteMs }) ?? createdOrder();
const forged = paymentRecord({ amount: won(100) });
const second = paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 3 * minuteMs });

describe("goes back by itself", () => {
  it.each([
    ["a forged amount", createdOrder(), forged, "amount_mismatch", "created"],
    ["a forged amount confirm approved", approvedOrder(), forged, "amount_mismatch", "approved"],
    ["another currency", createdOrder(), paymentRecord({ currency: "USD" }), "currency_mismatch", "created"],
    ["a second payment", paid, second, "second_payment", "paid"],
    ["a payment after void", voided, paymentRecord(), "voided", "voided"],
  ])("%s", (_, order, record, reason, state) => {
    const after = giving(order, [record]);
    expect(after).toMatchObject({ state, reviewReason: null, wishedAtMs: createdAtMs + 3 * minuteMs });
    // At once; a first look promised before stays promised.
    expect(after.dueAtMs).toBe(order.nextLookAtMs ?? createdAtMs + 3 * minuteMs);
    expect(attemptOf(after, record.impUid)).toMatchObject({ state: "paid", giveBack: "wanted" });
    expect(after.history.at(-1)).toMatchObject({ reason });
    expect(giving(after, [record])).toBe(after);
  });

  it("what comes for an order that was closed for another number", () => {
    const closed: Order = { ...createdOrder(), supersededBy: "ord-2" };
    const after = giving(closed, [paymentRecord()]);
    expect(after).toMatchObject({ impUid: null, state: "created" });
    expect(attemptOf(after, "imp_730112845061")).toMatchObject({ giveBack: "wanted" });
  });

  it("and the order can be paid again", () => {
    const failed = giving(approvedOrder(), [forged]);
    const right = giving(failed, [second]);
    expect(right).toMatchObject({ state: "paid", impUid: "imp_2" });
    expect(wantedGiveBacks(right).map(({ impUid }) => impUid)).toEqual(["imp_730112845061"]);
  });

  it("no more of it than PortOne's console has left", () => {
    const wanting = giving(paid, [second]);
    const part = giving(wanting, [cancelledRecord([cancelEntry("c-1", 9_000)], { impUid: "imp_2" })]);
    const left = attemptOf(part, "imp_2");
    expect(left && decideGiveBackStep(part, left, null, { nowMs: createdAtMs, contracts })).toEqual({
      step: "cancel",
      amount: 100_000,
      scheduledAtMs: null,
    });
    const all = giving(wanting, [cancelledRecord([cancelEntry("c-1", 109_000)], { impUid: "imp_2" })]);
    expect(attemptOf(all, "imp_2")).toMatchObject({ state: "given_back", giveBack: "done" });
    expect(all.dueAtMs).toBeNull();
  });

  it("nothing, when all of it was cancelled before we looked", () => {
    const cancelled = cancelledRecord([cancelEntry("c-1", 109_000)], { impUid: "imp_2" });
    expect(attemptOf(giving(paid, [cancelled]), "imp_2")).toMatchObject({ giveBack: "done" });
  });
});

describe("a wish that nothing is left for", () => {
  const claim = {
    id: "rf_give_back",
    kind: "give_back" as const,
    impUid: "imp_2",
    amount: won(109_000),
    taxFree: won(3_000),
    checksum: won(109_000),
    tag: "#k7q2m5xwa",
    reason: "자동 환불",
    requester: null,
    bodyHash: "",
    account: null,
    scheduledAtMs: null,
    claimToken: "claim-1",
  };
  const stamp = { by: "sweep", atMs: createdAtMs + 4 * minuteMs } as const;
  const sent = claimCancel(giving(paid, [second]), claim, stamp);
  const byConsole = cancelledRecord([cancelEntry("c-1", 109_000)], { impUid: "imp_2" });
  const seen = giving(sent, [byConsole], { atMs: createdAtMs + 5 * minuteMs });

  it("waits while its give-back is in flight", () => {
    expect(attemptOf(seen, "imp_2")).toMatchObject({ state: "paid", giveBack: "wanted" });
  });

  it.each(["remaining_changed", "provider_refused"] as const)(
    "is done once its give-back ended as %s because the console was faster",
    (refusal) => {
      if (!seen.cancel) throw new Error("nothing in flight");
      const ended = releaseCancel(seen, seen.cancel, refusal, {
        by: "sweep",
        atMs: createdAtMs + 15 * minuteMs,
      });
      expect(attemptOf(ended, "imp_2")).toMatchObject({ state: "given_back", giveBack: "done" });
      expect([ended.cancel, ended.reviewReason, wantedGiveBacks(ended)]).toEqual([null, null, []]);
    },
  );

  it("is done by any write, and the order comes to rest", () => {
    const attempts = seen.attempts;
    const stale: Order = { ...seen, attempts, cancel: null, dueAtMs: createdAtMs };
    const next = changeOrder(stale, {}, stamp);
    expect(attemptOf(next, "imp_2")).toMatchObject({ state: "given_back", giveBack: "done" });
    expect(next.dueAtMs).toBeNull();
  });
});

describe("an amount nobody can read", () => {
  it("of a payment is a person's: no sum is made up for it", () => {
    const after = giving(createdOrder(), [paymentRecord({ amount: null })]);
    expect(after).toMatchObject({ reviewReason: "amount_mismatch", impUid: null });
    expect(after.attempts).toMatchObject([{ state: "paid", amount: 0, giveBack: null }]);
    expect(unwantedMoney(after)).toEqual([]);
    expect(giving(after, [paymentRecord({ amount: null })])).toBe(after);
  });

  it("of a payment is decided about once somebody can", () => {
    const unread = giving(approvedOrder(), [paymentRecord({ amount: null })]);
    expect(giving(unread, [paymentRecord()])).toMatchObject({
      state: "paid",
      attempts: [{ amount: 109_000 }],
    });
    const read = giving(unread, [forged]);
    expect(attemptOf(read, forged.impUid)).toMatchObject({ amount: forged.amount, giveBack: "wanted" });
  });

  it("of a cancel is a person's: it is not counted as any sum", () => {
    const unreadable = { ...cancelEntry("c-1", 9_000), amount: null };
    const record = { ...cancelledRecord([]), cancels: [unreadable], cancelAmount: won(9_000) };
    const seen = giving(paid, [record]);
    expect(seen).toMatchObject({ state: "paid", reviewReason: null });
    const after = giving(seen, [record], { atMs: createdAtMs + 13 * minuteMs });
    expect(after).toMatchObject({ state: "paid", reviewReason: "cancel_sum_mismatch" });
    expect(attemptOf(after, record.impUid)?.cancels).toEqual([]);
  });

  it("of a second payment's cancel gives nothing back by itself", () => {
    const unreadable = { ...cancelEntry("c-1", 9_000), amount: null };
    const after = giving(paid, [{ ...second, cancels: [unreadable], cancelAmount: won(0) }]);
    expect(after.reviewReason).toBe("cancel_sum_mismatch");
    expect(wantedGiveBacks(after)).toEqual([]);
  });
});

describe("waits for a person", () => {
  it.each([
    ["from the test channel", { sandbox: true }, "sandbox_payment"],
    ["over a channel that is not ours", { pgId: "2999199990" }, "foreign_channel"],
    ["started before the order", { startedAtMs: createdAtMs - 60_001 }, "payment_older_than_order"],
    ["of an unknown status", { status: "unrecognised" as const }, "status_unknown"],
    ["whose cancels do not add up", { cancelAmount: won(1) }, "cancel_sum_mismatch"],
    ["with another tax-free part", { taxFree: won(1) }, "tax_free_mismatch"],
    ["by escrow nobody asked for", { escrow: true }, "escrow_mismatch"],
  ])("money %s", (_, more, reason) => {
    const after = giving(createdOrder(), [paymentRecord(more)]);
    expect(after).toMatchObject({ reviewReason: reason, impUid: null });
    expect(wantedGiveBacks(after)).toEqual([]);
  });

  it.each([
    ["over a channel that is not ours", { pgId: "2999199990" }, "foreign_channel"],
    ["whose cancels do not add up", { cancelAmount: won(1) }, "cancel_sum_mismatch"],
  ])("a second payment %s, too", (_, more, reason) => {
    const after = giving(paid, [{ ...second, ...more }]);
    expect(after).toMatchObject({ reviewReason: reason, impUid: paid.impUid });
    expect(wantedGiveBacks(after)).toEqual([]);
  });

  it.each([
    ["mismatch", createdOrder(), forged, "amount_mismatch"],
    ["second_payment", paid, second, "manual_refund"],
    ["voided", voided, paymentRecord(), "manual_refund"],
  ] as const)("a cause that is switched off: %s", (cause, order, record, reason) => {
    const givesBack = new Set(giveBackCauses.filter((name) => name !== cause));
    const after = decideSync(order, look([record]), { ...policy, givesBack });
    expect(after.reviewReason).toBe(reason);
    expect(unwantedMoney(after).map(({ impUid }) => impUid)).toEqual([record.impUid]);
  });

  it("once: what a person cleared is not marked again by a later cancel of it", () => {
    const known = attempt("imp_2", { state: "paid" });
    const cleared = { ...paid, attempts: [...paid.attempts, known] };
    const part = cancelledRecord([cancelEntry("c-1", 9_000)], { impUid: "imp_2" });
    const wish = decideGiveBackWish(cleared, known, { record: part, broken: null }, givingPolicy);
    expect(wish).toEqual({ patch: {}, review: null, reason: null });
  });
});

describe("accounts of an order that has its money", () => {
  const vbankOrder = createdOrder({ payMethod: "vbank" });
  const waiting = giving(vbankOrder, [accountRecord]);
  const other = { ...accountRecord, impUid: "imp_2" };

  it("are revoked when another attempt pays", () => {
    const two = giving(waiting, [other]);
    const done = giving(two, [paymentRecord({ payMethod: "vbank" })]);
    expect(done.state).toBe("paid");
    expect(attemptOf(done, "imp_2")).toMatchObject({ state: "ready", isRevoking: true });
    expect(done).toMatchObject({
      wishedAtMs: createdAtMs + 3 * minuteMs,
      dueAtMs: createdAtMs + 2 * minuteMs,
    });
  });

  it("are revoked when they are issued afterwards", () => {
    const done = giving(vbankOrder, [paymentRecord({ payMethod: "vbank" })]);
    expect(attemptOf(giving(done, [other]), "imp_2")).toMatchObject({ isRevoking: true });
  });
});

describe("the mark behind that of the brake", () => {
  const behind = (other: Partial<Attempt>) =>
    markBehind({
      ...paid,
      attempts: [...paid.attempts, attempt("imp_2", { state: "paid", ...other })],
    });

  it.each([
    ["money nobody decided about", {}, "manual_refund"],
    ["money that is wished back already", { giveBack: "wanted" }, null],
    ["an attempt that never paid", { state: "failed" }, null],
    [
      "what is cancelled in full",
      { cancels: [{ ...cancelEntry("c-1", 109_000), taxFree: won(0), refundId: null }] },
      null,
    ],
  ] as const)("%s: %o is %s", (_, other, mark) => {
    expect(behind(other)).toBe(mark);
  });

  it("is nothing for the payment the order keeps", () => {
    expect(paid.impUid).toBe("imp_730112845061");
    expect(markBehind(paid)).toBeNull();
  });
});
