// What was asked for before: the sweep sends it once it is certain that nothing happened, and finishes what died.
import { describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { decideVoid } from "../../../lib/domain/voiding.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { followInstruction, resumeInstruction } from "../../../lib/usecases/syncing/resume-instruction.ts";
import {
  billingPorts,
  lost,
  ScriptedCharges,
  ScriptedSchedules,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import {
  confirmed,
  having,
  moving,
  newMs,
  oldMs,
  opening,
  scheduling,
  sentAtMs,
  stamp,
} from "../../support/instructions.ts";
import { accountRecord, minuteMs, paymentRecord } from "../../support/orders.ts";
import { portsWith, sweep } from "../../support/sweeping.ts";
import { call, countedPauses, hurriedCall, storedOrder, touch } from "../../support/syncing-ports.ts";

const { merchantUid } = confirmed;
const waiting = having(scheduling, { state: "resend" });

async function sweeping(order: Order, scheduledAtMs: number | null = null) {
  const ports = {
    ...(await portsWith(order, [], [])),
    charges: new ScriptedCharges(),
    schedules: new ScriptedSchedules(),
  };
  if (scheduledAtMs !== null)
    ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs }));
  const until = (atMs: number) => {
    ports.clock.advance(atMs - ports.clock.nowMs());
    return reconcile(sweep, call, ports);
  };
  return { ports, until };
}

describe("what may go out", () => {
  it("is claimed anew, counted, and sent", async () => {
    const ports = await billingPorts(waiting);
    expect(await resumeInstruction(waiting, "sweep", call, ports)).toMatchObject({
      order: { instruction: null, charge: { state: "scheduled" } },
    });
    expect(ports.schedules.called).toEqual([`schedule ${merchantUid}`]);
  });

  it("is not sent by whoever lost the claim, has no time, or is not let in", async () => {
    const beaten = await billingPorts(waiting);
    beaten.store.interfere(touch);
    await resumeInstruction(waiting, "sweep", call, beaten);
    const hurried = await billingPorts(waiting);
    await resumeInstruction(waiting, "sweep", hurriedCall, hurried);
    const closed = await billingPorts(waiting);
    closed.schedules.isReady = false;
    await resumeInstruction(waiting, "sweep", call, closed);
    const silent = await billingPorts(waiting);
    silent.store.fail("update", "read");
    await resumeInstruction(waiting, "sweep", call, silent);
    const all = [beaten, hurried, closed, silent];
    expect(all.flatMap(({ schedules }) => schedules.called)).toEqual([]);
    expect((await storedOrder(silent)).instruction).toEqual(waiting.instruction);
  });

  it("is nothing where it is in doubt: only a look says more", async () => {
    const ports = await billingPorts(scheduling);
    expect(await resumeInstruction(scheduling, "sweep", call, ports)).toEqual({
      order: scheduling,
      refused: null,
    });
    expect(ports.schedules.called).toEqual([]);
  });
});

describe("the sweep", () => {
  it("finds a reservation that was made and whose claimant died", async () => {
    const { ports, until } = await sweeping(scheduling, oldMs);
    await until(sentAtMs + minuteMs);
    expect(await storedOrder(ports)).toMatchObject({ instruction: null, charge: { state: "scheduled" } });
    expect(ports.schedules.called).toEqual([]);
  });

  it("sends one that was not made after QUIET, at most three times in all, and then leaves it to a person", async () => {
    const { ports, until } = await sweeping(scheduling);
    ports.schedules.failures.push(lost, lost, lost);
    await until(sentAtMs + minuteMs);
    await until(sentAtMs + quietMs - 1);
    expect(ports.schedules.called).toEqual([]);
    for (let atMs = sentAtMs + quietMs; atMs < sentAtMs + 180 * minuteMs; atMs += minuteMs) await until(atMs);
    expect(ports.schedules.called).toHaveLength(2);
    expect(await storedOrder(ports)).toMatchObject({
      state: "created",
      reviewReason: "operation_unresolved",
      instruction: { kind: "schedule", sends: 3 },
    });
  });

  it("reads a move back, whichever time it is", async () => {
    const moved = await sweeping(moving, newMs);
    await moved.until(sentAtMs + minuteMs);
    expect(await storedOrder(moved.ports)).toMatchObject({
      instruction: null,
      charge: { scheduledAtMs: newMs },
    });
    const stayed = await sweeping(moving, oldMs);
    await stayed.until(sentAtMs + minuteMs);
    await stayed.until(sentAtMs + quietMs + minuteMs);
    expect(stayed.ports.schedules.called).toEqual([`move ${merchantUid}`]);
  });

  it("pays the order of a move in doubt by a run at the old time", async () => {
    const { ports, until } = await sweeping(moving, oldMs);
    ports.schedules.fetchSchedule = async () => ({
      outcome: "found",
      record: scheduleRecord(merchantUid, { scheduledAtMs: oldMs, scheduleStatus: "executed" }),
    });
    ports.gateway.records = [paymentRecord({ startedAtMs: oldMs, paidAtMs: oldMs })];
    await until(oldMs + 2 * minuteMs);
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", charge: null, instruction: null });
    expect(ports.schedules.called).toEqual([]);
  });

  it("finishes a void whose claimant died before it called, and one that died after", async () => {
    const wished = decideVoid(confirmed, stamp);
    if (!wished) throw new Error("not voidable");
    const unsent = await sweeping(wished, oldMs);
    await unsent.until(sentAtMs + minuteMs);
    expect(unsent.ports.schedules.called).toEqual([`unschedule ${merchantUid}`]);
    expect((await storedOrder(unsent.ports)).state).toBe("voided");
    const sent = await sweeping(having(wished, { state: "claimed", sends: 1 }));
    sent.ports.schedules.records.set(
      merchantUid,
      scheduleRecord(merchantUid, { scheduledAtMs: oldMs, scheduleStatus: "revoked" }),
    );
    await sent.until(sentAtMs + minuteMs);
    expect(sent.ports.schedules.called).toEqual([]);
    expect((await storedOrder(sent.ports)).state).toBe("voided");
  });

  it("opens the account that was asked for and never came", async () => {
    const { ports, until } = await sweeping(opening);
    ports.charges.answers.push({ outcome: "done", value: accountRecord });
    await until(sentAtMs + minuteMs);
    await until(sentAtMs + quietMs + minuteMs);
    expect(ports.charges.sent).toHaveLength(1);
    expect(await storedOrder(ports)).toMatchObject({ state: "awaiting_deposit", instruction: null });
  });
});

describe("the same request again", () => {
  it("waits for whoever is at work, and is told what came of it", async () => {
    const ports = await billingPorts(scheduling);
    ports.clock.advance(2 * minuteMs);
    const paused = countedPauses({
      3: async () => {
        const order = await storedOrder(ports);
        await ports.store.update(order, { ...order, instruction: null });
      },
    });
    const told = await followInstruction(scheduling, "merchant", call, { ...ports, ...paused });
    expect([told.order.instruction, paused.pauses.length]).toEqual([null, 3]);
  });

  it("says that it is in doubt while that goes on", async () => {
    const ports = await billingPorts(scheduling);
    ports.clock.advance(2 * minuteMs);
    const paused = countedPauses();
    const told = await followInstruction(scheduling, "merchant", call, { ...ports, ...paused });
    expect([told.order.instruction?.state, paused.pauses.length]).toEqual(["claimed", 20]);
    expect(ports.schedules.called).toEqual([]);
  });
});
