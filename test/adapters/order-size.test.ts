// How large an order's item becomes: a unit a write to its first refund, four ever, whoever opens whatever on its number.
import { describe, expect, it } from "vitest";
import { markCancelUnknown } from "../../lib/domain/cancel.ts";
import { markInstructionUnknown } from "../../lib/domain/instruction.ts";
import { keptInSlot } from "../../lib/domain/operation.ts";
import { newAttempt, type Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { codeBytes, nameBytes, sentenceBytes } from "../../lib/portone/words.ts";
import { scheduling } from "../support/instructions.ts";
import { itemBytes } from "../support/item-bytes.ts";
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
  won,
} from "../support/orders.ts";

const sizeOf = (order: Order) => itemBytes(encodeOrder(order));
const longest = createdOrder({
  merchantUid: `ord-${"x".repeat(36)}`,
  name: "가".repeat(40),
  buyerName: "홍".repeat(16),
});
const own = { merchantUid: longest.merchantUid };
const impUid = paymentRecord().impUid;
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
    const paid = synced(approvedOrder(longest), [paymentRecord(own)]);
    const refunded = synced(paid, [cancelledRecord([cancelEntry("c-8f31d2", 20_000)], own)]);
    expect(refunded.state).toBe("partially_refunded");
    expect(Math.max(...[longest, paid, refunded].map(sizeOf))).toBeLessThanOrEqual(1_024);
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

  it("is four units with nine refunds, three other payments given back, and everything in flight at once", () => {
    const full = fullOrder(3);
    expect(decodeOrder(encodeOrder(full))).toEqual(full);
    expect(sizeOf(full)).toBeLessThanOrEqual(4_096);
  });

  it("keeps of a refusal, until it is sure, what it has room for", () => {
    const message = "취소불가".repeat(2_500);
    const full = fullOrder(0);
    const { instruction } = scheduling;
    if (!full.cancel || !instruction) throw new Error("nothing is in flight");
    const stamp = { by: "merchant", atMs: createdAtMs } as const;
    const kept = { message: "취소불가".repeat(8).slice(0, 30) };
    expect(markCancelUnknown(full, full.cancel, { message }, stamp).cancel?.refused).toEqual(kept);
    const told = markInstructionUnknown(scheduling, instruction, { message }, stamp);
    expect(told.instruction?.refused).toEqual(kept);
    expect(markCancelUnknown(full, full.cancel, null, stamp).cancel?.refused).toBeNull();
  });

  it("is five with seven others given back within a month", () => {
    expect(sizeOf(fullOrder(7))).toBeLessThanOrEqual(5_120);
  });
});

/** Nine partial refunds, so many second payments given back, a refund and a receipt in flight, a full history. */
function fullOrder(otherPayments: number): Order {
  const refund = (index: number) => ({
    cancellationId: `cancellation-${index}`,
    amount: won(1_000),
    atMs: createdAtMs + index,
    taxFree: won(100),
    refundId: `rf_${"A".repeat(21)}${index}`,
  });
  const paid = synced(approvedOrder(longest), [paymentRecord(own)]);
  const cancels = Array.from({ length: 9 }, (_, index) => refund(index));
  const attempts = paid.attempts.map((paying) => ({ ...paying, cancels }));
  const others = Array.from({ length: otherPayments }, (_, index) => ({
    ...newAttempt(`imp_${index}12845061234`, longest, createdAtMs),
    state: "given_back" as const,
    giveBack: "done" as const,
    paidAtMs: createdAtMs,
    payMethod: "card",
    cancels: [{ ...refund(index), amount: longest.amount }],
  }));
  const claim = { claimToken: "c".repeat(22), sends: 2, sentAtMs: createdAtMs, sinceMs: createdAtMs };
  const receipt = {
    state: "issued" as const,
    type: "person" as const,
    identifierMasked: "010****5678",
    amount: won(100_000),
    taxFree: won(3_000),
    vat: won(8_818),
    receiptTid: "273210000001",
    applyNum: "123456789",
    receiptUrl: `https://iniweb.inicis.com/receipt/${"r".repeat(60)}`,
    appliedAtMs: createdAtMs,
    cancelledAtMs: null,
    generation: 2,
    origin: "merchant" as const,
  };
  let next = changeOrder(
    { ...paid, state: "partially_refunded" },
    {
      attempts: [...attempts, ...others],
      receipt,
      receiptOperation: { ...claim, id: "receipt-2", kind: "receipt_cancel", state: "unknown", draft: null },
      cancel: {
        ...claim,
        id: `rf_${"B".repeat(22)}`,
        kind: "refund",
        state: "unknown",
        impUid,
        amount: won(1_000),
        taxFree: won(0),
        checksum: won(100_000),
        tag: "#k7q2m5xwa",
        reason: "단순 변심".repeat(14),
        requester: "customer",
        bodyHash: "h".repeat(43),
        refused: keptInSlot({ message: "가".repeat(sentenceBytes / 3) }),
      },
      owedReads: Array.from({ length: 8 }, (_, index) => ({
        atMs: createdAtMs + index,
        impUid: `imp_${index}12845061234`,
      })),
      refusedRefunds: Array.from({ length: 4 }, (_, index) => `rf_${"C".repeat(21)}${index}`),
    },
    { by: "merchant", atMs: createdAtMs },
  );
  // Of foreign payments four are named.
  for (let line = 0; line < 8; line += 1)
    next = changeOrder(
      next,
      {},
      {
        by: "merchant",
        key: "shop-2026",
        atMs: createdAtMs,
        reason: line < 4 ? "payment_older_than_order:imp_730112845061" : "give_back",
        isNoted: true,
      },
    );
  return next;
}
