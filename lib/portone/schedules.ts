// Charges PortOne is to make by itself, reserved on billing keys.
import { parseMoney, toWire } from "../domain/money.ts";
import type { ScheduleRecord } from "../domain/schedule.ts";
import type { ScheduleDraft, ScheduleGateway } from "../ports/billing.ts";
import { ask, askForOne, isBeyondLastPage, unavailable, unreadable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { change, withoutNull } from "./change-call.ts";
import { asWire, impUidIn, merchantUidIn, nameIn, timeIn } from "./fields.ts";
import { pathTo, withQuery } from "./path.ts";
import { mostPages } from "./policy.ts";
import { sentenceBytes, wordsIn } from "./words.ts";

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
    const passedOver = new Set<string | null>();
    const end = () => ({ outcome: "found" as const, records, unreadable: [...passedOver] });
    const path = pathTo`/subscribe/payments/schedule/customers/${customerUid}`;
    for (let page = 1; page <= mostPages; page += 1) {
      const query = `page=${page}&from=${seconds(fromMs)}&to=${seconds(toMs)}`;
      const answer = await ask(caller, withQuery(path, query));
      if (answer.outcome === "not_found" || isBeyondLastPage(answer, page)) return end();
      if (answer.outcome !== "success") return unavailable(answer);
      const read = readSchedules(answer.response);
      if (!read) return unreadable("unreadable schedules");
      const knownRows = passedOver.size;
      for (const merchantUid of read.unreadable) passedOver.add(merchantUid);
      const known = new Set(records.map(nameOf));
      const news = read.records.filter((record) => !known.has(nameOf(record)));
      // A page that brings nothing is the last one again.
      if (news.length === 0 && passedOver.size === knownRows) return end();
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

function toSchedule(response: unknown): ScheduleRecord | null {
  const wire = asWire(response);
  const merchantUid = wire && merchantUidIn(wire["merchant_uid"]);
  const scheduledAtMs = wire && timeIn(wire["schedule_at"]);
  const scheduleStatus = wire && nameIn(wire["schedule_status"]);
  // Of one without its time or its status nobody can say whether it still runs.
  if (!wire || merchantUid === null || scheduledAtMs === null || scheduleStatus === null) return null;
  return {
    merchantUid,
    customerUid: nameIn(wire["customer_uid"]),
    impUid: impUidIn(wire["imp_uid"]),
    scheduledAtMs,
    amount: parseMoney(wire["amount"], "KRW"),
    scheduleStatus,
    paymentStatus: nameIn(wire["payment_status"]),
    failReason: wordsIn(wire["fail_reason"], sentenceBytes),
  };
}

interface ReadSchedules {
  readonly records: readonly ScheduleRecord[];
  /** The numbers of those that are none; null where not even that can be read. */
  readonly unreadable: readonly (string | null)[];
}

function readSchedules(response: unknown): ReadSchedules | null {
  // A paged list where it has pages, a plain one elsewhere.
  const list: unknown = Array.isArray(response) ? response : asWire(response)?.["list"];
  if (!Array.isArray(list)) return null;
  const read = list.map((row) => ({ row, record: toSchedule(row) }));
  return {
    records: read.flatMap(({ record }) => record ?? []),
    unreadable: read.flatMap(({ row, record }) =>
      record ? [] : [merchantUidIn(asWire(row)?.["merchant_uid"])],
    ),
  };
}

/** What a change answers: only all of them together say that it happened. */
function toSchedules(response: unknown): readonly ScheduleRecord[] | null {
  const read = readSchedules(response);
  return read?.unreadable.length === 0 ? read.records : null;
}
