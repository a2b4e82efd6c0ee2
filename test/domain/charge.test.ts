// What PortOne's record proves about a charge whose outcome is not known: a row for each verdict, before and after
// QUIET, by every way a charge can be made.
import { describe, expect, it } from "vitest";
import {
  type ChargeFacts,
  claimCharge,
  claimChargeAgain,
  decideCharge,
  markChargeUnknown,
  notMade,
  refuseCharge,
  supersede,
  whyNotReplaceable,
} from "../../lib/domain/charge.ts";
import { quietMs } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { reserve } from "../../lib/domain/schedule.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import { createdOrder, look, paymentRecord, synced } from "../support/orders.ts";

const sentAtMs = Date.parse("2026-08-05T12:05:00+09:00");
const stamp = { by: "merchant", atMs: sentAtMs } as const;
const facts: ChargeFacts = {
  via: "again",
  customerUid: "hong-card1",
  productType: "digital",
  cardQuota: null,
  customData: null,
};
// No window is ever opened for it, so that no first look at one is promised.
const charged = (via: ChargeFacts["via"] = "again"): Order =>
  claimCharge(createdOrder({ nextLookAtMs: null }), { ...facts, via }, "claim-1", stamp);
const twice = (): Order => {
  const order = charged();
  if (!order.charge) throw new Error("no charge");
  return claimChargeAgain(order, order.charge, "claim-2", stamp);
};
const reservedAtMs = sentAtMs + 24 * 3_600_000;
const reserved = (): Order =>
  reserve(
    createdOrder(),
    { customerUid: "hong-card1", productType: "digital", scheduledAtMs: reservedAtMs, claimToken: "claim-1" },
    stamp,
  );

const declined = paymentRecord({ status: "failed", paidAtMs: null, failReason: "한도초과" });
const open = paymentRecord({ status: "ready", paidAtMs: null });
const early = sentAtMs + quietMs - 1;
const quiet = sentAtMs + quietMs;
const graceMs = 3_600_000;

type Verdict = "wait" | "failed" | "resend" | "not_made";
const verdictOf = (before: Order, after: Order): Verdict => {
  if (after === before) return "wait";
  if (after.charge?.state === "resend") return "resend";
  return after.chargeResult?.failReason === notMade ? "not_made" : "failed";
};

describe("decideCharge", () => {
  it.each<[string, Order, readonly PaymentRecord[], boolean, number, Verdict]>([
    ["the only send was declined", charged(), [declined], false, sentAtMs + 1, "failed"],
    [
      "a second send was declined before QUIET: the first may still work",
      twice(),
      [declined],
      true,
      early,
      "wait",
    ],
    ["a second send was declined, and QUIET is over", twice(), [declined], true, quiet, "failed"],
    [
      "a decline beside an open attempt",
      charged(),
      [declined, { ...open, impUid: "imp_2" }],
      true,
      quiet,
      "wait",
    ],
    ["an open attempt", charged(), [open], true, quiet, "wait"],
    ["nothing before QUIET", charged(), [], true, early, "wait"],
    ["nothing in a look at one attempt only", charged(), [], false, quiet, "wait"],
    ["a key's charge of which nothing is known", charged(), [], true, quiet, "resend"],
    ["a key's charge sent twice", twice(), [], true, quiet, "not_made"],
    ["a key-in, whose card nobody kept", charged("onetime"), [], true, quiet, "not_made"],
    ["a retry", charged("retry"), [], true, quiet, "not_made"],
    ["a reservation before its time", reserved(), [], true, reservedAtMs - 1, "wait"],
    ["a reservation PortOne is late with", reserved(), [], true, reservedAtMs + graceMs - 1, "wait"],
    ["a reservation PortOne never ran", reserved(), [], true, reservedAtMs + graceMs, "not_made"],
  ])("%s", (_, order, records, isComplete, atMs, verdict) => {
    expect(verdictOf(order, decideCharge(order, look(records, { isComplete, atMs })))).toBe(verdict);
  });

  it("waits for one more send, and does not ask for it twice", () => {
    const wanted = decideCharge(charged(), look([], { isComplete: true, atMs: quiet }));
    expect(wanted).toMatchObject({ charge: { state: "resend" }, dueAtMs: quiet });
    expect(decideCharge(wanted, look([], { isComplete: true, atMs: quiet + 1 }))).toBe(wanted);
  });

  it("is over once the order is paid, with what PortOne says of the card", () => {
    const order = charged();
    const paid = synced(order, [paymentRecord()], { atMs: sentAtMs + 1_000 });
    expect(paid).toMatchObject({
      state: "paid",
      charge: null,
      chargeResult: { status: "paid", impUid: "imp_730112845061", productType: "digital" },
    });
  });

  it("looks once more after a decline: a late approval would be seen by nobody", () => {
    const failed = decideCharge(charged(), look([declined], { atMs: sentAtMs + 1 }));
    expect(failed).toMatchObject({
      state: "failed",
      owedReads: [{ atMs: sentAtMs + 1 + quietMs, impUid: null }],
    });
    expect(failed.chargeResult?.failReason).toBe("한도초과");
  });

  it("says nothing of an order without a charge", () => {
    const order = createdOrder();
    expect(decideCharge(order, look([declined], { isComplete: true, atMs: quiet }))).toBe(order);
  });
});

describe("a charge on its way", () => {
  it("is looked at a minute after each send", () => {
    expect(charged()).toMatchObject({ charge: { sends: 1, state: "claimed" }, dueAtMs: sentAtMs + 60_000 });
    expect(twice()).toMatchObject({ charge: { sends: 2, claimToken: "claim-2" } });
  });
  it("without an answer is unknown, and refused it is over but for one more look", () => {
    const order = charged();
    if (!order.charge) throw new Error("no charge");
    expect(markChargeUnknown(order, order.charge, stamp).charge?.state).toBe("unknown");
    const refused = refuseCharge(order, order.charge, "등록되지 않은 카드입니다", stamp);
    expect(refused).toMatchObject({
      charge: null,
      chargeResult: { status: "failed", failReason: "등록되지 않은 카드입니다" },
      owedReads: [{ atMs: sentAtMs + quietMs, impUid: null }],
    });
  });
});

describe("whyNotReplaceable", () => {
  const failed = decideCharge(charged(), look([declined], { atMs: sentAtMs + 1 }));
  const begun = { ...declined, startedAtMs: sentAtMs + 1_000 };
  const declinedLate = decideCharge(charged(), look([begun], { atMs: sentAtMs + 2_000 }));
  const paidAfterVoid = synced(decideVoid(failed, stamp) ?? failed, [paymentRecord()]);

  it("closed in favour of another number, it owes one more look after QUIET", () => {
    const later = { ...stamp, atMs: sentAtMs + 60 * 60_000 };
    const rested = { ...failed, owedReads: [], isExpired: true };
    expect(supersede(rested, "sub-2", later)).toMatchObject({
      owedReads: [{ atMs: later.atMs + quietMs, impUid: null }],
      dueAtMs: later.atMs + quietMs,
    });
  });

  it.each<[string, Order, number, ReturnType<typeof whyNotReplaceable>]>([
    ["in flight", charged(), quiet, "not_failed"],
    ["never charged", createdOrder(), quiet, "not_failed"],
    ["paid", synced(charged(), [paymentRecord()]), quiet, "not_failed"],
    ["paid after it was void, and on its way back", paidAfterVoid, quiet, "not_failed"],
    ["failed, before QUIET", failed, early, "quiet"],
    ["declined late, before QUIET since that attempt began", declinedLate, quiet, "quiet"],
    ["failed, after QUIET", failed, quiet, null],
    ["closed for this number", supersede(failed, "sub-2", stamp), early, null],
    ["closed for another number", supersede(failed, "sub-3", stamp), quiet, "not_failed"],
  ])("%s", (_, order, nowMs, why) => {
    expect(whyNotReplaceable(order, "sub-2", nowMs)).toBe(why);
  });
});
