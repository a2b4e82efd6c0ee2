// Why a payment is not to be taken, as PortOne shows it to the buyer.
import type { Refusal } from "../../domain/confirmation.ts";

export const confirmReasons: Record<Refusal | "malformed", { status: number; reason: string }> = {
  order_not_found: { status: 409, reason: "주문을 찾을 수 없습니다" },
  amount_mismatch: { status: 409, reason: "결제 금액이 주문과 다릅니다" },
  order_expired: { status: 409, reason: "주문 시간이 지났습니다" },
  order_already_paid: { status: 409, reason: "이미 결제된 주문입니다" },
  order_not_payable: { status: 409, reason: "결제할 수 없는 주문입니다" },
  attempt_in_progress: { status: 409, reason: "다른 결제가 진행 중입니다" },
  not_decided: { status: 503, reason: "잠시 후 다시 시도해 주세요" },
  malformed: { status: 400, reason: "요청 형식이 올바르지 않습니다" },
};
