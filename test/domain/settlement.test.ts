import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideConfirmation } from "../../lib/domain/confirmation.ts";
import {
  attemptOf,
  canMove,
  changeOrder,
  newAttempt,
  type Order,
  type OrderState,
  remainingOf,
  withAttempt,
} from "../../lib/domain/order.ts";
import { decideSettlement } from "../../lib/domain/settlement.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  account,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  holds,
  look,
  minuteMs,
  paymentRecord,
  policy,
  won,
} from "../fixtures/orders.ts";

function approved(order: Order = createdOrder()): Order {
  const request = { impUid: "imp_730112845061", amount: order.amount };
  const confirmation = decideConfirmation(order, request, createdAtMs + minuteMs, holds);
  if (confirmation.decision !== "approve") throw new Error(confirmation.decision);
  return confirmation.order;
}
const settle = (order: Order, ...seen: Parameters<typeof look>) =>
  decideSettlement(order, look(...seen), policy);
const paid = settle(approved(), [paymentRecord()]);
const waitingRecord = paymentRecord({ status: "ready", payMethod: "vbank", paidAtMs: null, account });

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
    expect(settle(paid, [paymentRecord()])).toBe(paid);
  });

  it("pays an order confirm never heard of", () => {
    expect(settle(createdOrder(), [paymentRecord()])).toMatchObject({ state: "paid" });
  });

  it.each([
    ["a part", 20_000, "partially_refunded"],
    ["everything", 109_000, "refunded"],
  ])("and gave back %s before we looked is known at once", (_, amount, state) => {
    expect(settle(createdOrder(), [cancelledRecord([cancelEntry("c-1", amount)])])).toMatchObject({ state });
  });

  it("is told late when the order had failed or expired", () => {
    const failed = settle(approved(), [paymentRecord({ status: "failed", paidAtMs: null })]);
    const late = settle(failed, [paymentRecord({ impUid: "imp_2" })]);
    expect(late).toMatchObject({ state: "paid", impUid: "imp_2" });
    expect(late.history.at(-1)).toMatchObject({ from: "failed", to: "paid", reason: "late" });
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
    const marked = settle(createdOrder(), [paymentRecord(more)]);
    expect(marked).toMatchObject({ state: "created", impUid: null, reviewReason: reason });
    expect(marked.attempts).toHaveLength(kept);
    expect(settle(marked, [paymentRecord(more)])).toBe(marked);
  });

  it("takes the order's approval with it when it was the approved one", () => {
    const marked = settle(approved(), [paymentRecord({ amount: won(100) })]);
    expect(marked).toMatchObject({ state: "failed", impUid: null, reviewReason: "amount_mismatch" });
  });

  it("of an unknown status becomes neither paid nor failed", () => {
    const marked = settle(approved(), [paymentRecord({ status: "unrecognised" })]);
    expect(marked).toMatchObject({ state: "approved", reviewReason: "status_unknown" });
  });

  it("second to another leaves the first untouched and is kept in sight", () => {
    const second = paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 5 * minuteMs });
    const both = settle(paid, [second]);
    expect(both).toMatchObject({ state: "paid", impUid: "imp_730112845061", reviewReason: "manual_refund" });
    expect(attemptOf(both, "imp_2")).toMatchObject({ state: "paid" });
  });

  it("of two seen together, the one approved first pays", () => {
    const later = paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 5 * minuteMs });
    expect(settle(createdOrder(), [later, paymentRecord()])).toMatchObject({ impUid: "imp_730112845061" });
  });

  it("on a voided order leaves it voided", () => {
    const voided = decideVoid(createdOrder(), createdAtMs + minuteMs) ?? createdOrder();
    expect(settle(voided, [paymentRecord()])).toMatchObject({
      state: "voided",
      impUid: null,
      reviewReason: "manual_refund",
    });
  });
});

describe("an old record", () => {
  const refunded = settle(paid, [cancelledRecord([cancelEntry("c-1", 20_000)])]);

  it.each([
    ["paid without the cancel we hold", paymentRecord()],
    ["still ready", paymentRecord({ status: "ready", paidAtMs: null })],
    ["failed", paymentRecord({ status: "failed", paidAtMs: null })],
    ["with another cancel but not ours", cancelledRecord([cancelEntry("c-2", 5_000)])],
  ])("%s changes nothing", (_, record) => {
    expect(settle(refunded, [record])).toBe(refunded);
  });
});

describe("cancels", () => {
  it("are united by their id, in whatever order and portions they are seen", () => {
    const entries = Array.from({ length: 6 }, (_, index) => cancelEntry(`c-${index}`, 1_000 * (index + 1)));
    const views = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(views, (lengths) => {
        const seen = lengths.reduce(
          (order, length) => settle(order, [cancelledRecord(entries.slice(0, length))]),
          paid,
        );
        const most = Math.max(...lengths);
        const expected = entries.slice(0, most).reduce((total, { amount }) => total + amount, 0);
        expect(remainingOf(seen)).toBe(109_000 - expected);
        expect(settle(seen, [cancelledRecord(entries.slice(0, most))])).toBe(seen);
      }),
    );
  });
});

describe("an attempt that ends", () => {
  it("takes the order with it only if it was the approved one", () => {
    const ended = paymentRecord({ status: "failed", paidAtMs: null });
    expect(settle(approved(), [ended])).toMatchObject({
      state: "failed",
      dueAtMs: createdAtMs + 30 * minuteMs,
    });
    const order = createdOrder();
    expect(settle(order, [ended])).toBe(order);
    const other = approved();
    expect(settle(other, [{ ...ended, impUid: "imp_2" }])).toBe(other);
  });

  it("by silence: one extension of five minutes, then given up", () => {
    const order = approved();
    const open = paymentRecord({ status: "ready", paidAtMs: null });
    const holdEnd = order.holdUntilMs ?? 0;
    const before = { isComplete: true, atMs: holdEnd - 1 };
    expect(settle(order, [open], before)).toBe(order);
    const extended = settle(order, [open], { isComplete: true, atMs: holdEnd });
    expect(extended).toMatchObject({ state: "approved", holdUntilMs: holdEnd + 5 * minuteMs });
    const ended = settle(extended, [open], { isComplete: true, atMs: holdEnd + 5 * minuteMs });
    expect(ended).toMatchObject({ state: "failed", attempts: [{ state: "abandoned" }] });
    expect(settle(ended, [paymentRecord()])).toMatchObject({ state: "paid" });
  });
});

describe("a virtual account", () => {
  const order = createdOrder({ payMethod: "vbank" });
  const waiting = settle(order, [waitingRecord]);
  const closesAtMs = account.dueAtMs + 3_600_000;

  it("waits until an hour after its due time", () => {
    expect(waiting).toMatchObject({ state: "awaiting_deposit", dueAtMs: closesAtMs });
    expect(settle(waiting, [waitingRecord])).toBe(waiting);
    expect(settle(waiting, [waitingRecord], { isComplete: true, atMs: closesAtMs - 1 })).toBe(waiting);
    expect(settle(waiting, [waitingRecord], { isComplete: true, atMs: closesAtMs }).state).toBe("expired");
  });

  it("pays the order when its deposit comes", () => {
    const deposited = paymentRecord({ payMethod: "vbank", account, paidAtMs: createdAtMs + 60 * minuteMs });
    expect(settle(waiting, [deposited])).toMatchObject({
      state: "paid",
      attempts: [{ account: null, payMethod: "vbank" }],
    });
  });

  it("is not one without an account number", () => {
    expect(settle(order, [paymentRecord({ status: "ready", payMethod: "vbank", paidAtMs: null })])).toBe(
      order,
    );
  });
});

describe("an order nobody paid", () => {
  const expiresAtMs = createdOrder().expiresAtMs;
  it("expires only by a complete look at its time", () => {
    const order = createdOrder();
    expect(settle(order, [], { isComplete: true, atMs: expiresAtMs - 1 })).toBe(order);
    expect(settle(order, [], { isComplete: false, atMs: expiresAtMs })).toBe(order);
    expect(settle(order, [], { isComplete: true, atMs: expiresAtMs })).toMatchObject({
      state: "expired",
      dueAtMs: null,
    });
  });

  it("that failed rests as failed after its time", () => {
    const failed = settle(approved(), [paymentRecord({ status: "failed", paidAtMs: null })]);
    const rested = settle(failed, [], { isComplete: true, atMs: expiresAtMs });
    expect(rested).toMatchObject({ state: "failed", dueAtMs: null });
    expect(settle(rested, [], { isComplete: true, atMs: expiresAtMs })).toBe(rested);
  });
});

describe("the state table", () => {
  it("has no way out of refunded and voided, and none back from paid", () => {
    const states: OrderState[] = [
      "created",
      "approved",
      "awaiting_deposit",
      "paid",
      "partially_refunded",
      "refunded",
      "failed",
      "expired",
      "voided",
    ];
    const ways = (from: OrderState) => states.filter((to) => canMove(from, to));
    expect(ways("refunded")).toEqual([]);
    expect(ways("voided")).toEqual([]);
    expect(ways("paid")).toEqual(["partially_refunded", "refunded"]);
    expect(ways("partially_refunded")).toEqual(["refunded"]);
    expect(ways("expired")).not.toContain("approved");
  });

  it("throws on a move it does not have", () => {
    expect(() =>
      changeOrder(paid, { impUid: null, attempts: [] }, { by: "operator", atMs: createdAtMs }),
    ).toThrow("cannot go from paid to created");
  });

  it("keeps the last eight lines of history and eight attempts, never dropping money", () => {
    let order = paid;
    for (let index = 0; index < 12; index += 1) {
      const failed = { ...newAttempt(`imp_${index}`, order, createdAtMs), state: "failed" as const };
      order = changeOrder(
        order,
        { attempts: withAttempt(order.attempts, failed) },
        { by: "portone", atMs: createdAtMs },
      );
    }
    expect(order.attempts).toHaveLength(8);
    expect(order.attempts[0]?.impUid).toBe("imp_730112845061");
    let marked = order;
    for (let index = 0; index < 12; index += 1)
      marked = changeOrder(
        marked,
        { reviewReason: index % 2 === 0 ? "manual_refund" : null },
        { by: "operator", atMs: createdAtMs + index },
      );
    expect(marked.history).toHaveLength(8);
  });
});
