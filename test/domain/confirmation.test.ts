import { describe, expect, it } from "vitest";
import { decideConfirmation, makeDue, releaseEnded } from "../../lib/domain/confirmation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { decideSettlement } from "../../lib/domain/settlement.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  account,
  createdAtMs,
  createdOrder,
  holds,
  look,
  minuteMs,
  paymentRecord,
  policy,
  won,
} from "../fixtures/orders.ts";

const nowMs = createdAtMs + minuteMs;
const ask = (impUid = "imp_730112845061", amount = 109_000) => ({ impUid, amount: won(amount) });

function approved(order: Order = createdOrder(), impUid = "imp_730112845061"): Order {
  const confirmation = decideConfirmation(order, ask(impUid), nowMs, holds);
  if (confirmation.decision !== "approve") throw new Error(confirmation.decision);
  return confirmation.order;
}

const paid = decideSettlement(approved(), look([paymentRecord()]), policy);
const failed = decideSettlement(
  approved(),
  look([paymentRecord({ status: "failed", paidAtMs: null })]),
  policy,
);
const voided = decideVoid(createdOrder(), nowMs) ?? createdOrder();
const forged = decideSettlement(createdOrder(), look([paymentRecord({ amount: won(100) })]), policy);

describe("decideConfirmation", () => {
  it("approves once and holds the order for ten minutes, leaving an early look as it is", () => {
    const order = approved();
    expect(order).toMatchObject({
      state: "approved",
      holdUntilMs: nowMs + holds.holdTtlMs,
      dueAtMs: createdOrder().dueAtMs,
      attempts: [{ impUid: "imp_730112845061", state: "approved", wasApproved: true }],
    });
  });

  it("brings a look that lies further ahead nearer", () => {
    const order = approved(createdOrder({ dueAtMs: createdAtMs + 30 * minuteMs }));
    expect(order.dueAtMs).toBe(nowMs + holds.firstLookMs);
  });

  it("answers a repeat alike, even after the order's time", () => {
    const late = createdAtMs + 40 * minuteMs;
    expect(decideConfirmation(approved(), ask(), late, holds)).toEqual({ decision: "already_approved" });
  });

  it.each([
    ["order_already_paid", paid, ask("imp_2"), nowMs],
    ["order_already_paid", paid, ask(), nowMs],
    ["order_not_payable", voided, ask(), nowMs],
    ["order_not_payable", forged, ask("imp_2"), nowMs],
    ["order_not_payable", failed, ask(), nowMs],
    ["order_expired", createdOrder(), ask(), createdAtMs + 30 * minuteMs],
    ["order_expired", createdOrder(), ask("imp_1", 1), createdAtMs + 30 * minuteMs],
    ["amount_mismatch", createdOrder(), ask("imp_1", 108_999), nowMs],
    ["amount_mismatch", createdOrder(), ask("imp_1", 0), nowMs],
    ["amount_mismatch", approved(), ask("imp_730112845061", 1), nowMs],
  ] as const)("refuses: %s", (refusal, order, request, atMs) => {
    expect(decideConfirmation(order, request, atMs, holds)).toEqual({ decision: "refuse", refusal });
  });

  it("still approves in the last millisecond", () => {
    const last = createdAtMs + 30 * minuteMs - 1;
    expect(decideConfirmation(createdOrder(), ask(), last, holds).decision).toBe("approve");
  });

  it("asks about the attempt that holds the order, and approves another once that has ended", () => {
    const held = approved(createdOrder(), "imp_1");
    expect(decideConfirmation(held, ask("imp_2"), nowMs, holds)).toEqual({
      decision: "ask_about",
      impUid: "imp_1",
    });
    const released = releaseEnded(held, "imp_1", nowMs);
    expect(released).toMatchObject({ state: "failed", holdUntilMs: null });
    expect(decideConfirmation(released, ask("imp_2"), nowMs, holds).decision).toBe("approve");
    expect(decideConfirmation(released, ask("imp_1"), nowMs, holds)).toEqual({
      decision: "refuse",
      refusal: "order_not_payable",
    });
  });

  it("approves another attempt while an account waits for its deposit", () => {
    const record = paymentRecord({ status: "ready", payMethod: "vbank", paidAtMs: null, account });
    const waiting = decideSettlement(createdOrder({ payMethod: "vbank" }), look([record]), policy);
    expect(waiting.state).toBe("awaiting_deposit");
    expect(decideConfirmation(waiting, ask("imp_2"), nowMs, holds).decision).toBe("approve");
  });

  it("makes an order due at once when its holder turns out to have paid", () => {
    expect(makeDue(approved(), nowMs).dueAtMs).toBe(nowMs);
  });
});

describe("decideVoid", () => {
  it.each([
    ["created", createdOrder(), "voided"],
    ["failed", failed, "voided"],
    ["voided", voided, "voided"],
    ["approved", approved(), null],
    ["paid", paid, null],
  ] as const)("of a %s order gives %s", (_, order, state) => {
    expect(decideVoid(order, nowMs)?.state ?? null).toBe(state);
  });
});
