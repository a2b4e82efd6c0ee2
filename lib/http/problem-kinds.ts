// Every error a merchant or a browser can be answered with that is no rule of KSNET's: its status, its English title,
// its Korean detail. A code is stable; texts may improve. A broken rule brings its own words and is always 422.
import type { PlainCode } from "./problem-code.ts";
import { unreadableStatuses } from "./problem-error.ts";

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const problemKinds = {
  malformed_json: {
    status: unreadableStatuses.malformed_json,
    title: "Body is not a JSON object",
    detail:
      "요청 본문이 올바른 JSON 객체가 아닙니다. 이름과 문자열은 큰따옴표로 감싸고 끝의 쉼표와 주석은 빼서, { }로 감싼 객체 하나를 UTF-8로 보내 주세요.",
  },
  invalid_field: {
    status: unreadableStatuses.invalid_field,
    title: "Invalid field",
    detail: "요청 항목이 올바르지 않습니다. errors의 pointer마다 detail을 보고 고쳐 주세요.",
  },
  idempotency_key_required: {
    status: 400,
    title: "Idempotency-Key is required",
    detail:
      "Idempotency-Key 헤더(직접 호출은 idempotency_key)가 필요합니다. 환불마다 새 값(공백 없는 영문·숫자·기호 64자 이하)을 저장한 뒤 보내고, 다시 보낼 때는 같은 값을 써 주세요.",
  },
  refund_amount_not_positive: {
    status: 400,
    title: "Refund amount must be above 0",
    detail: "환불 금액은 1 이상이어야 합니다. 전액 환불은 amount를 빼고 요청해 주세요.",
  },
  unauthorized: {
    status: 401,
    title: "Unauthorized",
    detail:
      "인증 키가 없거나 올바르지 않습니다. PAY_MERCHANT_KEYS에 등록한 키를 Authorization: Bearer 헤더로 보내 주세요.",
  },
  scope_missing: {
    status: 403,
    title: "The key lacks this scope",
    detail:
      "이 인증 키로는 할 수 없는 작업입니다. 권한(scopes)이 있는 키로 요청하거나 PAY_MERCHANT_KEYS에서 이 키에 권한을 더해 주세요.",
  },
  order_not_found: {
    status: 404,
    title: "Order not found",
    detail: "주문을 찾을 수 없습니다. 주문번호를 확인해 주세요.",
  },
  refund_not_found: { status: 404, title: "Refund not found", detail: "환불 내역을 찾을 수 없습니다." },
  receipt_not_found: { status: 404, title: "Receipt not found", detail: "발급된 현금영수증이 없습니다." },
  audit_not_found: {
    status: 404,
    title: "No audit of that day",
    detail: "해당 날짜의 대사 결과가 없습니다.",
  },
  order_not_paid: {
    status: 409,
    title: "The order is not paid",
    detail:
      "결제가 완료된 주문이 아닙니다. 주문의 state를 조회해 결제된 뒤에 다시 요청하거나, 결제 전이면 void로 취소해 주세요.",
  },
  operation_in_flight: {
    status: 409,
    title: "Another operation is running",
    detail: "이 주문에 처리 중인 작업이 있습니다. 끝난 뒤 다시 요청해 주세요.",
  },
  refund_exceeds_remaining: {
    status: 409,
    title: "Refund exceeds what is left",
    detail: "환불 가능한 금액을 넘었습니다.",
  },
  refund_tax_free_exceeds_remaining: {
    status: 409,
    title: "The tax split does not fit what is left",
    detail: "남은 면세·과세 금액에 맞지 않는 면세 금액입니다.",
  },
  remaining_changed: {
    status: 409,
    title: "The remaining amount changed meanwhile",
    detail: "다른 취소가 먼저 처리되어 환불하지 않았습니다. 남은 금액을 확인해 주세요.",
  },
  refund_not_scheduled: {
    status: 409,
    title: "The refund does not wait for its time",
    detail: "예약된 환불이 아니어서 철회할 수 없습니다. 이미 보냈거나 끝난 환불입니다.",
  },
  receipt_exists: {
    status: 409,
    title: "A receipt is live",
    detail: "이미 발급된 현금영수증이 있습니다. 다시 발급하려면 먼저 DELETE로 취소해 주세요.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The key was used for another request",
    detail:
      "같은 Idempotency-Key로 다른 내용의 요청이 있었습니다. 다시 보내는 것이면 처음 본문 그대로, 새 환불이면 새 키로 요청해 주세요.",
  },
  provider_refused: {
    status: 422,
    title: "PortOne or KSNET refused",
    detail: "결제사가 요청을 거절했습니다.",
  },
  receipt_not_applicable: {
    status: 422,
    title: "No cash receipt for this payment",
    detail:
      "현금영수증은 원화 가상계좌와 계좌이체 결제에만 발급할 수 있습니다. 카드 결제는 카드 매출전표가 대신합니다.",
  },
  order_exists: {
    status: 409,
    title: "The order number is taken",
    detail:
      "같은 주문번호의 주문이 이미 있습니다. 저장하지 않는 항목이 다르거나 취소된 주문입니다. 새 주문번호로 요청해 주세요.",
  },
  order_not_voidable: {
    status: 409,
    title: "The order cannot be voided",
    detail:
      "결제되었거나 결제가 진행 중인 주문은 취소할 수 없습니다. 결제된 주문은 환불해 주시고, 진행 중이면 끝난 뒤 다시 요청해 주세요.",
  },
  order_not_in_review: {
    status: 409,
    title: "The order is not in review",
    detail: "확인이 필요하다고 표시된 주문이 아닙니다. 주문을 조회해 review_reason을 확인해 주세요.",
  },
  order_not_acceptable: {
    status: 409,
    title: "The payment cannot be accepted",
    detail: "이 결제는 주문의 결제로 인정할 수 없습니다.",
  },
  body_too_large: {
    status: unreadableStatuses.body_too_large,
    title: "Body too large",
    detail: "요청 본문은 65,536바이트를 넘을 수 없습니다.",
  },
  unsupported_media_type: {
    status: unreadableStatuses.unsupported_media_type,
    title: "Unsupported media type",
    detail:
      "읽을 수 없는 형식의 본문입니다. 압축하지 않은 UTF-8 JSON을 Content-Type: application/json으로 보내 주세요.",
  },
  request_pay_refused: {
    status: 422,
    title: "KSNET would refuse this window",
    detail: "KSNET 결제창 규칙에 맞지 않는 요청입니다.",
  },
  // Charges without a window.
  card_declined: { status: 402, title: "The card was declined", detail: "카드 승인이 거절되었습니다." },
  billing_key_not_found: {
    status: 404,
    title: "Billing key not found",
    detail: "등록된 빌링키를 찾을 수 없습니다. customer_uid를 확인하거나 빌링키를 먼저 발급해 주세요.",
  },
  delivery_not_found: {
    status: 404,
    title: "No delivery registered",
    detail: "등록된 배송 정보가 없습니다.",
  },
  delivery_not_visible_yet: {
    status: 409,
    title: "Registered, not visible at PortOne yet",
    detail: "배송 정보가 등록되었으며 30~60분 뒤에 조회할 수 있습니다.",
  },
  escrow_not_requested: {
    status: 422,
    title: "Not an escrow payment",
    detail: "에스크로로 결제된 주문이 아닙니다.",
  },
  schedule_not_found: {
    status: 404,
    title: "Reserved charge not found",
    detail: "예약된 결제를 찾을 수 없습니다.",
  },
  order_not_payable: {
    status: 409,
    title: "The order cannot be charged",
    detail: "지금은 결제할 수 없는 주문입니다.",
  },
  schedule_not_open: {
    status: 409,
    title: "The reserved charge is not open",
    detail: "이미 실행되었거나 취소된 예약 결제입니다.",
  },
  internal: {
    status: 500,
    title: "Internal error",
    detail: "서버 오류가 발생했습니다. 요청 번호와 함께 문의해 주세요.",
  },
  provider_unavailable: {
    status: 503,
    title: "PortOne did not answer",
    detail: "결제 서버가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.",
  },
  order_busy: {
    status: 503,
    title: "Others are changing this order",
    detail: "다른 요청이 이 주문을 처리하고 있습니다. 아무것도 시작되지 않았으니 잠시 후 다시 시도해 주세요.",
  },
  storage_unavailable: {
    status: 503,
    title: "The order table did not answer",
    detail: "주문 저장소가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.",
  },
} as const satisfies Record<PlainCode, ProblemKind>;
