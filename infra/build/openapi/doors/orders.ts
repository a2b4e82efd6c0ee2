// The doors of orders, and those of the operator's desk.

import * as z from "zod/mini";
import { merchantNamed } from "../../../../lib/http/fields.ts";
import { dayNamed, dayPage, reviewPage } from "../../../../lib/http/requests/day.ts";
import { orderBody } from "../../../../lib/http/requests/order.ts";
import { decisionBody, liftBody } from "../../../../lib/http/requests/review.ts";
import type { CreateOrderResult } from "../../../../lib/usecases/orders/create-order.ts";
import type { ReviewResult } from "../../../../lib/usecases/orders/resolve-review.ts";
import type { VoidResult } from "../../../../lib/usecases/orders/void-order.ts";
import type { SyncResult } from "../../../../lib/usecases/syncing/sync.ts";
import { createdOrder, order, orderList, reviewList } from "../answers/order.ts";
import { audit, liftedBrake } from "../answers/others.ts";
import { brake, queue } from "../answers/queue.ts";
import { codesOf, refundRuleCodes } from "../codes.ts";
import type { MerchantDoor } from "../door.ts";

const merchant_uid = "ord-20260805-000142";
const theOrder = { ko: "주문", en: "The order", schema: order };
const onOrders = { functionName: "orders", scope: "orders", tag: "orders" } as const;
const onDesk = { functionName: "orders", scope: "admin", tag: "desk" } as const;
const nothing = z.strictObject({});

export const orderDoors: readonly MerchantDoor[] = [
  {
    ...onOrders,
    route: "POST /orders",
    action: "order.create",
    ko: "주문을 만들고 결제창에 넘길 값을 받습니다",
    en: "Create an order and get what the window is opened with",
    about: {
      ko: "같은 본문을 다시 보내면 같은 주문이 200으로 돌아옵니다. 같은 번호의 다른 본문은 409 `order_exists`입니다. KSNET이 거절할 결제창은 미리 422 `request_pay_refused`로 알려 줍니다.",
      en: "The same body again is the same order, 200; another body under its number is 409 `order_exists`. A window that KSNET would refuse is refused here, 422 `request_pay_refused`.",
    },
    request: orderBody,
    refused: ["customer_uid"],
    example: {
      body: {
        merchant_uid,
        name: "나이키 와플 트레이너 2 SD",
        amount: 109_000,
        tax_free: 3_000,
        pay_method: "card",
        buyer_name: "홍길동",
        buyer_email: "buyer@example.com",
        buyer_tel: "010-1234-5678",
      },
    },
    answers: [
      { status: 201, ko: "새 주문", en: "A new order", schema: createdOrder },
      {
        status: 200,
        ko: "같은 본문으로 이미 만든 주문",
        en: "The order this body has made before",
        schema: createdOrder,
      },
    ],
    codes: [...codesOf<CreateOrderResult>()("order_exists"), "request_pay_refused"],
  },
  {
    ...onOrders,
    route: "GET /orders/{merchant_uid}",
    action: "order.get",
    ko: "주문을 조회합니다",
    en: "Read an order",
    request: merchantNamed,
    example: { path: { merchant_uid } },
    answers: [{ status: 200, ...theOrder }],
    codes: ["order_not_found"],
  },
  {
    ...onOrders,
    route: "GET /orders",
    action: "order.list",
    ko: "하루에 만든 주문이나 확인이 필요한 주문을 오래된 순서로 봅니다",
    en: "List the orders created on a day, or those in review, oldest first",
    about: {
      ko: "`day`(한국 날짜)와 `review=true` 가운데 하나만 보내세요. 둘 다 없으면 한국의 오늘입니다. `review=true`는 표시된 지 오래된 주문부터이며, 주문마다 `review_reason`이 있습니다. `cursor`가 null이 아니면 그대로 다음 요청에 넣으세요. `cursor`만 보내도 보던 목록이 이어집니다.",
      en: "Send `day`, a day in Korea, or `review=true`; with neither it is today in Korea. `review=true` begins with the oldest mark and tells each order's `review_reason`. A `cursor` that is not null asks for the next page, alone as well.",
    },
    request: dayPage,
    otherRequest: reviewPage,
    query: ["day", "review", "limit", "cursor"],
    example: { query: { day: "2026-08-05", limit: 50 } },
    answers: [
      {
        status: 200,
        ko: "그날의 주문, 또는 확인이 필요한 주문",
        en: "That day's orders, or those in review",
        schema: z.union([orderList, reviewList]),
      },
    ],
    codes: [],
  },
  {
    ...onOrders,
    route: "POST /orders/{merchant_uid}/void",
    action: "order.void",
    ko: "아직 결제되지 않은 주문을 취소합니다",
    en: "Void an order that is not paid",
    about: {
      ko: "입금 전 가상계좌는 닫고, 예약 결제는 먼저 취소합니다. 결제된 주문은 환불하세요.",
      en: "Closes an unpaid account and revokes a reserved charge first. A paid order is refunded instead.",
    },
    request: merchantNamed,
    example: { path: { merchant_uid: "ord-20260805-000143" }, body: {} },
    answers: [
      { status: 200, ...theOrder },
      {
        status: 202,
        ...theOrder,
        ko: "아직 처리 중인 주문. 같은 요청이 결과를 알려 줍니다",
        en: "Not known yet: the same request tells later",
      },
    ],
    codes: codesOf<VoidResult>()("order_not_found", "order_not_voidable", "provider_refused"),
  },
  {
    ...onOrders,
    route: "POST /orders/{merchant_uid}/sync",
    action: "order.sync",
    ko: "포트원의 기록을 다시 읽어 주문에 반영합니다",
    en: "Read PortOne's record again and bring the order level with it",
    request: merchantNamed,
    example: { path: { merchant_uid }, body: {} },
    answers: [{ status: 200, ...theOrder }],
    codes: codesOf<SyncResult>()("order_not_found", "order_busy", "provider_unavailable"),
  },
  {
    ...onDesk,
    route: "POST /orders/{merchant_uid}/resolve",
    action: "order.resolve",
    directNames: { decision: "action" },
    ko: "확인이 필요한 주문을 어떻게 할지 정합니다",
    en: "Decide what becomes of an order that is in review",
    about: {
      ko: "`sync` 다시 조회, `accept` 이 결제(`imp_uid`)를 주문의 결제로 인정, `give_back` 남은 돈을 돌려줌, `clear` 표시만 지움. 이유별 안내는 review-reasons 문서에 있습니다.",
      en: "`sync` looks again, `accept` takes the payment named by `imp_uid` as the order's own, `give_back` gives its money back, `clear` takes the mark off. The page of review reasons says which helps.",
    },
    request: decisionBody,
    example: {
      path: { merchant_uid: "ord-20260805-000144" },
      body: { action: "clear", note: "콘솔에서 확인함" },
    },
    answers: [{ status: 200, ...theOrder }],
    codes: [
      ...codesOf<ReviewResult>()(
        "order_not_found",
        "order_not_in_review",
        "order_not_acceptable",
        "order_not_paid",
        "order_busy",
        "provider_unavailable",
      ),
      // What is decided at night goes back in the morning.
      ...refundRuleCodes.filter((code) => code !== "vbank_refund_closed_at_night"),
    ],
  },
  {
    ...onDesk,
    route: "POST /give-back-brake",
    action: "give_back_brake.lift",
    ko: "자동 환불이 멈췄을 때 다시 시작합니다",
    en: "Let automatic give-backs go on after the brake stopped them",
    request: liftBody,
    example: { body: { lifted: true } },
    answers: [
      {
        status: 200,
        ko: "풀린 브레이크와 기다리던 환불의 수",
        en: "Lifted, and how many waited",
        schema: liftedBrake,
      },
    ],
    codes: ["order_busy"],
  },
  {
    ...onDesk,
    route: "GET /give-back-brake",
    ko: "자동 환불이 멈췄는지 봅니다",
    en: "See whether automatic give-backs are stopped",
    request: nothing,
    example: {},
    answers: [{ status: 200, ko: "브레이크", en: "The brake", schema: brake }],
    codes: [],
  },
  {
    ...onDesk,
    route: "GET /queue",
    ko: "무엇이 기다리고 있는지 한눈에 봅니다",
    en: "See what waits",
    about: {
      ko: "스윕이 볼 것, 결과를 모르는 요청(주문, 포트원 밖의 판매, 배송. 사람이 확인해야 하면 `review_reason`이 있습니다), 확인이 필요한 주문의 수, 브레이크, 최근 대사 결과입니다. 각각 10,000건까지 세고, `more`가 true이면 더 있습니다.",
      en: "What the sweep has to look at, calls in doubt (of orders, sales outside PortOne and parcels, with a `review_reason` where a person has to look), how many orders are in review, the brake and the latest audit. Each is counted to 10,000: `more` says that there is more than that.",
    },
    request: nothing,
    example: {},
    answers: [{ status: 200, ko: "기다리는 것", en: "What waits", schema: queue }],
    codes: [],
  },
  {
    ...onDesk,
    route: "GET /audits/{day}",
    action: "audit.get",
    ko: "하루의 대사 결과를 봅니다",
    en: "Read a day's audit against PortOne",
    request: dayNamed,
    example: { path: { day: "2026-08-05" } },
    answers: [{ status: 200, ko: "그날의 대사 결과", en: "That day's report", schema: audit }],
    codes: ["audit_not_found"],
  },
];
