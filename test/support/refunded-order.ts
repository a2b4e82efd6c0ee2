// An order that was paid, and what of it went back before.
import type { Order } from "../../lib/domain/order.ts";
import { attempt, createdAtMs, createdOrder, won } from "./orders.ts";

export interface WentBack {
  readonly amount: number;
  readonly taxFree: number;
  /** In PortOne's console, which tells no tax-free part. */
  readonly isConsole?: boolean;
}

export function refundedOrder(
  amount: number,
  taxFree: number,
  before: readonly WentBack[] = [],
  currency: Order["currency"] = "KRW",
): Order {
  const cancels = before.map((cancel, index) => ({
    cancellationId: `c-${index}`,
    amount: won(cancel.amount),
    taxFree: won(cancel.isConsole ? 0 : cancel.taxFree),
    atMs: createdAtMs,
    refundId: cancel.isConsole ? null : `rf_${index}`,
  }));
  return createdOrder({
    amount: won(amount),
    taxFree: won(taxFree),
    currency,
    impUid: "imp_1",
    state: "paid",
    attempts: [
      attempt("imp_1", { state: "paid", amount: won(amount), payMethod: "card", currency, cancels }),
    ],
  });
}
