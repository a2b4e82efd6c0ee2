// PortOne's reservations of an order's number. Asked for by number it tells one, and one that was revoked does not speak
// for another that is live: then the customer's list is read, where it may stand.
import type { Order } from "../../domain/order.ts";
import { isReserved, reservationsOf, type ScheduleRecord } from "../../domain/schedule.ts";
import type { ScheduleGateway } from "../../ports/billing.ts";
import type { Unavailable } from "../../ports/portone.ts";

const dayMs = 24 * 3_600_000;

export async function readReservations(
  order: Order,
  schedules: ScheduleGateway,
): Promise<{ readonly outcome: "found"; readonly records: readonly ScheduleRecord[] } | Unavailable> {
  const { merchantUid, reservation, charge, instruction } = order;
  const fetched = await schedules.fetchSchedule(merchantUid);
  if (fetched.outcome === "unavailable") return fetched;
  const records = reservationsOf(order, fetched.record ? [fetched.record] : []);
  if (!reservation || fetched.record === null || records.some(isReserved))
    return { outcome: "found", records };
  const listed = [...records];
  const times = [reservation, charge].map((one) => one?.scheduledAtMs).concat(instruction?.wantedAtMs);
  for (const atMs of new Set(times.filter((ms) => typeof ms === "number"))) {
    const window = { fromMs: atMs - dayMs, toMs: atMs + dayMs };
    const around = await schedules.listSchedules(reservation.customerUid, window);
    if (around.outcome === "unavailable") return around;
    // What cannot be read may be the very one, so that nothing follows from its absence.
    const isHidden = around.unreadable?.some((name) => name === null || name === merchantUid);
    if (isHidden) return { outcome: "unavailable", why: "unreadable schedule", isAnswered: true };
    listed.push(...reservationsOf(order, around.records));
  }
  return { outcome: "found", records: listed };
}
