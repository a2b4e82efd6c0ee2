// Telling PortOne where a parcel is, and asking it: kept before it is told, and told again until it is taken.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { findDelivery } from "../../../lib/usecases/deliveries/find-delivery.ts";
import {
  type RegisterDelivery,
  registerDelivery,
  resumeDelivery,
} from "../../../lib/usecases/deliveries/register-delivery.ts";
import { silence } from "../../support/doubles.ts";
import { approvedOrder, createdOrder, minuteMs, paymentRecord, synced } from "../../support/orders.ts";
import { deliveryPorts, orderOfEscrow } from "../../support/receipt-doubles.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const sentAtMs = Date.parse("2026-08-05T12:02:00+09:00");
const parcel: RegisterDelivery = {
  merchantUid,
  isChange: false,
  sender: { name: "샘플상점", addr: "서울시 성동구" },
  receiver: { name: "홍길동", addr: "부산시 해운대구" },
  company: "CJ",
  invoice: "688912345678",
  sentAtMs,
};
const { merchantUid: _, ...request } = parcel;
const record = { company: "CJ", invoice: "688912345678", sentAtMs, appliedAtMs: sentAtMs + minuteMs };
const done = { outcome: "done", value: record } as const;

describe("registering a parcel", () => {
  it("tells PortOne once, and forgets who lives where as soon as it is taken", async () => {
    const ports = await deliveryPorts();
    ports.parcels.registers.push(done);
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "registered", record });
    expect(ports.parcels.told).toEqual([`${impUid} 688912345678`]);
    expect(ports.deliveries.delivery).toMatchObject({
      registered: record,
      wanted: null,
      dueAtMs: null,
      version: 2,
    });
    expect(JSON.stringify(ports.deliveries.delivery)).not.toContain("해운대구");
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "registered", record });
    expect(ports.parcels.told).toHaveLength(1);
  });

  it.each<[string, Order | null, string]>([
    ["no order", null, "order_not_found"],
    ["an order nobody paid", createdOrder({ escrow: true }), "order_not_paid"],
    ["an order without escrow", synced(approvedOrder(), [paymentRecord()]), "escrow_not_requested"],
  ])("needs more than %s", async (_name, order, outcome) => {
    const ports = await deliveryPorts(order);
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome });
    expect([ports.parcels.told, ports.deliveries.delivery]).toEqual([[], null]);
  });

  it("is written down first: lost to somebody else's write it is busy", async () => {
    const ports = await deliveryPorts();
    ports.deliveries.lostRaces = 1;
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "busy" });
    expect(ports.parcels.told).toEqual([]);
  });

  it("whose answer was lost is kept and due, and the next look finishes it", async () => {
    const ports = await deliveryPorts();
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "scheduled", request });
    const kept = ports.deliveries.delivery;
    expect(kept).toMatchObject({
      wanted: request,
      wantedSinceMs: ports.clock.nowMs(),
      registered: null,
      dueAtMs: ports.clock.nowMs() + minuteMs,
    });
    if (!kept) throw new Error("nothing kept");
    expect(await resumeDelivery(kept, request, ports)).toBe("unanswered");
    ports.parcels.registers.push(done);
    expect(await resumeDelivery(kept, request, ports)).toBe("told");
    expect(ports.deliveries.delivery).toMatchObject({
      registered: record,
      wanted: null,
      wantedSinceMs: null,
    });
  });

  it("refused is told in PortOne's words, and not told again", async () => {
    const ports = await deliveryPorts();
    ports.parcels.registers.push({ outcome: "refused", message: "택배사 코드 오류" });
    expect(await registerDelivery(parcel, ports)).toEqual({
      outcome: "provider_refused",
      message: "택배사 코드 오류",
    });
    expect(ports.deliveries.delivery).toMatchObject({ wanted: null, registered: null, dueAtMs: null });
  });
});

describe("a parcel that PortOne says it has already", () => {
  it("is registered when it is the same, by the call whose answer was lost", async () => {
    const ports = await deliveryPorts();
    ports.parcels.registers.push({ outcome: "conflict" });
    ports.parcels.record = record;
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "registered", record });
  });

  it("is refused when it is another one, which is kept as PortOne shows it", async () => {
    const ports = await deliveryPorts();
    const other = { ...record, invoice: "100000000001" };
    ports.parcels.registers.push({ outcome: "conflict" });
    ports.parcels.record = other;
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "provider_refused", message: null });
    expect(ports.deliveries.delivery).toMatchObject({ registered: other, wanted: null });
  });

  it.each([
    ["shows none yet", null],
    ["does not answer", silence],
  ])("is told again later when PortOne %s", async (_name, answer) => {
    const ports = await deliveryPorts();
    ports.parcels.registers.push({ outcome: "conflict" });
    if (answer) ports.parcels.answers.push(answer);
    expect(await registerDelivery(parcel, ports)).toEqual({ outcome: "scheduled", request });
  });
});

describe("changing a parcel", () => {
  const change = { ...parcel, isChange: true, invoice: "688900000000" };
  const changed = { ...record, invoice: "688900000000" };

  it("needs one that was registered, or is to be", async () => {
    const ports = await deliveryPorts();
    expect(await registerDelivery(change, ports)).toEqual({ outcome: "delivery_not_found" });
    await registerDelivery(parcel, ports);
    expect(await registerDelivery(change, ports)).toMatchObject({
      outcome: "scheduled",
      request: { invoice: "688900000000" },
    });
  });

  it("tells the new one and keeps it", async () => {
    const ports = await deliveryPorts();
    ports.parcels.registers.push(done, { outcome: "done", value: changed });
    await registerDelivery(parcel, ports);
    expect(await registerDelivery(change, ports)).toEqual({ outcome: "registered", record: changed });
    expect(ports.deliveries.delivery).toMatchObject({ registered: changed });
  });

  it("that PortOne does not take yet (R-KS-27) is kept beside the old one", async () => {
    const ports = await deliveryPorts();
    ports.parcels.registers.push(done, { outcome: "conflict" });
    await registerDelivery(parcel, ports);
    ports.parcels.record = record;
    expect(await registerDelivery(change, ports)).toMatchObject({ outcome: "scheduled" });
    expect(ports.deliveries.delivery).toMatchObject({
      registered: record,
      wanted: { invoice: "688900000000" },
    });
  });
});

describe("finding a parcel", () => {
  it("tells what PortOne shows", async () => {
    const ports = await deliveryPorts();
    ports.parcels.record = record;
    expect(await findDelivery(merchantUid, ports)).toEqual({
      outcome: "registered",
      record,
      reviewReason: null,
    });
  });

  it("tells of one that a person has to look at", async () => {
    const ports = await deliveryPorts();
    await registerDelivery(parcel, ports);
    const { delivery } = ports.deliveries;
    if (delivery) ports.deliveries.delivery = { ...delivery, reviewReason: "operation_unresolved" };
    const reviewReason = "operation_unresolved";
    expect(await findDelivery(merchantUid, ports)).toEqual({ outcome: "scheduled", request, reviewReason });
    ports.parcels.record = record;
    expect(await findDelivery(merchantUid, ports)).toEqual({ outcome: "registered", record, reviewReason });
  });

  it("tells one we told of, but PortOne does not show yet, from none at all", async () => {
    const ports = await deliveryPorts(orderOfEscrow());
    expect(await findDelivery(merchantUid, ports)).toEqual({ outcome: "delivery_not_found" });
    await registerDelivery(parcel, ports);
    expect(await findDelivery(merchantUid, ports)).toEqual({ outcome: "delivery_not_visible_yet" });
  });

  it.each<[string, Order | null, string]>([
    ["no order", null, "order_not_found"],
    ["an order nobody paid", createdOrder({ escrow: true }), "delivery_not_found"],
    ["an order without escrow", synced(approvedOrder(), [paymentRecord()]), "delivery_not_found"],
  ])("of %s asks nobody", async (_name, order, outcome) => {
    const ports = await deliveryPorts(order);
    ports.parcels.record = record;
    expect(await findDelivery(merchantUid, ports)).toEqual({ outcome });
  });

  it("is unavailable while PortOne does not answer", async () => {
    const ports = await deliveryPorts();
    ports.parcels.answers.push(silence);
    expect(await findDelivery(merchantUid, ports)).toEqual({ outcome: "unavailable" });
  });
});
