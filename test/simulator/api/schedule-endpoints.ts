// /subscribe/payments/schedule: reserving charges of a billing key, moving and revoking them. Facts: schedule
// pages of the V1 API; texts as seen live where they are. Card fields, for a customer without a key, and
// `checking_amount` are not imitated.
import { attemptCharge, queueSchedule } from "../scheduled-charge.ts";
import type { StoredSchedule } from "../state.ts";
import { toWire } from "../wire.ts";
import { toWireSchedule } from "../wire-schedule.ts";
import { readApiPayment } from "./api-payment.ts";
import { type Answer, type ApiCall, type Endpoint, failure, refusal, success } from "./endpoint.ts";
import { listField, numberField, textField } from "./fields.ts";

const path = "/subscribe/payments/schedule";
const one = `${path}/{merchant_uid}`;

const reserve: Endpoint = {
  method: "POST",
  path,
  handle: (call) => {
    const { simulator, body } = call;
    const { store, settings } = simulator;
    if (!settings.contracts.includes("billing")) return refusal("정기결제가 계약되어 있지 않습니다.", -1);
    const customerUid = textField(body, "customer_uid") ?? "";
    if (!store.get("customers", customerUid)) return refusal("등록된 고객정보가 없습니다.");
    const entries = body["schedules"];
    if (!Array.isArray(entries) || entries.length === 0) return refusal("예약정보(schedules)가 없습니다.");
    const reserved: StoredSchedule[] = [];
    for (const entry of entries as Record<string, unknown>[]) {
      const read = readEntry(call, customerUid, entry);
      if (typeof read === "string") return refusal(read);
      if (reserved.some((other) => other.merchantUid === read.merchantUid))
        return refusal("같은 merchant_uid가 두 번 예약되었습니다.");
      reserved.push(read);
    }
    for (const schedule of reserved) keep(call, schedule);
    return success(reserved.map((schedule) => toWireSchedule(schedule, settings)));
  },
};

function readEntry(
  call: ApiCall,
  customerUid: string,
  entry: Record<string, unknown>,
): StoredSchedule | string {
  const { simulator } = call;
  const read = readApiPayment({ ...call, body: entry }, false);
  if (read.outcome === "refused") return read.message;
  const { merchantUid } = read.wanted;
  if (textField(entry, "name") === null) return "주문명(name)이 없습니다.";
  if (simulator.store.get("schedules", merchantUid)) return "이미 예약된 merchant_uid입니다.";
  const at = numberField(entry, "schedule_at");
  if (at === null || !Number.isInteger(at) || at <= simulator.clock.nowSeconds())
    return "예약시각(schedule_at)은 지금 이후의 UNIX 시각(초)이어야 합니다.";
  return {
    merchantUid,
    customerUid,
    n: simulator.nextNumber("payment"),
    scheduledAtMs: at * 1000,
    body: entry,
    status: "scheduled",
    executedAtMs: null,
    revokedAtMs: null,
    impUid: null,
    paymentStatus: null,
    failReason: null,
  };
}

function keep({ simulator, afterwards }: ApiCall, schedule: StoredSchedule): void {
  simulator.store.put("schedules", schedule.merchantUid, schedule);
  afterwards(() => queueSchedule(simulator, schedule));
}

const revoke: Endpoint = {
  method: "POST",
  path: "/subscribe/payments/unschedule",
  handle: ({ simulator, body }) => {
    const { store, clock, settings } = simulator;
    const customerUid = textField(body, "customer_uid");
    const named = listField(body, "merchant_uid");
    const wanted = [...store.all("schedules")].filter(
      (schedule) =>
        schedule.status === "scheduled" &&
        (customerUid === null || schedule.customerUid === customerUid) &&
        (named.length === 0 || named.includes(schedule.merchantUid)),
    );
    const isUnnamed = customerUid === null && named.length === 0;
    if (isUnnamed || wanted.length === 0) return refusal("취소할 예약결제 기록이 존재하지 않습니다.");
    const revoked = wanted.map(
      (schedule): StoredSchedule => ({
        ...schedule,
        status: "revoked",
        revokedAtMs: clock.nowMs(),
      }),
    );
    for (const schedule of revoked) store.put("schedules", schedule.merchantUid, schedule);
    return success(revoked.map((schedule) => toWireSchedule(schedule, settings)));
  },
};

const read: Endpoint = {
  method: "GET",
  path: one,
  handle: (call) =>
    withSchedule(call, (schedule) => success(toWireSchedule(schedule, call.simulator.settings))),
};

const move: Endpoint = {
  method: "PUT",
  path: one,
  handle: (call) =>
    withSchedule(call, (schedule) =>
      schedule.status === "scheduled" ? moveTo(call, schedule) : failure(400, "예약 상태가 아닌 결제입니다."),
    ),
};

const renew: Endpoint = {
  method: "POST",
  path: `${one}/reschedule`,
  handle: (call) =>
    withSchedule(call, (schedule) => {
      const isOver = schedule.status === "revoked" || schedule.paymentStatus === "failed";
      return isOver ? moveTo(call, schedule) : failure(400, "실패하거나 취소된 예약이 아닙니다.");
    }),
};

function moveTo(call: ApiCall, schedule: StoredSchedule): Answer {
  const { clock, settings } = call.simulator;
  const at = numberField(call.body, "schedule_at");
  if (at === null || !Number.isInteger(at) || at <= clock.nowSeconds())
    return failure(400, "예약시각(schedule_at)이 지났거나 올바르지 않습니다.");
  const moved: StoredSchedule = {
    ...schedule,
    status: "scheduled",
    scheduledAtMs: at * 1000,
    executedAtMs: null,
    revokedAtMs: null,
    impUid: null,
    paymentStatus: null,
    failReason: null,
  };
  keep(call, moved);
  return success(toWireSchedule(moved, settings));
}

const retry: Endpoint = {
  method: "POST",
  path: `${one}/retry`,
  handle: (call) =>
    withSchedule(call, (schedule) => {
      if (schedule.paymentStatus !== "failed") return failure(400, "실패한 예약결제가 아닙니다.");
      const attempt = attemptCharge(call.simulator, schedule);
      call.afterwards(() => void attempt.tell());
      return attempt.payment ? success(toWire(attempt.payment)) : failure(500, attempt.failReason ?? "");
    }),
};

function withSchedule(call: ApiCall, run: (schedule: StoredSchedule) => Answer): Answer {
  const schedule = call.simulator.store.get("schedules", call.path["merchant_uid"] ?? "");
  return schedule ? run(schedule) : failure(404, "예약결제 기록이 존재하지 않습니다.");
}

export const scheduleEndpoints: readonly Endpoint[] = [reserve, revoke, read, move, renew, retry];
