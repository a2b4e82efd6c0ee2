// What becomes of a cancel whose answer was lost, and of the slot it holds.

import { describe, expect, it } from "vitest";
import {
  claimAnotherSend,
  claimCancel,
  concludeCancel,
  endAsKept,
  finishCancel,
  releaseCancel,
} from "../../lib/domain/cancel.ts";
import { resolveCancel } from "../../lib/domain/cancel-verdict.ts";
import { type CancelOperation, quietMs } from "../../lib/domain/operation.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import type { PaymentRecord, ReadableEntry } from "../../lib/domain/payment-record.ts";
import { cancelledRecord, createdOrder, paymentRecord, synced, won } from "../support/orders.ts";

const sentAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const tag = "#k7q2m5xwa";

const record = (cancels: readonly ReadableEntry[] = []): PaymentRecord =>
  cancels.length > 0 ? cancelledRecord(cancels) : paymentRecord();

const entry = (cancellationId: string, amount: number, reason: string): ReadableEntry => ({
  cancellationId,
  amount: won(amount),
  atMs: sentAtMs + 1_000,
  reason,
});

const paidOrder = (cancels: readonly ReadableEntry[] = []): Order =>
  synced(createdOrder(), [record(cancels)]);

const claimed = (order: Order, amount = 20_000): Order =>
  claimCancel(
    order,
    {
      id: "rf_1",
      kind: "refund",
      impUid: "imp_730112845061",
      amount: won(amount),
      taxFree: won(550),
      checksum: remainingOf(order),
      tag,
      reason: "단순 변심",
      requester: null,
      bodyHash: "hash",
      account: null,
      scheduledAtMs: null,
      claimToken: "a",
    },
    { by: "merchant", atMs: sentAtMs },
  );

const cancelOf = (order: Order): CancelOperation => {
  if (!order.cancel) throw new Error("no cancel");
  return order.cancel;
};

describe("resolveCancel", () => {
  const early = sentAtMs + quietMs - 1;
  const quiet = sentAtMs + quietMs;
  const consoleCancel = entry("c-console", 9_000, "관리자페이지취소");
  const ours = entry("c-ours", 20_000, `${tag} 단순 변심`);
  const nameless = entry("c-nameless", 20_000, "");
  const at = (seen: PaymentRecord, atMs: number) => ({ record: seen, atMs, isAnswered: false });

  it.each([
    ["an entry with the tag: it happened", [], [ours], early, "happened"],
    ["the tag beside a console cancel: it happened", [], [consoleCancel, ours], early, "happened"],
    ["no text kept, our amount right after our checksum: it happened", [], [nameless], early, "happened"],
    [
      "no text kept, our amount after somebody else's cancel: nobody can tell whose, so a person decides",
      [],
      [consoleCancel, nameless],
      quiet,
      "stuck",
    ],
    [
      "somebody else's text with our amount: not ours",
      [],
      [entry("c-x", 20_000, "관리자페이지취소")],
      quiet,
      "remaining_changed",
    ],
    [
      "text put before the tag: it happened",
      [],
      [entry("c-x", 20_000, `API 취소 ${tag}`)],
      early,
      "happened",
    ],
    ["the tag trimmed of its text: it happened", [], [entry("c-x", 20_000, tag)], early, "happened"],
    [
      "the tag behind another refund's: not ours",
      [],
      [entry("c-x", 20_000, `#aaaaaaaaa ${tag}`)],
      quiet,
      "remaining_changed",
    ],
    [
      "our amount at our remainder under another refund's tag: not ours",
      [],
      [entry("c-x", 20_000, "#aaaaaaaaa")],
      quiet,
      "remaining_changed",
    ],
    ["the record lacks a cancel we hold: old", [consoleCancel], [], quiet, "old"],
    [
      "the record lacks a cancel we hold, though as much is left: old",
      [consoleCancel],
      [entry("c-other", 9_000, "관리자페이지취소")],
      quiet,
      "old",
    ],
    ["nothing yet, one millisecond before QUIET: wait", [], [], early, "wait"],
    ["less left, before QUIET: wait", [], [consoleCancel], early, "wait"],
    ["nothing after QUIET: send again", [], [], quiet, "send_again"],
    ["less left after QUIET, no tag: it can never happen", [], [consoleCancel], quiet, "remaining_changed"],
  ] as const)("%s", (_, held, seen, nowMs, verdict) => {
    const order = claimed(paidOrder(held));
    expect(resolveCancel(order, cancelOf(order), at(record(seen), nowMs)).verdict).toBe(verdict);
  });

  it("concludes nothing from a figure nobody can read, even under our tag", () => {
    const order = claimed(paidOrder());
    const unreadable = [{ ...ours, amount: null }];
    for (const more of [{ cancels: unreadable }, { amount: null }, { cancelAmount: null }])
      expect(resolveCancel(order, cancelOf(order), at(paymentRecord(more), quiet)).verdict).toBe("old");
  });

  it("takes a record in which more is left than before the send for an old one", () => {
    const order = claimed(paidOrder());
    const cancel = { ...cancelOf(order), checksum: won(89_000) };
    expect(resolveCancel({ ...order, cancel }, cancel, at(record(), quiet)).verdict).toBe("old");
  });

  it("sends three times at most, then a person decides", () => {
    let order = claimed(paidOrder());
    for (const [sends, verdict] of [
      [1, "send_again"],
      [2, "send_again"],
      [3, "stuck"],
    ] as const) {
      const operation = cancelOf(order);
      expect(operation.sends).toBe(sends);
      const nowMs = operation.sentAtMs + quietMs;
      expect(resolveCancel(order, operation, at(record(), nowMs)).verdict).toBe(verdict);
      order = claimAnotherSend(order, operation, "b", { by: "sweep", atMs: nowMs });
    }
  });

  it.each([
    [
      "our amount at our remainder is ours, whatever text PortOne kept",
      [entry("c-x", 20_000, "API 취소")],
      "happened",
    ],
    ["another amount is not ours", [entry("c-x", 19_999, "API 취소")], "wait"],
    [
      "our amount at another remainder is not ours",
      [consoleCancel, entry("c-x", 20_000, "API 취소")],
      "wait",
    ],
    ["an entry under another refund's tag is not ours", [entry("c-x", 20_000, "#aaaaaaaaa")], "wait"],
  ])("after a yes to the only send, %s", (_, seen, verdict) => {
    const order = claimed(paidOrder());
    const sight = { ...at(record(seen), early), isAnswered: true };
    expect(resolveCancel(order, cancelOf(order), sight).verdict).toBe(verdict);
  });

  it("after a yes, an entry the order held before the send is not ours", () => {
    const order = claimed(paidOrder());
    const held = entry("c-x", 20_000, "API 취소");
    const before = { ...order, attempts: paidOrder([held]).attempts };
    const sight = { ...at(record([held]), early), isAnswered: true };
    expect(resolveCancel(before, cancelOf(order), sight).verdict).toBe("wait");
  });

  it("tells when the tag is there twice", () => {
    const order = claimed(paidOrder());
    const twice = record([ours, entry("c-twice", 20_000, tag)]);
    expect(resolveCancel(order, cancelOf(order), at(twice, early))).toMatchObject({
      verdict: "happened",
      isDouble: true,
    });
  });
});

it("a repeated send keeps amount, checksum, tag and key, whatever is left by now", () => {
  const order = claimed(paidOrder());
  const since = synced(order, [record([entry("c-console", 9_000, "관리자페이지취소")])]);
  const again = claimAnotherSend(since, cancelOf(order), "b", { by: "sweep", atMs: sentAtMs + quietMs });
  expect(remainingOf(again)).toBe(100_000);
  expect(again.cancel).toEqual({
    ...cancelOf(order),
    claimToken: "b",
    sends: 2,
    sentAtMs: sentAtMs + quietMs,
  });
});

describe("PortOne's figure", () => {
  const seen = {
    by: "sweep",
    atMs: sentAtMs + 2_000,
    refused: null,
    isAnswered: false,
    requestId: "r-1",
  } as const;

  it("is the refund's, whatever was asked for, and a difference is a person's", () => {
    const order = claimed(paidOrder());
    const less = record([entry("c-ours", 19_000, tag)]);
    const joined = synced(order, [less], { atMs: seen.atMs });
    const concluded = concludeCancel(order, joined, cancelOf(order), { ...seen, record: less });
    expect(concluded).toMatchObject({
      isOver: true,
      refund: { state: "succeeded", amount: 19_000, taxFree: 550, remaining: 90_000 },
      next: { cancel: null, reviewReason: "cancel_sum_mismatch" },
    });
    if (!concluded.isOver) throw new Error("not over");
    expect(remainingOf(concluded.next)).toBe(90_000);
    // The kept item alone says the same.
    const byItem = endAsKept(joined, cancelOf(order), concluded.refund, seen);
    expect(remainingOf(byItem)).toBe(90_000);
  });
});

describe("the slot", () => {
  it("is looked at a minute after the send, and no later than was wanted before", () => {
    expect(claimed(paidOrder()).dueAtMs).toBe(sentAtMs + 60_000);
  });

  it("is free once the cancel is a fact, counted once and split by tax", () => {
    const order = claimed(paidOrder());
    const ours = entry("c-ours", 20_000, tag);
    const joined = synced(order, [record([ours])], { atMs: sentAtMs + 2_000 });
    const finished = finishCancel(joined, cancelOf(order), ours, { by: "merchant", atMs: sentAtMs + 2_000 });
    expect(finished).toMatchObject({ cancel: null, state: "partially_refunded", dueAtMs: null });
    expect([remainingOf(finished), remainingTaxFreeOf(finished)]).toEqual([89_000, 2_450]);
    expect(finished.attempts[0]?.cancels).toHaveLength(1);
    expect(finished.attempts[0]?.cancels[0]).toMatchObject({ refundId: "rf_1", taxFree: 550 });
  });

  it("stays due for one more read after a final refusal, and rests after it", () => {
    const order = claimed(paidOrder());
    const released = releaseCancel(order, cancelOf(order), "provider_refused", {
      by: "merchant",
      atMs: sentAtMs,
    });
    expect(released).toMatchObject({ cancel: null, state: "paid", dueAtMs: sentAtMs + quietMs });
    const rested = synced(released, [record()], { isComplete: true, atMs: sentAtMs + quietMs });
    expect(rested).toMatchObject({ owedReads: [], dueAtMs: null });
  });
});
