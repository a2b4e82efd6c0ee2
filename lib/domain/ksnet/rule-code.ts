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
  // Refunds.
  | "escrow_not_confirmed";
