// Reserving charges: their orders are there first, a repeat asks only for what PortOne does not have.
import { describe, expect, it } from "vitest";
import {
  askScheduleRules,
  type ScheduleCharges,
  type ScheduledCharge,
  scheduleCharges,
} from "../../../lib/usecases/charges/schedule-charges.ts";
import {
  billingPorts,
  chargedOrder,
  chargeFacts,
  lost,
  refusedWith,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { createdOrder, minuteMs } from "../../support/orders.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

const first = "ord-20260901-000001";
const second = "ord-20261001-000001";
const september = Date.parse("2026-09-01T10:00:00+09:00");
const october = Date.parse("2026-10-01T10:00:00+09:00");
const charge = (merchantUid: string, scheduledAtMs: number): ScheduledCharge => ({
  order: chargedOrder({ merchantUid, name: "정기구독" }),
  productType: "digital",
  scheduledAtMs,
  facts: chargeFacts(),
});
const request: ScheduleCharges = {
  customerUid: "cust-7",
  charges: [charge(first, september), charge(second, october)],
};

describe("reserving charges", () => {
  it("creates the orders, then reserves, and answers in the order asked", async () => {
    const ports = await billingPorts();
    expect(await scheduleCharges(request, call, ports)).toMatchObject({
      outcome: "scheduled",
      schedules: [
        { merchantUid: first, scheduledAtMs: september },
        { merchantUid: second, scheduledAtMs: october },
      ],
    });
    expect(ports.schedules.called).toEqual([`schedule ${first} ${second}`]);
    expect(ports.schedules.drafts).toMatchObject([
      {
        merchantUid: first,
        amount: 109_000,
        taxFree: 3_000,
        productType: "digital",
        noticeUrl: `https://pay.shop.example/portone/notice/${first}`,
      },
      { merchantUid: second },
    ]);
    const order = await storedOrder(ports, first);
    expect(order).toMatchObject({
      state: "created",
      charge: {
        via: "schedule",
        state: "scheduled",
        customerUid: "cust-7",
        productType: "digital",
        scheduledAtMs: september,
      },
      dueAtMs: september + 2 * minuteMs,
      expiresAtMs: september + 24 * 60 * minuteMs,
    });
    expect(order.history[0]).toMatchObject({ key: "shop-2026" });
  });

  it("again reserves nothing twice", async () => {
    const ports = await billingPorts();
    const answer = await scheduleCharges(request, call, ports);
    expect(await scheduleCharges(request, call, ports)).toEqual(answer);
    expect(ports.schedules.called).toHaveLength(1);
  });

  it("again asks only for what is missing", async () => {
    const ports = await billingPorts();
    ports.schedules.records.set(first, scheduleRecord(first));
    expect(await scheduleCharges(request, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(ports.schedules.called).toEqual([`schedule ${second}`]);
  });
});

describe("after a refusal", () => {
  it("the same request finds its orders voided, and PortOne is not asked to charge for them", async () => {
    const ports = await billingPorts();
    ports.schedules.failures.push(refusedWith("등록되지 않은 빌링키입니다."));
    await scheduleCharges(request, call, ports);
    expect(await scheduleCharges(request, call, ports)).toEqual({ outcome: "exists", merchantUid: first });
    expect(ports.schedules.called).toHaveLength(1);
    expect(ports.schedules.records.size).toBe(0);
    expect(await storedOrder(ports, first)).toMatchObject({ state: "voided", charge: null });
  });
});

describe("before anything is stored", () => {
  it("KSNET's rules point at the charge that breaks them", async () => {
    const ports = await billingPorts();
    ports.schedules.isReady = false;
    const broken = {
      ...charge(second, october),
      productType: null,
      facts: chargeFacts({ productType: null }),
    };
    expect(
      await scheduleCharges({ ...request, charges: [charge(first, september), broken] }, call, ports),
    ).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code: "product_type_required", pointer: "/schedules/1/product_type" }],
    });
    expect(await ports.store.read(first)).toBeNull();
    expect(askScheduleRules([chargeFacts(), chargeFacts()], ports)).toEqual([]);
  });

  it("PortOne must let us in", async () => {
    const ports = await billingPorts();
    ports.schedules.isReady = false;
    expect(await scheduleCharges(request, call, ports)).toEqual(silence);
    expect(await ports.store.read(first)).toBeNull();
  });

  it("a number with another body is taken, and nothing is reserved", async () => {
    const ports = await billingPorts(createdOrder({ merchantUid: second, bodyHash: "other" }));
    expect(await scheduleCharges(request, call, ports)).toEqual({ outcome: "exists", merchantUid: second });
    expect(ports.schedules.called).toEqual([]);
  });
});

describe("PortOne's answer", () => {
  it("no voids the orders that nothing will ever come for, and no other", async () => {
    const ports = await billingPorts();
    ports.schedules.records.set(first, scheduleRecord(first));
    ports.schedules.failures.push(refusedWith("등록되지 않은 빌링키입니다."));
    expect(await scheduleCharges(request, call, ports)).toEqual({
      outcome: "provider_refused",
      message: "등록되지 않은 빌링키입니다.",
    });
    expect((await storedOrder(ports, first)).state).toBe("created");
    expect(await storedOrder(ports, second)).toMatchObject({ state: "voided", charge: null });
  });

  it("lost is looked up: what took effect is told", async () => {
    const ports = await billingPorts();
    ports.schedules.loseNextAnswer();
    expect(await scheduleCharges(request, call, ports)).toMatchObject({
      outcome: "scheduled",
      schedules: [{ merchantUid: first }, { merchantUid: second }],
    });
    expect(ports.schedules.called).toHaveLength(1);
  });

  it("lost without an effect is unavailable, the orders stay, and a repeat reserves them", async () => {
    const ports = await billingPorts();
    ports.schedules.failures.push(lost);
    expect(await scheduleCharges(request, call, ports)).toEqual({ outcome: "unavailable", why: "timeout" });
    expect(await storedOrder(ports, second)).toMatchObject({
      state: "created",
      charge: { state: "scheduled" },
    });
    expect(await scheduleCharges(request, call, ports)).toMatchObject({ outcome: "scheduled" });
  });

  it("that cannot be read reserves nothing", async () => {
    const ports = await billingPorts();
    ports.schedules.answers.push(silence);
    expect(await scheduleCharges(request, call, ports)).toEqual(silence);
    expect(ports.schedules.called).toEqual([]);
  });
});
