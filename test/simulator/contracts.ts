// What a shop needs a contract of its own for at KSNET (R-KS-38). Facts: KSNET's warnings; without one a payment
// is refused, or made with a different outcome, as the rule that asks says.

export const contractNames = [
  "key_in",
  "billing",
  "vbank",
  "vbank_refund",
  "escrow",
  "digital_goods",
  "interest_free",
  "easy_pay",
  "instalments",
  "phone",
] as const;

export type ContractName = (typeof contractNames)[number];
