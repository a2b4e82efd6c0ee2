// The sweep's looks at what stands beside the orders: sales outside PortOne, and parcels.
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../lib/domain/delivery.ts";
import { firstLook } from "../../../lib/domain/ladder.ts";
import { noReceipt } from "../../../lib/domain/receipt.ts";
import { type DueItem, type ExternalSale, StorageUnavailableError } from "../../../lib/ports/table.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { parcelInDoubt, saleInDoubt } from "../../support/beside-orders.ts";
import { ScriptedCharges, ScriptedSchedules } from "../../support/billing-doubles.ts";
import { silence, unreadable } from "../../support/doubles.ts";
import { sweepParts } from "../../support/due-double.ts";
import { createdAtMs, minuteMs } from "../../support/orders.ts";
import { deliveryPorts, receiptPorts } from "../../support/receipt-doubles.ts";
import { call } from "../../support/syncing-ports.ts";

const sweep = { stopBelowMs: 10_000 };
const nothing = {
  taken: 0,
  synced: 0,
  resumed: 0,
  expired: 0,
  review: 0,
  errors: 0,
  left: 0,
  oldest_s: 0,
  unknown_s: 0,
  stopped: "done",
};

async function portsWith(item: DueItem) {
  const receipts = await receiptPorts(null);
  return {
    ...(await deliveryPorts(null)),
    ...receipts,
    ...sweepParts(receipts, [item]),
    charges: new ScriptedCharges(),
    schedules: new ScriptedSchedules(),
    noticeUrlFor: (name: string) => `https://pay.shop.example/portone/notice/${name}`,
  };
}

describe("a sale outside PortOne", () => {
  const sale = (more: Partial<ExternalSale> = {}): ExternalSale => ({
    merchantUid: "sale-1",
    slot: noReceipt,
    ...firstLook(createdAtMs),
    version: 1,
    ...more,
  });

  async function portsWithSale(stored: ExternalSale | null) {
    const ports = await portsWith({ kind: "external_sale", merchantUid: "sale-1" });
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

  it("is worked on when its claim was written, though the answer was lost", async () => {
    const { ports } = await portsWithSale(sale());
    ports.sales.writeSale = async (_, next) => ({ outcome: "conflict", sale: { ...next, version: 2 } });
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1 });
  });

  it("whose table is down is an error of its own", async () => {
    const { ports } = await portsWithSale(sale());
    ports.sales.readSale = () => Promise.reject(new StorageUnavailableError("read: down"));
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, errors: 1 });
  });
});

describe("a parcel", () => {
  const parcel: Delivery = { ...parcelInDoubt, dueAtMs: createdAtMs };
  const claimed = (delivery: Delivery): Delivery => ({
    ...delivery,
    dueAtMs: createdAtMs + 4 * minuteMs,
    looks: delivery.looks + 1,
    version: delivery.version + 1,
  });

  it.each<[string, (delivery: Delivery) => Delivery, number]>([
    ["is worked on when its claim was written, though the answer was lost", claimed, 1],
    [
      "is left to whoever claimed it first",
      (delivery) => ({ ...claimed(delivery), dueAtMs: createdAtMs }),
      0,
    ],
  ])("%s", async (_, standing, taken) => {
    const ports = await portsWith({ kind: "delivery", merchantUid: parcel.merchantUid });
    ports.deliveries.delivery = parcel;
    ports.deliveries.writeDelivery = async () => {
      ports.deliveries.delivery = standing(parcel);
      return false;
    };
    // Nobody answers it here.
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken, errors: taken });
  });
});

const inReview = { reviewReason: "operation_unresolved" } as const;

async function saleOnSweep(sale: ExternalSale) {
  const ports = await portsWith({ kind: "external_sale", merchantUid: sale.merchantUid });
  ports.sales.sales.set(sale.merchantUid, sale);
  const stored = () => ports.sales.sales.get(sale.merchantUid);
  return { ports, stored };
}

async function parcelOnSweep(delivery: Delivery) {
  const ports = await portsWith({ kind: "delivery", merchantUid: delivery.merchantUid });
  ports.deliveries.delivery = delivery;
  return { ports, stored: () => ports.deliveries.delivery };
}

describe("a used-up ladder beside the orders is a person's", () => {
  it("a sale's receipt", async () => {
    const { ports, stored } = await saleOnSweep(saleInDoubt({ looks: 10 }));
    ports.receipts.answers.push(unreadable, unreadable);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, review: 1 });
    expect(stored()).toMatchObject({
      ...inReview,
      looks: 11,
      dueAtMs: ports.clock.nowMs() + 24 * 60 * minuteMs,
    });
    ports.clock.advance(24 * 60 * minuteMs);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, review: 0 });
    expect(stored()).toMatchObject(inReview);
  });

  it("and its mark goes with what is resolved", async () => {
    const { ports, stored } = await saleOnSweep(saleInDoubt({ looks: 11, ...inReview }));
    ports.clock.advance(10 * minuteMs);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ resumed: 1 });
    expect(stored()).toMatchObject({
      slot: { operation: null },
      reviewReason: null,
      dueAtMs: null,
      looks: 0,
    });
  });

  it("a parcel's, until PortOne takes it", async () => {
    const { ports, stored } = await parcelOnSweep({ ...parcelInDoubt, looks: 10 });
    ports.parcels.registers.push({ outcome: "conflict" });
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, review: 1, errors: 0 });
    expect(stored()).toMatchObject({ ...inReview, looks: 11 });
    ports.clock.advance(24 * 60 * minuteMs);
    ports.parcels.registers.push({ outcome: "refused", message: "거절" });
    expect(await reconcile(sweep, call, ports)).toMatchObject({ resumed: 1, review: 0 });
    expect(stored()).toMatchObject({ wanted: null, reviewReason: null, dueAtMs: null });
  });
});

describe("a look beside the orders that nobody answered uses up no rung", () => {
  it("at a sale", async () => {
    const { ports, stored } = await saleOnSweep(saleInDoubt({ looks: 3, silences: 1 }));
    ports.receipts.answers.push(silence);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, errors: 1 });
    const again = { looks: 3, silences: 2, dueAtMs: ports.clock.nowMs() + 2 * minuteMs };
    expect(stored()).toMatchObject(again);
    ports.clock.advance(2 * minuteMs);
    ports.receipts.answers.push(unreadable);
    await reconcile(sweep, call, ports);
    expect(stored()).toMatchObject({ looks: 4, silences: 0 });
  });

  it("at a parcel", async () => {
    const { ports, stored } = await parcelOnSweep({ ...parcelInDoubt, looks: 3 });
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, errors: 1 });
    expect(stored()).toMatchObject({ looks: 3, silences: 1, dueAtMs: ports.clock.nowMs() + minuteMs });
    expect(ports.told).toEqual([[parcelInDoubt.merchantUid, "PortOne did not answer"]]);
    ports.clock.advance(minuteMs);
    ports.parcels.registers.push({ outcome: "conflict" });
    await reconcile(sweep, call, ports);
    expect(stored()).toMatchObject({ looks: 4, silences: 0 });
  });

  it("where the table is silent", async () => {
    const { ports, stored } = await saleOnSweep(saleInDoubt({ looks: 3 }));
    ports.sales.troubles.push("answered", "answered", "down");
    expect(await reconcile(sweep, call, ports)).toMatchObject({ errors: 1 });
    expect(stored()).toMatchObject({ looks: 3, silences: 1 });
  });

  it("and is claimed all the same, so that what ends the sweep climbs", async () => {
    const { ports, stored } = await saleOnSweep(saleInDoubt({ looks: 3 }));
    ports.receipts.fetchReceipt = () => Promise.reject(new Error("broken"));
    expect(await reconcile(sweep, call, ports)).toMatchObject({ errors: 1 });
    expect(stored()).toMatchObject({ looks: 4, silences: 0 });
  });
});
