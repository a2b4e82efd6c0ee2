// What PortOne tells of how an order was paid: kept of the payment that pays it, first told first kept, and never a reason
// to write.
import { describe, expect, it } from "vitest";
import { payingAttempt } from "../../lib/domain/order.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdOrder,
  paymentRecord,
  synced,
  untold,
} from "../support/orders.ts";

const slip = { ...untold, cardName: "신한카드", applyNum: "30012345", cardQuota: 0 };
const paid = synced(createdOrder(), [paymentRecord({ slip })]);

describe("a sales slip", () => {
  it("is kept of the payment that pays the order", () => {
    expect(payingAttempt(paid)?.slip).toEqual(slip);
  });

  it("is kept of no other payment, which the order does not keep", () => {
    const second = paymentRecord({ impUid: "imp_2", slip });
    const twice = synced(paid, [second]);
    expect(twice.attempts.map((attempt) => attempt.slip)).toEqual([slip, null]);
  });

  it("keeps what was told first, and is completed by what a later record adds", () => {
    const later = { ...untold, cardName: "다른카드", cardQuota: 3, pgTid: "173210000142" };
    const record = cancelledRecord([cancelEntry("c-1", 20_000)], { slip: later });
    expect(payingAttempt(synced(paid, [record]))?.slip).toEqual({ ...slip, pgTid: "173210000142" });
  });

  it("is no news by itself", () => {
    const later = { ...slip, pgTid: "173210000142" };
    expect(synced(paid, [paymentRecord({ slip: later })])).toBe(paid);
  });
});
