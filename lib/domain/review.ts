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

/** Money that is not certainly this shop's or this order's: noted as a mark, never kept as one of its attempts. */
const foreign: Readonly<Record<ReviewReason, boolean>> = {
  status_unknown: true,
  merchant_uid_mismatch: true,
  sandbox_payment: true,
  foreign_channel: true,
  payment_older_than_order: true,
  currency_mismatch: false,
  amount_mismatch: false,
  tax_free_mismatch: false,
  cancel_sum_mismatch: false,
  escrow_mismatch: false,
  give_back_stopped: false,
  manual_refund: false,
  double_cancel: false,
  receipt_refused: false,
  refund_account_needed: false,
  operation_unresolved: false,
};

export const isForeign = (reason: ReviewReason): boolean => foreign[reason];
