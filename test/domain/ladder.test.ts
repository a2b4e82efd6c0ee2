// The ladder of looks: what the sweep's claim makes of it, and what a look does.
import { describe, expect, it } from "vitest";
import { claimCharge } from "../../lib/domain/charge.ts";
import {
  type Climb,
  claimLook,
  climb,
  climbDown,
  firstLook,
  giveRungBack,
  goOnLooking,
} from "../../lib/domain/ladder.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { claimReceipt } from "../../lib/domain/receipt.ts";
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
        const slot = { receipt: null, operation: null };
        const { operation } = claimReceipt(slot, { kind: "receipt_cancel", draft: null }, "claim-1", atMs);
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
    expect(synced(swept, [openRecord], complete(minute(2)))).toMatchObject({
      looks: 1,
      nextLookAtMs: minute(3),
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

describe("a look that nobody answered", () => {
  /** The sweep comes, and nobody answers. */
  function unanswered(before: Order, atMs: number, earliness = 0): Order {
    const claim = { earliness, lookClaim: `look-${atMs}` };
    const claimed = claimLook(before, claim, stamp(atMs));
    const again = { ...claim, lookClaim: `again-${atMs}` };
    return giveRungBack({ before, claimed, standing: claimed }, again, stamp(atMs));
  }
  const climbing = lookedAtLater({ ...sweepTakes(unknown, 0, stamp(minute(4))), looks: 3 }, minute(30));

  it("uses up no rung, leaves a claim, and is tried again after 1, 2, 5 and then each 10 minutes", () => {
    let order = climbing;
    const waits: number[] = [];
    for (let count = 1; count <= 6; count += 1) {
      const atMs = order.dueAtMs ?? 0;
      order = unanswered(order, atMs);
      expect(order).toMatchObject({ looks: 3, silences: count, lookClaim: `again-${atMs}` });
      waits.push(((order.dueAtMs ?? 0) - atMs) / minuteMs);
    }
    expect(waits).toEqual([1, 2, 5, 10, 10, 10]);
    expect(unanswered(climbing, minute(30), 1).dueAtMs).toBe(minute(30) + 54_000);
  });

  it("that is made at last goes on where the ladder stood", () => {
    const silent = unanswered(climbing, minute(30));
    expect(sweepTakes(silent, 0, stamp(minute(31)))).toMatchObject({
      looks: 4,
      silences: 0,
      nextLookAtMs: minute(31 + 30),
    });
  });

  it("of what has just become due begins its climb with nothing used up", () => {
    expect(unanswered(lookedAtLater({ ...unknown, looks: 7 }, minute(400)), minute(4))).toMatchObject({
      looks: 0,
      silences: 1,
      dueAtMs: minute(5),
    });
  });

  it("brings no order into review, however many hours it lasts; a day of it uses up one rung", () => {
    let order = sweepTakes(unknown, 0, stamp(minute(4)));
    let looks = 0;
    const beganMs = order.dueAtMs ?? 0;
    for (; (order.dueAtMs ?? 0) < beganMs + 12 * 60 * minuteMs; looks += 1)
      order = unanswered(order, order.dueAtMs ?? 0);
    expect(looks).toBeGreaterThan(70);
    expect(order).toMatchObject({ looks: 1, reviewReason: null });
    while (order.looks === 1) order = unanswered(order, order.dueAtMs ?? 0);
    expect(order).toMatchObject({ looks: 2, silences: 0, reviewReason: null });
    expect((order.dueAtMs ?? 0) - beganMs).toBeGreaterThan(23 * 60 * minuteMs);
    for (let count = 0; order.reviewReason === null && count < 2_000; count += 1)
      order = unanswered(order, order.dueAtMs ?? 0);
    expect(order.reviewReason).toBe("operation_unresolved");
  });

  it("out of turn is still wanted, a minute later, and its rung stays where it was", () => {
    const wanted = makeDueNow(climbing, stamp(minute(10)));
    expect(unanswered(wanted, minute(10))).toMatchObject({
      looks: 3,
      silences: 1,
      nextLookAtMs: minute(30),
      lookNowAtMs: minute(11),
      dueAtMs: minute(11),
    });
  });

  it("changes nothing of an order whose ladder somebody else has moved meanwhile", () => {
    const claim = { earliness: 0, lookClaim: "look-1" };
    const claimed = claimLook(climbing, claim, stamp(minute(30)));
    const standing = changeOrder(claimed, { looks: 0 }, stamp(minute(30)));
    expect(giveRungBack({ before: climbing, claimed, standing }, claim, stamp(minute(30)))).toBe(standing);
  });
});

describe("the looks beside the orders", () => {
  it("climb the same rungs, and the last of them is a person's, once and for all", () => {
    let item: Climb = firstLook(minute(1));
    const waits: number[] = [];
    for (let count = 1; count <= 12; count += 1) {
      const atMs = item.dueAtMs ?? 0;
      item = climb(item, atMs, 0);
      waits.push(((item.dueAtMs ?? 0) - atMs) / minuteMs);
      expect(item.reviewReason).toBe(count <= 10 ? null : "operation_unresolved");
    }
    expect(waits).toEqual([1, 5, 15, 30, 120, ...Array(7).fill(1_440)]);
  });

  it("use up no rung where nobody answers, but for one a day", () => {
    const climbed: Climb = { ...firstLook(minute(1)), looks: 3 };
    expect(climbDown(climbed, minute(1), 0)).toEqual({ ...climbed, dueAtMs: minute(2), silences: 1 });
    expect(climbDown({ ...climbed, silences: 3 }, minute(1), 0)?.dueAtMs).toBe(minute(11));
    expect(climbDown({ ...climbed, silences: 143 }, minute(1), 0)).toBeNull();
  });
});
