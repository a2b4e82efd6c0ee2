// What stands at PortOne under an order's number and is no record: it may be money, so a person is told, and it is looked
// at until it can be read.
import { describe, expect, it } from "vitest";
import { type Look, recordOf, type UnreadableRow } from "../../lib/domain/look.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  look,
  minuteMs,
  paymentRecord,
  policy,
  synced,
} from "../support/orders.ts";

const row = (more: Partial<UnreadableRow> = {}): UnreadableRow => ({
  impUid: "imp_2",
  why: "no_record",
  ...more,
});
const seeing = (order: Order, rows: readonly UnreadableRow[], more: Partial<Look> = {}): Order =>
  decideSync(order, look([], { unreadable: rows, ...more }), policy);
const created = createdOrder();
const paid = synced(created, [paymentRecord()]);
const atMs = createdAtMs + 3 * minuteMs;

describe("a row that is no record", () => {
  it.each([
    ["no_record", "status_unknown"],
    ["imp_uid", "status_unknown"],
    ["merchant_uid", "merchant_uid_mismatch"],
  ] as const)("for its %s is marked as %s, once, and moves no state", (why, reason) => {
    for (const order of [created, approvedOrder(), paid]) {
      const marked = seeing(order, [row({ why })]);
      expect(marked).toMatchObject({ state: order.state, reviewReason: reason, attempts: order.attempts });
      expect(marked.history.at(-1)).toMatchObject({ reason: `${reason}:imp_2` });
      expect(seeing(marked, [row({ why })])).toBe(marked);
    }
  });

  it.each([null, "", "가".repeat(5_000), "\ud83d", "imp 2"])(
    "that has no name is told without: %j",
    (impUid) => {
      expect(seeing(created, [row({ impUid })]).history.at(-1)?.reason).toBe("status_unknown:-");
    },
  );

  it("keeps its order due until a look shows everything, whatever was cleared meanwhile", () => {
    const marked = seeing(paid, [row()]);
    expect([paid.dueAtMs, marked.dueAtMs]).toEqual([null, atMs]);
    const cleared = changeOrder(marked, { reviewReason: null }, { by: "operator", atMs });
    expect(seeing(cleared, [row()], { atMs: atMs + minuteMs })).toMatchObject({ lookNowAtMs: atMs });
    const whole = look([paymentRecord()], { isComplete: true, atMs: atMs + minuteMs });
    expect(recordOf(whole, "imp_2")).toBeUndefined();
    expect(decideSync(cleared, whole, policy).dueAtMs).toBeNull();
  });

  it("and a payment whose status is no word we know keeps its order due, paid or not, until it is one", () => {
    const unknown = paymentRecord({ impUid: "imp_2", status: "unrecognised" });
    const marked = synced(paid, [paymentRecord(), unknown], { isComplete: true });
    expect(marked).toMatchObject({ state: "paid", reviewReason: "status_unknown", lookNowAtMs: atMs });
    expect(synced(marked, [paymentRecord(), unknown], { isComplete: true })).toBe(marked);
    const second = paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 2 * minuteMs });
    const seen = synced(marked, [paymentRecord(), second], { isComplete: true, atMs: atMs + minuteMs });
    expect(seen).toMatchObject({
      lookNowAtMs: null,
      attempts: [{ impUid: paid.impUid }, { impUid: "imp_2" }],
    });
  });

  it("and one that names another order as well is marked for its number, and keeps the order due", () => {
    const unknown = paymentRecord({ impUid: "imp_2", status: "unrecognised", merchantUid: "109000" });
    const marked = synced(created, [unknown], { isComplete: true });
    expect(marked).toMatchObject({ reviewReason: "merchant_uid_mismatch", lookNowAtMs: atMs, attempts: [] });
    const unpaid = paymentRecord({ ...unknown, paidAtMs: null });
    expect(synced(created, [unpaid], { isComplete: true }).reviewReason).toBeNull();
  });

  it("and a status nobody knows of money that is held already is an old record, and wants no look", () => {
    const changed = paymentRecord({ status: "unrecognised" });
    const seen = synced(paid, [changed], { isComplete: true });
    expect(seen).toMatchObject({ state: "paid", attempts: paid.attempts, lookNowAtMs: null });
  });

  it("hides no record beside it, and keeps none from paying", () => {
    const both = decideSync(created, look([paymentRecord()], { unreadable: [row()] }), policy);
    expect(both).toMatchObject({ state: "paid", reviewReason: "status_unknown" });
  });
});
