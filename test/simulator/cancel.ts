// Cancelling a payment, from the API and from the console. Facts: cancel page (amount absent or 0 cancels
// everything left; `checksum` is the caller's idea of the balance, unequal means nothing is done), the
// refusals seen live; everything else KSNET refuses is in ksnet/. Texts of ours where none is known.
import { cancelRules, type WantedCancel } from "./ksnet/cancel-rules.ts";
import { hasReceiptUrl } from "./ksnet/silent-rules.ts";
import { cancelPayment, remainingOf, wasPaid } from "./payment.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredCancel, StoredPayment } from "./state.ts";

export interface CancelRequest {
  readonly amount: number | null;
  readonly taxFree: number | null;
  readonly checksum: number | null;
  readonly reason: string | null;
  readonly refundHolder: string | null;
  readonly refundBank: string | null;
  readonly refundAccount: string | null;
  readonly byConsole: boolean;
}

export type CancelDecision =
  | { readonly outcome: "cancels"; readonly wanted: WantedCancel }
  | { readonly outcome: "refused"; readonly message: string; readonly rule: string };

const refused = (rule: string, message: string): CancelDecision => ({ outcome: "refused", rule, message });

/** Whether the caller's idea of the balance holds; callers without one are not asked. */
export function failsChecksum(payment: StoredPayment, checksum: number | null): boolean {
  return checksum !== null && checksum !== remainingOf(payment);
}

export const checksumRefusal = "취소 가능 잔액(checksum)이 일치하지 않습니다.";

export function decideCancel(
  simulator: Simulator,
  payment: StoredPayment,
  request: CancelRequest,
): CancelDecision {
  if (!wasPaid(payment)) return refused("status", "결제완료 상태가 아닌 거래는 취소할 수 없습니다.");
  const remaining = remainingOf(payment);
  if (remaining === 0) return refused("remaining", "이미 전액취소된 주문입니다.");
  const amount = request.amount === null || request.amount === 0 ? remaining : request.amount;
  if (amount < 0) return refused("amount", "취소금액(amount)이 올바르지 않습니다.");
  if (amount > remaining) return refused("remaining", "취소금액이 취소 가능 잔액보다 큽니다.");
  const wanted: WantedCancel = { ...request, amount, taxFree: request.taxFree ?? 0 };
  const circumstances = { nowMs: simulator.clock.nowMs(), settings: simulator.settings };
  for (const rule of cancelRules) {
    const message = rule.refuses(payment, wanted, circumstances);
    if (message !== null) return refused(rule.id, message);
  }
  return { outcome: "cancels", wanted };
}

/** Stores the cancel and gives the record after it. */
export function commitCancel(
  simulator: Simulator,
  payment: StoredPayment,
  wanted: WantedCancel,
  reason: string,
): { payment: StoredPayment; cancel: StoredCancel } {
  const cancellationId = simulator.nextId("cancellationId");
  const cancel: StoredCancel = {
    cancellationId,
    amount: wanted.amount,
    taxFree: wanted.taxFree,
    atMs: simulator.clock.nowMs(),
    reason,
    receiptUrl: hasReceiptUrl(payment.payMethod)
      ? `https://receipt.example/ksnet/cancel/${cancellationId}`
      : null,
  };
  const next = cancelPayment(payment, cancel, simulator.settings.switches.partial_cancel_status);
  simulator.store.put("payments", next.impUid, next);
  return { payment: next, cancel };
}
