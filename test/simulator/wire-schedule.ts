// Reservations and parcels as PortOne sends them. Facts: schedule and escrow schemas of the V1 API (0 for a
// time that has not come, imp_uid null until run).
import type { Settings } from "./settings.ts";
import type { StoredLogis, StoredSchedule } from "./state.ts";

const seconds = (ms: number | null): number => (ms === null ? 0 : Math.floor(ms / 1000));
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

export function toWireSchedule(schedule: StoredSchedule, { mid }: Settings) {
  const { body } = schedule;
  return {
    customer_uid: schedule.customerUid,
    merchant_uid: schedule.merchantUid,
    imp_uid: schedule.impUid,
    pg_provider: "ksnet",
    pg_id: mid,
    customer_id: null,
    schedule_at: seconds(schedule.scheduledAtMs),
    executed_at: seconds(schedule.executedAtMs),
    revoked_at: seconds(schedule.revokedAtMs),
    amount: Number(body["amount"]),
    currency: text(body["currency"]) ?? "KRW",
    name: text(body["name"]),
    buyer_name: text(body["buyer_name"]),
    buyer_email: text(body["buyer_email"]),
    buyer_tel: text(body["buyer_tel"]),
    buyer_addr: text(body["buyer_addr"]),
    buyer_postcode: text(body["buyer_postcode"]),
    custom_data: text(body["custom_data"]),
    schedule_status: schedule.status,
    payment_status: schedule.paymentStatus,
    fail_reason: schedule.failReason,
    promotion_id: null,
  };
}

export const toWireLogis = (logis: StoredLogis) => ({
  company: logis.company,
  invoice: logis.invoice,
  sent_at: seconds(logis.sentAtMs),
  applied_at: seconds(logis.appliedAtMs),
});
