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
import { revocationWish } from "../../lib/domain/instruction.ts";
import type { Look } from "../../lib/domain/look.ts";
import { quietMs } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { reserve } from "../../lib/domain/schedule.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import { scheduleRecord } from "../support/billing-doubles.ts";
import { attempt, createdOrder, look, paymentRecord, synced } from "../support/orders.ts";

const sentAtMs = Date.parse("2026-08-05T12:05:00.400+09:00");
const stamp = { by: "merchant", atMs: sentAtMs } as const;
const facts: ChargeFacts = {
  via: "again",
  customerUid: "hong-card1",
  productType: "digital",
  cardQuota: null,
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
const secondMs = 1_000;
const earlier = paymentRecord({ ...declined, impUid: "imp_earlier", startedAtMs: sentAtMs - secondMs });
const inTheSecond = paymentRecord({ ...declined, startedAtMs: Math.floor(sentAtMs / secondMs) * secondMs });
const merchantUid = "ord-20260805-000142";
const live = { customerUid: "hong-card1", scheduledAtMs: sentAtMs + 24 * 3_600_000 };
const revoked = scheduleRecord(merchantUid, { ...live, scheduleStatus: "revoked" });
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
    ["a retry, by the decline of an earlier try", charged("retry"), [earlier], true, quiet, "not_made"],
    [
      "a retry, by the decline of an earlier try, before QUIET",
      charged("retry"),
      [earlier],
      true,
      early,
      "wait",
    ],
    ["a retry declined in the second it was sent in", charged("retry"), [inTheSecond], true, early, "failed"],
    ["a reservation, by a decline from before it", reserved(), [earlier], true, reservedAtMs, "wait"],
    [
      "a key's charge, by its own decline on a clock behind ours",
      charged(),
      [earlier],
      true,
      early,
      "failed",
    ],
  ])("%s", (_, order, records, isComplete, atMs, verdict) => {
    const seen = look(records, { isComplete, atMs, reservations: [] });
    expect(verdictOf(order, decideCharge(order, seen))).toBe(verdict);
  });

  it.each<[string, Order, Partial<Look>, Verdict]>([
    ["which nobody asked for", reserved(), {}, "wait"],
    ["which is live still", reserved(), { reservations: [scheduleRecord(merchantUid, live)] }, "wait"],
    [
      "which is live behind an earlier, revoked one",
      reserved(),
      { reservations: [revoked, scheduleRecord(merchantUid, live)] },
      "wait",
    ],
    ["which is revoked", reserved(), { reservations: [revoked] }, "not_made"],
    [
      "of which another number's is live",
      reserved(),
      { reservations: [scheduleRecord("ord-other", live)] },
      "not_made",
    ],
    [
      "of which another customer's is live",
      reserved(),
      { reservations: [scheduleRecord(merchantUid, {})] },
      "not_made",
    ],
    [
      "which is being told something",
      changeOrder(reserved(), { instruction: revocationWish(reservedAtMs, stamp) }, stamp),
      { reservations: [revoked] },
      "wait",
    ],
  ])("concludes nothing of a charge by its absence beside a reservation %s", (_, order, more, verdict) => {
    const atMs = reservedAtMs + graceMs;
    expect(verdictOf(order, decideCharge(order, look([], { isComplete: true, atMs, ...more })))).toBe(
      verdict,
    );
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
  const ran = { ...declined, startedAtMs: reservedAtMs };
  const declinedReserved = decideCharge(reserved(), look([ran], { atMs: reservedAtMs + 1 }));

  it("what a reservation came to was last sent at its time, however long its attempts are remembered", () => {
    expect(declinedReserved.chargeResult).toMatchObject({ status: "failed", sentAtMs: reservedAtMs });
    const forgotten = { ...declinedReserved, attempts: [] };
    expect(whyNotReplaceable(forgotten, "sub-2", reservedAtMs + quietMs - 1)).toBe("quiet");
    const gone = look([], { isComplete: true, atMs: reservedAtMs + graceMs, reservations: [] });
    expect(decideCharge(reserved(), gone).chargeResult).toMatchObject({
      failReason: notMade,
      sentAtMs: reservedAtMs,
    });
  });

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
    [
      "declined at its reserved time, before QUIET has passed since then",
      declinedReserved,
      reservedAtMs + quietMs - 1,
      "quiet",
    ],
    ["declined at its reserved time, after QUIET", declinedReserved, reservedAtMs + quietMs, null],
    [
      "failed, while it may be reserved anew",
      changeOrder(failed, { instruction: revocationWish(reservedAtMs, stamp) }, stamp),
      quiet,
      "not_failed",
    ],
    [
      "paid and given back",
      changeOrder(failed, { attempts: [attempt("imp_2", { state: "given_back" })] }, stamp),
      quiet,
      "not_failed",
    ],
    [
      "failed, an attempt of it ended later than its charge",
      changeOrder(
        failed,
        { attempts: [attempt("imp_2", { state: "failed", stateSinceMs: sentAtMs + 1 })] },
        stamp,
      ),
      quiet,
      "quiet",
    ],
    ["closed for this number", supersede(failed, "sub-2", stamp), early, null],
    ["closed for another number", supersede(failed, "sub-3", stamp), quiet, "not_failed"],
  ])("%s", (_, order, nowMs, why) => {
    expect(whyNotReplaceable(order, "sub-2", nowMs)).toBe(why);
  });
});
