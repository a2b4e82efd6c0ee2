// A finished refund as it is kept for ever.
import type { Refund } from "../../lib/domain/refund.ts";
import { createdAtMs, won } from "./orders.ts";

export const refundRecord = (refundId: string, more: Partial<Refund> = {}): Refund => ({
  refundId,
  merchantUid: "ord-20260805-000142",
  impUid: "imp_730112845061",
  state: "succeeded",
  origin: "merchant",
  refusal: null,
  amount: won(20_000),
  taxFree: won(550),
  currency: "KRW",
  reason: "단순 변심",
  tag: "#k7q2m5xwa",
  cancellationId: "c-1",
  cancelledAtMs: createdAtMs,
  bodyHash: "hash",
  requestedAtMs: createdAtMs,
  completedAtMs: createdAtMs,
  remaining: won(89_000),
  remainingTaxFree: won(2_450),
  providerMessage: null,
  requestId: "8f1c0000-0000-4000-8000-000000000001",
  ...more,
});
