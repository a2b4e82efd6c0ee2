// What PortOne and KSNET check before an API call makes a payment, by rule id (R-KS-n). Facts: pages of
// /vbanks and /subscribe/payments of the V1 API, KSNET's page. Sharing nothing with the product.
import { type Circumstances, when } from "./rule.ts";

/** What every such call says; null where it was left out, NaN where it is no number. */
export interface ApiPayment {
  readonly merchantUid: string | null;
  readonly amount: number | null;
  readonly taxFree: number | null;
  readonly currency: string;
  readonly productType: string | null;
  readonly buyerName: string | null;
  readonly isUsed: boolean;
}

interface ApiPaymentRule {
  readonly id: string;
  readonly refuses: (wanted: ApiPayment, circumstances: Circumstances) => string | null;
}

/** In the order they are judged. */
export const apiPaymentRules: readonly ApiPaymentRule[] = [
  {
    id: "R-KS-32",
    refuses: ({ merchantUid, isUsed }) => {
      if (merchantUid === null || [...merchantUid].length > 40)
        return "주문번호(merchant_uid)가 없거나 40자를 넘습니다.";
      return when(isUsed, "이미 결제가 이루어진 거래건입니다.");
    },
  },
  {
    id: "R-KS-23",
    refuses: ({ currency }) =>
      when(currency !== "KRW" && currency !== "USD", "KSNET이 지원하지 않는 통화(currency)입니다."),
  },
  {
    id: "amount",
    refuses: ({ amount, currency }) => {
      if (amount === null || !(amount > 0)) return "결제금액(amount)은 0보다 커야 합니다.";
      return when(currency === "KRW" && !Number.isSafeInteger(amount), "결제금액(amount)은 정수여야 합니다.");
    },
  },
  {
    id: "R-KS-2",
    refuses: ({ taxFree, amount }) =>
      when(
        taxFree !== null && !(taxFree >= 0 && taxFree <= (amount ?? 0)),
        "면세금액(tax_free)은 0 이상, 결제금액 이하여야 합니다.",
      ),
  },
  {
    id: "R-KS-16",
    refuses: ({ productType, buyerName }) => {
      if (productType !== "real" && productType !== "digital")
        return "상품 구분(product_type)이 없거나 올바르지 않습니다.";
      return when(buyerName === null, "구매자 이름(buyer_name)이 없습니다.");
    },
  },
];
