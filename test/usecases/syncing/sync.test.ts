// The one way to learn the truth, with each of its ports failing in turn.

import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { sendCancel } from "../../../lib/usecases/syncing/send-cancel.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import {
  call,
  cancelOf,
  orderWithClaimedRefund,
  orderWithUnknownRefund,
  storedOrder,
  syncingPorts,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const byNotice = { merchantUid, impUid, by: "portone" as const, mayMoveMoney: false };
const bySweep = { merchantUid, impUid: null, by: "sweep" as const, mayMoveMoney: false };

/** Another invocation writes something that matters to nobody. */
const touch = (order: Order): Order => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs });

describe("sync", () => {
  it("pays the order by PortOne's record, once", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({
      outcome: "synced",
      order: { state: "paid" },
    });
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({
      outcome: "unchanged",
      order: { state: "paid" },
    });
    expect(ports.store.updates).toBe(1);
  });

  it("asks nobody about an order it does not know", async () => {
    const ports = await syncingPorts(null, [paymentRecord()]);
    expect(await syncOrder(byNotice, call, ports)).toEqual({ outcome: "order_not_found" });
    expect(ports.gateway.asked).toEqual([]);
  });

  it.each([
    ["one attempt", byNotice],
    ["all attempts", bySweep],
  ])("writes nothing while PortOne does not answer about %s", async (_, request) => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.gateway.answers.push(silence);
    expect(await syncOrder(request, call, ports)).toEqual(silence);
    expect(await storedOrder(ports)).toEqual(approvedOrder());
  });

  it.each([
    ["an attempt PortOne does not know", [], true],
    ["a payment of another order (S11)", [paymentRecord({ merchantUid: "ord-20260805-000143" })], false],
  ])("syncs nothing by %s", async (_, records, isUnknown) => {
    const ports = await syncingPorts(approvedOrder(), records);
    expect(await syncOrder(byNotice, call, ports)).toEqual({ outcome: "not_this_orders_payment", isUnknown });
    expect(await storedOrder(ports)).toEqual(approvedOrder());
  });

  it("syncs nothing when PortOne answers with another payment than asked for", async () => {
    const ports = await syncingPorts(approvedOrder());
    const record = paymentRecord({ impUid: "imp_999999999999" });
    ports.gateway.answers.push({ outcome: "found", record, records: [] });
    expect(await syncOrder(byNotice, call, ports)).toEqual({
      outcome: "not_this_orders_payment",
      isUnknown: false,
    });
  });

  it("never takes a test-channel payment for one of the order (S12)", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord({ sandbox: true })]);
    await syncOrder(bySweep, call, ports);
    expect(await storedOrder(ports)).toMatchObject({
      state: "approved",
      impUid: null,
      reviewReason: "sandbox_payment",
    });
    const accepting = { ...ports, policy: { ...ports.policy, acceptsSandbox: true } };
    expect(await syncOrder(bySweep, call, accepting)).toMatchObject({ order: { state: "paid" } });
  });
});

describe("sync against others", () => {
  it("reads PortOne again after each lost race, never the answer it had", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.interfere(touch, 2);
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({
      outcome: "synced",
      order: { state: "paid" },
    });
    expect(ports.gateway.asked).toEqual([impUid, impUid, impUid]);
  });

  it("says after five lost races that others are at it, with the order as it is", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.interfere(touch, 5);
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({
      outcome: "busy",
      order: { state: "approved", version: 6 },
    });
  });

  it("writes nothing when the winner has synced the same", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.interfere((order) => synced(order, [paymentRecord()]));
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({
      outcome: "unchanged",
      order: { state: "paid" },
    });
    expect(ports.store.updates).toBe(1);
  });

  it("keeps the cancel that the winner has seen and its own record lacks (S40)", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.interfere((order) => synced(order, [cancelledRecord([cancelEntry("c-1", 9_000)])]));
    const { order } = (await syncOrder(byNotice, call, ports)) as { order: Order };
    expect(order).toMatchObject({
      state: "partially_refunded",
      attempts: [{ cancels: [{ amount: 9_000 }] }],
    });
  });

  it("takes its own write, whose answer was lost, for what it is", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.loseNextAnswer();
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({
      outcome: "unchanged",
      order: { state: "paid" },
    });
    expect((await storedOrder(ports)).history.filter(({ to }) => to === "paid")).toHaveLength(1);
  });

  it("stops asking when the winner's write answers the caller", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.interfere((order) => synced(order, [paymentRecord()]));
    const hint = { tells: "return" as const, impUid };
    expect(await syncOrder({ ...byNotice, hint }, call, ports)).toMatchObject({ outcome: "unchanged" });
    expect(ports.gateway.asked).toEqual([impUid]);
  });
});

describe("sync without its table", () => {
  it("fails before it asks anybody when the order cannot be read", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.fail("read");
    await expect(syncOrder(byNotice, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.gateway.asked).toEqual([]);
  });

  it("fails when it cannot write, and the next one syncs", async () => {
    const ports = await syncingPorts(approvedOrder(), [paymentRecord()]);
    ports.store.fail("update");
    await expect(syncOrder(byNotice, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(await syncOrder(byNotice, call, ports)).toMatchObject({ order: { state: "paid" } });
  });
});

describe("sync with a cancel in flight", () => {
  it("finds it in PortOne's record and keeps its refund before the slot is free", async () => {
    const ports = await syncingPorts(null, [
      cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]),
    ]);
    await ports.store.create(orderWithUnknownRefund());
    ports.store.fail("update");
    await expect(syncOrder(bySweep, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.refunds.kept).toMatchObject([{ refundId: "rf_1", state: "succeeded" }]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { id: "rf_1" } });

    expect(await syncOrder(bySweep, call, ports)).toMatchObject({
      order: { state: "partially_refunded", cancel: null },
    });
    expect(ports.refunds.kept).toHaveLength(1);
  });

  it("sends nothing again for a caller that may not move money", async () => {
    const ports = await syncingPorts(null, [paymentRecord()]);
    await ports.store.create(orderWithUnknownRefund());
    ports.clock.advance(11 * minuteMs);
    await syncOrder(bySweep, call, ports);
    expect(ports.money.sent).toEqual([]);
  });

  it("sends once more after QUIET, and only by the one whose claim was written", async () => {
    const ports = await syncingPorts(null, [paymentRecord()]);
    await ports.store.create(orderWithUnknownRefund());
    ports.clock.advance(11 * minuteMs);
    const request = { ...bySweep, mayMoveMoney: true };
    await Promise.all([
      syncOrder(request, call, ports),
      syncOrder(request, call, ports),
      syncOrder(request, call, ports),
    ]);
    expect(ports.money.sent).toMatchObject([
      { amount: 20_000, checksum: 109_000, reason: "#k7q2m5xwa 단순 변심" },
    ]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown", sends: 2 } });
  });

  it.each(["a repeat that met its own write", "no answer"])(
    "sends once more when its claim was written, though its answer was lost: %s",
    async (how) => {
      const ports = await syncingPorts(orderWithUnknownRefund(), [paymentRecord()]);
      ports.clock.advance(11 * minuteMs);
      if (how === "no answer") ports.store.leaveUnanswered("lands");
      else ports.store.loseNextAnswer();
      await syncOrder({ ...bySweep, mayMoveMoney: true }, call, ports);
      expect(ports.money.sent).toHaveLength(1);
      expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown", sends: 2 } });
    },
  );

  it("does not send once more while nobody can read whether its claim stands", async () => {
    const ports = await syncingPorts(orderWithUnknownRefund(), [paymentRecord()]);
    ports.clock.advance(11 * minuteMs);
    ports.store.fail("update", "update");
    const request = { ...bySweep, mayMoveMoney: true };
    await expect(syncOrder(request, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.money.sent).toEqual([]);
  });

  it("concludes nothing from attempts that lack the one it was sent for", async () => {
    const ports = await syncingPorts(null, [{ ...failedRecord, impUid: "imp_2" }]);
    await ports.store.create(orderWithUnknownRefund());
    ports.clock.advance(60 * minuteMs);
    await syncOrder({ ...bySweep, mayMoveMoney: true }, call, ports);
    expect(ports.money.sent).toEqual([]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { id: "rf_1", sends: 1 } });
  });
});

it("a cancel that shows up after its refund was refused is ours, and a person hears of it", async () => {
  const ports = await syncingPorts(orderWithClaimedRefund(), [paymentRecord()]);
  ports.money.cancels.push({ outcome: "refused", message: "취소할 수 없습니다." });
  const claimed = await storedOrder(ports);
  const sender = { by: "merchant", key: null, requestId: "r-1", account: null } as const;
  expect(await sendCancel(claimed, cancelOf(claimed), sender, ports)).toMatchObject({ state: "refused" });
  ports.gateway.records = [cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")])];
  ports.clock.advance(10 * minuteMs);
  expect(await syncOrder(bySweep, call, ports)).toMatchObject({
    order: {
      state: "partially_refunded",
      reviewReason: "operation_unresolved",
      attempts: [{ cancels: [{ refundId: "rf_1", taxFree: 550 }] }],
    },
  });
  const { updates } = ports.store;
  await syncOrder(bySweep, call, ports);
  expect(ports.store.updates).toBe(updates);
});

it("an order nothing happened to is left as it is", async () => {
  const ports = await syncingPorts(createdOrder(), []);
  await syncOrder(byNotice, call, ports);
  expect(await storedOrder(ports)).toEqual(createdOrder());
});
