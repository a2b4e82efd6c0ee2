// Everything that the sweep needs, made of doubles, and time that passes with a sweep every minute.

import type { Order } from "../../lib/domain/order.ts";
import type { DueItem } from "../../lib/ports/table.ts";
import { type ReconcilePorts, reconcile } from "../../lib/usecases/sweeps/reconcile.ts";
import { ScriptedSchedules } from "./billing-doubles.ts";
import { silence } from "./doubles.ts";
import { sweepParts } from "./due-double.ts";
import { minuteMs, paymentRecord } from "./orders.ts";
import { sealedRecipients } from "./sealings.ts";
import { call, syncingPorts } from "./syncing-ports.ts";

export const sweep = { stopBelowMs: 10_000 };

const notAsked = () => Promise.reject(new Error("not asked here"));

/** The order is due in its third minute, and so is whatever else is named. */
export async function portsWith(
  order: Order | null,
  more: readonly string[] = [],
  records = [paymentRecord()],
) {
  const ports = await syncingPorts(order, records);
  const names = [...(order ? [order.merchantUid] : []), ...more];
  const listed: DueItem[] = names.map((name) => ({ kind: "order", merchantUid: name }));
  const parts = sweepParts(ports, listed);
  const others: Omit<ReconcilePorts, keyof typeof ports | keyof typeof parts> = {
    sales: { readSale: async () => null, writeSale: notAsked },
    receipts: {
      login: async () => silence,
      issueReceipt: notAsked,
      cancelReceipt: notAsked,
      fetchReceipt: async () => silence,
    },
    recipients: sealedRecipients,
    followsReceipts: true,
    charges: {
      login: async () => silence,
      chargeOnce: notAsked,
      chargeKey: notAsked,
      retrySchedule: notAsked,
      issueAccount: notAsked,
    },
    schedules: new ScriptedSchedules(),
    deliveries: { readDelivery: async () => null, writeDelivery: notAsked },
    parcels: { register: notAsked, fetchDelivery: async () => silence },
    noticeUrlFor: (name) => `https://pay.shop.example/portone/notice/${name}`,
  };
  return { ...ports, ...parts, ...others };
}

export type SweepPorts = Awaited<ReturnType<typeof portsWith>>;

/** So many minutes pass, with a sweep in each. */
export async function passMinutes(ports: SweepPorts, minutes: number): Promise<void> {
  for (let minute = 1; minute <= minutes; minute += 1) {
    ports.clock.advance(minuteMs);
    await reconcile(sweep, call, ports);
  }
}
