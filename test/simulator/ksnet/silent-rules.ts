// What KSNET changes or leaves out without saying so, by rule id (R-KS-n). Facts: KSNET's page of the V1 SDK
// and its warnings.
import { isEasyPay } from "../ksnet-codes.ts";

/** R-KS-24: the least that can be paid in instalments; Hyundai (367) begins lower. */
export const leastQuotaAmount = (cardCode: string | null): number => (cardCode === "367" ? 10_000 : 50_000);

/** R-KS-24: below the minimum KSNET charges in one sum without saying so. */
export const allowedQuota = (quota: number, amount: number, cardCode: string): number =>
  quota >= 2 && amount >= leastQuotaAmount(cardCode) ? quota : 0;

/** R-KS-28: only cards and easy pay have a sales slip to show. */
export const hasReceiptUrl = (payMethod: string): boolean => payMethod === "card" || isEasyPay(payMethod);

/** R-KS-29: Kakao Pay and Payco tell nothing about the card behind them. */
export const hidesCard = (provider: string | null): boolean =>
  provider === "kakaopay" || provider === "payco";

/** R-KS-26: KSNET's escrow is for cash-like methods; asked for elsewhere, the payment is simply without. */
export const takesEscrow = (payMethod: string): boolean => payMethod === "vbank" || payMethod === "trans";

/** R-KS-13: a receipt number with hyphens is dropped silently, the payment goes on without a receipt. */
export const isReceiptNumber = (text: string): boolean => /^\d+$/.test(text);
