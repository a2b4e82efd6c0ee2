// The sweep's looks at what stands beside the orders: sales outside PortOne, and parcels.
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../lib/domain/delivery.ts";
import { type DueItem, type ExternalSale, StorageUnavailableError } from "../../../lib/ports/table.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { ScriptedCharges, ScriptedSchedules } from "../../support/billing-doubles.ts";
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
    slot: { receipt: null, operation: null },
    dueAtMs: createdAtMs,
    looks: 0,
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
  const parcel: Delivery = {
    merchantUid: "ord-20260805-000142",
    impUid: "imp_730112845061",
    registered: null,
    wanted: {
      isChange: false,
      sender: { name: "샘플상점" },
      receiver: { name: "홍길동" },
      company: "CJ",
      invoice: "688912345678",
      sentAtMs: createdAtMs,
    },
    dueAtMs: createdAtMs,
    looks: 0,
    version: 1,
  };
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
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken, errors: 0 });
  });
});
