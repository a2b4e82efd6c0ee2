// A stored payment as PortOne sends it: snake_case, UNIX seconds, and PortOne's empty values (null, 0, [])
// as seen in live answers. Field order follows PortOne's own samples.
import type { StoredCancel, StoredPayment } from "./state.ts";

export type WirePayment = Readonly<Record<string, unknown>>;

const seconds = (ms: number | null): number => (ms === null ? 0 : Math.floor(ms / 1000));

/** Sums of won and of dollars with cents alike; binary fractions must not show. */
export const toCents = (amount: number): number => Math.round(amount * 100) / 100;

export const cancelAmountOf = (payment: StoredPayment): number =>
  toCents(payment.cancels.reduce((sum, cancel) => sum + cancel.amount, 0));

export const toWireCancel = (cancel: StoredCancel, { pgTid }: StoredPayment) => ({
  pg_tid: pgTid ?? "",
  amount: cancel.amount,
  cancelled_at: seconds(cancel.atMs),
  reason: cancel.reason,
  cancellation_id: cancel.cancellationId,
  receipt_url: cancel.receiptUrl,
});

export function toWire(payment: StoredPayment): WirePayment {
  const { card, account, bank } = payment;
  return {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    pay_method: payment.payMethod,
    channel: payment.channel,
    pg_provider: "ksnet",
    emb_pg_provider: payment.embPgProvider,
    pg_tid: payment.pgTid,
    pg_id: payment.pgId,
    sandbox: payment.sandbox,
    escrow: payment.escrow,
    apply_num: payment.applyNum,
    bank_code: bank?.code ?? null,
    bank_name: bank?.name ?? null,
    card_code: card?.code ?? null,
    card_name: card?.name ?? null,
    card_issuer_code: card?.code ?? null,
    card_issuer_name: card?.name ?? null,
    card_publisher_code: card?.code ?? null,
    card_publisher_name: card?.name ?? null,
    card_quota: payment.cardQuota,
    card_number: card?.number ?? null,
    card_type: card?.type ?? null,
    vbank_code: account?.code ?? null,
    vbank_name: account?.name ?? null,
    vbank_num: account?.number ?? null,
    vbank_holder: account?.holder ?? null,
    vbank_date: seconds(account?.dueAtMs ?? null),
    vbank_issued_at: seconds(account?.issuedAtMs ?? null),
    name: payment.name,
    amount: payment.amount,
    cancel_amount: cancelAmountOf(payment),
    currency: payment.currency,
    buyer_name: payment.buyerName,
    buyer_email: payment.buyerEmail,
    buyer_tel: payment.buyerTel,
    buyer_addr: payment.buyerAddr,
    buyer_postcode: payment.buyerPostcode,
    custom_data: payment.customData,
    user_agent: "sorry_not_supported_anymore",
    status: payment.status,
    started_at: seconds(payment.startedAtMs),
    paid_at: seconds(payment.paidAtMs),
    failed_at: seconds(payment.failedAtMs),
    cancelled_at: seconds(payment.cancelledAtMs),
    fail_reason: payment.failReason,
    cancel_reason: payment.cancelReason,
    receipt_url: payment.receiptUrl,
    cancel_history: payment.cancels.map((cancel) => toWireCancel(cancel, payment)),
    cancel_receipt_urls: payment.cancels.flatMap((cancel) => cancel.receiptUrl ?? []),
    cash_receipt_issued: payment.cashReceiptIssued,
    customer_uid: payment.customerUid,
    customer_uid_usage: usageOf(payment),
  };
}

function usageOf({ customerUid, isScheduled }: StoredPayment): string | null {
  if (customerUid === null) return null;
  return isScheduled ? "payment.scheduled" : "payment";
}
