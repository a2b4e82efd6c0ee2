// A shop that has PortOne charge a subscription twice, in September and in October.
import type { ScheduleCharges, ScheduledCharge } from "../../lib/usecases/charges/schedule-charges.ts";
import { chargedOrder, chargeFacts } from "./billing-doubles.ts";

export const first = "ord-20260901-000001";
export const second = "ord-20261001-000001";
export const september = Date.parse("2026-09-01T10:00:00+09:00");
export const october = Date.parse("2026-10-01T10:00:00+09:00");
export const charge = (merchantUid: string, scheduledAtMs: number): ScheduledCharge => ({
  order: chargedOrder({ merchantUid, name: "정기구독" }),
  productType: "digital",
  scheduledAtMs,
  facts: chargeFacts(),
});
export const request: ScheduleCharges = {
  customerUid: "cust-7",
  charges: [charge(first, september), charge(second, october)],
};
