// Why an order waits for a person. A mark beside the state: the order keeps following PortOne's record,
// but nothing is fulfilled while it is set.

/** The names seen in `review_reason`, in logs and in the runbook. */
export const reviewReasons = [
  "status_unknown",
  "merchant_uid_mismatch",
  "sandbox_payment",
  "foreign_channel",
  "payment_older_than_order",
  "currency_mismatch",
  "amount_mismatch",
  "tax_free_mismatch",
  "cancel_sum_mismatch",
  "escrow_mismatch",
  "give_back_stopped",
  "manual_refund",
  "double_cancel",
  "receipt_refused",
  "refund_account_needed",
  "operation_unresolved",
] as const;

export type ReviewReason = (typeof reviewReasons)[number];

/**
 * What a mark is about. `foreign`: money that is not certainly this shop's or this order's, noted as a mark and never kept
 * as one of its attempts. `payment`: money of its own that does not fit. `call`: what was done about money.
 */
const subjects: Readonly<Record<ReviewReason, "foreign" | "payment" | "call">> = {
  status_unknown: "foreign",
  merchant_uid_mismatch: "foreign",
  sandbox_payment: "foreign",
  foreign_channel: "foreign",
  payment_older_than_order: "foreign",
  currency_mismatch: "payment",
  amount_mismatch: "payment",
  tax_free_mismatch: "payment",
  cancel_sum_mismatch: "payment",
  escrow_mismatch: "payment",
  give_back_stopped: "call",
  manual_refund: "payment",
  double_cancel: "call",
  receipt_refused: "call",
  refund_account_needed: "call",
  operation_unresolved: "call",
};

export const isForeign = (reason: ReviewReason): boolean => subjects[reason] === "foreign";
export const isOfPayment = (reason: ReviewReason): boolean => subjects[reason] === "payment";
