// Reserved charges: what is reserved, moved, retried, listed and revoked.
import * as z from "zod/mini";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { ProductType } from "../../domain/operation.ts";
import type { Fields } from "../body.ts";
import { customerUid, instant, invalidField, merchantUid, parseFields, readFields } from "../fields.ts";
import { type FieldProblem, malformed } from "../problem-error.ts";
import { type ChargedOrder, chargedFields, factsOf, readChargedOrder } from "./charge.ts";

export const mostCharges = 50;

export const scheduleBody = z.strictObject({
  customer_uid: customerUid,
  schedules: z
    .array(z.unknown(), "배열이어야 합니다.")
    .check(
      z.refine((list) => list.length >= 1 && list.length <= mostCharges, "1건에서 50건 사이여야 합니다."),
    ),
});
export const entryBody = z.strictObject({ ...chargedFields, schedule_at: instant });

export interface ScheduledChargeRequest {
  readonly order: ChargedOrder;
  readonly productType: ProductType | null;
  readonly scheduledAtMs: number;
  readonly facts: ChargeFacts;
}

/** What POST /customers/{customer_uid}/schedules asks for. */
export interface ScheduleRequest {
  readonly customerUid: string;
  readonly charges: readonly ScheduledChargeRequest[];
}

export interface ScheduleReading {
  readonly request: ScheduleRequest | null;
  /** Of each entry, in order. */
  readonly facts: readonly ChargeFacts[];
  readonly problems: readonly FieldProblem[];
}

export function readSchedules(fields: Fields, nowMs: number): ScheduleReading {
  const { value, sound, problems } = readFields(scheduleBody, fields);
  const entries = (sound.schedules ?? []).map((entry, index) =>
    readEntry(entry, { customerUid: sound.customer_uid ?? "", nowMs, pointer: `/schedules/${index}` }),
  );
  const charges = entries.flatMap(({ charge }) => charge ?? []);
  const isSound = value !== null && charges.length === entries.length;
  return {
    request: isSound ? { customerUid: value.customer_uid, charges } : null,
    facts: entries.map(({ facts }) => facts),
    problems: [...problems, ...entries.flatMap((entry) => entry.problems)],
  };
}

function readEntry(
  entry: unknown,
  {
    customerUid: uid,
    nowMs,
    pointer,
  }: { readonly customerUid: string; readonly nowMs: number; readonly pointer: string },
) {
  const isObject = typeof entry === "object" && entry !== null && !Array.isArray(entry);
  const { sound, problems: malformed } = readFields(entryBody, isObject ? (entry as Fields) : {});
  const { schedule_at, ...rest } = sound;
  const found = isObject ? [...malformed] : [invalidField("", "객체여야 합니다.")];
  const scheduledAtMs = schedule_at === undefined ? null : Date.parse(schedule_at);
  if (scheduledAtMs !== null && scheduledAtMs <= nowMs)
    found.push(invalidField("/schedule_at", "지금 이후의 시각이어야 합니다."));
  // The same instant in another time zone is the same request.
  const how = { customerUid: uid, via: "schedule", schedule_at: scheduledAtMs && isoOf(scheduledAtMs) };
  const { order, problems } = readChargedOrder(rest, how, found);
  const facts: ChargeFacts = { ...factsOf(rest), calls: ["key_charge"] };
  const productType = rest.product_type ?? null;
  return {
    charge: order && scheduledAtMs !== null ? { order, productType, scheduledAtMs, facts } : null,
    facts,
    problems: problems.map((problem) => ({ ...problem, pointer: `${pointer}${problem.pointer}` })),
  };
}

export const scheduleNamed = z.strictObject({ customer_uid: customerUid, merchant_uid: merchantUid });

/** Throws invalid_field. */
export function parseScheduleName(fields: Fields) {
  const { customer_uid, merchant_uid } = parseFields(scheduleNamed, fields);
  return { customerUid: customer_uid, merchantUid: merchant_uid };
}

export const rescheduleBody = z.strictObject({
  customer_uid: customerUid,
  merchant_uid: merchantUid,
  schedule_at: instant,
});

/** Throws invalid_field. */
export function parseReschedule(fields: Fields) {
  const { customer_uid, merchant_uid, schedule_at } = parseFields(rescheduleBody, fields);
  return { customerUid: customer_uid, merchantUid: merchant_uid, scheduledAtMs: Date.parse(schedule_at) };
}

const isoOf = (atMs: number): string => new Date(atMs).toISOString();

const dayMs = 24 * 3_600_000;
/** In a query, a plus that was not escaped arrives as a blank. */
const withPlus = (value: unknown): unknown =>
  typeof value === "string" ? value.replace(/ (?=\d\d:\d\d$)/, "+") : value;

export const scheduleWindow = z.strictObject({
  customer_uid: customerUid,
  from: z.optional(instant),
  to: z.optional(instant),
});

/** From thirty days ago, 89 days at most, unless said otherwise. Throws invalid_field. */
export function parseScheduleWindow(fields: Fields, nowMs: number) {
  const asked = { ...fields, from: withPlus(fields["from"]), to: withPlus(fields["to"]) };
  const { customer_uid, from, to } = parseFields(scheduleWindow, asked);
  const fromMs = from === undefined ? nowMs - 30 * dayMs : Date.parse(from);
  const toMs = to === undefined ? fromMs + 89 * dayMs : Date.parse(to);
  if (fromMs > toMs) throw malformed([invalidField("/from", "끝나는 시각(to)보다 늦을 수 없습니다.")]);
  return { customerUid: customer_uid, window: { fromMs, toMs } };
}

export const unscheduleNames = z.strictObject({
  customer_uid: customerUid,
  merchant_uid: z.optional(z.array(merchantUid, "주문번호의 목록이어야 합니다.")),
});

/** Throws invalid_field. */
export function parseUnschedule(fields: Fields) {
  const { merchant_uid: given } = fields;
  // Named more than once in a query, values come joined by commas, which no number contains.
  const merchant_uid = typeof given === "string" ? given.split(",") : given;
  const named = parseFields(
    unscheduleNames,
    merchant_uid === undefined ? fields : { ...fields, merchant_uid },
  );
  return { customerUid: named.customer_uid, merchantUids: named.merchant_uid ?? null };
}
