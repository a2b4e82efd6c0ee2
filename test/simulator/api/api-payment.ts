// Reads what an API call that makes a payment asks for, and holds it against the rules all of them share.
import { type ApiPayment, apiPaymentRules } from "../ksnet/api-payment-rules.ts";
import { wasPaid } from "../payment.ts";
import type { ApiCall } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";

export interface SoundApiPayment {
  readonly merchantUid: string;
  readonly amount: number;
  readonly taxFree: number;
  readonly currency: string;
}

export type ReadResult =
  | { readonly outcome: "sound"; readonly wanted: SoundApiPayment }
  | { readonly outcome: "refused"; readonly message: string };

/** `refusesUsed`: a number that was paid before is refused. */
export function readApiPayment({ body, simulator }: ApiCall, refusesUsed: boolean): ReadResult {
  const merchantUid = textField(body, "merchant_uid");
  const given: ApiPayment = {
    merchantUid,
    amount: numberField(body, "amount"),
    taxFree: numberField(body, "tax_free"),
    currency: textField(body, "currency") ?? "KRW",
    productType: textField(body, "product_type"),
    buyerName: textField(body, "buyer_name"),
    isUsed: refusesUsed && simulator.store.paymentsOf(merchantUid ?? "").some(wasPaid),
  };
  const circumstances = { nowMs: simulator.clock.nowMs(), settings: simulator.settings };
  for (const rule of apiPaymentRules) {
    const message = rule.refuses(given, circumstances);
    if (message !== null) return { outcome: "refused", message };
  }
  const { amount, taxFree, currency } = given;
  const sound = { merchantUid: merchantUid ?? "", amount: amount ?? 0, taxFree: taxFree ?? 0, currency };
  return { outcome: "sound", wanted: sound };
}
