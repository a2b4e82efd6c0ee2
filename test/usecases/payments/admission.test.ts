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
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, type SyncingPorts, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const notice = { impUid, merchantUid, status: "paid", cancellationId: null, hasToken: false };
const browser = { merchantUid, hasToken: false };
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

  it("over the budget asks nobody and leaves the order due at once, written once", async () => {
    const ports = await withBudget(paid, 0);
    const nowMs = ports.clock.nowMs();
    expect(await knock(invented, ports)).toMatchObject({
      outcome: "deferred",
      order: { state: "paid", dueAtMs: nowMs, lookNowAtMs: nowMs, owedReads: [] },
    });
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
    expect(await knock(invented, ports)).toMatchObject({ outcome: "deferred", order: { state: "paid" } });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", dueAtMs: ports.clock.nowMs() });
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
    const ports = await withBudget(seen, 0, [cancelledRecord([cancelEntry("c-1", 9_000)])]);
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
    const told = await completePayment({ merchantUid, ...shown }, call, ports);
    expect(told).toMatchObject({ outcome: "unchanged", order: { state: order.state } });
    expect([ports.gateway.asked, ports.budget.charged, ports.store.updates]).toEqual([[], [], 0]);
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
