// When confirm says yes: each refusal, which comes before which, and what a yes does to the order.

import { describe, expect, it } from "vitest";
import { decideConfirmation, decideOnAnswer } from "../../lib/domain/confirmation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { makeDueNow } from "../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  accountRecord,
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  holds,
  lookedAtLater,
  minuteMs,
  openRecord,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const nowMs = createdAtMs + minuteMs;
const hourMs = 60 * minuteMs;
const expiresAtMs = Date.parse("2026-08-05T12:30:00+09:00");
const ask = (impUid = "imp_730112845061", amount = 109_000) => ({ impUid, amount: won(amount) });

const paid = synced(approvedOrder(), [paymentRecord()]);
const refunded = synced(paid, [cancelledRecord([cancelEntry("c-1", 109_000)])]);
const failed = synced(approvedOrder(), [failedRecord]);
const voided = decideVoid(createdOrder(), { by: "merchant", atMs: nowMs }) ?? createdOrder();
const unclear = synced(approvedOrder(), [paymentRecord({ taxFree: won(1) })]);
const forgedRecord = paymentRecord({ amount: won(100) });
const expired = synced(createdOrder(), [], { isComplete: true, atMs: expiresAtMs });
const givenUp = [11, 16].reduce(
  (order, minutes) =>
    synced(order, [openRecord], { isComplete: true, atMs: createdAtMs + minutes * minuteMs }),
  approvedOrder(),
);

describe("decideConfirmation", () => {
  it("approves once and holds the order for ten minutes, leaving an early look as it is", () => {
    const order = approvedOrder();
    expect(order).toMatchObject({
      state: "approved",
      holdUntilMs: nowMs + holds.holdTtlMs,
      dueAtMs: createdOrder().dueAtMs,
      attempts: [{ impUid: "imp_730112845061", state: "approved", wasApproved: true }],
    });
  });

  it("brings a look that lies further ahead nearer", () => {
    const order = approvedOrder(lookedAtLater(createdOrder(), createdAtMs + 30 * minuteMs));
    expect(order.dueAtMs).toBe(nowMs + holds.firstLookMs);
  });

  it("answers a repeat alike, even after the order's time", () => {
    const late = createdAtMs + 40 * minuteMs;
    expect(decideConfirmation(approvedOrder(), ask(), late, holds)).toEqual({ decision: "already_approved" });
  });

  it.each([
    ["order_already_paid", paid, ask("imp_2"), nowMs],
    ["order_already_paid", paid, ask(), nowMs],
    ["order_already_paid", refunded, ask("imp_2"), nowMs],
    ["order_not_payable", voided, ask(), nowMs],
    ["order_not_payable", unclear, ask("imp_2"), nowMs],
    ["order_not_payable", failed, ask(), nowMs],
    ["order_not_payable", givenUp, ask(), nowMs],
    ["order_expired", createdOrder(), ask(), expiresAtMs],
    ["order_expired", failed, ask("imp_2"), expiresAtMs],
    ["order_expired", expired, ask(), nowMs],
    ["amount_mismatch", createdOrder(), ask("imp_1", 108_999), nowMs],
    ["amount_mismatch", createdOrder(), ask("imp_1", 0), nowMs],
    ["amount_mismatch", approvedOrder(), ask("imp_730112845061", 1), nowMs],
  ] as const)("refuses: %s", (refusal, order, request, atMs) => {
    expect(decideConfirmation(order, request, atMs, holds)).toEqual({ decision: "refuse", refusal });
  });

  const held = approvedOrder(createdOrder(), "imp_1");
  const inProgress = { decision: "refuse", refusal: "attempt_in_progress" };
  const answered = (record: PaymentRecord | null, atMs = nowMs) =>
    decideOnAnswer(held, { request: ask("imp_2"), impUid: "imp_1", record }, atMs, holds);
  const marked = { reviewReason: "manual_refund" as const };
  const holding = { ...unclear, reviewReason: "tax_free_mismatch" as const };
  const wrong = ask("imp_2", 1);
  it.each<[string, Order, ReturnType<typeof ask>, number]>([
    ["order_already_paid", { ...paid, ...marked, isExpired: true }, wrong, expiresAtMs],
    ["order_not_payable", { ...holding, isExpired: true }, wrong, expiresAtMs],
    ["order_expired", held, wrong, expiresAtMs],
    ["amount_mismatch", held, wrong, nowMs],
  ])("says %s before everything that comes after it", (refusal, order, request, atMs) => {
    expect(decideConfirmation(order, request, atMs, holds)).toEqual({ decision: "refuse", refusal });
  });

  it.each<[string, Order]>([
    ["a wrong amount nobody approved", synced(createdOrder(), [forgedRecord])],
    ["money of another channel", synced(createdOrder(), [paymentRecord({ pgId: "2999199990" })])],
    [
      "money older than the order",
      synced(createdOrder(), [paymentRecord({ startedAtMs: createdAtMs - 3_600_000 })]),
    ],
    ["a payment of the test channel", synced(createdOrder(), [paymentRecord({ sandbox: true })])],
    ["the order's own, once a person has cleared it", { ...unclear, reviewReason: null }],
  ])("is not kept from another attempt by %s", (_, order) => {
    expect(decideConfirmation(order, ask("imp_2"), nowMs, holds).decision).toBe("approve");
  });

  it("still approves in the last millisecond", () => {
    expect(decideConfirmation(createdOrder(), ask(), expiresAtMs - 1, holds).decision).toBe("approve");
  });

  it("asks about the attempt that holds the order, and approves another once that has ended", () => {
    expect(decideConfirmation(held, ask("imp_2"), nowMs, holds)).toEqual({
      decision: "ask_about",
      impUid: "imp_1",
    });
    const { order: next = held } = answered({ ...failedRecord, impUid: "imp_1" }) as { order?: Order };
    expect(next).toMatchObject({
      state: "approved",
      holdUntilMs: nowMs + holds.holdTtlMs,
      attempts: [
        { impUid: "imp_1", state: "failed" },
        { impUid: "imp_2", state: "approved" },
      ],
    });
    expect(decideConfirmation(next, ask("imp_1"), nowMs, holds)).toEqual({
      decision: "refuse",
      refusal: "order_not_payable",
    });
  });

  it.each<[string, PaymentRecord | null, number]>([
    ["an open window", openRecord, nowMs + hourMs],
    ["a status nobody can read", { ...openRecord, status: "unrecognised" }, nowMs + hourMs],
    ["nothing yet of an attempt approved a moment ago", null, nowMs + minuteMs - 1],
  ])("releases no attempt of which PortOne shows %s", (_, record, atMs) => {
    expect(answered(record, atMs)).toEqual(inProgress);
  });

  it("gives up what PortOne still does not know after a minute", () => {
    expect(answered(null, nowMs + minuteMs)).toMatchObject({
      decision: "approve",
      order: {
        attempts: [
          { impUid: "imp_1", state: "abandoned" },
          { impUid: "imp_2", state: "approved" },
        ],
        history: [{}, {}, { to: "failed", reason: "payment_unknown" }, { to: "approved" }],
      },
    });
  });

  it("asks about the attempt itself where one held the order in vain before", () => {
    expect(decideConfirmation(givenUp, ask("imp_2"), nowMs + 20 * minuteMs, holds)).toEqual({
      decision: "ask_about",
      impUid: "imp_2",
    });
    expect(decideConfirmation(failed, ask("imp_2"), nowMs, holds).decision).toBe("approve");
  });

  it("approves another attempt while an account waits for its deposit", () => {
    const waiting = synced(createdOrder({ payMethod: "vbank" }), [accountRecord]);
    expect(waiting.state).toBe("awaiting_deposit");
    expect(decideConfirmation(waiting, ask("imp_2"), nowMs, holds).decision).toBe("approve");
  });

  it("says no about an attempt it does not hold", () => {
    const asked = { request: ask("imp_2"), impUid: "imp_9", record: null };
    expect(decideOnAnswer(held, asked, nowMs + hourMs, holds)).toEqual(inProgress);
  });

  it("makes an order due at once when its holder turns out to have paid, at rest or not", () => {
    const due = makeDueNow(approvedOrder(), { by: "portone", atMs: nowMs });
    expect(due.dueAtMs).toBe(nowMs);
    expect(makeDueNow(due, { by: "portone", atMs: nowMs })).toBe(due);
    const paid = synced(createdOrder(), [paymentRecord()]);
    expect(makeDueNow(paid, { by: "portone", atMs: nowMs })).toMatchObject({ state: "paid", dueAtMs: nowMs });
  });
});
