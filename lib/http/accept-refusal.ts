// Why a payment is not taken as the order's own, in words a person can act on.
import type { AcceptRefusal } from "../domain/acceptance.ts";

const reasons: Readonly<Record<AcceptRefusal, string>> = {
  status_unknown: "결제 상태를 알 수 없어",
  merchant_uid_mismatch: "다른 주문번호의 결제여서",
  sandbox_payment: "테스트 채널의 결제여서",
  foreign_channel: "우리 상점아이디(PAY_MID)의 결제가 아니어서",
  payment_older_than_order: "주문보다 먼저 시작된 결제여서",
  currency_mismatch: "통화가 주문과 달라",
  amount_mismatch: "금액이 주문과 달라",
  tax_free_mismatch: "면세 금액이 결제 금액보다 커서",
  cancel_sum_mismatch: "취소 금액의 합계가 맞지 않아",
  escrow_mismatch: "에스크로 여부가 주문과 달라",
  order_voided: "취소된 주문이어서",
  order_superseded: "다른 주문번호로 대신한 주문이어서",
  order_paid: "이미 결제된 주문이어서",
  give_back_wanted: "되돌려줄 결제여서",
  give_back_scheduled: "환불이 예약된 결제여서",
  give_back_in_flight: "환불을 처리하는 중이어서",
  give_back_done: "이미 되돌려준 결제여서",
  payment_unknown: "포트원에서 찾을 수 없는 결제여서",
  payment_not_paid: "결제가 완료되지 않아",
  nothing_left: "모두 취소되어 남은 금액이 없는 결제여서",
};

export const whyNotAccepted = (why: AcceptRefusal): string =>
  `${reasons[why]} 주문의 결제로 인정할 수 없습니다.`;
