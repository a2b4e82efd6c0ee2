// Charges, billing keys and reservations as their readers get them.
import * as z from "zod/mini";
import { chargeStatuses } from "../../../../lib/domain/operation.ts";
import type { viewBillingKey, viewPayment, viewSchedules } from "../../../../lib/http/views/charge.ts";
import { money, time, told } from "./answer.ts";
import { order } from "./order.ts";
import { slip } from "./slip.ts";

export const payment = told<ReturnType<typeof viewPayment>>()(
  z.object({
    imp_uid: z.nullable(z.string()),
    status: z.enum(chargeStatuses),
    ...slip.shape,
    fail_reason: z.nullable(z.string()),
  }),
);

const keyFields = {
  customer_uid: z.string(),
  card_name: z.nullable(z.string()),
  card_code: z.nullable(z.string()),
  card_number: z.nullable(z.string()),
  card_type: z.nullable(z.number()),
  pg_id: z.nullable(z.string()),
  inserted_at: z.nullable(time),
  updated_at: z.nullable(time),
};

export const billingKey = told<ReturnType<typeof viewBillingKey>>()(z.object(keyFields));
export const issuedKey = z.object({ ...keyFields, replaced: z.boolean() });
export const deletedKey = z.object({
  customer_uid: z.string(),
  deleted: z.boolean(),
  unscheduled: z.array(z.string()),
});

/** `billing_key` is there where one was to be issued first. */
const withKey = { billing_key: z.optional(z.nullable(billingKey)) };
export const charge = z.object({ order, payment, ...withKey });
export const pendingCharge = z.object({ order, payment: z.null(), ...withKey });
/** What is certain while nobody can read whether it is claimed. */
export const unreadableCharge = z.object({
  order: z.object({ merchant_uid: z.string() }),
  payment: z.null(),
  ...withKey,
});
export const unreadableOrder = z.object({ merchant_uid: z.string() });

type ScheduleView = ReturnType<typeof viewSchedules>["schedules"][number];

/** PortOne's words, and `pending` while nobody knows. */
export const schedule = told<ScheduleView>()(
  z.object({
    merchant_uid: z.string(),
    schedule_at: time,
    amount: z.nullable(money),
    schedule_status: z.string(),
    payment_status: z.nullable(z.string()),
    imp_uid: z.nullable(z.string()),
    fail_reason: z.nullable(z.string()),
  }),
);

export const schedules = told<ReturnType<typeof viewSchedules>>()(z.object({ schedules: z.array(schedule) }));
