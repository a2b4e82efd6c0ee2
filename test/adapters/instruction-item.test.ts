// What an order reserved is told by itself; in an item that was written before, by the charge that waits for its time.
import { expect, it } from "vitest";
import { decodeReservation } from "../../lib/dynamodb/instruction-item.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { confirmed, having, moving } from "../support/instructions.ts";

it("of an earlier item, a reservation that waits is known, and one that is over is not", () => {
  const { reservation: _, ...item } = encodeOrder(confirmed);
  expect(decodeOrder(item)).toEqual(confirmed);
  const { charge } = confirmed;
  if (!charge) throw new Error("no charge");
  expect(decodeReservation(undefined, { ...charge, via: "retry" })).toBeNull();
  expect(decodeReservation(undefined, { ...charge, customerUid: null })).toBeNull();
  expect(decodeReservation(undefined, { ...charge, scheduledAtMs: null })).toBeNull();
  expect(decodeReservation(undefined, null)).toBeNull();
});

it("a word nobody knows is not read", () => {
  const item = encodeOrder(having(moving, {}));
  const instruction = { M: { ...item["instruction"]?.M, kind: { S: "postpone" } } };
  expect(() => decodeOrder({ ...item, instruction })).toThrow("kind");
});
