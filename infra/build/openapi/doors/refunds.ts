// The doors of refunds.

import * as z from "zod/mini";
import { cancelRefusals } from "../../../../lib/domain/operation.ts";
import type { RefundRefusal } from "../../../../lib/domain/refund.ts";
import { refundBody, refundNamed, refundsPage } from "../../../../lib/http/requests/refund.ts";
import type { RefundResult } from "../../../../lib/usecases/refunds/request-refund.ts";
import type { WithdrawResult } from "../../../../lib/usecases/refunds/withdraw-refund.ts";
import { refund, refundList, unreadableRefund } from "../answers/refund.ts";
import { codesOf, refundRuleCodes } from "../codes.ts";
import type { MerchantDoor } from "../door.ts";

const merchant_uid = "ord-20260805-000142";
const onRefunds = { functionName: "refund", scope: "refunds", tag: "refunds" } as const;
/** What the order's own figures forbid. */
const byFigures = [
  "order_not_paid",
  "refund_amount_not_positive",
  "refund_exceeds_remaining",
  "refund_tax_free_exceeds_remaining",
] as const satisfies readonly RefundRefusal[];

const pendingRefund = {
  status: 202,
  ko: "결과를 아직 모르거나(`pending`) 아침에 보낼(`scheduled`) 환불. 같은 키로 다시 요청하면 결과를 알려 줍니다",
  en: "Not known yet (`pending`), or waiting for the morning (`scheduled`): the same key tells later",
  schema: z.union([refund, unreadableRefund]),
  hasLocation: true,
} as const;

export const refundDoors: readonly MerchantDoor[] = [
  {
    ...onRefunds,
    route: "POST /orders/{merchant_uid}/refunds",
    action: "refund.create",
    ko: "환불합니다",
    en: "Refund an order, wholly or in part",
    about: {
      ko: "`Idempotency-Key`마다 돈은 많아야 한 번 움직입니다. 답을 받지 못했으면 **같은 키**로 다시 보내세요. 새 키는 새 환불입니다. `amount`를 빼면 남은 금액 전부입니다.",
      en: "A key moves money at most once. After a lost answer send the **same key** again; a new key is a new refund. Without `amount` all that is left goes back.",
    },
    request: refundBody,
    headers: { "idempotency-key": "idempotency_key" },
    example: {
      path: { merchant_uid },
      headers: { "idempotency-key": "refund-000142-1" },
      body: { amount: 20_000, reason: "단순 변심" },
    },
    answers: [{ status: 200, ko: "끝난 환불", en: "The refund, done", schema: refund }, pendingRefund],
    codes: [
      "idempotency_key_required",
      ...byFigures,
      ...codesOf<RefundResult>()(
        "order_not_found",
        "idempotency_key_reused",
        "operation_in_flight",
        "order_busy",
        "provider_unavailable",
      ),
      ...refundRuleCodes,
      ...cancelRefusals,
    ],
  },
  {
    ...onRefunds,
    route: "GET /orders/{merchant_uid}/refunds/{refund_id}",
    action: "refund.get",
    ko: "환불 하나를 조회합니다",
    en: "Read a refund",
    request: refundNamed,
    example: { path: { merchant_uid, refund_id: "rf_wcL_BO6e1nDpAYAVyyp0rw" } },
    answers: [{ status: 200, ko: "환불", en: "The refund", schema: refund }],
    codes: ["order_not_found", "refund_not_found"],
  },
  {
    ...onRefunds,
    route: "GET /orders/{merchant_uid}/refunds",
    action: "refund.list",
    ko: "주문의 환불을 모두 봅니다",
    en: "List an order's refunds, console cancels and give-backs among them",
    about: {
      ko: "`limit`을 빼면 한 번에 모두, 있으면 `cursor`로 나누어 봅니다.",
      en: "Without `limit` all at once, with it page by page.",
    },
    request: refundsPage,
    query: ["limit", "cursor"],
    example: { path: { merchant_uid }, query: { limit: 20 } },
    answers: [{ status: 200, ko: "오래된 순서의 환불", en: "Refunds, oldest first", schema: refundList }],
    codes: ["order_not_found"],
  },
  {
    ...onRefunds,
    route: "DELETE /orders/{merchant_uid}/refunds/{refund_id}",
    action: "refund.withdraw",
    ko: "아직 보내지 않은 예약 환불을 거둡니다",
    en: "Take back a refund that waits for the morning",
    request: refundNamed,
    example: { path: { merchant_uid: "ord-20260805-000145", refund_id: "rf_V56tmtbMqhAc3l3Tim74Ag" } },
    answers: [
      { status: 200, ko: "거둔 환불", en: "The refund, withdrawn", schema: refund },
      { ...pendingRefund, schema: unreadableRefund },
    ],
    codes: codesOf<WithdrawResult>()(
      "order_not_found",
      "refund_not_found",
      "refund_not_scheduled",
      "order_busy",
    ),
  },
];
