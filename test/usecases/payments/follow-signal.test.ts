// What notice, browser and redirect share: who is admitted, what is known already, and what is owed when it fails.
import { describe, expect, it } from "vitest";
import { isAdmitted, leaveToSweep } from "../../../lib/usecases/payments/admission.ts";
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
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, hurriedCall, storedOrder, syncingPorts, touch } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const paid = synced(approvedOrder(), [paymentRecord()]);
const signal: Signal = {
  merchantUid,
  hint: { tells: "change", impUid },
  by: "portone",
  hasToken: false,
  mayMoveMoney: true,
};
const notice = { merchantUid, impUid, status: "paid", cancellationId: null, hasToken: true };
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
  it.each([
    ["with our token", { impUid: "imp_9", hasToken: true }, 0, true, 0],
    ["naming an attempt we hold", { impUid, hasToken: false }, 0, true, 0],
    ["naming none", { impUid: null, hasToken: false }, 0, true, 0],
    ["naming another while the budget lasts", { impUid: "imp_9", hasToken: false }, 1, true, 1],
    ["naming another over the budget", { impUid: "imp_9", hasToken: false }, 0, false, 1],
  ])("of a caller %s", async (_, caller, left, admitted, charged) => {
    const ports = await syncingPorts(paid, [], new CountedBudget(left));
    expect(await isAdmitted(paid, caller, ports)).toBe(admitted);
    expect(ports.budget.charged).toHaveLength(charged);
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
