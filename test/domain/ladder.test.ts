// The ladder of looks: what the sweep's claim makes of it, and what a look does.
import { describe, expect, it } from "vitest";
import { claimCharge } from "../../lib/domain/charge.ts";
import { goOnLooking, isLookedAtThisTurn } from "../../lib/domain/ladder.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { claimReceipt, emptySlot } from "../../lib/domain/receipt.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  accountRecord,
  approvedOrder,
  attempt,
  createdAtMs,
  createdOrder,
  failedRecord,
  look,
  lookedAtLater,
  minuteMs,
  openRecord,
  paymentRecord,
  sweepTakes,
  synced,
} from "../support/orders.ts";
import { orderWithUnknownRefund } from "../support/syncing-ports.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const dayMs = 24 * 60 * minuteMs;
const stamp = (atMs: number) => ({ by: "sweep", atMs }) as const;
const complete = (atMs: number) => ({ isComplete: true, atMs });
const created = createdOrder();
const paid = synced(created, [paymentRecord()]);
const retry = {
  via: "retry",
  customerUid: "c",
  productType: "real",
  cardQuota: null,
  customData: null,
} as const;
/** Sent in the third minute. */
const unknown = orderWithUnknownRefund();

describe("the sweep's claim", () => {
  it("serves what is owed by now and sets the next rung; what comes later keeps its time", () => {
    const claimed = sweepTakes(unknown, 0, stamp(minute(4)));
    expect(claimed).toMatchObject({
      looks: 1,
      lookedAtMs: minute(4),
      nextLookAtMs: minute(5),
      dueAtMs: minute(5),
    });
    const owing = changeOrder(
      claimed,
      { owedReads: [{ atMs: minute(4) + 1, impUid: null }] },
      stamp(minute(4)),
    );
    expect(owing.dueAtMs).toBe(minute(4) + 1);
    expect(sweepTakes(unknown, 1, stamp(minute(4))).nextLookAtMs).toBe(minute(4) + 54_000);
  });

  it("leaves a hold's end where it is", () => {
    const held = sweepTakes(approvedOrder(), 0, stamp(minute(2)));
    const later = sweepTakes(lookedAtLater({ ...held, looks: 3 }, minute(9)), 0, stamp(minute(9)));
    expect(later).toMatchObject({ nextLookAtMs: minute(39), dueAtMs: minute(11) });
  });

  it("out of turn leaves a sooner rung and the climb as they are", () => {
    const climbing = lookedAtLater({ ...sweepTakes(unknown, 0, stamp(minute(4))), looks: 3 }, minute(30));
    const wanted = makeDueNow(climbing, stamp(minute(10)));
    expect(wanted.dueAtMs).toBe(minute(10));
    const claimed = sweepTakes(wanted, 0, stamp(minute(10)));
    expect(claimed).toMatchObject({ looks: 3, nextLookAtMs: minute(30), dueAtMs: minute(30) });
  });

  it("sees what has just become due again a minute later, wherever the ladder stands", () => {
    const held = lookedAtLater({ ...approvedOrder(), looks: 4, lookedAtMs: minute(8) }, minute(38));
    expect(held.dueAtMs).toBe(minute(11));
    const claimed = sweepTakes(held, 0, stamp(minute(11)));
    expect(claimed).toMatchObject({ looks: 1, dueAtMs: minute(12) });
    expect(sweepTakes(claimed, 0, stamp(minute(12)))).toMatchObject({ looks: 2, dueAtMs: minute(12 + 5) });
  });

  it("of a call just sent begins at the first rung, however high the order had climbed", () => {
    const high = { ...lookedAtLater(created, minute(2) + dayMs), looks: 7, lookedAtMs: minute(2) };
    const held = changeOrder(high, { cancel: unknown.cancel }, stamp(minute(3)));
    expect(held).toMatchObject({ looks: 0, dueAtMs: minute(4) });
    expect(sweepTakes(held, 0, stamp(minute(4)))).toMatchObject({ looks: 1, nextLookAtMs: minute(5) });
  });

  it.each<[string, (order: Order, atMs: number) => Order]>([
    ["a charge", (order, atMs) => claimCharge(order, retry, "claim-1", stamp(atMs))],
    [
      "a receipt's call",
      (order, atMs) => {
        const slot = emptySlot;
        const { operation } = claimReceipt(
          slot,
          { kind: "receipt_cancel", isFollowing: false, draft: null },
          "claim-1",
          atMs,
        );
        return changeOrder(order, { receiptOperation: operation }, stamp(atMs));
      },
    ],
  ])("of %s just sent, too", (_, send) => {
    const sent = send(
      { ...lookedAtLater(created, minute(2) + dayMs), looks: 7, lookedAtMs: minute(2) },
      minute(3),
    );
    expect(sent).toMatchObject({ looks: 0, dueAtMs: minute(4) });
    expect(sweepTakes(sent, 0, stamp(minute(4)))).toMatchObject({ looks: 1, nextLookAtMs: minute(5) });
  });

  it("has not come for a wish that is wished after it, though another one waits for the ladder", () => {
    const wish = (order: Order, impUid: string, atMs: number) => {
      const attempts = [...order.attempts, attempt(impUid, { state: "paid", giveBack: "wanted" })];
      return changeOrder(order, { attempts }, stamp(atMs));
    };
    const claimed = sweepTakes(wish(paid, "imp_2", minute(5)), 0, stamp(minute(6)));
    const waiting = lookedAtLater(claimed, minute(6) + dayMs);
    expect(waiting.dueAtMs).toBe(minute(6) + dayMs);
    expect(wish(waiting, "imp_3", minute(9)).dueAtMs).toBe(minute(9));
    expect(wish(wish(paid, "imp_2", minute(5)), "imp_3", minute(9)).dueAtMs).toBe(minute(5));
  });

  it.each<[string, Order, string | null]>([
    ["a refund of unknown outcome", unknown, "operation_unresolved"],
    ["an approved attempt", approvedOrder(), "operation_unresolved"],
    ["an account nobody paid into", synced(createdOrder({ payMethod: "vbank" }), [accountRecord]), null],
    ["a window nobody paid in", created, null],
    ["looks that anybody may ask for", makeDueNow(paid, stamp(minute(5))), null],
    [
      "a read that is owed later",
      changeOrder(created, { owedReads: [{ atMs: minute(32), impUid: null }] }, stamp(minute(5))),
      null,
    ],
  ])("on the last rung is a person's only for money in doubt: %s", (_, order, reviewReason) => {
    const climbed = { ...lookedAtLater({ ...order, lookedAtMs: minute(31) }, minute(31)), looks: 10 };
    const claimed = sweepTakes(climbed, 0, stamp(minute(31)));
    expect(claimed).toMatchObject({ looks: 11, reviewReason });
  });
});

describe("the first rung of an order of which nobody is known to have begun to pay", () => {
  const first = sweepTakes(created, 0, stamp(minute(2)));
  const shown = synced(first, [openRecord], complete(minute(2)));

  it("is the next sweep: no index key moves, and the climb goes on from there", () => {
    expect([first.dueAtMs, shown.dueAtMs]).toEqual([created.dueAtMs, created.dueAtMs]);
    expect(sweepTakes(shown, 0, stamp(minute(3)))).toMatchObject({ looks: 2, dueAtMs: minute(8) });
  });

  it("is climbed once a turn, however many sweeps there are", () => {
    expect(isLookedAtThisTurn(created, minute(2))).toBe(false);
    expect(isLookedAtThisTurn(shown, minute(2) + 20_000)).toBe(true);
    expect(isLookedAtThisTurn(shown, minute(3) - 10_000)).toBe(false);
    expect(isLookedAtThisTurn(makeDueNow(shown, stamp(minute(2) + 10_000)), minute(2) + 20_000)).toBe(true);
  });

  it("has its own time as soon as somebody begins to pay", () => {
    const approved = approvedOrder(shown);
    expect(isLookedAtThisTurn(approved, minute(2) + 20_000)).toBe(false);
    expect(sweepTakes(approved, 0, stamp(minute(3)))).toMatchObject({ looks: 1, nextLookAtMs: minute(4) });
  });

  it("begins as well with the order's own end, when a window is found open then", () => {
    const late = { ...openRecord, startedAtMs: minute(20) };
    const resting = synced(first, [], complete(minute(2)));
    const ending = synced(sweepTakes(resting, 0, stamp(minute(30))), [late], complete(minute(30)));
    expect(ending).toMatchObject({ state: "expired", openUntilMs: minute(50), dueAtMs: minute(30) });
    expect(isLookedAtThisTurn(ending, minute(30) + 20_000)).toBe(true);
    expect(sweepTakes(ending, 0, stamp(minute(31)))).toMatchObject({ looks: 2, dueAtMs: minute(36) });
  });
});

describe("a look at all attempts", () => {
  const swept = sweepTakes(created, 0, stamp(minute(2)));

  it("that shows nothing open leaves the ladder, and only own times are left", () => {
    expect(synced(swept, [], complete(minute(2)))).toMatchObject({
      looks: 0,
      nextLookAtMs: null,
      lookedAtMs: null,
      dueAtMs: created.expiresAtMs,
    });
  });

  it("that shows an open window goes on climbing", () => {
    const shown = synced(swept, [openRecord], complete(minute(2)));
    const third = sweepTakes(shown, 0, stamp(minute(3)));
    expect(synced(third, [openRecord], complete(minute(3)))).toMatchObject({
      looks: 2,
      nextLookAtMs: minute(8),
    });
  });

  it("that does not show the attempt confirm approved goes on climbing", () => {
    const held = sweepTakes(approvedOrder(), 0, stamp(minute(2)));
    expect(synced(held, [], complete(minute(2)))).toBe(held);
  });

  it("at one attempt only closes no window of a void order", () => {
    const voided = decideVoid(created, stamp(minute(2))) ?? created;
    const order = synced(voided, [], complete(minute(3)));
    const atEnd = synced(order, [failedRecord], { atMs: minute(32) });
    expect(atEnd).toMatchObject({ openUntilMs: minute(32), dueAtMs: minute(32) });
  });

  it("that shows an open window begins to climb where nobody did", () => {
    const resting = synced(swept, [], complete(minute(2)));
    const found = synced(resting, [openRecord], complete(minute(10)));
    expect(found).toMatchObject({ looks: 1, nextLookAtMs: minute(11), dueAtMs: minute(11) });
    expect(synced(found, [openRecord], complete(minute(10)))).toBe(found);
  });

  it("that brought news climbs anew from the first rung", () => {
    const high = { ...lookedAtLater(created, minute(160)), looks: 4, lookedAtMs: minute(30) };
    const expired = synced(high, [openRecord], complete(minute(30)));
    expect(expired).toMatchObject({
      state: "expired",
      looks: 1,
      nextLookAtMs: minute(31),
      dueAtMs: minute(31),
    });
  });

  it("keeps the rung of what is still owed by now", () => {
    const claimed = sweepTakes(unknown, 0, stamp(minute(4)));
    expect(synced(claimed, [paymentRecord()], complete(minute(4)))).toBe(claimed);
  });

  it("gives up no first look that is still ahead, and one at a single attempt gives up nothing", () => {
    expect(synced(created, [], complete(minute(1)))).toBe(created);
    expect(goOnLooking(swept, swept, look([failedRecord], { atMs: minute(2) }))).toBe(swept);
  });
});
