// Another time for a reservation: claimed before it is asked for, possible at both times until it is read back.
import { describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import { rescheduleCharge } from "../../../lib/usecases/charges/reschedule-charge.ts";
import { retrySchedule } from "../../../lib/usecases/charges/retry-schedule.ts";
import {
  type BillingPorts,
  billingPorts,
  lost,
  refusedWith,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { failingAfter, silence } from "../../support/doubles.ts";
import { createdAtMs, minuteMs } from "../../support/orders.ts";
import {
  declined,
  laterMs,
  merchantUid,
  move,
  reserved,
  retry,
  scheduledAtMs,
} from "../../support/reserved-orders.ts";
import { call, hurriedCall, storedOrder } from "../../support/syncing-ports.ts";

it("a moved schedule keeps the product type that was reserved", async () => {
  const ports = await declined();
  expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
  expect(await storedOrder(ports)).toMatchObject({ charge: { state: "scheduled", productType: "digital" } });
});

describe("moving a reservation", () => {
  async function open(): Promise<BillingPorts> {
    const ports = await billingPorts(reserved);
    ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs }));
    return ports;
  }

  it("moves one that has not run, and its order waits for the new time", async () => {
    const ports = await open();
    expect(await rescheduleCharge(move, call, ports)).toMatchObject({
      outcome: "rescheduled",
      schedule: { merchantUid, scheduledAtMs: laterMs },
    });
    expect(ports.schedules.called).toEqual([`move ${merchantUid}`]);
    expect(await storedOrder(ports)).toMatchObject({
      charge: { scheduledAtMs: laterMs },
      dueAtMs: laterMs + 2 * minuteMs,
      expiresAtMs: laterMs + 24 * 60 * minuteMs,
    });
  });

  it("writes before it calls: an order that somebody else wrote is not moved", async () => {
    const busy = await open();
    busy.store.interfere((order) => ({ ...order }));
    expect(await rescheduleCharge(move, call, busy)).toEqual({ outcome: "busy" });
    const voided = await open();
    voided.store.interfere((order) => ({ ...order, voidedAtMs: createdAtMs, state: "voided" }));
    expect(await rescheduleCharge(move, call, voided)).toEqual({ outcome: "schedule_not_open" });
    expect([busy.schedules.called, voided.schedules.called]).toEqual([[], []]);
    expect(await storedOrder(voided)).toMatchObject({ state: "voided", charge: { scheduledAtMs } });
  });

  it("of which nobody knows is pending under both times; nothing is sent again before QUIET", async () => {
    const ports = await open();
    ports.schedules.failures.push(lost);
    const pending = {
      outcome: "pending",
      schedule: { merchantUid, scheduledAtMs: laterMs, scheduleStatus: "pending" },
    };
    expect(await rescheduleCharge(move, call, ports)).toMatchObject(pending);
    expect(await storedOrder(ports)).toMatchObject({
      charge: { scheduledAtMs },
      instruction: { kind: "reschedule", state: "unknown", wantedAtMs: laterMs, sends: 1 },
    });
    ports.clock.advance(quietMs - 1);
    expect(await rescheduleCharge(move, call, ports)).toMatchObject(pending);
    expect(ports.schedules.called).toHaveLength(1);
    ports.clock.advance(1);
    expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
    expect(ports.schedules.called).toEqual([`move ${merchantUid}`, `move ${merchantUid}`]);
  });

  it("whose answer is lost after it happened is read back", async () => {
    const ports = await open();
    ports.schedules.loseNextAnswer();
    expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
    expect(await storedOrder(ports)).toMatchObject({ charge: { scheduledAtMs: laterMs }, instruction: null });
  });

  it("to another time waits until the first one is known", async () => {
    const ports = await open();
    ports.schedules.failures.push(lost);
    await rescheduleCharge(move, call, ports);
    const other = { ...move, scheduledAtMs: laterMs + minuteMs };
    const inFlight = { outcome: "operation_in_flight", operationId: merchantUid };
    expect(await rescheduleCharge(other, call, ports)).toEqual(inFlight);
    expect(await retrySchedule(retry, call, ports)).toEqual(inFlight);
    expect([ports.schedules.called.length, ports.charges.sent]).toEqual([1, []]);
  });

  it("done before is not asked for again", async () => {
    const ports = await open();
    await rescheduleCharge(move, call, ports);
    expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
    expect(ports.schedules.called).toHaveLength(1);
  });

  it("within its own second is done before: a late send of it could not be told from none", async () => {
    const ports = await open();
    const sameSecond = { ...move, scheduledAtMs: scheduledAtMs + 999 };
    expect(await rescheduleCharge(sameSecond, call, ports)).toMatchObject({ outcome: "rescheduled" });
    expect(ports.schedules.called).toEqual([]);
    expect(await storedOrder(ports)).toMatchObject({ charge: { scheduledAtMs }, instruction: null });
    const nextSecond = { ...move, scheduledAtMs: scheduledAtMs + 1000 };
    ports.schedules.failures.push(lost);
    expect(await rescheduleCharge(nextSecond, call, ports)).toMatchObject({ outcome: "pending" });
    const itsOwn = { ...nextSecond, scheduledAtMs: scheduledAtMs + 1500 };
    expect(await rescheduleCharge(itsOwn, call, ports)).toMatchObject({ outcome: "pending" });
    ports.clock.advance(quietMs);
    expect(await rescheduleCharge(itsOwn, call, ports)).toMatchObject({ outcome: "rescheduled" });
  });

  it("never overwrites a retry whose outcome is not known", async () => {
    const ports = await declined();
    await retrySchedule(retry, call, ports);
    expect(await rescheduleCharge(move, call, ports)).toEqual({ outcome: "schedule_not_open" });
    expect(await storedOrder(ports)).toMatchObject({ charge: { via: "retry" } });
    expect(ports.schedules.called).toEqual([]);
  });

  it("finds the live one behind an earlier one of its number that was revoked", async () => {
    const ports = await open();
    const earlier = scheduleRecord(merchantUid, { scheduledAtMs: createdAtMs, scheduleStatus: "revoked" });
    ports.schedules.fetchSchedule = async () => ({ outcome: "found", record: earlier });
    expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
    expect(ports.schedules.called).toEqual([`move ${merchantUid}`]);
  });

  it("is not claimed without time, and not sent when nobody can read the claim", async () => {
    const hurried = await open();
    expect(await rescheduleCharge(move, hurriedCall, hurried)).toMatchObject({ outcome: "unavailable" });
    expect(await storedOrder(hurried)).toEqual(reserved);
    const unread = await open();
    unread.store.leaveUnanswered("lands");
    unread.store.read = failingAfter(unread.store, 1);
    expect(await rescheduleCharge(move, call, unread)).toMatchObject({
      outcome: "pending",
      schedule: { merchantUid, scheduledAtMs: laterMs, scheduleStatus: "pending" },
    });
    expect(unread.schedules.called).toEqual([]);
  });

  it("sets one up anew that has failed", async () => {
    const ports = await declined();
    await rescheduleCharge(move, call, ports);
    expect(ports.schedules.called).toEqual([`set up anew ${merchantUid}`]);
  });

  it.each([
    ["nobody reserved it", {}, null, "schedule_not_found"],
    ["it is another customer's", {}, { customerUid: "cust-8" }, "schedule_not_found"],
    ["it was paid", {}, { paymentStatus: "paid" }, "schedule_not_open"],
    ["its order is void", { voidedAtMs: createdAtMs, state: "voided" as const }, {}, "schedule_not_open"],
    ["its charge is not waited for", { charge: null }, {}, "schedule_not_open"],
    ["its order never reserved anything", { reservation: null }, {}, "schedule_not_found"],
    ["its order is to be void", { isVoidWanted: true }, {}, "schedule_not_open"],
    ["its order is paid", { impUid: "imp_1" }, {}, "schedule_not_open"],
    ["its order was replaced", { supersededBy: "ord-20260805-000143" }, {}, "schedule_not_open"],
  ])("moves nothing when %s", async (_, order, record, outcome) => {
    const ports = await billingPorts({ ...reserved, ...order });
    if (record) ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, record));
    expect(await rescheduleCharge(move, call, ports)).toEqual({ outcome });
    expect([ports.schedules.called, ports.store.updates]).toEqual([[], 0]);
  });

  it.each([["refused", refusedWith("변경 불가"), { outcome: "provider_refused", message: "변경 불가" }]])(
    "leaves the old time when it is %s",
    async (_, failure, expected) => {
      const ports = await open();
      ports.schedules.failures.push(failure);
      expect(await rescheduleCharge(move, call, ports)).toEqual(expected);
      expect(await storedOrder(ports)).toMatchObject({
        state: "created",
        charge: reserved.charge,
        reservation: reserved.reservation,
        instruction: null,
      });
    },
  );

  it("starts nothing while PortOne does not show the reservation", async () => {
    const ports = await open();
    ports.schedules.answers.push(silence);
    expect(await rescheduleCharge(move, call, ports)).toEqual(silence);
    expect(ports.schedules.called).toEqual([]);
  });
});
