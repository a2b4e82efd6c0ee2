// The codes of KSNET's rules, as merchants see them: each broken rule is answered 422 with its own title, detail and
// rule id. A rule whose code is not here does not compile.

export type RuleCode =
  // The payment window.
  | "pay_method_unknown"
  | "window_billing_unsupported"
  | "vbank_due_required"
  | "instalments_with_direct"
  | "interest_free_issuer"
  | "escrow_method_unsupported"
  | "escrow_email_required"
  | "digital_required"
  | "direct_field_required"
  // The window and calls without it.
  | "contract_missing"
  | "tax_free_exceeds_amount"
  | "vbank_due_past"
  | "currency_unsupported"
  | "instalments_below_minimum"
  // Charges and billing keys.
  | "customer_uid_unsupported"
  | "card_number_invalid"
  | "expiry_past"
  | "birth_invalid"
  | "pwd_2digit_invalid"
  // Charges, accounts and cash receipts.
  | "product_type_required"
  | "buyer_name_required"
  | "identifier_invalid"
  | RefundRuleCode;

/** Refunds: one that waited for the morning may end by such a rule, which is then kept as its end. */
export const refundRuleCodes = [
  "partial_refund_limit_reached",
  "refund_window_closed",
  "vbank_refund_closed_at_night",
  "vbank_refund_not_contracted",
  "refund_account_required",
  "phone_partial_refund_unsupported",
  "phone_refund_month_over",
  "escrow_not_confirmed",
] as const;
export type RefundRuleCode = (typeof refundRuleCodes)[number];
