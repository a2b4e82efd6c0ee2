// Another time for a reservation that has not run, or a new one for one that failed or was revoked.
import { isReserved, productTypeOf, reserve, type ScheduleRecord } from "../../domain/schedule.ts";
import type { Call } from "../../ports/environment.ts";
import { stampOf, writeChange } from "../claim.ts";
import type { SchedulePorts } from "./schedule-charges.ts";

export interface RescheduleCharge {
  readonly customerUid: string;
  readonly merchantUid: string;
  readonly scheduledAtMs: number;
}

export type RescheduleResult =
  | { readonly outcome: "rescheduled"; readonly schedule: ScheduleRecord }
  | { readonly outcome: "schedule_not_found" | "schedule_not_open" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

export async function rescheduleCharge(
  { customerUid, merchantUid, scheduledAtMs }: RescheduleCharge,
  call: Call,
  ports: SchedulePorts,
): Promise<RescheduleResult> {
  const fetched = await ports.schedules.fetchSchedule(merchantUid);
  if (fetched.outcome === "unavailable") return fetched;
  const { record } = fetched;
  if (!record || record.customerUid !== customerUid) return { outcome: "schedule_not_found" };
  if (record.paymentStatus === "paid") return { outcome: "schedule_not_open" };
  const order = await ports.store.read(merchantUid);
  const productType = order && productTypeOf(order);
  if (!order || !productType || order.state === "voided") return { outcome: "schedule_not_open" };
  const changed = await ports.schedules.reschedule(merchantUid, scheduledAtMs, isReserved(record));
  if (changed.outcome === "refused") return { outcome: "provider_refused", message: changed.message };
  if (changed.outcome === "unknown") return { outcome: "unavailable", why: changed.why };
  const claimToken = ports.ids.newClaimToken();
  const reservation = { customerUid, productType, scheduledAtMs, claimToken };
  const stamp = stampOf("merchant", call, ports.clock);
  const written = await writeChange(
    order,
    (newest) => (newest.state === "voided" ? null : reserve(newest, reservation, stamp)),
    ports.store,
  );
  if (written.outcome === "impossible") return { outcome: "schedule_not_open" };
  // An order left with its old time would end by it; PortOne takes the same time again.
  if (written.outcome === "busy") return { outcome: "unavailable", why: "others are writing this order" };
  return { outcome: "rescheduled", schedule: changed.value };
}
