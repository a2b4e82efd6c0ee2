// A reservation that failed, charged now: under the number, and for the goods, it always had.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { retrySchedule } from "../../../lib/usecases/charges/retry-schedule.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { billingPorts, chargedRecord, refusedWith } from "../../support/billing-doubles.ts";
import { failingAfter, silence } from "../../support/doubles.ts";
import { renewing, revoking } from "../../support/instructions.ts";
import { approvedOrder, createdOrder, paymentRecord, synced } from "../../support/orders.ts";
import { declined, failedFor, merchantUid, paidNow, reserved, retry } from "../../support/reserved-orders.ts";
import { call, hurriedCall, storedOrder, touch } from "../../support/syncing-ports.ts";

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
    ["of another customer", failedFor("cust-8"), "schedule_not_found"],
    ["of a window's failed order", { ...failedFor("cust-7"), reservation: null }, "schedule_not_open"],
    ["of an order to be void", { ...failedFor("cust-7"), isVoidWanted: true }, "schedule_not_open"],
  ])("%s is refused", async (_, order, outcome) => {
    const ports = await billingPorts(order);
    expect(await retrySchedule(retry, call, ports)).toEqual({ outcome });
    expect([ports.charges.sent, ports.store.updates]).toEqual([[], 0]);
  });

  it.each([
    ["being moved, which may be about to run", renewing],
    ["being revoked", revoking],
  ])("waits for one %s", async (_, { instruction }) => {
    const ports = await billingPorts({ ...failedFor("cust-7"), instruction });
    expect(await retrySchedule(retry, call, ports)).toEqual({
      outcome: "operation_in_flight",
      operationId: merchantUid,
    });
    expect([ports.charges.sent, ports.store.updates]).toEqual([[], 0]);
  });

  it("does not take the decline of an earlier one for its own, though it is not remembered any more", async () => {
    const ports = await declined();
    const order = await storedOrder(ports);
    await ports.store.update(order, { ...order, attempts: [] });
    expect(await retrySchedule(retry, call, ports)).toMatchObject({ outcome: "pending" });
    await syncOrder({ merchantUid, impUid: null, by: "sweep", mayMoveMoney: false }, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ charge: { via: "retry" } });
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
