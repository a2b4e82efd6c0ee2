// An order whose charge is reserved an hour after its creation, and what became of it.

import { expect } from "vitest";
import type { Order } from "../../lib/domain/order.ts";
import { reservedOrder } from "../../lib/domain/schedule.ts";
import { syncOrder } from "../../lib/usecases/syncing/sync.ts";
import {
  type BillingPorts,
  billingPorts,
  chargedOrder,
  chargedRecord,
  declinedRecord,
  scheduleRecord,
} from "./billing-doubles.ts";
import { createdAtMs, minuteMs, synced } from "./orders.ts";
import { call, storedOrder } from "./syncing-ports.ts";

export const merchantUid = "ord-20260805-000142";
export const scheduledAtMs = createdAtMs + 60 * minuteMs;
export const laterMs = Date.parse("2026-08-07T10:00:00+09:00");
export const retry = { customerUid: "cust-7", merchantUid };
export const move = { ...retry, scheduledAtMs: laterMs };

/** Reserved for digital goods; nobody but the order remembers that. */
export const reserved = reservedOrder(
  chargedOrder(),
  { customerUid: "cust-7", productType: "digital", scheduledAtMs, claimToken: "claim-0" },
  { by: "merchant", atMs: createdAtMs },
);

/** One that was declined at its time, of this customer. */
export const failedFor = (customerUid: string): Order => ({
  ...synced(reserved, [declinedRecord({ startedAtMs: scheduledAtMs })], { atMs: scheduledAtMs + minuteMs }),
  reservation: { customerUid, productType: "digital", scheduledAtMs },
});

/** PortOne ran it at its time, and the card company declined. */
export async function declined(): Promise<BillingPorts> {
  const ports = await billingPorts(reserved, [declinedRecord({ startedAtMs: scheduledAtMs })]);
  ports.schedules.records.set(
    merchantUid,
    scheduleRecord(merchantUid, { scheduleStatus: "executed", paymentStatus: "failed" }),
  );
  ports.clock.advance(60 * minuteMs);
  await syncOrder({ merchantUid, impUid: null, by: "sweep", mayMoveMoney: false }, call, ports);
  expect(await storedOrder(ports)).toMatchObject({
    state: "failed",
    charge: null,
    chargeResult: { status: "failed" },
  });
  return ports;
}
export const paidNow = (ports: BillingPorts) =>
  chargedRecord({ impUid: "imp_2", startedAtMs: ports.clock.nowMs(), paidAtMs: ports.clock.nowMs() });
