// A debt charged under a new number: the old order is closed first, so that it is never charged twice.
import { describe, expect, it } from "vitest";
import { claimCharge, refuseCharge } from "../../../lib/domain/charge.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { type ChargeOrder, chargeOrder } from "../../../lib/usecases/charges/charge-order.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import {
  billingPorts,
  chargedOrder,
  chargedRecord,
  chargeFacts,
  declinedRecord,
  lost,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { reserved } from "../../support/reserved-orders.ts";
import { call, storedOrder, touch } from "../../support/syncing-ports.ts";

const old = "ord-20260805-000142";
const fresh = "ord-20260805-000143";
const stamp = { by: "merchant", atMs: createdAtMs + 3 * minuteMs } as const;
const request: ChargeOrder = {
  order: chargedOrder({ merchantUid: fresh }),
  charge: { customerUid: "cust-7", cardQuota: null, productType: "real" },
  card: null,
  replaces: old,
  keyToKnowOf: null,
  facts: chargeFacts({ productType: "real" }),
};

/** Sent and refused in the third minute. */
function refusedOrder(): Order {
  const facts = {
    via: "again",
    customerUid: "cust-7",
    productType: "real",
    cardQuota: null,
    customData: null,
  } as const;
  const claimed = claimCharge(createdOrder(), facts, "claim-0", stamp);
  if (!claimed.charge) throw new Error("not claimed");
  return refuseCharge(claimed, claimed.charge, "한도 초과", stamp);
}

async function portsAfterQuiet(order: Order | null) {
  const ports = await billingPorts(order);
  ports.clock.advance(10 * minuteMs);
  return ports;
}

describe("a charge in place of a failed one", () => {
  it("closes the old order, by name of the key that asked, before it charges", async () => {
    const ports = await portsAfterQuiet(refusedOrder());
    const nowMs = ports.clock.nowMs();
    ports.charges.answers.push({
      outcome: "done",
      value: chargedRecord({ merchantUid: fresh, startedAtMs: nowMs, paidAtMs: nowMs }),
    });
    expect(await chargeOrder(request, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "paid", replaces: old },
    });
    const closed = await storedOrder(ports, old);
    expect(closed).toMatchObject({ state: "failed", supersededBy: fresh });
    expect(closed.history.at(-1)).toMatchObject({ reason: "superseded", key: "shop-2026" });
  });

  it("goes on when a crash came after the old one was closed", async () => {
    const ports = await portsAfterQuiet({ ...refusedOrder(), supersededBy: fresh });
    expect(await chargeOrder(request, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it.each<[string, Order | null, object]>([
    ["no order has the old number", null, { outcome: "order_not_found" }],
    ["the old one was never charged", createdOrder(), { outcome: "not_replaceable" }],
    ["the old one is paid", synced(approvedOrder(), [paymentRecord()]), { outcome: "not_replaceable" }],
    [
      "the old one is replaced already",
      { ...refusedOrder(), supersededBy: "ord-3" },
      { outcome: "not_replaceable" },
    ],
  ])("is refused when %s, and nothing is created", async (_, order, expected) => {
    const ports = await portsAfterQuiet(order);
    ports.gateway.records = order?.impUid ? [paymentRecord()] : [];
    expect(await chargeOrder(request, call, ports)).toEqual(expected);
    expect([await ports.store.read(fresh), ports.charges.sent]).toEqual([null, []]);
  });

  it("is too early before QUIET has passed since the old one was sent", async () => {
    const ports = await billingPorts(refusedOrder());
    ports.clock.advance(10 * minuteMs - 1);
    expect(await chargeOrder(request, call, ports)).toEqual({ outcome: "too_early_to_replace" });
    expect((await storedOrder(ports, old)).supersededBy).toBeNull();
  });

  it("is refused when PortOne shows that the old one was paid after all", async () => {
    const ports = await portsAfterQuiet(refusedOrder());
    ports.gateway.records = [chargedRecord()];
    expect(await chargeOrder(request, call, ports)).toEqual({ outcome: "not_replaceable" });
    expect(await storedOrder(ports, old)).toMatchObject({ state: "paid", supersededBy: null });
  });

  it("waits for a look at the old one", async () => {
    const ports = await portsAfterQuiet(refusedOrder());
    ports.gateway.answers.push(silence);
    expect(await chargeOrder(request, call, ports)).toMatchObject({ outcome: "unavailable" });
    expect(await storedOrder(ports, old)).toEqual(refusedOrder());
  });

  it("gives up when others keep writing the old one", async () => {
    const ports = await portsAfterQuiet(refusedOrder());
    await syncOrder({ merchantUid: old, impUid: null, by: "sweep", mayMoveMoney: false }, call, ports);
    ports.store.interfere(touch, 5);
    expect(await chargeOrder(request, call, ports)).toEqual({ outcome: "busy" });
    expect([await ports.store.read(fresh), ports.charges.sent]).toEqual([null, []]);
  });
});

describe("a charge in place of a reservation that failed", () => {
  const scheduledAtMs = createdAtMs + 60 * minuteMs;
  const declined = declinedRecord({ startedAtMs: scheduledAtMs });

  async function portsAt(minutes: number) {
    const failed = synced(reserved, [declined], { atMs: scheduledAtMs + minuteMs });
    const ports = await billingPorts(failed, [declined]);
    const executed = { scheduledAtMs, scheduleStatus: "executed", paymentStatus: "failed" };
    ports.schedules.records.set(old, scheduleRecord(old, executed));
    ports.clock.advance(createdAtMs + minutes * minuteMs - ports.clock.nowMs());
    const charging = ports.charges.chargeKey.bind(ports.charges);
    ports.charges.chargeKey = (asked, customerUid) => {
      const atMs = ports.clock.nowMs();
      const paid = chargedRecord({ merchantUid: fresh, startedAtMs: atMs, paidAtMs: atMs });
      ports.charges.answers.push({ outcome: "done", value: paid });
      return charging(asked, customerUid);
    };
    return ports;
  }

  it("waits QUIET from when it may last have run, not from the day it was reserved", async () => {
    const early = await portsAt(69);
    expect(await chargeOrder(request, call, early)).toEqual({ outcome: "too_early_to_replace" });
    expect(early.charges.sent).toEqual([]);
    const later = await portsAt(71);
    expect(await chargeOrder(request, call, later)).toMatchObject({ outcome: "finished" });
  });

  it("revokes first what PortOne may still run by itself, and charges only once that is confirmed", async () => {
    const ports = await portsAt(71);
    const renewedMs = scheduledAtMs + 24 * 60 * minuteMs;
    ports.schedules.records.set(old, scheduleRecord(old, { scheduledAtMs: renewedMs }));
    ports.schedules.failures.push(lost);
    const inFlight = { outcome: "operation_in_flight", operationId: old };
    expect(await chargeOrder(request, call, ports)).toEqual(inFlight);
    expect(ports.schedules.called).toEqual([`unschedule ${old}`]);
    expect(await chargeOrder(request, call, ports)).toEqual(inFlight);
    expect([ports.charges.sent, (await storedOrder(ports)).supersededBy]).toEqual([[], null]);
    ports.clock.advance(10 * minuteMs);
    expect(await chargeOrder(request, call, ports)).toMatchObject({ outcome: "finished" });
    expect(ports.schedules.records.get(old)).toMatchObject({ scheduleStatus: "revoked" });
    expect(await storedOrder(ports)).toMatchObject({ supersededBy: fresh });
  });

  it("is not made while PortOne does not say what is reserved", async () => {
    const ports = await portsAt(71);
    ports.schedules.fetchSchedule = async () => silence;
    expect(await chargeOrder(request, call, ports)).toEqual(silence);
    expect([ports.charges.sent, (await storedOrder(ports)).supersededBy]).toEqual([[], null]);
  });

  it("is not made while it may be set up anew, or waits for its time", async () => {
    const waiting = await billingPorts(reserved);
    waiting.schedules.records.set(old, scheduleRecord(old, { scheduledAtMs }));
    expect(await chargeOrder(request, call, waiting)).toEqual({ outcome: "not_replaceable" });
    expect(waiting.schedules.called).toEqual([]);
  });
});
