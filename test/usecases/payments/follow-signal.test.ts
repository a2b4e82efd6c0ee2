// What notice, browser and redirect share: who is admitted, what is known already, and what is owed when it fails.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { admit, type Caller, leaveToSweep } from "../../../lib/usecases/payments/admission.ts";
import { followSignal, type Signal } from "../../../lib/usecases/payments/follow-signal.ts";
import { receiveNotice } from "../../../lib/usecases/payments/receive-notice.ts";
import { CountedBudget, silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  lookedAtLater,
  minuteMs,
  openRecord,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import {
  call,
  hurriedCall,
  type SyncingPorts,
  storedOrder,
  syncingPorts,
  touch,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const otherOrder = createdOrder({ merchantUid: "ord-20260805-000143" });
const paid = synced(approvedOrder(), [paymentRecord()]);
const signal: Signal = {
  merchantUid,
  hint: { tells: "change", impUid },
  by: "portone",
  hasToken: false,
  isPortOne: false,
  mayMoveMoney: true,
};
const notice = {
  merchantUid,
  impUid,
  status: "paid",
  cancellationId: null,
  hasToken: true,
  isPortOne: false,
};
const nowMs = createdAtMs + 3 * minuteMs;
const laterMs = createdAtMs + 10 * minuteMs;

describe("a signal", () => {
  it("about an order we do not know asks nobody", async () => {
    const ports = await syncingPorts(null, [paymentRecord()], new CountedBudget(9));
    expect(await followSignal(signal, call, ports)).toEqual({ outcome: "order_not_found" });
    expect([ports.budget.charged, ports.gateway.asked]).toEqual([[], []]);
  });

  it.each<[string, Signal["hint"]]>([
    ["a return from the payment that paid", { tells: "return", impUid }],
    ["a return without a payment", { tells: "return", impUid: null }],
    ["a cancel that is counted", { tells: "cancel", impUid, cancellationId: "c-1" }],
  ])("that tells nothing new asks nobody: %s", async (_, hint) => {
    const order = synced(paid, [cancelledRecord([cancelEntry("c-1", 9_000)])]);
    const ports = await syncingPorts(order, [], new CountedBudget(0));
    expect(await followSignal({ ...signal, hint }, call, ports)).toEqual({ outcome: "unchanged", order });
    expect([ports.budget.charged, ports.gateway.asked]).toEqual([[], []]);
  });

  it("syncs the attempt it names, and no other", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    expect(await followSignal(signal, call, ports)).toMatchObject({
      outcome: "synced",
      order: { state: "paid" },
    });
    expect(ports.gateway.asked).toEqual([impUid]);
  });

  it("reads the order once before it asks", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    const read = ports.store.read.bind(ports.store);
    let reads = 0;
    ports.store.read = (named) => {
      reads += 1;
      return read(named);
    };
    await followSignal(signal, call, ports);
    expect(reads).toBe(1);
  });

  it.each([
    ["moves money where its door may", true, call, 1],
    ["moves none where its door may not", false, call, 0],
    ["moves none without time", true, hurriedCall, 0],
  ])("%s", async (_, mayMoveMoney, by, sent) => {
    const second = paymentRecord({ impUid: "imp_2" });
    const ports = await syncingPorts(paid, [second]);
    const hint = { tells: "change", impUid: "imp_2" } as const;
    await followSignal({ ...signal, hint, mayMoveMoney, hasToken: true }, by, ports);
    expect((await storedOrder(ports)).attempts[1]).toMatchObject({ giveBack: "wanted" });
    expect(ports.money.sent).toHaveLength(sent);
  });
});

describe("admission", () => {
  const anybody: Caller = { impUid: "imp_9", hasToken: false, isPortOne: false };
  const portone: Caller = { ...anybody, isPortOne: true };
  const withToken: Caller = { ...anybody, hasToken: true };
  const ofHeld: Caller = { ...anybody, impUid };
  it.each<[string, Caller, number, string, number]>([
    ["with our token", withToken, 0, "on_trust", 0],
    ["naming an attempt we hold", ofHeld, 0, "on_trust", 0],
    ["from PortOne's address", portone, 0, "admitted", 0],
    ["naming another while the budget lasts", anybody, 1, "admitted", 1],
    ["naming another over the budget", anybody, 0, "refused", 1],
  ])("of a caller %s", async (_, caller, left, admission, charged) => {
    const ports = await syncingPorts(paid, [], new CountedBudget(left));
    expect(await admit(paid, caller, ports)).toBe(admission);
    expect(ports.budget.charged).toHaveLength(charged);
  });

  const times = async (count: number, caller: Caller, ports: SyncingPorts, order: Order = paid) => {
    const admissions: string[] = [];
    for (let time = 0; time < count; time += 1) admissions.push(await admit(order, caller, ports));
    return admissions;
  };
  const twice = ["on_trust", "on_trust"];

  it("is free for PortOne's addresses thirty times an order and minute, then charged", async () => {
    const ports = await syncingPorts(paid, [], new CountedBudget(1));
    const free = Array.from({ length: 30 }, () => "admitted");
    expect(await times(32, portone, ports)).toEqual([...free, "admitted", "refused"]);
    expect(ports.budget.charged).toHaveLength(2);
    expect(await times(30, portone, ports, otherOrder)).toEqual(free);
    ports.clock.advance(minuteMs);
    expect(await times(30, portone, ports)).toEqual(free);
    expect(ports.budget.charged).toHaveLength(2);
  });

  it.each([
    ["the token", withToken],
    ["an attempt we hold", ofHeld],
  ])("for %s is free twice an order and minute, then charged", async (_, caller) => {
    const ports = await syncingPorts(paid, [], new CountedBudget(1));
    expect(await times(4, caller, ports)).toEqual([...twice, "admitted", "refused"]);
    expect(await times(2, withToken, ports, otherOrder)).toEqual(twice);
    ports.clock.advance(minuteMs);
    expect(await times(2, caller, ports)).toEqual(twice);
  });

  it("on trust is free twenty times a minute in all", async () => {
    const ports = await syncingPorts(paid, [], new CountedBudget(0));
    for (let number = 1; number <= 10; number += 1)
      expect(await times(2, withToken, ports, createdOrder({ merchantUid: `ord-${number}` }))).toEqual(twice);
    expect(await times(1, withToken, ports)).toEqual(["refused"]);
    expect(await times(1, portone, ports)).toEqual(["admitted"]);
  });

  it.each<[string, Order, Signal["hint"]["impUid"], boolean]>([
    ["an invented payment", createdOrder(), "imp_9", true],
    ["an attempt that is still open", approvedOrder(), impUid, false],
  ])("gives no more trust this minute to anybody after %s", async (_, order, named, hasToken) => {
    const ports = await syncingPorts(order, [openRecord], new CountedBudget(0));
    await followSignal({ ...signal, hint: { tells: "change", impUid: named ?? "" }, hasToken }, call, ports);
    expect(await times(1, withToken, ports, otherOrder)).toEqual(["refused"]);
    ports.clock.advance(minuteMs);
    expect(await times(2, withToken, ports, otherOrder)).toEqual(twice);
  });

  it("charges for what was known before, of that order only", async () => {
    const ports = await syncingPorts(paid, [paymentRecord()], new CountedBudget(0));
    expect(await followSignal(signal, call, ports)).toMatchObject({ outcome: "unchanged" });
    expect(await times(1, withToken, ports)).toEqual(["refused"]);
    expect(await times(2, withToken, ports, otherOrder)).toEqual(twice);
  });

  it("is not lost by a payment that was paid for, nor while PortOne is silent", async () => {
    const ports = await syncingPorts(createdOrder(), [], new CountedBudget(1));
    await followSignal(signal, call, ports);
    ports.gateway.answers.push(silence);
    await followSignal({ ...signal, hasToken: true }, call, ports);
    expect(await times(1, withToken, ports)).toEqual(["on_trust"]);
  });

  it("of PortOne's own word is charged, not answered from memory, after that", async () => {
    const ports = await syncingPorts(createdOrder(), [], new CountedBudget(1));
    await times(30, portone, ports, createdOrder());
    ports.allowance.rememberUnknown("imp_9", ports.clock.nowMs());
    expect(await times(2, portone, ports, createdOrder())).toEqual(["admitted", "refused"]);
  });

  it("of PortOne's own word does not end with what PortOne does not know", async () => {
    const ports = await syncingPorts(createdOrder(), [], new CountedBudget(0));
    for (const _ of [1, 2])
      expect(await followSignal({ ...signal, isPortOne: true }, call, ports)).toMatchObject({
        isUnknown: true,
      });
    expect(ports.gateway.asked).toEqual([impUid, impUid]);
  });

  it("refused makes the order due now, whoever writes meanwhile", async () => {
    const order = lookedAtLater(approvedOrder(), laterMs);
    const ports = await syncingPorts(order);
    ports.store.interfere(touch, 4);
    const stamp = { by: "portone", atMs: nowMs } as const;
    expect(await leaveToSweep(order, stamp, ports)).toMatchObject({ dueAtMs: nowMs, lookNowAtMs: nowMs });
    ports.store.interfere((stored) => ({ ...stored, dueAtMs: laterMs }), 5);
    const beaten = await leaveToSweep({ ...(await storedOrder(ports)), dueAtMs: laterMs }, stamp, ports);
    expect(beaten).toMatchObject({ dueAtMs: laterMs });
  });
});

describe("a notice that could not be followed", () => {
  it("leaves the order due at once", async () => {
    const ports = await syncingPorts(lookedAtLater(approvedOrder(), laterMs), [paymentRecord()]);
    ports.gateway.answers.push(silence);
    expect(await receiveNotice(notice, call, ports)).toEqual(silence);
    expect(await storedOrder(ports)).toMatchObject({ state: "approved", dueAtMs: nowMs });
  });

  it("because others kept writing leaves it due as well", async () => {
    const ports = await syncingPorts(lookedAtLater(approvedOrder(), laterMs), [paymentRecord()]);
    ports.store.interfere(touch, 5);
    expect(await receiveNotice(notice, call, ports)).toMatchObject({ outcome: "busy" });
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: nowMs });
  });

  it("is told as before when the table is in trouble too: PortOne repeats it", async () => {
    const ports = await syncingPorts(lookedAtLater(approvedOrder(), laterMs), [paymentRecord()]);
    ports.gateway.answers.push(silence);
    ports.store.fail("update");
    expect(await receiveNotice(notice, call, ports)).toEqual(silence);
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: laterMs });
  });

  it("hides no mistake of our own", async () => {
    const ports = await syncingPorts(lookedAtLater(createdOrder(), laterMs), [paymentRecord()]);
    ports.gateway.answers.push(silence);
    ports.store.update = () => Promise.reject(new Error("broken"));
    await expect(receiveNotice(notice, call, ports)).rejects.toThrow("broken");
  });
});
