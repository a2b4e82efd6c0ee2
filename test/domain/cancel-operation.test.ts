import { describe, expect, it } from "vitest";
import {
  type CancelOperation,
  claimAnotherSend,
  claimCancel,
  finishCancel,
  quietMs,
  releaseCancel,
  resolveCancel,
} from "../../lib/domain/cancel-operation.ts";
import { moneyFromMinorUnits } from "../../lib/domain/money.ts";
import { newOrder } from "../../lib/domain/new-order.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import type { CancelEntry, PaymentRecord } from "../../lib/domain/payment-record.ts";
import { decideSettlement } from "../../lib/domain/settlement.ts";

const won = moneyFromMinorUnits;
const createdAtMs = Date.parse("2026-08-05T12:00:00+09:00");
const sentAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const tag = "#k7q2m5xwa";

const record = (cancels: readonly CancelEntry[] = []): PaymentRecord => ({
  impUid: "imp_730112845061",
  merchantUid: "ord-20260805-000142",
  status: cancels.length > 0 ? "cancelled" : "paid",
  amount: won(109_000),
  cancelAmount: won(cancels.reduce((total, cancel) => total + cancel.amount, 0)),
  currency: "KRW",
  payMethod: "card",
  pgId: "2999199999",
  sandbox: false,
  escrow: false,
  startedAtMs: createdAtMs + 60_000,
  paidAtMs: createdAtMs + 120_000,
  account: null,
  cashReceiptIssued: false,
  cancels,
});

const entry = (cancellationId: string, amount: number, reason: string): CancelEntry => ({
  cancellationId,
  amount: won(amount),
  atMs: sentAtMs + 1_000,
  reason,
});

const policy = { mids: ["2999199999"], acceptsSandbox: false };

function paidOrder(cancels: readonly CancelEntry[] = []): Order {
  const created = newOrder(
    {
      merchantUid: "ord-20260805-000142",
      amount: won(109_000),
      taxFree: won(3_000),
      currency: "KRW",
      name: "나이키 와플 트레이너 2 SD",
      payMethod: "card",
      buyerName: "홍길동",
      escrow: false,
      expiresAtMs: null,
      bodyHash: "hash",
    },
    createdAtMs,
    { orderTtlMs: 1_800_000, firstLookMs: 120_000 },
  );
  const look = {
    records: [record(cancels)],
    isComplete: false,
    atMs: createdAtMs + 180_000,
    by: "portone" as const,
  };
  return decideSettlement(created, look, policy);
}

const claimed = (order: Order, amount = 20_000): Order =>
  claimCancel(
    order,
    {
      id: "rf_1",
      impUid: "imp_730112845061",
      amount: won(amount),
      taxFree: won(550),
      checksum: remainingOf(order),
      tag,
      reason: "단순 변심",
      requester: null,
      bodyHash: "hash",
      owner: "a",
    },
    "merchant",
    sentAtMs,
  );

const operationOf = (order: Order): CancelOperation => {
  if (!order.operation) throw new Error("no operation");
  return order.operation;
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
    expect(resolveCancel(order, operationOf(order), record(seen), nowMs).verdict).toBe(verdict);
  });

  it("sends three times at most, then a person decides", () => {
    let order = claimed(paidOrder());
    for (const [sends, verdict] of [
      [1, "send_again"],
      [2, "send_again"],
      [3, "stuck"],
    ] as const) {
      const operation = operationOf(order);
      expect(operation.sends).toBe(sends);
      const nowMs = operation.sentAtMs + quietMs;
      expect(resolveCancel(order, operation, record(), nowMs).verdict).toBe(verdict);
      order = claimAnotherSend(order, operation, "b", "sweep", nowMs);
    }
  });

  it("tells when the tag is there twice", () => {
    const order = claimed(paidOrder());
    const twice = record([ours, entry("c-twice", 20_000, tag)]);
    expect(resolveCancel(order, operationOf(order), twice, early)).toMatchObject({
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
    const joined = decideSettlement(
      order,
      { records: [record([ours])], isComplete: false, atMs: sentAtMs + 2_000, by: "portone" },
      policy,
    );
    const finished = finishCancel(joined, operationOf(order), ours, "merchant", sentAtMs + 2_000);
    expect(finished).toMatchObject({ operation: null, state: "partially_refunded", dueAtMs: null });
    expect([remainingOf(finished), remainingTaxFreeOf(finished)]).toEqual([89_000, 2_450]);
    expect(finished.attempts[0]?.cancels).toHaveLength(1);
    expect(finished.attempts[0]?.cancels[0]).toMatchObject({ refundId: "rf_1", taxFree: 550 });
  });

  it("stays due for one more read after a final refusal, and rests after it", () => {
    const order = claimed(paidOrder());
    const released = releaseCancel(order, "merchant", sentAtMs);
    expect(released).toMatchObject({ operation: null, state: "paid", dueAtMs: sentAtMs + quietMs });
    const look = { records: [record()], isComplete: true, atMs: sentAtMs + quietMs, by: "sweep" as const };
    expect(decideSettlement(released, look, policy)).toMatchObject({ recheckAtMs: null, dueAtMs: null });
  });
});
