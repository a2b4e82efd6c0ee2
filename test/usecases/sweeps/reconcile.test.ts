// The sweep, with its list, its table and PortOne failing: one item's trouble is not the others', and
// whatever is not finished keeps a next look.

import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { type DueItem, type ExternalSale, StorageUnavailableError } from "../../../lib/ports/table.ts";
import { type ReconcilePorts, reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  openRecord,
  paymentRecord,
} from "../../support/orders.ts";
import { call, orderWithUnknownRefund, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const sweep = { stopBelowMs: 10_000 };
const nothing = {
  taken: 0,
  synced: 0,
  resumed: 0,
  expired: 0,
  review: 0,
  errors: 0,
  left: 0,
  stopped: "done",
};

const notAsked = () => Promise.reject(new Error("not asked here"));

/** The order is due in its third minute, and so is whatever else is named. */
async function portsWith(order: Order | null, more: readonly string[] = [], records = [paymentRecord()]) {
  const ports = await syncingPorts(order, records);
  const names = [...(order ? [order.merchantUid] : []), ...more];
  const listed: DueItem[] = names.map((name) => ({ kind: "order", merchantUid: name }));
  const others: Omit<ReconcilePorts, keyof typeof ports> = {
    due: { listDue: async () => listed },
    sales: { readSale: async () => null, writeSale: notAsked },
    receipts: {
      login: async () => silence,
      issueReceipt: notAsked,
      cancelReceipt: notAsked,
      fetchReceipt: async () => silence,
    },
    charges: {
      login: async () => silence,
      chargeOnce: notAsked,
      chargeKey: notAsked,
      retrySchedule: notAsked,
      issueAccount: notAsked,
    },
    deliveries: { readDelivery: async () => null, writeDelivery: notAsked },
    parcels: { register: notAsked, fetchDelivery: async () => silence },
    noticeUrlFor: (name) => `https://pay.shop.example/portone/notice/${name}`,
    random: () => 0,
  };
  return { ...ports, ...others, listed };
}

const second = "ord-20260805-000143";
const secondRecord = paymentRecord({ merchantUid: second, impUid: "imp_730112845062" });
const secondOrder = () => approvedOrder(createdOrder({ merchantUid: second }), "imp_730112845062");

describe("the sweep", () => {
  it("syncs what is due and reports it", async () => {
    const ports = await portsWith(approvedOrder());
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, taken: 1, synced: 1 });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", dueAtMs: null, looks: 0 });
    expect(ports.gateway.asked).toEqual([merchantUid]);
  });

  it("has nothing to do", async () => {
    expect(await reconcile(sweep, call, await portsWith(null))).toEqual(nothing);
  });

  it("takes the index for a hint: gone, not due yet, and at rest are passed over", async () => {
    const later = createdOrder({ merchantUid: second, dueAtMs: createdAtMs + 60 * minuteMs });
    const ports = await portsWith(createdOrder({ dueAtMs: null }), [second, "ord-nobody"]);
    await ports.store.create(later);
    expect(await reconcile(sweep, call, ports)).toEqual(nothing);
    expect([ports.store.updates, ports.gateway.asked]).toEqual([0, []]);
  });

  it("fails as a whole when nobody knows what is due", async () => {
    const ports = await portsWith(approvedOrder());
    ports.due.listDue = () => Promise.reject(new StorageUnavailableError("query: down"));
    await expect(reconcile(sweep, call, ports)).rejects.toThrow(StorageUnavailableError);
  });

  it("counts an order that expires, and an operation that it finished", async () => {
    const late = await portsWith(createdOrder(), [], []);
    late.clock.advance(30 * minuteMs);
    expect(await reconcile(sweep, call, late)).toMatchObject({ taken: 1, synced: 1, expired: 1 });

    const tagged = cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]);
    const unknown = await portsWith(orderWithUnknownRefund(), [], [tagged]);
    unknown.clock.advance(minuteMs);
    expect(await reconcile(sweep, call, unknown)).toMatchObject({ taken: 1, resumed: 1, errors: 0 });
  });
});

describe("one item's trouble", () => {
  it.each([
    ["its read", ["read"]],
    ["its claim", ["update"]],
  ] as const)("is not the next one's: the table fails at %s", async (_, failing) => {
    const ports = await portsWith(approvedOrder(), [second], [paymentRecord(), secondRecord]);
    await ports.store.create(secondOrder());
    ports.store.fail(...failing);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ errors: 1, synced: 1 });
    expect(await storedOrder(ports)).toEqual(approvedOrder());
    expect((await storedOrder(ports, second)).state).toBe("paid");
  });

  it("is not the next one's: PortOne's answer makes it throw", async () => {
    const ports = await portsWith(approvedOrder(), [second], [paymentRecord(), secondRecord]);
    await ports.store.create(secondOrder());
    const find = ports.gateway.findPayments.bind(ports.gateway);
    ports.gateway.findPayments = (name) =>
      name === merchantUid ? Promise.reject(new Error("broken")) : find(name);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 2, errors: 1, synced: 1 });
    // It was claimed, so it is not taken again at once.
    expect(await storedOrder(ports)).toMatchObject({ looks: 1, dueAtMs: ports.clock.nowMs() + minuteMs });
    expect((await storedOrder(ports, second)).state).toBe("paid");
  });

  it("is an error while PortOne does not answer, and its next rung is set", async () => {
    const ports = await portsWith(approvedOrder());
    ports.gateway.answers.push(silence);
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, taken: 1, errors: 1 });
    expect(await storedOrder(ports)).toMatchObject({
      state: "approved",
      looks: 1,
      dueAtMs: ports.clock.nowMs() + minuteMs,
    });
  });
});

describe("the claim", () => {
  it("lost to another sweep leaves the item to it", async () => {
    const ports = await portsWith(approvedOrder());
    ports.store.interfere((order) => changeOrder(order, { looks: 1 }, { by: "sweep", atMs: createdAtMs }));
    expect(await reconcile(sweep, call, ports)).toEqual(nothing);
    expect(ports.gateway.asked).toEqual([]);
  });

  it("is made by one of many sweeps", async () => {
    const ports = await portsWith(approvedOrder());
    const reports = await Promise.all([1, 2, 3, 4].map(() => reconcile(sweep, call, ports)));
    expect(reports.map(({ taken }) => taken).sort()).toEqual([0, 0, 0, 1]);
    expect(ports.gateway.asked).toEqual([merchantUid]);
  });

  it("climbs the ladder, rung by rung, a little early by chance", async () => {
    const ports = await portsWith(approvedOrder(), [], [openRecord]);
    const rungs = [1, 5, 15, 30, 120, 1440, 1440, 1440, 1440, 1440].map((minutes) => minutes * minuteMs);
    const waits: number[] = [];
    for (const _ of rungs) {
      ports.gateway.answers.push(silence);
      await reconcile(sweep, call, ports);
      const { dueAtMs } = await storedOrder(ports);
      waits.push((dueAtMs ?? 0) - ports.clock.nowMs());
      ports.clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual(rungs);

    const early = await portsWith(approvedOrder());
    early.gateway.answers.push(silence);
    await reconcile(sweep, call, { ...early, random: () => 1 });
    expect((await storedOrder(early)).dueAtMs).toBe(early.clock.nowMs() + 54_000);
  });

  it("after the last rung is a person's, who is told once; the looks go on", async () => {
    const ports = await portsWith({ ...approvedOrder(), looks: 10 });
    ports.gateway.answers.push(silence);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, errors: 1 });
    const marked = await storedOrder(ports);
    expect(marked).toMatchObject({ state: "approved", reviewReason: "operation_unresolved" });
    expect(marked.dueAtMs).toBe(ports.clock.nowMs() + 24 * 60 * minuteMs);
    ports.clock.advance(24 * 60 * minuteMs);
    ports.gateway.answers.push(silence);
    await reconcile(sweep, call, ports);
    expect((await storedOrder(ports)).history).toEqual(marked.history);
  });

  it("counts an order that its last rung brought into review", async () => {
    const ports = await portsWith({ ...approvedOrder(), looks: 10 });
    ports.gateway.answers.push(silence);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ review: 1 });
  });
});

it("the deadline leaves the rest to the next minute, untouched", async () => {
  const ports = await portsWith(approvedOrder(), [second, "ord-20260805-000144"]);
  await ports.store.create(secondOrder());
  let looks = 0;
  const timeLeftMs = () => {
    looks += 1;
    return looks <= 1 ? 25_000 : 10_000;
  };
  expect(await reconcile(sweep, { ...call, timeLeftMs }, ports)).toMatchObject({
    taken: 1,
    left: 2,
    stopped: "deadline",
  });
  expect(await storedOrder(ports, second)).toEqual(secondOrder());
});

describe("a sale outside PortOne", () => {
  const sale = (more: Partial<ExternalSale> = {}): ExternalSale => ({
    merchantUid: "sale-1",
    slot: { receipt: null, operation: null },
    dueAtMs: createdAtMs,
    looks: 0,
    version: 1,
    ...more,
  });

  async function portsWithSale(stored: ExternalSale | null) {
    const ports = await portsWith(null);
    ports.listed.push({ kind: "external_sale", merchantUid: "sale-1" });
    const written: unknown[] = [];
    ports.sales.readSale = async () => stored;
    ports.sales.writeSale = async (_, next) => {
      written.push(next);
      return { outcome: "conflict", sale: { ...next, version: 9 } };
    };
    return { ports, written };
  }

  it.each([
    ["gone", null],
    ["at rest", sale({ dueAtMs: null })],
    ["not due yet", sale({ dueAtMs: createdAtMs + 60 * minuteMs })],
  ])("that is %s is passed over", async (_, stored) => {
    const { ports, written } = await portsWithSale(stored);
    expect(await reconcile(sweep, call, ports)).toEqual(nothing);
    expect(written).toEqual([]);
  });

  it("is claimed before it is worked on, and left to whoever claimed it first", async () => {
    const { ports, written } = await portsWithSale(sale());
    expect(await reconcile(sweep, call, ports)).toEqual(nothing);
    expect(written).toMatchObject([{ looks: 1, dueAtMs: ports.clock.nowMs() + minuteMs }]);
  });

  it("whose table is down is an error of its own", async () => {
    const { ports } = await portsWithSale(sale());
    ports.sales.readSale = () => Promise.reject(new StorageUnavailableError("read: down"));
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, errors: 1 });
  });
});
