// Why an order waits for a person. A mark beside the state: the order keeps following PortOne's record,
// but nothing is fulfilled while it is set.

/** The names seen in `review_reason`, in logs and in the runbook. */
export type ReviewReason =
  | "status_unknown"
  | "merchant_uid_mismatch"
  | "sandbox_payment"
  | "foreign_channel"
  | "payment_older_than_order"
  | "currency_mismatch"
  | "amount_mismatch"
  | "tax_free_mismatch"
  | "cancel_sum_mismatch"
  | "pay_method_mismatch"
  | "escrow_mismatch"
  | "give_back_stopped"
  | "manual_refund"
  | "double_cancel"
  | "receipt_refused"
  | "refund_account_needed"
  | "operation_unresolved";
