// While a buyer's money is here that pays nothing yet, the order keeps the state it had, and the buyer is told to wait.
import { describe, expect, it } from "vitest";
import { decideConfirmation } from "../../lib/domain/confirmation.ts";
import { dueAt } from "../../lib/domain/due.ts";
import { markBehind } from "../../lib/domain/give-back.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { publicStateOf } from "../../lib/http/views/order.ts";
import {
  accountRecord,
  approvedOrder,
  attempt,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  givingPolicy,
  holds,
  look,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const complete = (atMs: number) => ({ isComplete: true, atMs });
const created = createdOrder();
const waiting = synced(createdOrder({ payMethod: "vbank" }), [accountRecord]);
const expired = synced(created, [], complete(created.expiresAtMs));
const failed = synced(approvedOrder(), [failedRecord]);

const ours = [
  ["an amount nobody can read", paymentRecord({ amount: null })],
  ["another tax-free part", paymentRecord({ taxFree: won(1) })],
  ["escrow nobody asked for", paymentRecord({ escrow: true })],
  ["cancels that do not add up", paymentRecord({ cancelAmount: won(1) })],
  ["cancels nobody can read", paymentRecord({ cancelAmount: null })],
] as const;

describe.each(ours)("money of this shop and this order, of %s", (_, record) => {
  it.each<[string, Order]>([
    ["created", created],
    ["approved", approvedOrder()],
    ["awaiting_deposit", waiting],
    ["expired", expired],
    ["failed", failed],
  ])("keeps an order that is %s as it is, and is told as pending", (state, order) => {
    const marked = decideSync(order, look([record], { atMs: order.expiresAtMs + minuteMs }), givingPolicy);
    expect(marked).toMatchObject({ state, impUid: null, attempts: [{ state: "paid", giveBack: null }] });
    expect(marked.reviewReason).not.toBeNull();
    expect(publicStateOf(marked)).toBe("pending");
    const later = decideSync(
      marked,
      look([record], complete(order.expiresAtMs + 24 * 60 * minuteMs)),
      givingPolicy,
    );
    expect([later.state, publicStateOf(later)]).toEqual([state, "pending"]);
    expect(later.dueAtMs).toBeNull();
  });
});

describe("an order whose money waits", () => {
  const held = synced(created, [paymentRecord({ escrow: true })]);

  it("is what it would have been once the money has gone", () => {
    const later = synced(held, [paymentRecord({ escrow: true })], complete(created.expiresAtMs));
    expect(later).toMatchObject({ state: "created", isExpired: true });
    const gone = cancelledRecord([cancelEntry("c-1", 109_000)], { escrow: true });
    const after = synced(later, [gone]);
    expect([after.state, publicStateOf(after)]).toEqual(["expired", "expired"]);
  });

  it("is looked at when its own time ends, for the windows that others may have paid in", () => {
    const approved = synced(approvedOrder(), [paymentRecord({ escrow: true })]);
    expect(approved).toMatchObject({ state: "approved", reviewReason: "escrow_mismatch" });
    expect(approved.dueAtMs).toBeLessThanOrEqual(created.expiresAtMs);
    expect(dueAt({ ...approved, nextLookAtMs: null })).toBe(created.expiresAtMs);
    expect(dueAt(approvedOrder())).toBeLessThan(created.expiresAtMs);
  });

  it("is told by its own state once it is paid", () => {
    const paid = synced(held, [paymentRecord({ impUid: "imp_2" })]);
    expect([paid.state, publicStateOf(paid)]).toEqual(["paid", "paid"]);
  });

  it("fails with another attempt that confirm approved", () => {
    const other = paymentRecord({ amount: won(100), impUid: "imp_2" });
    const approved = approvedOrder(synced(created, [other]));
    expect(approved.state).toBe("approved");
    const after = synced(approved, [other, failedRecord]);
    expect([after.state, publicStateOf(after)]).toEqual(["failed", "pending"]);
  });

  it("is void all the same", () => {
    const voided = changeOrder(held, { voidedAtMs: minute(4) }, { by: "merchant", atMs: minute(4) });
    expect(voided.state).toBe("voided");
  });
});

describe("money nobody can count", () => {
  const unread = attempt("imp_2", { state: "paid", amount: won(0) });
  const asked = { impUid: "imp_3", amount: created.amount };

  it("that confirm approved keeps a buyer from paying twice, and any other keeps nobody", () => {
    const marked = (more: object) =>
      createdOrder({ reviewReason: "amount_mismatch", attempts: [{ ...unread, ...more }] });
    const decide = (more: object) => decideConfirmation(marked(more), asked, minute(4), holds);
    expect(decide({ wasApproved: true })).toMatchObject({ refusal: "order_not_payable" });
    expect(decide({})).toMatchObject({ decision: "approve" });
  });

  it("is a person's, also behind another mark", () => {
    expect(markBehind({ attempts: [unread], impUid: null })).toBe("manual_refund");
  });
});
