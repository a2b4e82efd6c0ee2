// May PortOne take the money? With each port failing in turn: whatever is in doubt is refused, and nothing
// is approved twice.

import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { confirmPayment } from "../../../lib/usecases/payments/confirm-payment.ts";
import { CountedBudget, silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  failedRecord,
  holds,
  lookedAtLater,
  minuteMs,
  openRecord,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const question = {
  merchantUid: "ord-20260805-000142",
  impUid: "imp_730112845061",
  amount: 109_000,
  hasToken: true,
  isPortOne: true,
};
const second = { ...question, impUid: "imp_730112845062" };
const fromElsewhere = { ...second, isPortOne: false };
const inTime = new AbortController().signal;

async function portsWith(order: Order | null, records: Parameters<typeof syncingPorts>[1] = [], left = 99) {
  const ports = await syncingPorts(order, records, new CountedBudget(left));
  return { ...ports, holds };
}

/** Somebody made up an attempt, which held the order in vain. */
const givenUp = (order: Order): Order =>
  synced(approvedOrder(order, "imp_8"), [], { isComplete: true, atMs: createdAtMs + 11 * minuteMs });

const touch = (order: Order): Order => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs });
const inProgress = { outcome: "refused", refusal: "attempt_in_progress" };

describe("confirm", () => {
  it("approves, and answers the same question alike without a second hold", async () => {
    const ports = await portsWith(createdOrder());
    expect(await confirmPayment(question, ports, inTime)).toEqual({ outcome: "approved" });
    expect(await confirmPayment(question, ports, inTime)).toEqual({ outcome: "already_approved" });
    expect(ports.store.updates).toBe(1);
    expect(await storedOrder(ports)).toMatchObject({ state: "approved", attempts: [{ state: "approved" }] });
  });

  it("knows no order, and no amount that is none", async () => {
    const ports = await portsWith(createdOrder());
    const other = { ...question, merchantUid: "ord-20260805-000143" };
    expect(await confirmPayment(other, ports, inTime)).toMatchObject({ refusal: "order_not_found" });
    for (const amount of [-1, 0.5, "109,000", ""])
      expect(await confirmPayment({ ...question, amount }, ports, inTime)).toEqual({ outcome: "malformed" });
    expect(await confirmPayment({ ...question, amount: "100" }, ports, inTime)).toMatchObject({
      refusal: "amount_mismatch",
    });
    expect(ports.store.updates).toBe(0);
  });

  it("decides again on what somebody else wrote, and gives up after three lost races", async () => {
    const ports = await portsWith(createdOrder());
    ports.store.interfere(touch, 2);
    expect(await confirmPayment(question, ports, inTime)).toEqual({ outcome: "approved" });
    const busy = await portsWith(createdOrder());
    busy.store.interfere(touch, 3);
    expect(await confirmPayment(question, busy, inTime)).toEqual(inProgress);
    expect((await storedOrder(busy)).attempts).toEqual([]);
  });

  it("takes its own write, whose answer was lost, for its yes", async () => {
    const ports = await portsWith(createdOrder());
    ports.store.loseNextAnswer();
    expect(await confirmPayment(question, ports, inTime)).toEqual({ outcome: "already_approved" });
    expect((await storedOrder(ports)).attempts).toHaveLength(1);
  });

  it("gives way to another window that was approved a moment before", async () => {
    const ports = await portsWith(createdOrder(), [{ ...openRecord, impUid: second.impUid }]);
    ports.store.interfere((order) => approvedOrder(order, second.impUid));
    expect(await confirmPayment(question, ports, inTime)).toEqual(inProgress);
    expect(await storedOrder(ports)).toMatchObject({ attempts: [{ impUid: second.impUid }] });
  });

  it.each(["read", "update"] as const)("decides nothing when the table fails at %s", async (call) => {
    const ports = await portsWith(createdOrder());
    ports.store.fail(call);
    await expect(confirmPayment(question, ports, inTime)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toEqual(createdOrder());
  });
});

describe("confirm while another attempt holds the order (S34)", () => {
  it.each([
    ["does not answer", null],
    ["shows an open window", openRecord],
    ["shows a status nobody can read", { ...openRecord, status: "unrecognised" as const }],
  ])("refuses when PortOne %s", async (_, record) => {
    const ports = await portsWith(approvedOrder(), record ? [record] : []);
    if (!record) ports.gateway.answers.push(silence);
    expect(await confirmPayment(second, ports, inTime)).toEqual(inProgress);
    expect(ports.gateway.asked).toEqual([question.impUid]);
    expect(await storedOrder(ports)).toEqual(approvedOrder());
  });

  it.each([
    ["failed", failedRecord],
    ["ended without money", { ...failedRecord, status: "cancelled" as const }],
  ])("approves when PortOne says that it %s", async (_, record) => {
    const ports = await portsWith(approvedOrder(), [record]);
    expect(await confirmPayment(second, ports, inTime)).toEqual({ outcome: "approved" });
    expect(await storedOrder(ports)).toMatchObject({
      attempts: [
        { impUid: question.impUid, state: "failed" },
        { impUid: second.impUid, state: "approved" },
      ],
    });
  });

  it("refuses when PortOne says that it paid, and leaves the order due at once", async () => {
    const notDue = lookedAtLater(approvedOrder(), createdAtMs + 10 * minuteMs);
    const ports = await portsWith(notDue, [paymentRecord()]);
    expect(await confirmPayment(second, ports, inTime)).toEqual(inProgress);
    expect(await storedOrder(ports)).toMatchObject({ state: "approved", dueAtMs: ports.clock.nowMs() });
  });

  it("refuses alike when that write is lost to somebody else's", async () => {
    const notDue = lookedAtLater(approvedOrder(), createdAtMs + 10 * minuteMs);
    const ports = await portsWith(notDue, [paymentRecord()]);
    ports.store.interfere(touch);
    expect(await confirmPayment(second, ports, inTime)).toEqual(inProgress);
  });

  it("puts its one question once, and only as long as the caller waits", async () => {
    const ports = await portsWith(approvedOrder(), [openRecord]);
    const deadline = new AbortController();
    await confirmPayment(second, ports, deadline.signal);
    const [options] = ports.gateway.askedWith;
    expect(options).toMatchObject({ triesOnce: true });
    deadline.abort();
    expect(options?.signal?.aborted).toBe(true);
  });
});

describe("confirm of an order that a made-up attempt holds", () => {
  const made = (impUid: string) => ({ ...question, impUid, isPortOne: false });
  const real = { ...openRecord, impUid: second.impUid };
  const later = async (ports: Awaited<ReturnType<typeof portsWith>>, ms: number) => ports.clock.advance(ms);
  const held = () => portsWith(createdOrder(), [real]);
  const states = async (ports: Awaited<ReturnType<typeof portsWith>>) =>
    (await storedOrder(ports)).attempts.map(({ impUid, state }) => `${impUid} ${state}`);

  it("refuses while PortOne may not show it yet, and gives it up once it would", async () => {
    const ports = await held();
    await confirmPayment(made("imp_8"), ports, inTime);
    await later(ports, minuteMs - 1);
    expect(await confirmPayment(second, ports, inTime)).toEqual(inProgress);
    expect(await states(ports)).toEqual(["imp_8 approved"]);
    await later(ports, 1);
    expect(await confirmPayment(second, ports, inTime)).toEqual({ outcome: "approved" });
    expect(await states(ports)).toEqual(["imp_8 abandoned", `${second.impUid} approved`]);
    expect(ports.gateway.asked).toEqual(["imp_8", "imp_8"]);
  });

  it("takes only the first that asks at his word, and then nobody but who has a payment", async () => {
    const ports = await held();
    for (const impUid of ["imp_8", "imp_9"]) {
      await confirmPayment(made(impUid), ports, inTime);
      await later(ports, minuteMs);
    }
    const undecided = { outcome: "refused", refusal: "not_decided" };
    expect(await confirmPayment(made("imp_10"), ports, inTime)).toEqual(undecided);
    expect(await states(ports)).toEqual(["imp_8 abandoned", "imp_9 abandoned"]);
    for (const impUid of ["imp_11", "imp_12"])
      expect(await confirmPayment({ ...fromElsewhere, impUid }, ports, inTime)).toEqual(undecided);
    expect(await confirmPayment(fromElsewhere, ports, inTime)).toEqual({ outcome: "approved" });
    expect(ports.gateway.asked).toEqual(["imp_8", "imp_9", "imp_11", "imp_12", second.impUid]);
  });

  it("takes PortOne at its word, as its address says who it is", async () => {
    const ports = await portsWith(givenUp(createdOrder()), []);
    expect(await confirmPayment(made("imp_9"), ports, inTime)).toMatchObject({ refusal: "not_decided" });
    expect(await confirmPayment(second, ports, inTime)).toEqual({ outcome: "approved" });
    const again = await held();
    for (const impUid of ["imp_8", "imp_9"]) {
      await confirmPayment(made(impUid), again, inTime);
      await later(again, minuteMs);
    }
    expect(await confirmPayment(second, again, inTime)).toEqual({ outcome: "approved" });
  });

  it.each<[string, Partial<PaymentRecord>]>([
    ["is another order's", { merchantUid: "ord-other" }],
    ["has failed", { status: "failed" }],
    ["was paid already", { status: "paid", paidAtMs: createdAtMs }],
  ])("does not take a payment that %s for one", async (_, more) => {
    const ports = await portsWith(givenUp(createdOrder()), [{ ...real, ...more }]);
    expect(await confirmPayment(fromElsewhere, ports, inTime)).toEqual({
      outcome: "refused",
      refusal: "not_decided",
    });
  });

  it("is undecided while PortOne does not answer", async () => {
    const ports = await portsWith(givenUp(createdOrder()), [real]);
    ports.gateway.answers.push(silence);
    expect(await confirmPayment(fromElsewhere, ports, inTime)).toEqual({
      outcome: "refused",
      refusal: "not_decided",
    });
    expect(await confirmPayment(fromElsewhere, ports, inTime)).toEqual({ outcome: "approved" });
  });
});

describe("confirm's one question is admitted as any other", () => {
  const notDue = () => lookedAtLater(approvedOrder(), createdAtMs + 10 * minuteMs);

  it("on trust once where it brought nothing, then charged, then left to the sweep, written once", async () => {
    const ports = await portsWith(notDue(), [openRecord], 1);
    for (const _ of [1, 2, 3, 4])
      expect(await confirmPayment(fromElsewhere, ports, inTime)).toEqual(inProgress);
    expect(ports.gateway.asked).toHaveLength(2);
    expect(ports.budget.charged).toHaveLength(3);
    expect(ports.store.updates).toBe(1);
    expect(await storedOrder(ports)).toMatchObject({ state: "approved", dueAtMs: ports.clock.nowMs() });
  });

  it("and where the holder was made up, which ends trust though the next is approved", async () => {
    const ports = await portsWith(approvedOrder());
    ports.clock.advance(2 * minuteMs);
    expect(await confirmPayment(fromElsewhere, ports, inTime)).toEqual({ outcome: "approved" });
    expect(ports.gateway.asked).toEqual([question.impUid]);
    expect(ports.allowance.takeOnTrust("ord-20260805-000143", ports.clock.nowMs())).toBe(false);
  });

  it("and PortOne's own are let in beside it", async () => {
    const ports = await portsWith(notDue(), [openRecord], 0);
    for (const _ of [1, 2, 3]) await confirmPayment(fromElsewhere, ports, inTime);
    ports.gateway.records = [failedRecord];
    expect(await confirmPayment(second, ports, inTime)).toEqual({ outcome: "approved" });
  });

  it("is charged without a token, and not asked twice what PortOne did not know", async () => {
    const ports = await portsWith(givenUp(createdOrder()), [], 9);
    const anybody = { ...fromElsewhere, hasToken: false };
    for (const _ of [1, 2])
      expect(await confirmPayment(anybody, ports, inTime)).toEqual({
        outcome: "refused",
        refusal: "not_decided",
      });
    expect(ports.gateway.asked).toEqual([second.impUid]);
    expect(ports.budget.charged).toHaveLength(1);
  });

  it("decides nothing when the budget does not answer", async () => {
    const ports = await portsWith(approvedOrder(), [openRecord]);
    ports.budget.take = () => Promise.reject(new StorageUnavailableError("budget: down"));
    const anybody = { ...fromElsewhere, hasToken: false };
    await expect(confirmPayment(anybody, ports, inTime)).rejects.toThrow(StorageUnavailableError);
  });

  it("costs an order that is due already no write", async () => {
    const ports = await portsWith(approvedOrder(), [paymentRecord()]);
    expect(await confirmPayment(second, ports, inTime)).toEqual(inProgress);
    expect(ports.store.updates).toBe(0);
  });
});
