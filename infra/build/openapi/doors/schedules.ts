// The doors of reserved charges.
import { findBrokenChargeRules } from "../../../../lib/domain/ksnet/charge-rules.ts";
import {
  readSchedules,
  rescheduleBody,
  scheduleBody,
  scheduleNamed,
  scheduleWindow,
  unscheduleNames,
} from "../../../../lib/http/requests/schedule.ts";
import type { RescheduleResult } from "../../../../lib/usecases/charges/reschedule-charge.ts";
import type { RetryOutcome } from "../../../../lib/usecases/charges/retry-schedule.ts";
import type { ScheduleResult } from "../../../../lib/usecases/charges/schedule-charges.ts";
import type { UnscheduleResult } from "../../../../lib/usecases/charges/unschedule-charges.ts";
import { schedule, schedules } from "../answers/charge.ts";
import { codesOf } from "../codes.ts";
import type { MerchantDoor } from "../door.ts";
import { charged } from "./billing.ts";

const onSchedules = { functionName: "billing", scope: "billing", tag: "schedules" } as const;
const customer_uid = "cust-4821";
const merchant_uid = "sub-4821-202609";
const pending = {
  status: 202,
  ko: "결과를 아직 모르는 예약(`schedule_status`가 `pending`). 같은 요청이 결과를 알려 줍니다",
  en: "Not known yet where `schedule_status` is `pending`: the same request tells later",
} as const;

const wrongEntry = { amount: 1_000, tax_free: 2_000, currency: "USD" };
const nothingAgreed = { nowMs: 0, contracts: new Set<never>() };
const entryRules = readSchedules({ schedules: [wrongEntry] }, 0)
  .facts.flatMap((facts) => findBrokenChargeRules(facts, nothingAgreed))
  .map(({ code }) => code);

export const scheduleDoors: readonly MerchantDoor[] = [
  {
    ...onSchedules,
    route: "POST /customers/{customer_uid}/schedules",
    action: "billing.schedule",
    ko: "빌링키 결제를 예약합니다",
    en: "Reserve charges of a billing key",
    about: {
      ko: "주문번호마다 한 번만 예약됩니다. 실행은 포트원이 합니다.",
      en: "Each number is reserved once. PortOne makes the charge when its time has come.",
    },
    request: scheduleBody,
    example: {
      path: { customer_uid },
      body: {
        schedules: [
          {
            merchant_uid,
            schedule_at: "2026-09-01T10:00:00+09:00",
            amount: 8_900,
            name: "정기구독 9월분",
            buyer_name: "홍길동",
            product_type: "digital",
          },
        ],
      },
    },
    answers: [
      { status: 201, ko: "예약", en: "What is reserved", schema: schedules },
      { ...pending, schema: schedules },
    ],
    codes: [
      ...codesOf<ScheduleResult>()(
        "order_exists",
        "billing_key_not_found",
        "provider_refused",
        "provider_unavailable",
      ),
      ...entryRules,
    ],
  },
  {
    ...onSchedules,
    route: "GET /customers/{customer_uid}/schedules",
    action: "billing.schedules",
    ko: "고객의 예약을 봅니다",
    en: "List a customer's reserved charges",
    about: {
      ko: "`from`을 빼면 30일 전부터, `to`를 빼면 그 89일 뒤까지입니다.",
      en: "From thirty days ago and over 89 days, unless said otherwise.",
    },
    request: scheduleWindow,
    query: ["from", "to"],
    example: {
      path: { customer_uid },
      query: { from: "2026-09-01T00:00:00+09:00", to: "2026-09-30T23:59:59+09:00" },
    },
    answers: [{ status: 200, ko: "예약", en: "What is reserved", schema: schedules }],
    codes: ["provider_unavailable"],
  },
  {
    ...onSchedules,
    route: "PUT /customers/{customer_uid}/schedules/{merchant_uid}",
    action: "billing.reschedule",
    ko: "예약 시각을 옮깁니다",
    en: "Move a reserved charge",
    request: rescheduleBody,
    example: {
      path: { customer_uid, merchant_uid },
      body: { schedule_at: "2026-09-05T10:00:00+09:00" },
    },
    answers: [
      { status: 200, ko: "옮긴 예약", en: "The reservation, moved", schema: schedule },
      { ...pending, schema: schedule },
    ],
    codes: codesOf<RescheduleResult>()(
      "schedule_not_found",
      "schedule_not_open",
      "operation_in_flight",
      "order_busy",
      "provider_refused",
      "provider_unavailable",
    ),
  },
  {
    ...onSchedules,
    route: "POST /customers/{customer_uid}/schedules/{merchant_uid}/retry",
    action: "billing.retry",
    ko: "실패한 예약 결제를 다시 시도합니다",
    en: "Charge a reserved charge that failed once more",
    request: scheduleNamed,
    example: { path: { customer_uid, merchant_uid: "sub-4821-202608" }, body: {} },
    answers: charged,
    codes: [
      "card_declined",
      ...codesOf<RetryOutcome>()(
        "order_exists",
        "order_not_found",
        "order_not_payable",
        "operation_in_flight",
        "order_busy",
        "billing_key_not_found",
        "schedule_not_found",
        "schedule_not_open",
        "provider_unavailable",
      ),
    ],
  },
  {
    ...onSchedules,
    route: "DELETE /customers/{customer_uid}/schedules",
    action: "billing.unschedule",
    ko: "예약을 취소합니다",
    en: "Revoke reserved charges",
    about: {
      ko: "`merchant_uid`를 여러 번 쓸 수 있습니다. 빼면 고객의 예약을 모두 취소합니다.",
      en: "`merchant_uid` may be given several times; without it all of the customer's are revoked.",
    },
    request: unscheduleNames,
    query: ["merchant_uid"],
    example: { path: { customer_uid }, query: { merchant_uid: [merchant_uid] } },
    answers: [
      { status: 200, ko: "취소된 예약", en: "What was revoked", schema: schedules },
      { ...pending, schema: schedules },
    ],
    codes: codesOf<UnscheduleResult>()("provider_refused", "provider_unavailable"),
  },
];
