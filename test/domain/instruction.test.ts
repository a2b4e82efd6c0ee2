// What becomes of an order by what PortOne was told: both times are possible until one is read back, nothing that was
// reserved is forgotten, and what nobody waits for is revoked.
import { describe, expect, it } from "vitest";
import { owed } from "../../lib/domain/due.ts";
import { claimInstructionAgain, markInstructionUnknown } from "../../lib/domain/instruction.ts";
import type { Look } from "../../lib/domain/look.ts";
import { quietMs } from "../../lib/domain/operation.ts";
import { clearReview } from "../../lib/domain/operator.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import { declinedRecord } from "../support/billing-doubles.ts";
import {
  at,
  confirmed,
  early,
  ended,
  having,
  moving,
  newMs,
  no,
  oldMs,
  opening,
  quiet,
  renewing,
  revoking,
  scheduling,
  sentAtMs,
  stamp,
} from "../support/instructions.ts";
import { accountRecord, createdAtMs, minuteMs, paymentRecord, synced } from "../support/orders.ts";

const seen = (order: Order, more: Partial<Look>, records = [] as const): Order =>
  synced(order, records, { isComplete: true, by: "sweep", ...more });
const voided = (order: Order): Order => {
  const next = decideVoid(order, stamp);
  if (!next) throw new Error("not voidable");
  return next;
};
const callsOf = (order: Order): readonly number[] =>
  owed(order).flatMap(({ what, atMs }) => (what === "call" ? [atMs] : []));
const afterRun = 2 * minuteMs;

describe("a reservation", () => {
  it("in doubt is looked at a minute after its send, and after its time", () => {
    expect(callsOf(scheduling)).toEqual([oldMs + afterRun, sentAtMs + minuteMs]);
  });

  it("that is shown waits for its time, and is the order's for good", () => {
    const next = seen(scheduling, { atMs: early, reservations: [at(oldMs)] });
    expect(next).toMatchObject({
      instruction: null,
      charge: { state: "scheduled", scheduledAtMs: oldMs },
      reservation: { customerUid: "cust-7", productType: "digital", scheduledAtMs: oldMs },
    });
    expect(seen(next, { atMs: early, reservations: [at(oldMs)] })).toBe(next);
  });

  it("that PortOne refused leaves its order void, with one more look owed", () => {
    const next = seen(having(scheduling, { refused: no }), { atMs: sentAtMs, reservations: [] });
    expect(next).toMatchObject({ state: "voided", charge: null, instruction: null, isVoidWanted: false });
    expect(next.reservation).toEqual(confirmed.reservation);
    expect(next.owedReads).toEqual([{ atMs: sentAtMs + quietMs, impUid: null }]);
  });

  it("that was refused and shows up after all is revoked: no order waits for it", () => {
    const refused = seen(having(scheduling, { refused: no }), { atMs: sentAtMs, reservations: [] });
    const next = seen(refused, { atMs: quiet, reservations: [at(oldMs)] });
    expect(next).toMatchObject({
      state: "voided",
      instruction: { kind: "unschedule", state: "resend", sends: 0 },
    });
    const gone = seen(next, { atMs: quiet, reservations: [at(oldMs, "revoked")] });
    expect(gone).toMatchObject({ state: "voided", instruction: null, owedReads: [] });
  });

  it("a look that did not ask for it pays no owed read", () => {
    const refused = seen(having(scheduling, { refused: no }), { atMs: sentAtMs, reservations: [] });
    expect(seen(refused, { atMs: quiet }).owedReads).toHaveLength(1);
  });

  it("sent as often as it may be is a person's, and keeps its slot", () => {
    const next = seen(having(scheduling, { sends: 3 }), { atMs: quiet, reservations: [] });
    expect(next).toMatchObject({ reviewReason: "operation_unresolved", instruction: { kind: "schedule" } });
  });

  it("cleared by a person gets its sends back, but for one that was never sent", () => {
    const stuck = { ...having(scheduling, { sends: 3 }), reviewReason: "operation_unresolved" as const };
    expect(clearReview(stuck, "콘솔 확인", stamp)).toMatchObject({
      reviewReason: null,
      instruction: { sends: 1 },
    });
    const wished = having(stuck, { kind: "unschedule", state: "resend", sends: 0 });
    expect(clearReview(wished, "콘솔 확인", stamp)).toMatchObject({ instruction: { sends: 0 } });
  });

  it("that may go out once more is owed at once, and is claimed anew", () => {
    const next = seen(scheduling, { atMs: quiet, reservations: [] });
    expect(next).toMatchObject({ instruction: { state: "resend", sends: 1 } });
    expect(owed(next)).toContainEqual({ what: "wish", atMs: quiet });
    if (!next.instruction) throw new Error("no instruction");
    const again = claimInstructionAgain(next, next.instruction, "claim-2", { ...stamp, atMs: quiet });
    expect(again.instruction).toMatchObject({
      state: "claimed",
      sends: 2,
      sentAtMs: quiet,
      sinceMs: sentAtMs,
    });
  });

  it("without an answer is unknown", () => {
    if (!scheduling.instruction) throw new Error("no instruction");
    const unknown = markInstructionUnknown(scheduling, scheduling.instruction, no, stamp);
    expect(unknown.instruction).toMatchObject({ state: "unknown", refused: no });
  });
});

describe("a move", () => {
  it("in doubt is looked at after both times", () => {
    expect(callsOf(moving)).toEqual([oldMs + afterRun, sentAtMs + minuteMs, newMs + afterRun]);
  });

  it("that is shown has the new time only", () => {
    const next = seen(moving, { atMs: early, reservations: [at(newMs)] });
    expect(next).toMatchObject({
      instruction: null,
      charge: { scheduledAtMs: newMs, sinceMs: createdAtMs },
      reservation: { scheduledAtMs: newMs },
      expiresAtMs: newMs + 24 * 60 * minuteMs,
    });
    expect(callsOf(next)).toEqual([newMs + afterRun]);
  });

  it("that PortOne refused leaves the old time", () => {
    const next = seen(having(moving, { refused: no }), { atMs: early, reservations: [at(oldMs)] });
    expect(next).toMatchObject({
      state: "created",
      instruction: null,
      charge: { scheduledAtMs: oldMs },
      reservation: { scheduledAtMs: oldMs },
      owedReads: [{ atMs: early + quietMs, impUid: null }],
    });
  });

  it("that ran at the old time pays the order, and keeps nothing open", () => {
    const ran = paymentRecord({ startedAtMs: oldMs, paidAtMs: oldMs });
    const paid = synced(moving, [ran], { isComplete: true, atMs: oldMs + 1 });
    expect(paid).toMatchObject({ state: "paid", charge: null, instruction: { kind: "reschedule" } });
    const later = { isComplete: true, atMs: oldMs + quietMs, reservations: [at(oldMs, "executed")] };
    expect(synced(paid, [ran], later)).toMatchObject({ state: "paid", instruction: null });
  });

  it("that took effect although the order was paid otherwise is revoked", () => {
    const paid = synced(moving, [paymentRecord({ startedAtMs: sentAtMs })], { atMs: sentAtMs + 1 });
    const next = seen(paid, { atMs: early, reservations: [at(newMs)] });
    expect(next.instruction).toMatchObject({ kind: "unschedule", state: "resend", wantedAtMs: newMs });
  });

  it("of one that was set up anew is undone by PortOne's no: it has failed, as before", () => {
    expect(renewing).toMatchObject({ charge: { scheduledAtMs: newMs, sinceMs: sentAtMs } });
    expect(renewing.reservation).toEqual(confirmed.reservation);
    const next = seen(having(renewing, { refused: no }), {
      atMs: early,
      reservations: [at(oldMs, "executed")],
    });
    expect(next).toMatchObject({ instruction: null, charge: null, reservation: { scheduledAtMs: oldMs } });
    expect(ended.charge).toBeNull();
  });

  it("of one set up anew does not take the old decline for its own", () => {
    const decline = declinedRecord({ startedAtMs: sentAtMs - minuteMs });
    const next = synced(renewing, [decline], { isComplete: true, atMs: early });
    expect(next).toMatchObject({ charge: { state: "scheduled" }, instruction: { kind: "reschedule" } });
  });

  it("whose new run was declined before it was read back is not waited for again", () => {
    const decline = declinedRecord({ startedAtMs: newMs });
    const look = { isComplete: true, atMs: newMs + minuteMs, reservations: [at(newMs, "executed")] };
    expect(synced(moving, [decline], look)).toMatchObject({
      state: "failed",
      charge: null,
      instruction: null,
    });
  });
});

describe("void", () => {
  it("of a reserved order wishes its reservation revoked first", () => {
    const wanted = voided(confirmed);
    expect(wanted).toMatchObject({
      state: "created",
      isVoidWanted: true,
      charge: { state: "scheduled" },
      instruction: { kind: "unschedule", state: "resend", sends: 0, wantedAtMs: oldMs },
    });
    expect(voided(wanted)).toBe(wanted);
    expect(owed(wanted)).toContainEqual({ what: "wish", atMs: sentAtMs });
  });

  it("is done when PortOne shows it revoked, and not before", () => {
    const wanted = voided(confirmed);
    expect(seen(wanted, { atMs: early })).toMatchObject({ state: "created", isVoidWanted: true });
    expect(seen(wanted, { atMs: early, reservations: [at(oldMs, "revoked")] })).toMatchObject({
      state: "voided",
      charge: null,
      instruction: null,
      reservation: { scheduledAtMs: oldMs },
    });
  });

  it("that came too late leaves the order to what was charged", () => {
    const wanted = voided(confirmed);
    const ran = seen(wanted, { atMs: oldMs + 1, reservations: [at(oldMs, "executed")] });
    expect(ran).toMatchObject({ instruction: null, isVoidWanted: true, charge: { state: "scheduled" } });
    const paid = synced(ran, [paymentRecord({ startedAtMs: oldMs })], { atMs: oldMs + 2 });
    expect(paid).toMatchObject({ state: "paid", isVoidWanted: false });
    const declined = synced(ran, [declinedRecord({ startedAtMs: oldMs })], { atMs: oldMs + 2 });
    expect(declined).toMatchObject({ state: "voided", charge: null });
  });

  it("after a move that is only seen now is of the new time, and refused leaves the order that one", () => {
    const moved = seen({ ...moving, isVoidWanted: true }, { atMs: early, reservations: [at(newMs)] });
    expect(moved.instruction).toMatchObject({ kind: "unschedule", state: "resend", wantedAtMs: newMs });
    const refused = having(moved, { state: "unknown", sends: 1, refused: no });
    const left = seen(refused, { atMs: early, reservations: [at(newMs)] });
    expect(left).toMatchObject({ instruction: null, isVoidWanted: false, charge: { scheduledAtMs: newMs } });
  });

  it("that PortOne refuses leaves the order reserved", () => {
    const refused = having({ ...revoking, isVoidWanted: true }, { refused: no });
    expect(seen(refused, { atMs: early, reservations: [at(oldMs)] })).toMatchObject({
      state: "created",
      isVoidWanted: false,
      instruction: null,
      charge: { scheduledAtMs: oldMs },
    });
  });

  it.each([
    ["a reservation in doubt", scheduling, [at(oldMs)], oldMs],
    ["a move in doubt that happened", moving, [at(newMs)], newMs],
  ])("while there is %s first learns what there is to revoke", (_, order, reservations, wantedAtMs) => {
    const wanted = voided(order);
    expect(wanted.instruction).toEqual(order.instruction);
    const next = seen(wanted, { atMs: early, reservations });
    expect(next).toMatchObject({ state: "created", instruction: { kind: "unschedule", wantedAtMs } });
  });

  it("while there is a move that did not happen revokes the old time", () => {
    const next = seen(voided(moving), { atMs: quiet, reservations: [at(oldMs)] });
    expect(next.instruction).toMatchObject({ kind: "unschedule", wantedAtMs: oldMs });
  });

  it("of a reservation that never was is void after QUIET, with nothing to revoke", () => {
    expect(seen(voided(scheduling), { atMs: early, reservations: [] }).state).toBe("created");
    expect(seen(voided(scheduling), { atMs: quiet, reservations: [] }).state).toBe("voided");
  });

  it("of a reservation that has failed looks once more, and revokes what was set up anew elsewhere", () => {
    const failed = synced(confirmed, [declinedRecord({ startedAtMs: oldMs })], { atMs: oldMs + 1 });
    const over = decideVoid(failed, { ...stamp, atMs: oldMs + minuteMs });
    expect(over).toMatchObject({ state: "voided", instruction: null });
    expect(over && owed(over)).toContainEqual({ what: "read", atMs: oldMs + minuteMs });
    const found = over && seen(over, { atMs: oldMs + minuteMs, reservations: [at(newMs)] });
    expect(found).toMatchObject({ state: "voided", instruction: { kind: "unschedule", wantedAtMs: newMs } });
  });

  it("while an account is being opened waits for it, and closes it", () => {
    const wanted = voided(opening);
    expect(wanted).toMatchObject({ state: "created", isVoidWanted: true });
    expect(synced(wanted, [accountRecord], { atMs: early })).toMatchObject({
      state: "awaiting_deposit",
      instruction: null,
      attempts: [{ isRevoking: true }],
    });
    expect(seen(wanted, { atMs: quiet })).toMatchObject({ state: "voided", instruction: null });
  });
});

describe("an account being opened", () => {
  it("is over once one is shown; one more look is owed, for a second that may still come", () => {
    expect(synced(opening, [accountRecord], { atMs: early })).toMatchObject({
      state: "awaiting_deposit",
      instruction: null,
      owedReads: [{ atMs: sentAtMs + quietMs, impUid: null }],
    });
  });

  it("refused leaves the order as it was", () => {
    const refused = having(opening, { refused: no });
    expect(seen(refused, { atMs: sentAtMs })).toMatchObject({ state: "created", instruction: null });
  });

  it("is told nothing by another change of the order", () => {
    expect(changeOrder(opening, {}, stamp).instruction).toEqual(opening.instruction);
  });
});
