// Who may make us ask PortOne: notices and browsers before one gate, its budget and its table failing.

import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { completePayment } from "../../../lib/usecases/payments/complete-payment.ts";
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
import { call, type SyncingPorts, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const stranger = { hasToken: false, isPortOne: false };
const notice = { impUid, merchantUid, status: "paid", cancellationId: null, ...stranger };
const browser = { merchantUid, ...stranger };
const paid = synced(approvedOrder(), [paymentRecord()]);
const invented = "imp_000000000001";

type Knock = (impUid: string, ports: SyncingPorts) => ReturnType<typeof completePayment>;
const doors: readonly (readonly [string, Knock])[] = [
  ["a notice", (named, ports) => receiveNotice({ ...notice, impUid: named }, call, ports)],
  ["a browser", (named, ports) => completePayment({ ...browser, impUid: named }, call, ports)],
];

const withBudget = (order: Order | null, left: number, records = [paymentRecord()]) =>
  syncingPorts(order, records, new CountedBudget(left));

describe.each(doors)("%s", (_, knock) => {
  it("of an attempt we hold is let in without a charge", async () => {
    const ports = await withBudget(approvedOrder(), 0);
    expect(await knock(impUid, ports)).toMatchObject({ outcome: "synced", order: { state: "paid" } });
    expect(ports.budget.charged).toEqual([]);
  });

  it("of an unknown attempt is charged, and syncs while the budget lasts", async () => {
    const ports = await withBudget(createdOrder(), 1);
    expect(await knock(impUid, ports)).toMatchObject({ outcome: "synced", order: { state: "paid" } });
    expect(ports.budget.charged).toEqual([merchantUid]);
  });

  it("of an unknown order is not even charged", async () => {
    const ports = await withBudget(null, 1);
    expect(await knock(impUid, ports)).toEqual({ outcome: "order_not_found" });
    expect([ports.budget.charged, ports.gateway.asked]).toEqual([[], []]);
  });

  it("over the budget asks nobody, tells nothing and leaves the order due at once, written once", async () => {
    const ports = await withBudget(paid, 0);
    const nowMs = ports.clock.nowMs();
    expect(await knock(invented, ports)).toEqual({ outcome: "turned_away" });
    const due = { state: "paid", dueAtMs: nowMs, lookNowAtMs: nowMs, owedReads: [] };
    expect(await storedOrder(ports)).toMatchObject(due);
    await knock(invented, ports);
    ports.clock.advance(minuteMs);
    await knock(invented, ports);
    expect(ports.store.updates).toBe(1);
    expect(ports.gateway.asked).toEqual([]);
  });

  it("over the budget keeps what somebody else wrote meanwhile", async () => {
    const order = approvedOrder();
    const ports = await withBudget(lookedAtLater(order, createdAtMs + 10 * minuteMs), 0);
    ports.store.interfere((order) => synced(order, [paymentRecord()]));
    expect(await knock(invented, ports)).toEqual({ outcome: "turned_away" });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", dueAtMs: ports.clock.nowMs() });
  });

  it("of an attempt we hold is told the stored state over the budget", async () => {
    const ports = await withBudget(approvedOrder(), 0, [openRecord]);
    expect(await knock(impUid, ports)).toMatchObject({ outcome: "unchanged" });
    expect(await knock(impUid, ports)).toMatchObject({ outcome: "deferred", order: { state: "approved" } });
    expect(ports.gateway.asked).toEqual([impUid]);
  });

  it("of a payment that PortOne does not know is not asked about again for a minute", async () => {
    const ports = await withBudget(createdOrder(), 9, []);
    const unknown = { outcome: "not_this_orders_payment", isUnknown: true };
    for (const ms of [0, minuteMs - 1, 1]) {
      ports.clock.advance(ms);
      expect(await knock(invented, ports)).toEqual(unknown);
    }
    expect(ports.gateway.asked).toEqual([invented, invented]);
    expect(ports.budget.charged).toHaveLength(2);
  });

  it("of another order's payment is asked about again", async () => {
    const ports = await withBudget(createdOrder(), 9, [paymentRecord({ merchantUid: "ord-other" })]);
    const anothers = { outcome: "not_this_orders_payment", isUnknown: false };
    for (const _ of [1, 2]) expect(await knock(impUid, ports)).toEqual(anothers);
    expect(ports.gateway.asked).toEqual([impUid, impUid]);
  });

  it("is not answered at all when the budget cannot be read", async () => {
    const ports = await withBudget(createdOrder(), 1);
    ports.budget.take = () => Promise.reject(new StorageUnavailableError("budget: down"));
    await expect(knock(impUid, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.gateway.asked).toEqual([]);
  });

  it("is not answered when being due could not be written", async () => {
    const ports = await withBudget(paid, 0);
    ports.store.fail("read");
    await expect(knock(invented, ports)).rejects.toThrow(StorageUnavailableError);
    ports.store.fail("update");
    await expect(knock(invented, ports)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: null });
  });

  it("is undecided while PortOne does not answer", async () => {
    const ports = await withBudget(approvedOrder(), 9);
    ports.gateway.answers.push(silence);
    expect(await knock(impUid, ports)).toEqual(silence);
  });
});

describe("a notice", () => {
  it("with the order's token is never charged", async () => {
    const ports = await withBudget(createdOrder(), 0);
    expect(await receiveNotice({ ...notice, hasToken: true }, call, ports)).toMatchObject({
      order: { state: "paid" },
    });
    expect(ports.budget.charged).toEqual([]);
  });

  it("of a cancel that is counted asks nobody, of another one it does", async () => {
    const seen = synced(paid, [cancelledRecord([cancelEntry("c-1", 9_000)])]);
    const ports = await withBudget(seen, 1, [cancelledRecord([cancelEntry("c-1", 9_000)])]);
    const told = { ...notice, status: "cancelled", cancellationId: "c-1" };
    expect(await receiveNotice(told, call, ports)).toMatchObject({ outcome: "unchanged" });
    expect(ports.gateway.asked).toEqual([]);
    expect(await receiveNotice({ ...told, cancellationId: "c-2" }, call, ports)).toMatchObject({
      outcome: "unchanged",
    });
    expect(ports.gateway.asked).toEqual([impUid]);
    await receiveNotice({ ...told, cancellationId: null }, call, ports);
    expect(ports.gateway.asked).toEqual([impUid, impUid]);
  });

  it("does not believe the status it carries", async () => {
    const ports = await withBudget(approvedOrder(), 0);
    const told = { ...notice, status: "failed" };
    expect(await receiveNotice(told, call, ports)).toMatchObject({ order: { state: "paid" } });
  });
});

describe("a browser", () => {
  it.each([
    ["with the order's token and without a payment", createdOrder(), { impUid: null, hasToken: true }],
    ["back from the payment that paid", paid, { impUid, hasToken: false }],
  ])("%s is told the stored state, and nobody is asked", async (_, order, shown) => {
    const ports = await withBudget(order, 0);
    const told = await completePayment({ merchantUid, isPortOne: false, ...shown }, call, ports);
    expect(told).toMatchObject({ outcome: "unchanged", order: { state: order.state } });
    expect([ports.gateway.asked, ports.budget.charged, ports.store.updates]).toEqual([[], [], 0]);
  });

  it("with the order's token is let in on trust, and told the stored state when that is used up", async () => {
    const ports = await withBudget(createdOrder(), 0, []);
    const shown = { ...browser, hasToken: true, impUid: invented };
    expect(await completePayment(shown, call, ports)).toMatchObject({ outcome: "not_this_orders_payment" });
    const told = { outcome: "deferred", order: { state: "created" } };
    expect(await completePayment(shown, call, ports)).toMatchObject(told);
    expect(ports.gateway.asked).toEqual([invented]);
  });

  it("that shows neither a payment nor the token learns nothing of the order", async () => {
    const ports = await withBudget(paid, 9);
    expect(await completePayment({ ...browser, impUid: null }, call, ports)).toEqual({
      outcome: "order_not_found",
    });
    expect(ports.gateway.asked).toEqual([]);
  });

  it("never moves money, whatever is wanted", async () => {
    const second = paymentRecord({ impUid: "imp_2" });
    const ports = await withBudget(paid, 9, [paymentRecord(), second]);
    expect(await completePayment({ ...browser, impUid: "imp_2" }, call, ports)).toMatchObject({
      order: { attempts: [{ giveBack: null }, { giveBack: "wanted" }] },
    });
    expect(ports.money.sent).toEqual([]);
  });
});
