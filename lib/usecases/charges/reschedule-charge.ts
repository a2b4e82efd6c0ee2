// Another time for a reservation that has not run, or a new one for one that failed or was revoked. Claimed before it is
// asked for: until PortOne shows which, the charge may run at both times.
import { claimMove } from "../../domain/instruction.ts";
import type { Order } from "../../domain/order.ts";
import {
  isAt,
  isReserved,
  mayMove,
  orderShownAs,
  type ScheduleRecord,
  shownAs,
} from "../../domain/schedule.ts";
import type { Call } from "../../ports/environment.ts";
import { claimOnOrder, hasTimeToSend, stampOf } from "../claim.ts";
import { readReservations } from "../syncing/read-reservations.ts";
import { followInstruction } from "../syncing/resume-instruction.ts";
import { sendInstructions, type Told } from "../syncing/send-instruction.ts";
import type { SchedulePorts } from "./schedule-charges.ts";

export interface RescheduleCharge {
  readonly customerUid: string;
  readonly merchantUid: string;
  readonly scheduledAtMs: number;
}

export type RescheduleResult =
  /** `pending`: nobody knows yet; the same request tells it later. */
  | { readonly outcome: "rescheduled" | "pending"; readonly schedule: ScheduleRecord }
  | { readonly outcome: "schedule_not_found" | "schedule_not_open" | "busy" }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

export async function rescheduleCharge(
  request: RescheduleCharge,
  call: Call,
  ports: SchedulePorts,
): Promise<RescheduleResult> {
  const { customerUid, merchantUid, scheduledAtMs } = request;
  const order = await ports.store.read(merchantUid);
  if (!order || order.reservation?.customerUid !== customerUid) return { outcome: "schedule_not_found" };
  if (order.instruction) return followMove(order, request, call, ports);
  if (!mayMove(order)) return { outcome: "schedule_not_open" };
  const read = await readReservations(order, ports.schedules);
  if (read.outcome === "unavailable") return read;
  const { records } = read;
  if (records.length === 0) return { outcome: "schedule_not_found" };
  if (records.some(({ paymentStatus }) => paymentStatus === "paid")) return { outcome: "schedule_not_open" };
  const live = records.find(isReserved);
  const isKnown = order.charge !== null && isAt(order.charge, scheduledAtMs);
  if (live && isKnown && isAt(live, scheduledAtMs)) return { outcome: "rescheduled", schedule: live };
  const login = await ports.schedules.login();
  if (login.outcome === "unavailable") return login;
  if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
  const claimToken = ports.ids.newClaimToken();
  const stamp = stampOf("merchant", call, ports.clock);
  const wanted = claimMove(
    order,
    { wantedAtMs: scheduledAtMs, claimToken, isLive: live !== undefined },
    stamp,
  );
  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);
  if (claimed.outcome === "unreadable")
    return { outcome: "pending", schedule: shownAs("pending", { ...order, ...request }) };
  if (claimed.outcome === "theirs")
    return claimed.order.instruction
      ? followMove(claimed.order, request, call, ports)
      : { outcome: mayMove(claimed.order) ? "busy" : "schedule_not_open" };
  const [told] = await sendInstructions([claimed.order], "merchant", call, ports);
  return answer(told ?? { order: claimed.order, refused: null }, request);
}

/** The same move again is the same operation; another one waits until this one is known. */
async function followMove(
  order: Order,
  request: RescheduleCharge,
  call: Call,
  ports: SchedulePorts,
): Promise<RescheduleResult> {
  const { instruction, merchantUid } = order;
  const isSame =
    instruction?.kind === "reschedule" &&
    isAt({ scheduledAtMs: instruction.wantedAtMs }, request.scheduledAtMs);
  if (!isSame) return { outcome: "operation_in_flight", operationId: merchantUid };
  return answer(await followInstruction(order, "merchant", call, ports), request);
}

function answer({ order, refused }: Told, { scheduledAtMs }: RescheduleCharge): RescheduleResult {
  const { instruction, reservation } = order;
  if (instruction?.kind === "reschedule")
    return { outcome: "pending", schedule: orderShownAs("pending", order) };
  if (instruction) return { outcome: "operation_in_flight", operationId: order.merchantUid };
  if (reservation !== null && isAt(reservation, scheduledAtMs))
    return { outcome: "rescheduled", schedule: orderShownAs("scheduled", order) };
  return refused
    ? { outcome: "provider_refused", message: refused.message }
    : { outcome: "schedule_not_open" };
}
