// Charges PortOne is to make by itself, reserved on billing keys.
import * as z from "zod/mini";
import { parseMoney, toWire } from "../domain/money.ts";
import type { ScheduleRecord } from "../domain/schedule.ts";
import type { ScheduleDraft, ScheduleGateway } from "../ports/billing.ts";
import { ask, askForOne, isBeyondLastPage, unavailable, unreadable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { change, withoutNull } from "./change-call.ts";
import { pathTo, withQuery } from "./path.ts";
import { mostPages } from "./policy.ts";
import { sentenceBytes, words } from "./words.ts";

const pathOf = (merchantUid: string) => pathTo`/subscribe/payments/schedule/${merchantUid}`;
const seconds = (atMs: number): number => Math.floor(atMs / 1000);

export const createSchedules = (caller: AuthorizedCaller): ScheduleGateway => ({
  login: () => caller.login(),

  schedule(customerUid, drafts) {
    const body = { customer_uid: customerUid, schedules: drafts.map(scheduleFields) };
    return change(caller, { method: "POST", path: pathTo`/subscribe/payments/schedule`, body }, toSchedules);
  },

  fetchSchedule: (merchantUid) => askForOne(caller, pathOf(merchantUid), toSchedule),

  async listSchedules(customerUid, { fromMs, toMs }) {
    const records: ScheduleRecord[] = [];
    const path = pathTo`/subscribe/payments/schedule/customers/${customerUid}`;
    for (let page = 1; page <= mostPages; page += 1) {
      const query = `page=${page}&from=${seconds(fromMs)}&to=${seconds(toMs)}`;
      const answer = await ask(caller, withQuery(path, query));
      if (answer.outcome === "not_found" || isBeyondLastPage(answer, page))
        return { outcome: "found", records };
      if (answer.outcome !== "success") return unavailable(answer);
      const read = toSchedules(answer.response);
      if (!read) return unreadable("unreadable schedule");
      const known = new Set(records.map(nameOf));
      const news = read.filter((record) => !known.has(nameOf(record)));
      // A page that brings nothing is the last one again.
      if (news.length === 0) return { outcome: "found", records };
      records.push(...news);
    }
    return unreadable("too many schedules");
  },

  unschedule(customerUid, merchantUids) {
    // Either one left out would widen what is revoked.
    const body = { customer_uid: customerUid, merchant_uid: merchantUids };
    return change(
      caller,
      { method: "POST", path: pathTo`/subscribe/payments/unschedule`, body },
      toSchedules,
    );
  },

  reschedule(merchantUid, atMs, isOpen) {
    const body = { schedule_at: seconds(atMs) };
    const path = pathOf(merchantUid);
    return isOpen
      ? change(caller, { method: "PUT", path, body }, toSchedule)
      : change(
          caller,
          { method: "POST", path: pathTo`/subscribe/payments/schedule/${merchantUid}/reschedule`, body },
          toSchedule,
        );
  },
});

/** A number may be reserved again after it was revoked or has run: each reservation is one of its own. */
const nameOf = ({ merchantUid, scheduledAtMs, scheduleStatus, impUid }: ScheduleRecord): string =>
  [merchantUid, scheduledAtMs, scheduleStatus, impUid].join(" ");

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

const wireSchedule = z.object({
  customer_uid: optionalText,
  merchant_uid: z.string(),
  imp_uid: optionalText,
  schedule_at: z.number(),
  amount: z.number(),
  currency: optionalText,
  schedule_status: z.string(),
  payment_status: optionalText,
  fail_reason: words(sentenceBytes),
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
