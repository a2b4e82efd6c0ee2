// When a merchant may take an order back: a row for each state.
import { describe, expect, it } from "vitest";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  accountRecord,
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  minuteMs,
  paymentRecord,
  synced,
} from "../support/orders.ts";

const nowMs = createdAtMs + 5 * minuteMs;
const created = createdOrder();
const approved = approvedOrder();
const part = cancelledRecord([cancelEntry("c-1", 20_000)]);
const all = cancelledRecord([cancelEntry("c-1", 109_000)]);

describe("decideVoid", () => {
  it.each([
    ["created", created],
    ["failed", synced(approved, [failedRecord])],
    ["expired", synced(created, [], { isComplete: true, atMs: created.expiresAtMs })],
  ])("voids an order that is %s, and looks once more when its windows are closed", (state, order) => {
    expect(order.state).toBe(state);
    const voided = decideVoid(order, { by: "merchant", atMs: nowMs });
    const openUntilMs = nowMs + 30 * minuteMs;
    expect(voided).toMatchObject({ state: "voided", voidedAtMs: nowMs, openUntilMs });
    // A first look that was not made yet is not put off.
    expect(voided?.dueAtMs).toBe(order.nextLookAtMs ?? openUntilMs);
    const looked = voided && synced(voided, [], { isComplete: true, atMs: nowMs });
    expect(looked).toMatchObject({ state: "voided", dueAtMs: openUntilMs });
    const rested = looked && synced(looked, [], { isComplete: true, atMs: openUntilMs });
    expect(rested).toMatchObject({ state: "voided", dueAtMs: null });
    expect(voided?.history.at(-1)).toMatchObject({ by: "merchant", from: state, to: "voided" });
  });

  it.each([
    ["approved: it may be paid any moment", "approved", approved],
    ["paid", "paid", synced(created, [paymentRecord()])],
    ["partially_refunded", "partially_refunded", synced(created, [part])],
    ["refunded", "refunded", synced(created, [all])],
  ])("refuses an order that is %s", (_, state, order) => {
    expect(order.state).toBe(state);
    expect(decideVoid(order, { by: "merchant", atMs: nowMs })).toBeNull();
  });

  it("of an order that awaits a deposit waits for its account to be revoked", () => {
    const waiting = synced(createdOrder({ payMethod: "vbank" }), [accountRecord]);
    const wanted = decideVoid(waiting, { by: "merchant", atMs: nowMs });
    if (!wanted) throw new Error("not voidable");
    expect(wanted).toMatchObject({
      state: "awaiting_deposit",
      isVoidWanted: true,
      wishedAtMs: nowMs,
      dueAtMs: waiting.nextLookAtMs,
      attempts: [{ state: "ready", isRevoking: true }],
    });
    expect(decideVoid(wanted, { by: "merchant", atMs: nowMs + minuteMs })).toBe(wanted);
    const closed = { ...accountRecord, status: "cancelled" as const, account: null };
    const voided = synced(wanted, [closed], { atMs: nowMs + minuteMs });
    const openUntilMs = nowMs + 31 * minuteMs;
    expect(voided).toMatchObject({ state: "voided", isVoidWanted: false, wishedAtMs: null, openUntilMs });
    const deposit = paymentRecord({ payMethod: "vbank" });
    expect(synced(wanted, [deposit])).toMatchObject({ state: "paid", isVoidWanted: false });
  });

  it("gives an order voided before back as it is", () => {
    const voided = decideVoid(created, { by: "merchant", atMs: nowMs });
    expect(voided && decideVoid(voided, { by: "merchant", atMs: nowMs + minuteMs })).toBe(voided);
  });
});
