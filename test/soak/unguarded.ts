// What the soaks of refunds and receipts begin with: nothing refused but by the product.

export const environment = {
  PAY_PREPARE: "off",
  PAY_NOTICE_BUDGET_PER_MIN: "100000",
  PAY_PORTONE_IPS: "127.0.0.1",
  PAY_SWEEPS: "2",
};

/** What only the product is to guard. */
export const switches = {
  tax_free_over_remaining: "accepted",
  vbank_night_refund: "allowed",
  partial_cancel_limit: 1_000,
};
