// Lists of reserved charges, of all or of one customer. Facts: schedule pages of the V1 API (from included,
// to not; at most three months); how many a page holds and what a page beyond the last is are assumed.
import type { StoredSchedule } from "../state.ts";
import { toWireSchedule } from "../wire-schedule.ts";
import { type Answer, type ApiCall, type Endpoint, failure, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";

const longestWindowSeconds = 93 * 86_400;
const pageSize = 20;
const statuses = ["scheduled", "executed", "revoked"];

interface Wanted {
  readonly from: number | null;
  readonly to: number | null;
  readonly status: string | null;
  readonly customerUid: string | null;
}

function list(call: ApiCall, { from, to, status, customerUid }: Wanted): Answer {
  const { store, settings } = call.simulator;
  if (from === null || to === null || !(from <= to) || to - from > longestWindowSeconds)
    return failure(400, "조회기간이 없거나 3개월을 넘습니다.");
  if (status !== null && !statuses.includes(status)) return failure(400, "예약상태가 올바르지 않습니다.");
  const page = numberField(call.query, "page") ?? 1;
  const limit = numberField(call.query, "limit") ?? pageSize;
  if (!(Number.isInteger(page) && page >= 1 && Number.isInteger(limit) && limit >= 1 && limit <= 1000))
    return failure(400, "page, limit 값이 올바르지 않습니다.");
  const wanted = [...store.all("schedules")]
    .filter((schedule) => isIn(schedule, from, to))
    .filter((schedule) => status === null || schedule.status === status)
    .filter((schedule) => customerUid === null || schedule.customerUid === customerUid)
    .toSorted((a, b) => a.scheduledAtMs - b.scheduledAtMs || a.n - b.n);
  const ordered = textField(call.query, "sorting") === "-scheduled" ? wanted.toReversed() : wanted;
  const shown = ordered.slice((page - 1) * limit, page * limit);
  return success(shown.map((schedule) => toWireSchedule(schedule, settings)));
}

const isIn = ({ scheduledAtMs }: StoredSchedule, from: number, to: number): boolean =>
  scheduledAtMs >= from * 1000 && scheduledAtMs < to * 1000;

const all: Endpoint = {
  method: "GET",
  path: "/subscribe/payments/schedule",
  handle: (call) =>
    list(call, {
      from: numberField(call.query, "schedule_from"),
      to: numberField(call.query, "schedule_to"),
      status: textField(call.query, "schedule_status"),
      customerUid: null,
    }),
};

const ofCustomer = (path: string): Endpoint => ({
  method: "GET",
  path,
  handle: (call) =>
    list(call, {
      from: numberField(call.query, "from"),
      to: numberField(call.query, "to"),
      status: textField(call.query, "schedule-status"),
      customerUid: call.path["customer_uid"] ?? "",
    }),
});

export const scheduleLists: readonly Endpoint[] = [
  all,
  ofCustomer("/subscribe/payments/schedule/customers/{customer_uid}"),
  ofCustomer("/subscribe/customers/{customer_uid}/schedules"),
];
