// What a cash receipt must say and when KSNET issues one, by rule id (R-KS-n). Facts: receipt pages of the V1
// API and KSNET's page. Written from the documentation, sharing nothing with the product.
import { remainingOf, wasPaid } from "../payment.ts";
import type { Settings } from "../settings.ts";
import type { StoredPayment } from "../state.ts";
import { when } from "./rule.ts";

/** A receipt as asked for; null where the caller left something out. */
export interface WantedReceipt {
  readonly identifier: string | null;
  readonly identifierType: string | null;
  readonly type: string;
  readonly productType: string | null;
  readonly buyerName: string | null;
  readonly amount: number;
  readonly taxFree: number;
}

interface ReceiptRule {
  readonly id: string;
  readonly refuses: (wanted: WantedReceipt) => string | null;
}

/** For both kinds, in the order they are judged. */
export const receiptRules: readonly ReceiptRule[] = [
  {
    id: "identifier",
    refuses: ({ identifier }) => when(identifier === null, "발행 식별번호(identifier)가 없습니다."),
  },
  {
    id: "identifier_type",
    refuses: ({ identifierType }) =>
      when(
        identifierType !== null && !["person", "business", "phone", "taxcard"].includes(identifierType),
        "식별번호 종류(identifier_type)가 올바르지 않습니다.",
      ),
  },
  {
    id: "type",
    refuses: ({ type }) =>
      when(!["person", "company"].includes(type), "현금영수증 용도(type)가 올바르지 않습니다."),
  },
  {
    id: "R-KS-14",
    refuses: ({ productType, buyerName }) => {
      if (productType !== "real" && productType !== "digital")
        return "상품 구분(product_type)이 없거나 올바르지 않습니다.";
      return when(buyerName === null, "구매자 이름(buyer_name)이 없습니다.");
    },
  },
  {
    id: "tax_free",
    refuses: ({ taxFree, amount }) =>
      when(!(taxFree >= 0 && taxFree <= amount), "면세금액(tax_free)은 0 이상, 발행금액 이하여야 합니다."),
  },
];

/** R-KS-12: what a partial cancel left can be receipted again. Only cash-like methods have receipts at all. */
export function findPaymentRefusal(payment: StoredPayment | null, { switches }: Settings): string | null {
  if (!payment) return "존재하지 않는 결제정보입니다.";
  if (payment.payMethod !== "vbank" && payment.payMethod !== "trans")
    return "현금영수증을 발행할 수 없는 결제수단입니다.";
  if (!wasPaid(payment) || remainingOf(payment) === 0)
    return "결제완료 상태가 아닌 거래는 현금영수증을 발행할 수 없습니다.";
  if (payment.cancels.length > 0 && switches.receipt_on_partial === "400")
    return "부분취소된 거래는 현금영수증을 발행할 수 없습니다.";
  return when(
    payment.cashReceiptIssued && switches.receipt_after_window === "400",
    "결제창에서 이미 현금영수증이 발행된 거래입니다.",
  );
}
