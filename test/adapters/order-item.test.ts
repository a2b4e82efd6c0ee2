// Items as earlier versions wrote them: read as what they meant, written back without losing it, and never due later
// than they were.
import { describe, expect, it } from "vitest";
import { compareDue } from "../../lib/domain/audit.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { conditionalUpdate } from "../../lib/dynamodb/conditional-update.ts";
import { type Item, number } from "../../lib/dynamodb/item.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import {
  accountRecord,
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  sweepTakes,
  synced,
} from "../support/orders.ts";
import { orderWithUnknownRefund } from "../support/syncing-ports.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const stamp = (atMs: number) => ({ by: "sweep", atMs }) as const;
const paid = synced(createdOrder(), [paymentRecord()]);
const newTimes = ["next_look_at", "looked_at", "look_now_at", "wished_at", "open_until"];

/** As it was written when an order had one due time for everything, and one read owed of all attempts. */
function itemOfBefore(order: Order, times: { readonly due: number; readonly recheck?: number }): Item {
  const kept = Object.entries(encodeOrder(order)).filter(([name]) => !newTimes.includes(name));
  return {
    ...Object.fromEntries(kept),
    due_at: number(times.due),
    due_shard: { S: "0" },
    ...(times.recheck === undefined ? {} : { recheck_at: number(times.recheck) }),
  };
}

describe("an item of before", () => {
  it.each<[string, Order, number, number | null]>([
    ["created, its first look ahead", createdOrder(), minute(2), minute(2)],
    ["created, resting until its time is over", createdOrder(), minute(30), null],
    ["approved, somewhere on its ladder", approvedOrder(), minute(9), minute(9)],
    ["with a refund in flight", orderWithUnknownRefund(), minute(4), null],
    [
      "waiting for a deposit, its own time over",
      { ...synced(createdOrder({ payMethod: "vbank" }), [accountRecord]), isExpired: true },
      minute(99),
      minute(99),
    ],
  ])("%s keeps its time, as a rung unless a fact of it says the same", (_, order, due, nextLookAtMs) => {
    const read = decodeOrder(itemOfBefore(order, { due }));
    expect(read).toMatchObject({ dueAtMs: due, nextLookAtMs });
    expect(compareDue(read)).toBeNull();
  });

  it("that owes a read owes it of all attempts, and loses it only by being paid", () => {
    const item = itemOfBefore(paid, { due: minute(13), recheck: minute(13) });
    const read = decodeOrder(item);
    expect(read).toMatchObject({ owedReads: [{ atMs: minute(13), impUid: null }], dueAtMs: minute(13) });
    expect(encodeOrder(read)["recheck_at"]).toEqual(number(minute(13)));
    const rested = synced(read, [paymentRecord()], { isComplete: true, atMs: minute(13) });
    expect(rested.dueAtMs).toBeNull();
    expect(conditionalUpdate("t", encodeOrder(read), encodeOrder(rested)).UpdateExpression).toContain(
      "REMOVE #recheck_at",
    );
  });

  it("climbs on from its next look once a sweep has claimed it", () => {
    const read = decodeOrder({ ...itemOfBefore(createdOrder(), { due: minute(3) }), looks: number(2) });
    const claimed = sweepTakes(read, 0, stamp(minute(3)));
    expect(claimed).toMatchObject({ looks: 3, nextLookAtMs: minute(18), dueAtMs: minute(18) });
    expect(decodeOrder(encodeOrder(claimed))).toEqual(claimed);
  });
});

describe("an item of now", () => {
  const owing = changeOrder(paid, { owedReads: [{ atMs: minute(13), impUid: "imp_1" }] }, stamp(minute(3)));

  it.each<[string, Order]>([
    ["due by a fact alone", orderWithUnknownRefund()],
    ["wanted looked at", makeDueNow(paid, stamp(minute(4)))],
    ["owing a read of one attempt", owing],
    ["resting until its time is over", synced(createdOrder(), [], { isComplete: true, atMs: minute(2) })],
  ])("%s is read without a rung it does not have", (_, order) => {
    expect(decodeOrder(encodeOrder(order))).toEqual(order);
  });

  it("due too late is seen to be", () => {
    const late = { ...encodeOrder(owing), due_at: number(minute(999)) };
    expect(compareDue(decodeOrder(late))).toMatchObject({
      kind: "state_differs",
      ours: { due_at: minute(999) },
      theirs: { due_at: minute(13) },
    });
  });

  it("pays a byte for no time it does not have: paid and refunded carry none of them", () => {
    for (const name of [...newTimes, "recheck_at", "looks", "due_at"])
      expect(encodeOrder(paid)[name]).toBeUndefined();
  });
});
