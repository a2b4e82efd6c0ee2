// Revoking reserved charges, by themselves and before their billing key is deleted.
import { describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import { reservedOrder } from "../../../lib/domain/schedule.ts";
import { deleteBillingKey } from "../../../lib/usecases/charges/delete-billing-key.ts";
import { unscheduleCharges } from "../../../lib/usecases/charges/unschedule-charges.ts";
import {
  billingKey,
  billingPorts,
  chargedOrder,
  lost,
  refusedWith,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { createdAtMs, minuteMs, paymentRecord, synced } from "../../support/orders.ts";
import { call, hurriedCall, storedOrder, touch } from "../../support/syncing-ports.ts";

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
    const one = { ...all, merchantUids: [first] };
    await unscheduleCharges(one, call, ports);
    const paid = paymentRecord({ merchantUid: second, startedAtMs: september, paidAtMs: september });
    ports.schedules.records.set(second, scheduleRecord(second, { scheduleStatus: "executed" }));
    const order = await storedOrder(ports, second);
    await ports.store.update(order, synced(order, [paid], { atMs: september }));
    expect(await unscheduleCharges(all, call, ports)).toEqual({ outcome: "unscheduled", schedules: [] });
    // Whoever names it again is told what became of it.
    expect(await unscheduleCharges(one, call, ports)).toMatchObject({
      outcome: "unscheduled",
      schedules: [{ merchantUid: first, scheduleStatus: "revoked" }],
    });
    expect(ports.schedules.called).toEqual([`unschedule ${first}`]);
  });

  it.each([["refused", refusedWith("이미 처리됨"), { outcome: "provider_refused", message: "이미 처리됨" }]])(
    "voids nothing when it is %s",
    async (_, failure, expected) => {
      const ports = await reserved();
      ports.schedules.failures.push(failure);
      expect(await unscheduleCharges(all, call, ports)).toEqual(expected);
      expect(await storedOrder(ports, first)).toMatchObject({
        state: "created",
        isVoidWanted: false,
        charge: { state: "scheduled" },
        instruction: null,
      });
    },
  );

  it("of which nobody knows is pending, voids nothing, and is not sent again before QUIET", async () => {
    const ports = await reserved();
    ports.schedules.failures.push(lost);
    const pending = {
      outcome: "pending",
      schedules: [
        { merchantUid: first, scheduledAtMs: september, scheduleStatus: "pending" },
        { merchantUid: second, scheduleStatus: "pending" },
      ],
    };
    expect(await unscheduleCharges(all, call, ports)).toMatchObject(pending);
    expect(await storedOrder(ports, first)).toMatchObject({
      state: "created",
      isVoidWanted: true,
      charge: { state: "scheduled" },
      instruction: { kind: "unschedule", state: "unknown", sends: 1 },
    });
    ports.clock.advance(quietMs - 1);
    expect(await unscheduleCharges(all, call, ports)).toMatchObject(pending);
    expect(ports.schedules.called).toHaveLength(1);
    ports.clock.advance(1);
    expect(await unscheduleCharges(all, call, ports)).toMatchObject({
      outcome: "unscheduled",
      schedules: [
        { merchantUid: first, scheduleStatus: "revoked" },
        { merchantUid: second, scheduleStatus: "revoked" },
      ],
    });
    expect((await storedOrder(ports, second)).state).toBe("voided");
  });

  it("whose answer is lost after it happened, and nobody could look, is finished by the repeat, which names its orders", async () => {
    const ports = await reserved();
    ports.schedules.loseNextAnswer();
    const fetch = ports.schedules.fetchSchedule.bind(ports.schedules);
    ports.schedules.fetchSchedule = async () => silence;
    expect(await unscheduleCharges(all, call, ports)).toMatchObject({ outcome: "pending" });
    ports.schedules.fetchSchedule = fetch;
    expect(await unscheduleCharges(all, call, ports)).toMatchObject({
      outcome: "unscheduled",
      schedules: [{ merchantUid: first, scheduleStatus: "revoked" }, { merchantUid: second }],
    });
    expect(ports.schedules.called).toHaveLength(1);
    expect((await storedOrder(ports, first)).state).toBe("voided");
  });

  it("reaches the live one behind an earlier one of its number that was revoked", async () => {
    const ports = await reserved();
    const earlier = scheduleRecord(first, { scheduledAtMs: september - dayMs, scheduleStatus: "revoked" });
    ports.schedules.records.set("earlier", earlier);
    const fetch = ports.schedules.fetchSchedule.bind(ports.schedules);
    ports.schedules.fetchSchedule = async (uid) =>
      uid === first ? { outcome: "found", record: earlier } : fetch(uid);
    expect(await unscheduleCharges({ ...all, merchantUids: [first] }, call, ports)).toMatchObject({
      outcome: "unscheduled",
      schedules: [{ merchantUid: first, scheduledAtMs: september, scheduleStatus: "revoked" }],
    });
    expect(ports.schedules.called).toEqual([`unschedule ${first}`]);
  });

  it("revokes what no order here waits for, too, and needs its answer", async () => {
    const ports = await reserved();
    const console = scheduleRecord("ord-console", { scheduledAtMs: september });
    ports.schedules.records.set("ord-console", console);
    const named = { ...all, merchantUids: ["ord-console"] };
    ports.schedules.failures.push(lost, refusedWith("거절"));
    expect(await unscheduleCharges(named, call, ports)).toEqual({ outcome: "unavailable", why: "timeout" });
    expect(await unscheduleCharges(named, call, ports)).toEqual({
      outcome: "provider_refused",
      message: "거절",
    });
    expect(await unscheduleCharges(named, call, ports)).toMatchObject({
      schedules: [{ merchantUid: "ord-console", scheduleStatus: "revoked" }],
    });
    expect(await ports.store.read("ord-console")).toBeNull();
  });

  it("writes before it calls: one that others keep writing is not revoked", async () => {
    const ports = await reserved();
    ports.store.interfere(touch, 5);
    expect(await unscheduleCharges(all, call, ports)).toMatchObject({ outcome: "unavailable" });
    const hurried = await reserved();
    expect(await unscheduleCharges(all, hurriedCall, hurried)).toMatchObject({ outcome: "unavailable" });
    const closed = await reserved();
    closed.schedules.isReady = false;
    expect(await unscheduleCharges(all, call, closed)).toEqual(silence);
    expect([ports, hurried, closed].map(({ schedules }) => schedules.called)).toEqual([[], [], []]);
  });

  it("leaves a charge that is being made to itself", async () => {
    const ports = await reserved();
    const order = await storedOrder(ports, first);
    if (!order.charge) throw new Error("no charge");
    const charge = { ...order.charge, via: "retry", state: "unknown", scheduledAtMs: null } as const;
    await ports.store.update(order, { ...order, charge });
    ports.schedules.records.delete(first);
    expect(await unscheduleCharges(all, call, ports)).toMatchObject({ schedules: [{ merchantUid: second }] });
  });

  it("revokes nothing when the list cannot be read", async () => {
    const ports = await reserved();
    ports.schedules.answers.push(silence);
    expect(await unscheduleCharges(all, call, ports)).toEqual(silence);
    expect(ports.schedules.called).toEqual([]);
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
    ["not answered", lost, { outcome: "pending", unscheduled: [] }],
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

  it("is done when its answer is lost and PortOne shows no key", async () => {
    const ports = await withKey();
    const deleteKey = ports.keys.deleteKey.bind(ports.keys);
    ports.keys.deletes.push(lost);
    ports.keys.deleteKey = async (customerUid) => {
      const answer = await deleteKey(customerUid);
      ports.keys.record = null;
      return answer;
    };
    expect(await deleteBillingKey(request, call, ports)).toEqual({
      outcome: "deleted",
      unscheduled: [first, second],
    });
  });

  it("starts nothing while PortOne does not show the key", async () => {
    const ports = await withKey();
    ports.keys.answers.push(silence);
    expect(await deleteBillingKey(request, call, ports)).toEqual(silence);
    expect([ports.keys.called, ports.schedules.called]).toEqual([[], []]);
  });
});
