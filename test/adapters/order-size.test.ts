// How large an order's item becomes: a unit a write to its first refund, four ever, whoever opens whatever on its number.
import { describe, expect, it } from "vitest";
import { markCancelUnknown } from "../../lib/domain/cancel.ts";
import { eventOf } from "../../lib/domain/event.ts";
import { markInstructionUnknown } from "../../lib/domain/instruction.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, markForReview } from "../../lib/domain/order-change.ts";
import { reviewReasons } from "../../lib/domain/review.ts";
import { encodeEvent } from "../../lib/dynamodb/event-item.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { codeBytes, nameBytes } from "../../lib/portone/words.ts";
import { scheduling } from "../support/instructions.ts";
import { itemBytes } from "../support/item-bytes.ts";
import {
  fullOrder,
  longestSealed,
  transferredOrders,
  transferredWithData,
  usualOrders,
} from "../support/largest-order.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  paymentRecord,
  synced,
} from "../support/orders.ts";
import { heldReceipt, recipient } from "../support/receipt-doubles.ts";
import { sealedRecipients } from "../support/sealings.ts";

const sizeOf = (order: Order) => itemBytes(encodeOrder(order));
/** As the write leaves it that made this order of that one. */
function toldSizeOf(previous: Order, order: Order): number {
  const event = eventOf(previous, order);
  if (!event) throw new Error(`${previous.state} to ${order.state} tells nothing`);
  return itemBytes({ ...encodeOrder(order), event: { M: encodeEvent(event, order) } });
}
const own = { merchantUid: `ord-${"x".repeat(36)}` };
/** As PortOne's words are cut where they come in. */
const longestAccount = {
  ...account,
  bankCode: "0".repeat(codeBytes),
  bankName: "가".repeat(nameBytes / 3),
  number: "1".repeat(codeBytes),
  holder: "홍".repeat(nameBytes / 3),
};
const indexes = Array.from({ length: 2_000 }, (_, index) => index);

describe("an order's item", () => {
  it("is a unit to its first refund", () => {
    expect(usualOrders.map(({ state }) => state)).toEqual(["created", "paid", "partially_refunded"]);
    expect(Math.max(...usualOrders.map(sizeOf))).toBeLessThanOrEqual(1_024);
  });

  it("is a unit to its second refund with what the shop is told, at the names there usually are", () => {
    const approved = approvedOrder();
    const paid = synced(approved, [paymentRecord()]);
    const once = synced(paid, [cancelledRecord([cancelEntry("c-8f31d2", 20_000)])]);
    const cancels = [cancelEntry("c-8f31d2", 20_000), cancelEntry("c-8f31d3", 9_000)];
    const lives = [createdOrder(), approved, paid, once, synced(once, [cancelledRecord(cancels)])];
    const sizes = lives.slice(1).map((order, index) => toldSizeOf(lives[index] ?? order, order));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_024);
  });

  it("is a second unit at the longest names, in the writes that tell something", () => {
    const [created, paid, refunded] = usualOrders;
    if (!created || !paid || !refunded) throw new Error("a life has three");
    expect(Math.max(toldSizeOf(created, paid), toldSizeOf(paid, refunded))).toBeLessThanOrEqual(2_048);
  });

  it.each([
    ["a unit with its receipt, and whom it is for, to its first refund", transferredOrders, 1_024],
    ["a second unit where the shop's own data lies beside those", transferredWithData, 2_048],
  ])("is %s", async (_, orders, mostBytes) => {
    const receiptRecipient = await sealedRecipients.seal(recipient, own.merchantUid);
    const kept = { receipt: heldReceipt(), receiptRecipient };
    const receipted = orders.map((order) => changeOrder(order, kept, { by: "merchant", atMs: createdAtMs }));
    expect(receipted.map((order) => decodeOrder(encodeOrder(order)))).toEqual(receipted);
    expect(Math.max(...receipted.map(sizeOf))).toBeLessThanOrEqual(mostBytes);
  });

  it.each([
    ["the buyer's own, as far as anybody can tell", createdOrder(own)],
    ["strangers' beside an approved one", approvedOrder(createdOrder(own))],
    ["strangers' after it was paid", synced(approvedOrder(createdOrder(own)), [paymentRecord(own)])],
  ])("is no larger for 2,000 accounts on its number: %s", (_, order) => {
    const accounts = indexes.map((index) => ({
      ...accountRecord,
      ...own,
      account: longestAccount,
      impUid: `imp_${730_112_845_000 + index}`,
    }));
    let next = order;
    for (let look = 0; look < 3; look += 1)
      next = synced(next, accounts, { isComplete: true, atMs: createdAtMs + (4 + 11 * look) * 60_000 });
    expect(next.attempts.length).toBeLessThanOrEqual(9);
    expect(next.dueAtMs).not.toBeNull();
    expect(sizeOf(next)).toBeLessThanOrEqual(4_096);
  });

  it("is four units with nine refunds, seven other payments given back, and everything in flight at once", () => {
    const full = fullOrder();
    expect(decodeOrder(encodeOrder(full))).toEqual(full);
    expect(sizeOf(full)).toBeLessThanOrEqual(4_096);
  });

  it("is four units when it is marked on top of all that, for the longest reason", () => {
    const longest = reviewReasons.reduce((a, b) => (b.length > a.length ? b : a));
    const marked = markForReview(fullOrder(), longest, { by: "sweep", atMs: createdAtMs });
    expect(encodeOrder(marked)).toMatchObject({ review_shard: {}, doubt_shard: {} });
    expect(sizeOf(marked)).toBeLessThanOrEqual(4_096);
    // The one write that tells of it.
    expect(toldSizeOf(fullOrder(), marked)).toBeLessThanOrEqual(5 * 1_024);
  });

  it("is a fifth unit while an account to pay back to, or whom a receipt is for, is kept beside all that", () => {
    const full = fullOrder(longestSealed);
    expect(sizeOf(fullOrder(null, longestSealed))).toBeLessThanOrEqual(5 * 1_024);
    expect(decodeOrder(encodeOrder(full))).toEqual(full);
    expect(sizeOf(full)).toBeLessThanOrEqual(5 * 1_024);
  });

  it("keeps of a refusal, until it is sure, what it has room for", () => {
    const message = "취소불가".repeat(2_500);
    const full = fullOrder();
    const { instruction } = scheduling;
    if (!full.cancel || !instruction) throw new Error("nothing is in flight");
    const stamp = { by: "merchant", atMs: createdAtMs } as const;
    const kept = { message: "취소불가".repeat(8).slice(0, 30) };
    expect(markCancelUnknown(full, full.cancel, { message }, stamp).cancel?.refused).toEqual(kept);
    const told = markInstructionUnknown(scheduling, instruction, { message }, stamp);
    expect(told.instruction?.refused).toEqual(kept);
    expect(markCancelUnknown(full, full.cancel, null, stamp).cancel?.refused).toBeNull();
  });
});
