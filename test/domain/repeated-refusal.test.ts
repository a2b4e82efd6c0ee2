// PortOne's no to a send that was not the first: what it ends, and what only a person can.
import { describe, expect, it } from "vitest";
import { claimCancel, concludeCancel } from "../../lib/domain/cancel.ts";
import { type CancelOperation, quietMs } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { cancelEntry, cancelledRecord, createdOrder, paymentRecord, synced, won } from "../support/orders.ts";

const sentAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const tag = "#k7q2m5xwa";
const paid = synced(createdOrder(), [paymentRecord()]);
const no = { message: "부분취소가 불가능한 카드입니다." };

/** Sent so often, the last time at `sentAtMs`, and refused then. */
function refused(sends: number, order: Order = paid): readonly [Order, CancelOperation] {
  const claim = {
    id: "rf_1",
    kind: "refund",
    impUid: "imp_730112845061",
    amount: won(20_000),
    taxFree: won(0),
    checksum: won(109_000),
    tag,
    reason: "단순 변심",
    requester: null,
    bodyHash: "hash",
    account: null,
    scheduledAtMs: null,
    claimToken: "a",
  } as const;
  const claimed = claimCancel(order, claim, { by: "merchant", atMs: sentAtMs });
  const cancel = { ...claimed.cancel, sends, state: "unknown", refused: no } as CancelOperation;
  return [{ ...claimed, cancel }, cancel];
}

function conclude(sends: number, record: PaymentRecord, atMs: number, before?: Order) {
  const [order, cancel] = refused(sends, before);
  const joined = synced(order, [record], { atMs });
  const seen = { by: "sweep", atMs, refused: null, isAnswered: false, requestId: "r-1", record } as const;
  return concludeCancel(order, joined, cancel, seen);
}

const quiet = sentAtMs + quietMs;
const untouched = paymentRecord();
const entry = (amount: number, reason: string) =>
  cancelledRecord([{ ...cancelEntry("c-1", amount), reason, atMs: sentAtMs + 1_000 }]);
const withConsole = synced(createdOrder(), [cancelledRecord([cancelEntry("c-0", 9_000)])]);

describe("after QUIET", () => {
  it.each([2, 3])("the money is where it was, so %i sends end refused, in PortOne's words", (sends) => {
    expect(conclude(sends, untouched, quiet)).toMatchObject({
      isOver: true,
      refund: { state: "refused", refusal: "provider_refused", providerMessage: no.message },
      next: { cancel: null, state: "paid" },
    });
  });

  it("an earlier send's success is what counts, whatever was said later", () => {
    expect(conclude(2, entry(20_000, `${tag} 단순 변심`), quiet)).toMatchObject({
      isOver: true,
      refund: { state: "succeeded", amount: 20_000 },
    });
  });

  it("somebody else's cancel ends it as changed", () => {
    expect(conclude(2, entry(9_000, "관리자페이지취소"), quiet)).toMatchObject({
      isOver: true,
      refund: { state: "refused", refusal: "remaining_changed" },
    });
  });
});

describe("it ends nothing", () => {
  it("before QUIET has passed since the last send: an earlier one may still be at work", () => {
    expect(conclude(2, untouched, quiet - 1)).toEqual({ isOver: false, verdict: "wait" });
  });

  it("by a record that is old", () => {
    expect(conclude(2, untouched, quiet, withConsole)).toEqual({ isOver: false, verdict: "old" });
  });
});

it("the no to the only send needs the record alone", () => {
  expect(conclude(1, untouched, sentAtMs + 1_000)).toMatchObject({
    isOver: true,
    refund: { state: "refused", refusal: "provider_refused" },
  });
});
