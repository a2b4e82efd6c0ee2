// What becomes of a cancel whose answer was lost, and of the slot it holds.

import { describe, expect, it } from "vitest";
import {
  claimAnotherSend,
  claimCancel,
  finishCancel,
  releaseCancel,
  resolveCancel,
} from "../../lib/domain/cancel.ts";
import { type CancelOperation, quietMs } from "../../lib/domain/operation.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import type { CancelEntry, PaymentRecord } from "../../lib/domain/payment-record.ts";
import { cancelledRecord, createdOrder, paymentRecord, synced, won } from "../support/orders.ts";

const sentAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const tag = "#k7q2m5xwa";

const record = (cancels: readonly CancelEntry[] = []): PaymentRecord =>
  cancels.length > 0 ? cancelledRecord(cancels) : paymentRecord();

const entry = (cancellationId: string, amount: number, reason: string): CancelEntry => ({
  cancellationId,
  amount: won(amount),
  atMs: sentAtMs + 1_000,
  reason,
});

const paidOrder = (cancels: readonly CancelEntry[] = []): Order => synced(createdOrder(), [record(cancels)]);

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

  it.each([
    ["an entry with the tag: it happened", [], [ours], early, "happened"],
    ["the tag beside a console cancel: it happened", [], [consoleCancel, ours], early, "happened"],
    ["no text kept, our amount right after our checksum: it happened", [], [nameless], early, "happened"],
    [
      "no text kept, but after somebody else's cancel: not ours",
      [],
      [consoleCancel, nameless],
      quiet,
      "remaining_changed",
    ],
    [
      "somebody else's text with our amount: not ours",
      [],
      [entry("c-x", 20_000, "관리자페이지취소")],
      quiet,
      "remaining_changed",
    ],
    ["the record lacks a cancel we hold: old", [consoleCancel], [], quiet, "old"],
    ["nothing yet, one millisecond before QUIET: wait", [], [], early, "wait"],
    ["less left, before QUIET: wait", [], [consoleCancel], early, "wait"],
    ["nothing after QUIET: send again", [], [], quiet, "send_again"],
    ["less left after QUIET, no tag: it can never happen", [], [consoleCancel], quiet, "remaining_changed"],
  ] as const)("%s", (_, held, seen, nowMs, verdict) => {
    const order = claimed(paidOrder(held));
    expect(resolveCancel(order, cancelOf(order), record(seen), nowMs).verdict).toBe(verdict);
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
      expect(resolveCancel(order, operation, record(), nowMs).verdict).toBe(verdict);
      order = claimAnotherSend(order, operation, "b", { by: "sweep", atMs: nowMs });
    }
  });

  it("tells when the tag is there twice", () => {
    const order = claimed(paidOrder());
    const twice = record([ours, entry("c-twice", 20_000, tag)]);
    expect(resolveCancel(order, cancelOf(order), twice, early)).toMatchObject({
      verdict: "happened",
      isDouble: true,
    });
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
    expect(rested).toMatchObject({ recheckAtMs: null, dueAtMs: null });
  });
});
