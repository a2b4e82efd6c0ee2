// When an order was marked is what a list of marked orders is sorted by: no later write moves it.
import { expect, it } from "vitest";
import { changeOrder, markForReview } from "../../lib/domain/order-change.ts";
import { conditionalUpdate } from "../../lib/dynamodb/conditional-update.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { createdAtMs, createdOrder, minuteMs } from "../support/orders.ts";

const stamp = (minutes: number) => ({ by: "sweep", atMs: createdAtMs + minutes * minuteMs }) as const;
const marked = markForReview(createdOrder(), "double_cancel", stamp(3));
const written = (order: typeof marked) =>
  conditionalUpdate("t", encodeOrder(marked), encodeOrder({ ...order, version: 2 }));

it("an order without a mark has no time of it and no place in the index", () => {
  expect(createdOrder().reviewSinceMs).toBeNull();
  expect(Object.keys(encodeOrder(createdOrder())).filter((name) => name.startsWith("review"))).toEqual([]);
});

it("a mark has the time of the write that set it, and is read back with it", () => {
  expect(marked.reviewSinceMs).toBe(createdAtMs + 3 * minuteMs);
  expect(encodeOrder(marked)).toMatchObject({ review_at: { N: String(marked.reviewSinceMs) } });
  expect(decodeOrder(encodeOrder(marked))).toEqual(marked);
});

it.each([
  ["a later write", changeOrder(marked, { looks: 3 }, stamp(9))],
  ["another mark in its place", changeOrder(marked, { reviewReason: "manual_refund" }, stamp(9))],
])("%s leaves the index's keys alone", (_, later) => {
  expect(later.reviewSinceMs).toBe(marked.reviewSinceMs);
  const names = Object.values(written(later).ExpressionAttributeNames ?? {});
  expect(names.filter((name) => name === "review_at" || name === "review_shard")).toEqual([]);
});

it("a mark that goes takes its keys with it, and one set anew has its own time", () => {
  const cleared = changeOrder(marked, { reviewReason: null }, stamp(9));
  expect(written(cleared).UpdateExpression).toMatch(/REMOVE .*#review_at/);
  expect(written(cleared).UpdateExpression).toMatch(/REMOVE .*#review_shard/);
  expect(markForReview(cleared, "double_cancel", stamp(12)).reviewSinceMs).toBe(createdAtMs + 12 * minuteMs);
});

it("an order marked before marks had times has one from its next write", () => {
  const { review_at: _, review_shard: __, ...before } = encodeOrder(marked);
  const read = decodeOrder(before);
  expect([read.reviewReason, read.reviewSinceMs]).toEqual(["double_cancel", null]);
  expect(changeOrder(read, { looks: 1 }, stamp(9)).reviewSinceMs).toBe(createdAtMs + 9 * minuteMs);
});
