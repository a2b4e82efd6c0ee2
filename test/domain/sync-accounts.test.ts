// Virtual accounts: issued, paid into, closed. PortOne says `ready` for an open window and for an account
// alike; only the account's number tells them apart.
import { describe, expect, it } from "vitest";
import { attemptOf, type Order } from "../../lib/domain/order.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  createdAtMs,
  createdOrder,
  failedRecord,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const order = createdOrder({ payMethod: "vbank" });
const approved = approvedOrder(order);
const waiting = synced(approved, [accountRecord]);
const closesAtMs = Date.parse("2026-08-09T00:59:59+09:00");
const deposit = paymentRecord({ payMethod: "vbank", account, paidAtMs: createdAtMs + 60 * minuteMs });
const complete = (atMs: number) => ({ isComplete: true, atMs });
const resting = synced(waiting, [accountRecord], complete(createdAtMs + 2 * minuteMs));
const past = synced(resting, [accountRecord], complete(order.expiresAtMs));

describe("a virtual account", () => {
  it("waits for its deposit until an hour after it is due", () => {
    expect(waiting).toMatchObject({
      state: "awaiting_deposit",
      impUid: null,
      holdUntilMs: null,
      // The first look was promised before; when it shows nothing else, the order's own time comes next.
      dueAtMs: createdAtMs + 2 * minuteMs,
      attempts: [{ state: "ready", account }],
    });
    expect(synced(waiting, [accountRecord])).toBe(waiting);
    expect(resting).toMatchObject({ state: "awaiting_deposit", dueAtMs: order.expiresAtMs });
    expect(past).toMatchObject({ state: "awaiting_deposit", dueAtMs: closesAtMs });
    expect(synced(past, [accountRecord], complete(closesAtMs - 1))).toBe(past);
    const closed = synced(past, [accountRecord], complete(closesAtMs));
    expect(closed).toMatchObject({ dueAtMs: null, attempts: [{ state: "abandoned", account: null }] });
    expect(closed.state).not.toBe("awaiting_deposit");
  });

  it("is not closed by a look at another attempt, which cannot show its deposit", () => {
    const other = { ...failedRecord, impUid: "imp_2" };
    expect(synced(waiting, [other], { atMs: closesAtMs })).toBe(waiting);
  });

  it("outlives the order's own time, when another attempt is looked for once more", () => {
    const { state, attempts } = synced(resting, [accountRecord], complete(order.expiresAtMs - 1));
    expect({ state, attempts }).toEqual({ state: "awaiting_deposit", attempts: past.attempts });
    const second = { ...paymentRecord(), impUid: "imp_2" };
    expect(synced(resting, [accountRecord, second], complete(order.expiresAtMs))).toMatchObject({
      state: "paid",
      impUid: "imp_2",
    });
  });

  it("that confirm never heard of leaves the order expired when it closes", () => {
    const unasked = synced(order, [accountRecord]);
    expect(synced(unasked, [accountRecord], complete(closesAtMs)).state).toBe("expired");
  });

  it("pays the order when its deposit comes", () => {
    expect(synced(waiting, [deposit])).toMatchObject({
      state: "paid",
      impUid: "imp_730112845061",
      paidAtMs: createdAtMs + 60 * minuteMs,
      dueAtMs: null,
      attempts: [{ state: "paid", account: null, payMethod: "vbank" }],
    });
  });

  it("pays the order even when its deposit comes after it was closed", () => {
    const closed = synced(waiting, [accountRecord], complete(closesAtMs));
    const late = synced(closed, [deposit]);
    expect(late).toMatchObject({ state: "paid", reviewReason: null });
    expect(late.history.at(-1)).toMatchObject({ reason: "late" });
  });

  it("is not one without an account number", () => {
    const open = paymentRecord({ status: "ready", payMethod: "vbank", paidAtMs: null });
    expect(synced(order, [open])).toBe(order);
    expect(synced(approved, [open])).toBe(approved);
  });

  it("for another amount marks nobody and is shown to nobody, but is closed: only money marks", () => {
    const wrong = { ...accountRecord, amount: won(1_000) };
    const closing = synced(approved, [wrong]);
    expect(closing).toMatchObject({
      state: "failed",
      reviewReason: null,
      attempts: [{ state: "ready", isRevoking: true }],
    });
    expect(synced(closing, [wrong])).toBe(closing);
    const closed = synced(closing, [failedRecord]);
    expect(closed).toMatchObject({ state: "failed", attempts: [{ state: "failed", account: null }] });
    expect(synced(closed, [wrong])).toBe(closed);
  });

  it("of somebody else's shop is left alone", () => {
    expect(synced(approved, [{ ...accountRecord, pgId: "2999199990" }])).toBe(approved);
  });

  it("chosen when nobody waited for the window any more is waited for all the same", () => {
    const [attempt] = approved.attempts;
    const abandoned = {
      ...approved,
      state: "failed",
      attempts: [{ ...attempt, state: "abandoned" }],
    } as Order;
    expect(synced(abandoned, [accountRecord])).toMatchObject({
      state: "awaiting_deposit",
      attempts: [{ state: "ready", account, isRevoking: false }],
    });
    const voided = { ...abandoned, state: "voided", voidedAtMs: createdAtMs } as Order;
    expect(synced(voided, [accountRecord])).toMatchObject({
      state: "voided",
      attempts: [{ state: "ready", isRevoking: true }],
    });
  });
});

describe("two accounts of one order", () => {
  const second = { ...accountRecord, impUid: "imp_2", account: { ...account, number: "56211100000002" } };
  const both = synced(synced(order, [accountRecord]), [second]);

  it("wait side by side, and the deposit into one pays the order", () => {
    expect(both).toMatchObject({
      state: "awaiting_deposit",
      attempts: [{ state: "ready" }, { state: "ready" }],
    });
    const paid = synced(both, [{ ...deposit, impUid: "imp_2" }]);
    expect(paid).toMatchObject({ state: "paid", impUid: "imp_2" });
    expect(attemptOf(paid, "imp_730112845061")).toMatchObject({ state: "ready" });
  });

  it("paid into twice keep the first deposit and leave the second to a person", () => {
    const paid = synced(both, [deposit]);
    const twice = synced(paid, [{ ...deposit, impUid: "imp_2" }]);
    expect(twice).toMatchObject({
      state: "paid",
      impUid: "imp_730112845061",
      reviewReason: "manual_refund",
    });
  });

  it("go on waiting when one of them ends", () => {
    expect(synced(both, [{ ...failedRecord, impUid: "imp_2" }]).state).toBe("awaiting_deposit");
  });
});
