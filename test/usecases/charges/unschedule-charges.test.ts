// Revoking reserved charges, by themselves and before their billing key is deleted.
import { describe, expect, it } from "vitest";
import { reservedOrder } from "../../../lib/domain/schedule.ts";
import { deleteBillingKey } from "../../../lib/usecases/charges/delete-billing-key.ts";
import { unscheduleCharges, voidReserved } from "../../../lib/usecases/charges/unschedule-charges.ts";
import {
  billingKey,
  billingPorts,
  chargedOrder,
  lost,
  refusedWith,
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
import { call, storedOrder, touch } from "../../support/syncing-ports.ts";

const first = "ord-20260901-000001";
const second = "ord-20270801-000001";
const dayMs = 24 * 60 * minuteMs;
const september = Date.parse("2026-09-01T10:00:00+09:00");
const nextAugust = Date.parse("2027-08-01T10:00:00+09:00");
const all = { customerUid: "cust-7", merchantUids: null };

async function reserved() {
  const ports = await billingPorts();
  for (const [merchantUid, scheduledAtMs] of [
    [first, september],
    [second, nextAugust],
  ] as const) {
    const reservation = {
      customerUid: "cust-7",
      productType: "digital",
      scheduledAtMs,
      claimToken: "claim-0",
    } as const;
    const stamp = { by: "merchant", atMs: createdAtMs } as const;
    await ports.store.create(reservedOrder(chargedOrder({ merchantUid }), reservation, stamp));
    ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs }));
  }
  return ports;
}

describe("revoking reserved charges", () => {
  it("revokes all that have not run, a year ahead, and voids their orders", async () => {
    const ports = await reserved();
    expect(await unscheduleCharges(all, call, ports)).toMatchObject({
      outcome: "unscheduled",
      schedules: [
        { merchantUid: first, scheduleStatus: "revoked" },
        { merchantUid: second, scheduleStatus: "revoked" },
      ],
    });
    const order = await storedOrder(ports, first);
    expect(order).toMatchObject({ state: "voided", charge: null });
    expect(order.history.at(-1)).toMatchObject({ by: "merchant", key: "shop-2026" });
    expect((await storedOrder(ports, second)).state).toBe("voided");
  });

  it("looks from yesterday on, in five windows of 89 days without a gap", async () => {
    const ports = await reserved();
    await unscheduleCharges(all, call, ports);
    const startMs = ports.clock.nowMs() - dayMs;
    expect(ports.schedules.windows).toEqual(
      [0, 89, 178, 267, 356].map((days) => ({
        fromMs: startMs + days * dayMs,
        toMs: startMs + (days + 89) * dayMs,
      })),
    );
  });

  it("revokes only those named, and none of another customer", async () => {
    const ports = await reserved();
    ports.schedules.records.set("ord-other", scheduleRecord("ord-other", { customerUid: "cust-8" }));
    await unscheduleCharges({ ...all, merchantUids: [second, "ord-other"] }, call, ports);
    expect(ports.schedules.called).toEqual([`unschedule ${second}`]);
    expect((await storedOrder(ports, first)).state).toBe("created");
  });

  it("calls nobody again for what is revoked or has run", async () => {
    const ports = await reserved();
    await unscheduleCharges({ ...all, merchantUids: [first] }, call, ports);
    ports.schedules.records.set(second, scheduleRecord(second, { scheduleStatus: "executed" }));
    expect(await unscheduleCharges(all, call, ports)).toEqual({ outcome: "unscheduled", schedules: [] });
    expect(ports.schedules.called).toEqual([`unschedule ${first}`]);
  });

  it.each([
    ["refused", refusedWith("이미 처리됨"), { outcome: "provider_refused", message: "이미 처리됨" }],
    ["not answered", lost, { outcome: "unavailable", why: "timeout" }],
  ])("voids nothing when it is %s", async (_, failure, expected) => {
    const ports = await reserved();
    ports.schedules.failures.push(failure);
    expect(await unscheduleCharges(all, call, ports)).toEqual(expected);
    expect(await storedOrder(ports, first)).toMatchObject({
      state: "created",
      charge: { state: "scheduled" },
    });
  });

  it("revokes nothing when the list cannot be read", async () => {
    const ports = await reserved();
    ports.schedules.answers.push(silence);
    expect(await unscheduleCharges(all, call, ports)).toEqual(silence);
    expect(ports.schedules.called).toEqual([]);
  });
});

describe("voiding the order of a charge that will not be made", () => {
  const named = "ord-20260805-000142";

  it("leaves one that is paid, one that is void, and one that is none", async () => {
    const paid = synced(approvedOrder(), [paymentRecord()]);
    const ports = await billingPorts(paid);
    await voidReserved(named, call, ports);
    await voidReserved("ord-nobody", call, ports);
    expect(await storedOrder(ports)).toEqual(paid);
    const open = await billingPorts(createdOrder());
    await voidReserved(named, call, open);
    await voidReserved(named, call, open);
    expect(await storedOrder(open)).toMatchObject({ state: "voided" });
    expect([ports.store.updates, open.store.updates]).toEqual([0, 1]);
  });

  it("gives way to somebody else's write", async () => {
    const ports = await billingPorts(createdOrder());
    ports.store.interfere(touch);
    await voidReserved(named, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ state: "created", version: 2 });
  });
});

describe("deleting a billing key", () => {
  const request = { customerUid: "cust-7", reason: "해지" };
  async function withKey() {
    const ports = await reserved();
    ports.keys.record = billingKey();
    return ports;
  }

  it("revokes the charges reserved on it first, and names them", async () => {
    const ports = await withKey();
    const deleteKey = ports.keys.deleteKey.bind(ports.keys);
    let revokedBefore: readonly string[] = [];
    ports.keys.deleteKey = (customerUid) => {
      revokedBefore = [...ports.schedules.called];
      return deleteKey(customerUid);
    };
    expect(await deleteBillingKey(request, call, ports)).toEqual({
      outcome: "deleted",
      unscheduled: [first, second],
    });
    expect(revokedBefore).toEqual([`unschedule ${first} ${second}`]);
    expect(ports.keys.called).toEqual(["delete cust-7"]);
  });

  it("needs a key", async () => {
    const ports = await reserved();
    expect(await deleteBillingKey(request, call, ports)).toEqual({ outcome: "billing_key_not_found" });
    expect(ports.schedules.called).toEqual([]);
  });

  it.each([
    ["refused", refusedWith("이미 처리됨"), { outcome: "provider_refused", message: "이미 처리됨" }],
    ["not answered", lost, { outcome: "unavailable", why: "timeout" }],
  ])("keeps the key while revoking is %s", async (_, failure, expected) => {
    const ports = await withKey();
    ports.schedules.failures.push(failure);
    expect(await deleteBillingKey(request, call, ports)).toEqual(expected);
    expect(ports.keys.called).toEqual([]);
  });

  it.each([
    ["refused", refusedWith("삭제 불가"), { outcome: "provider_refused", message: "삭제 불가" }],
    ["not answered", lost, { outcome: "unavailable", why: "timeout" }],
  ])("says so when deleting is %s", async (_, answer, expected) => {
    const ports = await withKey();
    ports.keys.deletes.push(answer);
    expect(await deleteBillingKey(request, call, ports)).toEqual(expected);
  });

  it("starts nothing while PortOne does not show the key", async () => {
    const ports = await withKey();
    ports.keys.answers.push(silence);
    expect(await deleteBillingKey(request, call, ports)).toEqual(silence);
    expect([ports.keys.called, ports.schedules.called]).toEqual([[], []]);
  });
});
