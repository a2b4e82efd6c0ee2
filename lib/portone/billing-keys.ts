// Billing keys, and the charges reserved on them.

import * as z from "zod/mini";
import { type CardSecret, groupedNumber } from "../domain/card-secret.ts";
import { parseMoney, toWire } from "../domain/money.ts";
import type { ScheduleRecord } from "../domain/schedule.ts";
import type { BillingKeyRecord, CustomerGateway, ScheduleDraft } from "../ports/billing.ts";
import type { CallResult } from "../ports/portone.ts";
import type { AuthorizedCall, AuthorizedCaller } from "./authorized-caller.ts";
import { toCallResult } from "./change-call.ts";
import { ask, unavailable } from "./payments.ts";
import { callLimitMs, changeLimitMs, mostPages } from "./policy.ts";
import { maskCardNumber } from "./translate.ts";
import { withoutNull } from "./wire-fields.ts";

const customerPath = (customerUid: string) => `/subscribe/customers/${encodeURIComponent(customerUid)}`;
const schedulePath = (merchantUid: string) =>
  `/subscribe/payments/schedule/${encodeURIComponent(merchantUid)}`;
const seconds = (atMs: number): number => Math.floor(atMs / 1000);

export const createCustomerGateway = (
  caller: AuthorizedCaller,
  channelKey: string | null,
): CustomerGateway => {
  const change = async <Value>(
    call: Pick<AuthorizedCall, "method" | "path" | "body">,
    read: (response: unknown) => Value | null,
    limitMs = changeLimitMs,
  ): Promise<CallResult<Value>> =>
    toCallResult(await caller.call({ ...call, limitMs }), read, { isServerErrorFinal: false });

  return {
    login: () => caller.login(),

    issueKey(customerUid, card, holder) {
      const body = withoutNull({
        channel_key: channelKey,
        ...keyFields(card),
        customer_name: holder.name,
        customer_tel: holder.tel,
        customer_email: holder.email,
      });
      return change({ method: "POST", path: customerPath(customerUid), body }, toBillingKey);
    },

    async fetchKey(customerUid) {
      const answer = await ask(caller, customerPath(customerUid));
      if (answer.outcome === "not_found") return { outcome: "found", record: null };
      if (answer.outcome !== "success") return unavailable(answer);
      const record = toBillingKey(answer.response);
      return record ? { outcome: "found", record } : { outcome: "unavailable", why: "unreadable key" };
    },

    deleteKey(customerUid, reason) {
      const query = reason === null ? "" : `?reason=${encodeURIComponent(reason)}`;
      const path = `${customerPath(customerUid)}${query}`;
      return change({ method: "DELETE", path }, toBillingKey, callLimitMs);
    },

    schedule(customerUid, drafts) {
      const body = { customer_uid: customerUid, schedules: drafts.map(scheduleFields) };
      return change({ method: "POST", path: "/subscribe/payments/schedule", body }, toSchedules);
    },

    async fetchSchedule(merchantUid) {
      const answer = await ask(caller, schedulePath(merchantUid));
      if (answer.outcome === "not_found") return { outcome: "found", record: null };
      if (answer.outcome !== "success") return unavailable(answer);
      const record = toSchedule(answer.response);
      return record ? { outcome: "found", record } : { outcome: "unavailable", why: "unreadable schedule" };
    },

    async listSchedules(customerUid, { fromMs, toMs }) {
      const records: ScheduleRecord[] = [];
      const path = `/subscribe/payments/schedule/customers/${encodeURIComponent(customerUid)}`;
      for (let page = 1; page <= mostPages; page += 1) {
        const query = `page=${page}&from=${seconds(fromMs)}&to=${seconds(toMs)}`;
        const answer = await ask(caller, `${path}?${query}`);
        // PortOne answers a page beyond the last with an error, and says nowhere how many there are.
        if (answer.outcome === "not_found" || (answer.outcome === "refused" && page > 1)) break;
        if (answer.outcome !== "success") return unavailable(answer);
        const read = toSchedules(answer.response);
        if (!read) return { outcome: "unavailable", why: "unreadable schedule" };
        const known = new Set(records.map((record) => record.merchantUid));
        const news = read.filter((record) => !known.has(record.merchantUid));
        if (news.length === 0) break;
        records.push(...news);
      }
      return { outcome: "found", records };
    },

    unschedule(customerUid, merchantUids) {
      // Either one left out would widen what is revoked.
      const body = { customer_uid: customerUid, merchant_uid: merchantUids };
      return change({ method: "POST", path: "/subscribe/payments/unschedule", body }, toSchedules);
    },

    reschedule(merchantUid, atMs, isOpen) {
      const body = { schedule_at: seconds(atMs) };
      const path = schedulePath(merchantUid);
      return isOpen
        ? change({ method: "PUT", path, body }, toSchedule)
        : change({ method: "POST", path: `${path}/reschedule`, body }, toSchedule);
    },
  };
};

function keyFields(secret: CardSecret): Readonly<Record<string, unknown>> {
  const { cardNumber, expiry, birth, pwd2Digit } = secret.reveal();
  return { card_number: groupedNumber(cardNumber), expiry, birth, pwd_2digit: pwd2Digit };
}

const scheduleFields = (draft: ScheduleDraft): object =>
  withoutNull({
    merchant_uid: draft.merchantUid,
    schedule_at: seconds(draft.scheduledAtMs),
    amount: toWire(draft.amount, draft.currency),
    tax_free: toWire(draft.taxFree, draft.currency),
    currency: draft.currency,
    name: draft.name,
    buyer_name: draft.buyerName,
    product_type: draft.productType,
    notice_url: draft.noticeUrl,
  });

const optionalText = z.nullish(z.string());

const wireKey = z.object({
  customer_uid: z.string(),
  card_name: optionalText,
  card_code: optionalText,
  card_number: optionalText,
  card_type: z.nullish(z.number()),
  pg_id: optionalText,
  inserted: z.number(),
  updated: z.number(),
});

function toBillingKey(response: unknown): BillingKeyRecord | null {
  const parsed = wireKey.safeParse(response);
  if (!parsed.success) return null;
  const wire = parsed.data;
  return {
    customerUid: wire.customer_uid,
    cardName: wire.card_name ?? null,
    cardCode: wire.card_code ?? null,
    cardNumber: wire.card_number ? maskCardNumber(wire.card_number) : null,
    cardType: wire.card_type ?? null,
    pgId: wire.pg_id ?? null,
    insertedAtMs: wire.inserted * 1000,
    updatedAtMs: wire.updated * 1000,
  };
}

const wireSchedule = z.object({
  customer_uid: optionalText,
  merchant_uid: z.string(),
  imp_uid: optionalText,
  schedule_at: z.number(),
  amount: z.number(),
  currency: optionalText,
  schedule_status: z.string(),
  payment_status: optionalText,
  fail_reason: optionalText,
});

function toSchedule(response: unknown): ScheduleRecord | null {
  const parsed = wireSchedule.safeParse(response);
  if (!parsed.success) return null;
  const wire = parsed.data;
  const amount = parseMoney(wire.amount, "KRW");
  if (amount === null) return null;
  return {
    merchantUid: wire.merchant_uid,
    customerUid: wire.customer_uid ?? null,
    impUid: wire.imp_uid ?? null,
    scheduledAtMs: wire.schedule_at * 1000,
    amount,
    scheduleStatus: wire.schedule_status,
    paymentStatus: wire.payment_status ?? null,
    failReason: wire.fail_reason ?? null,
  };
}

function toSchedules(response: unknown): readonly ScheduleRecord[] | null {
  // A paged list where it has pages, a plain one elsewhere.
  const list = Array.isArray(response) ? response : (response as { list?: unknown } | null)?.list;
  if (!Array.isArray(list)) return null;
  const records = list.map(toSchedule);
  return records.every((record) => record !== null) ? records : null;
}
