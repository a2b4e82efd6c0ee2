// PortOne, or the table, is silent for hours: nothing is given up, nobody is told, and all is seen minutes after it is back.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { claimReceipt, emptySlot } from "../../../lib/domain/receipt.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { ScriptedSchedules } from "../../support/billing-doubles.ts";
import { silence, unreadable } from "../../support/doubles.ts";
import { having, scheduling } from "../../support/instructions.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  minuteMs,
  paymentRecord,
} from "../../support/orders.ts";
import { orderPaidByTransfer, receiptDraft } from "../../support/receipt-doubles.ts";
import { passMinutes, portsWith, type SweepPorts, sweep } from "../../support/sweeping.ts";
import { call, orderWithUnknownRefund, storedOrder } from "../../support/syncing-ports.ts";

const tagged = cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]);

/** PortOne says nothing, whatever is asked. */
function silenced(ports: SweepPorts): () => void {
  const { findPayments } = ports.gateway;
  ports.gateway.findPayments = async () => silence;
  return () => {
    ports.gateway.findPayments = findPayments;
  };
}

describe("six silent hours", () => {
  it.each<[string, Order]>([
    ["a refund in doubt", orderWithUnknownRefund()],
    ["an approved order", approvedOrder()],
  ])("use up no rung of %s, which is seen within ten minutes of their end", async (_, order) => {
    const ports = await portsWith(order, [], [tagged]);
    await passMinutes(ports, 1);
    const { looks } = await storedOrder(await portsWith(order));
    const speak = silenced(await reset(ports, order));
    await passMinutes(ports, 360);
    const silent = await storedOrder(ports);
    expect(silent).toMatchObject({ reviewReason: null, looks });
    expect(silent.silences).toBeGreaterThan(30);
    speak();
    await passMinutes(ports, 10);
    expect(await storedOrder(ports)).toMatchObject({
      state: "partially_refunded",
      cancel: null,
      silences: 0,
      reviewReason: null,
    });
  });

  /** As it was before anybody looked. */
  async function reset(ports: SweepPorts, order: Order): Promise<SweepPorts> {
    const stored = await storedOrder(ports);
    await ports.store.update(stored, { ...order, version: stored.version });
    return ports;
  }

  it("of the table are none of the order's", async () => {
    const ports = await portsWith(orderWithUnknownRefund(), [], [tagged]);
    await passMinutes(ports, 1);
    const find = ports.gateway.findPayments.bind(ports.gateway);
    ports.gateway.findPayments = async (name) => {
      ports.store.fail("update");
      return find(name);
    };
    const order = orderWithUnknownRefund();
    await reset(ports, order);
    await reconcile(sweep, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ looks: 0, silences: 1, reviewReason: null });
  });
});

it("an answer that nobody can read is this order's own trouble: it climbs, and ends before a person", async () => {
  const ports = await portsWith(orderWithUnknownRefund());
  ports.gateway.findPayments = async () => unreadable;
  await passMinutes(ports, 60);
  expect(await storedOrder(ports)).toMatchObject({ looks: 5, silences: 0 });
});

it("a receipt that could not be looked at keeps its order's rung", async () => {
  const order = orderPaidByTransfer();
  const claimed = claimReceipt(
    emptySlot,
    { kind: "receipt_issue", isFollowing: false, draft: receiptDraft, recipient: "sealed" },
    "claim-0",
    createdAtMs + 3 * minuteMs,
  );
  const asking = changeOrder(
    order,
    { receiptOperation: claimed.operation },
    { by: "merchant", atMs: createdAtMs },
  );
  const ports = await portsWith(asking, [], [paymentRecord({ payMethod: "trans" })]);
  await passMinutes(ports, 1);
  expect(await storedOrder(ports)).toMatchObject({ looks: 0, silences: 1 });
  ports.receipts.fetchReceipt = async () => unreadable;
  await passMinutes(ports, 1);
  expect(await storedOrder(ports)).toMatchObject({ looks: 1, silences: 0 });
});

it("a reservation that could not be read keeps its order's rung", async () => {
  const doubt = having(scheduling, { state: "unknown" });
  const schedules = new ScriptedSchedules();
  const ports = { ...(await portsWith(doubt, [], [])), schedules };
  schedules.fetchSchedule = async () => silence;
  await passMinutes(ports, 4);
  expect(await storedOrder(ports)).toMatchObject({ looks: 0 });
  expect((await storedOrder(ports)).silences).toBeGreaterThan(0);
});
