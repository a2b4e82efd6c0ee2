// A reservation that failed, charged now or at another time: under the number, and for the goods, it always had.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { reservedOrder } from "../../../lib/domain/schedule.ts";
import { rescheduleCharge } from "../../../lib/usecases/charges/reschedule-charge.ts";
import { retrySchedule } from "../../../lib/usecases/charges/retry-schedule.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import {
  type BillingPorts,
  billingPorts,
  chargedOrder,
  chargedRecord,
  declinedRecord,
  lost,
  refusedWith,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { failingAfter, silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, hurriedCall, storedOrder, touch } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const scheduledAtMs = createdAtMs + 60 * minuteMs;
const laterMs = Date.parse("2026-08-07T10:00:00+09:00");
const retry = { customerUid: "cust-7", merchantUid };
const move = { ...retry, scheduledAtMs: laterMs };

/** Reserved for digital goods; nobody but the order remembers that. */
const reserved = reservedOrder(
  chargedOrder(),
  { customerUid: "cust-7", productType: "digital", scheduledAtMs, claimToken: "claim-0" },
  { by: "merchant", atMs: createdAtMs },
);

/** PortOne ran it at its time, and the card company declined. */
async function declined(): Promise<BillingPorts> {
  const ports = await billingPorts(reserved, [declinedRecord({ startedAtMs: scheduledAtMs })]);
  ports.schedules.records.set(
    merchantUid,
    scheduleRecord(merchantUid, { scheduleStatus: "executed", paymentStatus: "failed" }),
  );
  ports.clock.advance(60 * minuteMs);
  await syncOrder({ merchantUid, impUid: null, by: "sweep", mayMoveMoney: false }, call, ports);
  expect(await storedOrder(ports)).toMatchObject({
    state: "failed",
    charge: null,
    chargeResult: { status: "failed" },
  });
  return ports;
}
const paidNow = (ports: BillingPorts) =>
  chargedRecord({ impUid: "imp_2", startedAtMs: ports.clock.nowMs(), paidAtMs: ports.clock.nowMs() });

it("a retried schedule keeps the product type that was reserved", async () => {
  const ports = await declined();
  expect(await storedOrder(ports)).toMatchObject({ chargeResult: { productType: "digital" } });
  expect(await retrySchedule(retry, call, ports)).toMatchObject({
    outcome: "pending",
    order: { charge: { via: "retry", productType: "digital" } },
  });
  ports.gateway.records = [...ports.gateway.records, paidNow(ports)];
  await syncOrder({ merchantUid, impUid: null, by: "sweep", mayMoveMoney: false }, call, ports);
  expect(await storedOrder(ports)).toMatchObject({
    state: "paid",
    chargeResult: { status: "paid", productType: "digital" },
  });
});

it("a moved schedule keeps the product type that was reserved", async () => {
  const ports = await declined();
  expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
  expect(await storedOrder(ports)).toMatchObject({ charge: { state: "scheduled", productType: "digital" } });
});

describe("retrying a failed reservation", () => {
  it("charges once, under its number, and the order is paid", async () => {
    const ports = await declined();
    ports.charges.answers.push({ outcome: "done", value: paidNow(ports) });
    expect(await retrySchedule(retry, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "paid", impUid: "imp_2", chargeResult: { status: "paid" } },
    });
    expect(ports.charges.sent).toEqual([{ call: "retry", merchantUid }]);
  });

  it("again while it is in flight sends nothing", async () => {
    const ports = await declined();
    await retrySchedule(retry, call, ports);
    expect(await retrySchedule(retry, call, ports)).toMatchObject({
      outcome: "pending",
      order: { charge: { via: "retry" } },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("refused is failed again, and may be retried", async () => {
    const ports = await declined();
    ports.charges.answers.push(refusedWith("카드 정지"), { outcome: "done", value: paidNow(ports) });
    expect(await retrySchedule(retry, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "failed", chargeResult: { failReason: "카드 정지", productType: "digital" } },
    });
    expect(await retrySchedule(retry, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "paid" },
    });
  });

  it.each<[string, Order | null, string]>([
    ["without an order", null, "order_not_found"],
    ["that has not run yet", reserved, "schedule_not_open"],
    ["that was paid", synced(approvedOrder(), [paymentRecord()]), "schedule_not_open"],
    ["that never was one", createdOrder(), "schedule_not_open"],
  ])("%s is refused", async (_, order, outcome) => {
    const ports = await billingPorts(order);
    expect(await retrySchedule(retry, call, ports)).toEqual({ outcome });
    expect([ports.charges.sent, ports.store.updates]).toEqual([[], 0]);
  });

  it("replaced by another number is refused: that one is charged instead", async () => {
    const ports = await declined();
    const order = await storedOrder(ports);
    await ports.store.update(order, { ...order, supersededBy: "ord-20260805-000143" });
    expect(await retrySchedule(retry, call, ports)).toEqual({ outcome: "schedule_not_open" });
    expect(ports.charges.sent).toEqual([]);
  });

  it("starts nothing without time, or while PortOne does not let us in", async () => {
    const ports = await declined();
    const before = await storedOrder(ports);
    expect(await retrySchedule(retry, hurriedCall, ports)).toMatchObject({ outcome: "unavailable" });
    ports.charges.isReady = false;
    expect(await retrySchedule(retry, call, ports)).toEqual(silence);
    expect([await storedOrder(ports), ports.charges.sent]).toEqual([before, []]);
  });

  it("is sent by whoever's claim was written, though its answer was lost", async () => {
    const beaten = await declined();
    beaten.store.interfere(touch);
    expect(await retrySchedule(retry, call, beaten)).toEqual({ outcome: "busy" });
    expect(beaten.charges.sent).toEqual([]);
    const ports = await declined();
    ports.store.loseNextAnswer();
    await retrySchedule(retry, call, ports);
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("is not known when nobody can read whether it is claimed, or the table falls silent after the claim", async () => {
    const unread = await declined();
    unread.store.leaveUnanswered("lands");
    unread.store.read = failingAfter(unread.store, 1);
    expect(await retrySchedule(retry, call, unread)).toEqual({ outcome: "claim_unreadable", merchantUid });
    const silent = await declined();
    silent.store.leaveUnanswered();
    silent.charges.answers.push({ outcome: "done", value: chargedRecord() });
    const charging = silent.charges.retrySchedule.bind(silent.charges);
    silent.charges.retrySchedule = (uid) => {
      silent.store.fail("update");
      return charging(uid);
    };
    expect(await retrySchedule(retry, call, silent)).toMatchObject({
      outcome: "pending",
      order: { charge: { via: "retry", state: "claimed" } },
    });
    expect(silent.charges.sent).toHaveLength(1);
  });
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
      charge: { scheduledAtMs: laterMs, claimToken: "claim-1" },
      dueAtMs: laterMs + 2 * minuteMs,
      expiresAtMs: laterMs + 24 * 60 * minuteMs,
    });
  });

  it("is stored over what somebody else wrote in between, or it would end by its old time", async () => {
    const ports = await open();
    ports.store.interfere((order) => ({ ...order }));
    expect(await rescheduleCharge(move, call, ports)).toMatchObject({ outcome: "rescheduled" });
    expect(await storedOrder(ports)).toMatchObject({ charge: { scheduledAtMs: laterMs } });
  });

  it("is not told as done while others keep writing, nor of an order voided in between", async () => {
    const busy = await open();
    busy.store.interfere((order) => ({ ...order }), 5);
    expect(await rescheduleCharge(move, call, busy)).toMatchObject({ outcome: "unavailable" });
    const voided = await open();
    voided.store.interfere((order) => ({ ...order, voidedAtMs: createdAtMs, state: "voided" }));
    expect(await rescheduleCharge(move, call, voided)).toEqual({ outcome: "schedule_not_open" });
    expect(await storedOrder(voided)).toMatchObject({ state: "voided", charge: { scheduledAtMs } });
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
    ["its order never was charged", { charge: null }, {}, "schedule_not_open"],
  ])("moves nothing when %s", async (_, order, record, outcome) => {
    const ports = await billingPorts({ ...reserved, ...order });
    if (record) ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, record));
    expect(await rescheduleCharge(move, call, ports)).toEqual({ outcome });
    expect([ports.schedules.called, ports.store.updates]).toEqual([[], 0]);
  });

  it.each([
    ["refused", refusedWith("변경 불가"), { outcome: "provider_refused", message: "변경 불가" }],
    ["not answered", lost, { outcome: "unavailable", why: "timeout" }],
  ])("leaves the order as it was when it is %s", async (_, failure, expected) => {
    const ports = await open();
    ports.schedules.failures.push(failure);
    expect(await rescheduleCharge(move, call, ports)).toEqual(expected);
    expect(await storedOrder(ports)).toEqual(reserved);
  });

  it("starts nothing while PortOne does not show the reservation", async () => {
    const ports = await open();
    ports.schedules.answers.push(silence);
    expect(await rescheduleCharge(move, call, ports)).toEqual(silence);
    expect(ports.schedules.called).toEqual([]);
  });
});
