// Reserving charges: their orders are there first, a repeat asks only for what PortOne does not have.
import { describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import { askScheduleRules, scheduleCharges } from "../../../lib/usecases/charges/schedule-charges.ts";
import { chargeFacts, keyedPorts, lost, refusedWith, scheduleRecord } from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { createdOrder, minuteMs } from "../../support/orders.ts";
import { charge, first, october, request, second, september } from "../../support/schedule-request.ts";
import { call, countedPauses, storedOrder } from "../../support/syncing-ports.ts";

describe("reserving charges", () => {
  it("creates the orders, then reserves, and answers in the order asked", async () => {
    const ports = await keyedPorts();
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
    const ports = await keyedPorts();
    const answer = await scheduleCharges(request, call, ports);
    expect(await scheduleCharges(request, call, ports)).toEqual(answer);
    expect(ports.schedules.called).toHaveLength(1);
  });

  it("again asks only for what is missing", async () => {
    const ports = await keyedPorts();
    await scheduleCharges({ ...request, charges: [charge(first, september)] }, call, ports);
    expect(await scheduleCharges(request, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(ports.schedules.called).toEqual([`schedule ${first}`, `schedule ${second}`]);
  });
});

describe("after a refusal", () => {
  it("the same request finds its orders voided, and PortOne is not asked to charge for them", async () => {
    const ports = await keyedPorts();
    ports.schedules.failures.push(refusedWith("등록되지 않은 빌링키입니다."));
    await scheduleCharges(request, call, ports);
    expect(await scheduleCharges(request, call, ports)).toEqual({
      outcome: "exists",
      at: "/schedules/0",
      differing: [],
    });
    expect(ports.schedules.called).toHaveLength(1);
    expect(ports.schedules.records.size).toBe(0);
    expect(await storedOrder(ports, first)).toMatchObject({ state: "voided", charge: null });
  });
});

describe("before anything is stored", () => {
  it("KSNET's rules point at the charge that breaks them", async () => {
    const ports = await keyedPorts();
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
    const ports = await keyedPorts();
    ports.schedules.isReady = false;
    expect(await scheduleCharges(request, call, ports)).toEqual(silence);
    expect(await ports.store.read(first)).toBeNull();
  });

  it("a key that PortOne does not know uses up no number", async () => {
    const ports = await keyedPorts();
    ports.keys.record = null;
    expect(await scheduleCharges(request, call, ports)).toEqual({ outcome: "billing_key_not_found" });
    ports.keys.answers.push(silence);
    expect(await scheduleCharges(request, call, ports)).toEqual(silence);
    expect([await ports.store.read(first), ports.schedules.called]).toEqual([null, []]);
  });

  it("a number with another body is taken, and nothing is reserved", async () => {
    const ports = await keyedPorts(createdOrder({ merchantUid: second, bodyHash: "other" }));
    expect(await scheduleCharges(request, call, ports)).toMatchObject({
      outcome: "exists",
      at: "/schedules/1",
    });
    expect(ports.schedules.called).toEqual([]);
  });
});

describe("PortOne's answer", () => {
  it("no voids the orders that nothing will ever come for, and no other", async () => {
    const ports = await keyedPorts();
    await scheduleCharges({ ...request, charges: [charge(first, september)] }, call, ports);
    ports.schedules.failures.push(refusedWith("등록되지 않은 빌링키입니다."));
    // One of the two stands: a no for both would not be true.
    expect(await scheduleCharges(request, call, ports)).toMatchObject({
      outcome: "scheduled",
      schedules: [
        { merchantUid: first, scheduleStatus: "scheduled" },
        { merchantUid: second, scheduleStatus: "revoked", failReason: "등록되지 않은 빌링키입니다." },
      ],
    });
    expect(await storedOrder(ports, first)).toMatchObject({
      state: "created",
      charge: { state: "scheduled" },
    });
    expect(await storedOrder(ports, second)).toMatchObject({ state: "voided", charge: null });
  });

  it("lost is looked up: what took effect is told", async () => {
    const ports = await keyedPorts();
    ports.schedules.loseNextAnswer();
    expect(await scheduleCharges(request, call, ports)).toMatchObject({
      outcome: "scheduled",
      schedules: [{ merchantUid: first }, { merchantUid: second }],
    });
    expect(ports.schedules.called).toHaveLength(1);
  });

  it("lost without an effect is pending, and nothing is sent again before QUIET", async () => {
    const ports = await keyedPorts();
    ports.schedules.failures.push(lost);
    const pending = {
      outcome: "pending",
      schedules: [
        { merchantUid: first, scheduledAtMs: september, scheduleStatus: "pending", amount: 109_000 },
        { merchantUid: second, scheduledAtMs: october, scheduleStatus: "pending" },
      ],
    };
    expect(await scheduleCharges(request, call, ports)).toMatchObject(pending);
    expect(await storedOrder(ports, second)).toMatchObject({
      state: "created",
      charge: { state: "scheduled" },
      instruction: { kind: "schedule", state: "unknown", sends: 1, wantedAtMs: october },
    });
    ports.clock.advance(quietMs - 1);
    expect(await scheduleCharges(request, call, ports)).toMatchObject(pending);
    expect(ports.schedules.called).toHaveLength(1);
    ports.clock.advance(1);
    expect(await scheduleCharges(request, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(ports.schedules.called.slice(1)).toEqual([`schedule ${first}`, `schedule ${second}`]);
    expect(await storedOrder(ports, second)).toMatchObject({ instruction: null });
  });

  it("no that nobody can check is pending; once PortOne's record is read it is final", async () => {
    const ports = await keyedPorts();
    ports.schedules.failures.push(refusedWith("등록되지 않은 빌링키입니다."));
    // Each order's own check, and its look.
    ports.schedules.answers.push(silence, silence, silence, silence);
    expect(await scheduleCharges(request, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports, first)).toMatchObject({
      state: "created",
      instruction: { state: "unknown" },
    });
    await scheduleCharges(request, call, ports);
    expect(await storedOrder(ports, first)).toMatchObject({ state: "voided", instruction: null });
    expect(ports.schedules.called).toHaveLength(1);
  });

  it("no to what PortOne has all the same is a yes", async () => {
    const ports = await keyedPorts();
    ports.schedules.records.set(first, scheduleRecord(first, { scheduledAtMs: september }));
    ports.schedules.failures.push(refusedWith("이미 예약된 merchant_uid입니다."));
    const one = { ...request, charges: [charge(first, september)] };
    expect(await scheduleCharges(one, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(await storedOrder(ports, first)).toMatchObject({ state: "created", instruction: null });
  });
});

describe("two equal requests side by side", () => {
  const one = { ...request, charges: [charge(first, september)] };

  it("reserve once, and the second voids nothing, whatever it is told", async () => {
    const ports = await keyedPorts();
    const schedule = ports.schedules.schedule.bind(ports.schedules);
    let second: ReturnType<typeof scheduleCharges> | null = null;
    ports.schedules.schedule = async (uid, drafts) => {
      if (second === null) {
        second = scheduleCharges(one, call, ports);
        await second;
      }
      return schedule(uid, drafts);
    };
    expect(await scheduleCharges(one, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(await second).toMatchObject({ outcome: "pending", schedules: [{ scheduleStatus: "pending" }] });
    expect(ports.schedules.called).toEqual([`schedule ${first}`]);
    expect(await storedOrder(ports, first)).toMatchObject({
      state: "created",
      charge: { state: "scheduled" },
    });
  });

  it("the second waits for the first one's answer", async () => {
    const ports = await keyedPorts();
    const schedule = ports.schedules.schedule.bind(ports.schedules);
    let finish = () => {};
    const first5s = new Promise<void>((resolve) => {
      finish = resolve;
    });
    ports.schedules.schedule = async (uid, drafts) => {
      await first5s;
      return schedule(uid, drafts);
    };
    const running = scheduleCharges(one, call, ports);
    const paused = countedPauses({
      2: async () => {
        finish();
        await running;
      },
    });
    expect(await scheduleCharges(one, call, { ...ports, ...paused })).toMatchObject({ outcome: "scheduled" });
    expect([paused.pauses.length, ports.schedules.called]).toEqual([2, [`schedule ${first}`]]);
  });

  it("of which one names another body, too, leave nothing claimed that nobody sends", async () => {
    const ports = await keyedPorts();
    const create = ports.store.create.bind(ports.store);
    ports.store.create = async (order) => {
      if (order.merchantUid === second)
        await create(createdOrder({ merchantUid: second, bodyHash: "other" }));
      return create(order);
    };
    expect(await scheduleCharges(request, call, ports)).toMatchObject({
      outcome: "exists",
      at: "/schedules/1",
    });
    expect(await storedOrder(ports, first)).toMatchObject({ state: "voided", instruction: null });
    expect(ports.schedules.called).toEqual([]);
  });
});
