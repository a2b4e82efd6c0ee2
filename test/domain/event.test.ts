// Which change of an order the shop is told of, as what: every move, receipt and mark.
import { describe, expect, it } from "vitest";
import { type EventType, eventOf, eventTypes, typeOfReceipt, typeOfState } from "../../lib/domain/event.ts";
import { type Order, type OrderState, orderStates } from "../../lib/domain/order.ts";
import { canMove, changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";
import { heldReceipt } from "../support/receipt-doubles.ts";

const created = createdOrder();
const approved = approvedOrder(created);
const paid = synced(approved, [paymentRecord()]);
const expired = synced(created, [], { isComplete: true, atMs: created.expiresAtMs });
const stamp = { by: "portone", atMs: createdAtMs + 20 * minuteMs } as const;

const inState = (state: OrderState): Order => ({ ...created, state });
const moved = orderStates.flatMap((from) =>
  orderStates.filter((to) => canMove(from, to)).map((to) => [from, to] as const),
);

describe("a move", () => {
  it.each(moved)("from %s to %s is told by the state it leads to", (from, to) => {
    const event = eventOf(inState(from), inState(to));
    if (to === "created") expect(event).toBeNull();
    else expect(event).toMatchObject({ type: `order.${to}`, previous: from });
  });

  it("tells when, and what was before", () => {
    expect(eventOf(approved, paid)).toEqual({
      type: "order.paid",
      previous: "approved",
      occurredAtMs: createdAtMs + 3 * minuteMs,
      isLate: false,
    });
  });

  it.each(moved)("from %s to %s is late if money came after the order was over", (from, to) => {
    const isOver = from === "expired" || from === "failed";
    const isMoney = ["paid", "partially_refunded", "refunded"].includes(to);
    expect(eventOf(inState(from), inState(to))?.isLate ?? false).toBe(isOver && isMoney);
  });

  it("of an expired order that is paid is late, its refund after that is not", () => {
    const late = synced(expired, [paymentRecord()], { atMs: created.expiresAtMs + minuteMs });
    expect(eventOf(expired, late)).toMatchObject({ type: "order.paid", previous: "expired", isLate: true });
    const back = synced(late, [cancelledRecord([cancelEntry("c-1", 20_000)])]);
    expect(eventOf(late, back)).toMatchObject({ type: "order.partially_refunded", isLate: false });
  });
});

describe("a second partial refund", () => {
  it("moves nothing, and is told all the same", () => {
    const once = synced(paid, [cancelledRecord([cancelEntry("c-1", 20_000)])]);
    const twice = synced(once, [cancelledRecord([cancelEntry("c-1", 20_000), cancelEntry("c-2", 9_000)])]);
    expect(twice.state).toBe("partially_refunded");
    expect(eventOf(once, twice)).toMatchObject({
      type: "order.partially_refunded",
      previous: "partially_refunded",
    });
    expect(eventOf(twice, twice)).toBeNull();
  });
});

describe("a mark", () => {
  const marked = changeOrder(paid, { reviewReason: "double_cancel" }, stamp);
  it.each<[string, Order, Order]>([
    ["that is set", paid, marked],
    ["that is replaced", marked, changeOrder(marked, { reviewReason: "manual_refund" }, stamp)],
    ["that is taken off", marked, changeOrder(marked, { reviewReason: null }, stamp)],
  ])("%s is told", (_, before, after) => {
    expect(eventOf(before, after)).toEqual({
      type: "order.review",
      previous: "paid",
      occurredAtMs: stamp.atMs,
      isLate: false,
    });
  });

  it("that stays is none, and one set by a move is told with it", () => {
    expect(eventOf(marked, makeDueNow(marked, stamp))).toBeNull();
    const both = { ...paid, reviewReason: "tax_free_mismatch" } as const;
    expect(eventOf(approved, both)).toMatchObject({ type: "order.paid" });
  });
});

describe("a receipt", () => {
  const issued = heldReceipt();
  const cancelled = { ...issued, state: "cancelled", cancelledAtMs: createdAtMs + 9 * minuteMs } as const;
  const second = { ...issued, generation: 2, appliedAtMs: createdAtMs + 11 * minuteMs };
  const holding = (receipt: Order["receipt"]): Order => ({ ...paid, receipt });

  it.each<[string, Order["receipt"], Order["receipt"], EventType | null]>([
    ["that is issued", null, issued, "receipt.issued"],
    ["that is cancelled", issued, cancelled, "receipt.cancelled"],
    ["that turns up cancelled", null, cancelled, "receipt.cancelled"],
    ["in another's place", issued, second, "receipt.issued"],
    ["after a cancelled one", cancelled, second, "receipt.issued"],
    ["that lives after all", cancelled, issued, "receipt.issued"],
    ["that was made and taken back elsewhere", cancelled, { ...cancelled, generation: 2 }, null],
    ["of which more is known", issued, { ...issued, amount: won(1_000) }, null],
    ["that stays", issued, issued, null],
    ["that never was", null, null, null],
  ])("%s", (_, from, to, type) => {
    expect(eventOf(holding(from), holding(to))?.type ?? null).toBe(type);
  });

  it("has its own time", () => {
    expect(eventOf(paid, holding(second))?.occurredAtMs).toBe(second.appliedAtMs);
    expect(eventOf(holding(issued), holding(cancelled))?.occurredAtMs).toBe(cancelled.cancelledAtMs);
  });

  it("is told before the mark that went with it", () => {
    const asked = { ...holding(cancelled), reviewReason: "receipt_refused" } as const;
    expect(eventOf(asked, holding(second))).toMatchObject({ type: "receipt.issued" });
  });
});

it("a write that changes nothing for the shop is no event", () => {
  expect(eventOf(paid, makeDueNow(paid, stamp))).toBeNull();
  expect(eventOf(created, created)).toBeNull();
});

it("every type is told of something", () => {
  const told = [
    ...Object.values(typeOfState),
    ...Object.values(typeOfReceipt).flatMap((row) => Object.values(row)),
  ];
  expect(new Set([...told, "order.review"].filter((type) => type !== null))).toEqual(new Set(eventTypes));
});
