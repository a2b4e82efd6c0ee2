// Charges, billing keys and reservations as merchants see them. Card numbers only ever as PortOne masks them.

import type { Order } from "../../domain/order.ts";
import type { ScheduleRecord } from "../../domain/schedule.ts";
import type { BillingKeyRecord } from "../../ports/billing.ts";
import type { Answer } from "../answer.ts";
import { problemAnswer } from "../problem.ts";
import { type Refused, refuse } from "../refusal.ts";
import { answerUnreadable, viewOrder, viewSlip } from "./order.ts";
import { iso, isoOrNull } from "./time.ts";

/** A charge that is over or not known yet, or why none was made. */
export function answerCharge(
  result:
    | { readonly outcome: "finished" | "pending"; readonly order: Order }
    | { readonly outcome: "claim_unreadable"; readonly merchantUid: string }
    | Refused,
  requestId: string,
  more: object = {},
): Answer {
  if (result.outcome === "claim_unreadable") {
    const { merchantUid } = result;
    return answerUnreadable(merchantUid, { order: { merchant_uid: merchantUid }, payment: null, ...more });
  }
  if (!("order" in result)) return refuse(result, requestId);
  const { order, outcome } = result;
  const named = { outcome, merchantUid: order.merchantUid, impUid: order.impUid };
  if (outcome === "pending") return { status: 202, body: { ...viewCharge(order), ...more }, ...named };
  if (order.chargeResult?.status === "paid")
    return { status: 201, body: { ...viewCharge(order), ...more }, ...named };
  const declined = problemAnswer("card_declined", requestId, {
    provider_message: order.chargeResult?.failReason ?? null,
  });
  return { ...declined, ...named };
}

/** The order, and what became of its charge; `payment` is null while nobody knows. */
const viewCharge = (order: Order) => ({
  order: viewOrder(order),
  payment:
    order.charge === null && order.chargeResult !== null ? viewPayment(order, order.chargeResult) : null,
});

export const viewPayment = (order: Order, result: NonNullable<Order["chargeResult"]>) => ({
  imp_uid: result.impUid,
  status: result.status,
  ...viewSlip(order),
  fail_reason: result.failReason,
});

export const viewBillingKey = (key: BillingKeyRecord) => ({
  customer_uid: key.customerUid,
  card_name: key.cardName,
  card_code: key.cardCode,
  card_number: key.cardNumber,
  card_type: key.cardType,
  pg_id: key.pgId,
  inserted_at: isoOrNull(key.insertedAtMs),
  updated_at: isoOrNull(key.updatedAtMs),
});

const viewSchedule = (schedule: ScheduleRecord) => ({
  merchant_uid: schedule.merchantUid,
  schedule_at: iso(schedule.scheduledAtMs),
  amount: schedule.amount,
  schedule_status: schedule.scheduleStatus,
  payment_status: schedule.paymentStatus,
  imp_uid: schedule.impUid,
  fail_reason: schedule.failReason,
});

/** One reservation, or several; 202 while nobody knows yet what became of what was asked. */
export function answerSchedules(
  result:
    | { readonly outcome: string; readonly schedules: readonly ScheduleRecord[] }
    | { readonly outcome: string; readonly schedule: ScheduleRecord }
    | Refused,
  requestId: string,
  doneStatus = 200,
): Answer {
  const status = result.outcome === "pending" ? 202 : doneStatus;
  const { outcome } = result;
  if ("schedules" in result) return { status, body: viewSchedules(result.schedules), outcome };
  if ("schedule" in result) return { status, body: viewSchedule(result.schedule), outcome };
  return refuse(result, requestId);
}

export const viewSchedules = (schedules: readonly ScheduleRecord[]) => ({
  schedules: schedules.map(viewSchedule),
});
