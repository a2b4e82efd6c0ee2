// KSNET's rules for cash receipts: what may be issued for an order, and what a request for one must say.
import type { Money } from "../money.ts";
import { type Order, payingAttempt, remainingOf, remainingTaxFreeOf } from "../order.ts";
import { type IdentifierType, readIdentifier } from "../receipt-identifier.ts";
import { type BrokenRule, findBrokenRules, isBlank, type Rule, type RuleContext, when } from "./rule.ts";

export type ReceiptRefusal = "order_not_paid" | "receipt_not_applicable" | "receipt_exists";

export type ReceiptDecision =
  | { readonly decision: "issue"; readonly amount: Money; readonly taxFree: Money }
  | { readonly decision: "refuse"; readonly refusal: ReceiptRefusal };

/** Cash receipts are for cash-like payments; the provider issues over what is left of the payment. */
export function decideReceipt(order: Order): ReceiptDecision {
  const paying = payingAttempt(order);
  const amount = remainingOf(order);
  if (!paying || amount === 0) return { decision: "refuse", refusal: "order_not_paid" };
  const isCashLike = paying.payMethod === "trans" || paying.payMethod === "vbank";
  if (!isCashLike || order.currency !== "KRW")
    return { decision: "refuse", refusal: "receipt_not_applicable" };
  // The window issued one by itself; a second one would be a second deduction.
  if (paying.cashReceiptIssued) return { decision: "refuse", refusal: "receipt_exists" };
  return { decision: "issue", amount, taxFree: remainingTaxFreeOf(order) };
}

export interface ReceiptFacts {
  readonly productType: string | null;
  /** As it was written; null where it is malformed. */
  readonly identifier: string | null;
  readonly identifierType: IdentifierType | null;
  /** Of a sale outside PortOne; an order brings its own. */
  readonly sale: { readonly buyerName: string | null } | null;
}

// Source: PortOne's V1 API description and KSNET pages, read 2026-08; of each rule, in docs/ksnet-rules.md.
export const receiptRules: readonly Rule<ReceiptFacts>[] = [
  {
    code: "product_type_required",
    rule: "R-KS-14",
    title: "product_type is required",
    detail: "KSNET 현금영수증에는 product_type(real 또는 digital)이 필요합니다.",
    findBroken: ({ productType }) => when(productType === null, "/product_type"),
  },
  {
    code: "buyer_name_required",
    rule: "R-KS-14",
    title: "buyer_name is required",
    detail: "KSNET 현금영수증에는 구매자 이름(buyer_name)이 필요합니다.",
    findBroken: ({ sale }) => when(sale !== null && isBlank(sale.buyerName), "/buyer_name"),
  },
  {
    code: "identifier_invalid",
    rule: null,
    title: "Invalid receipt identifier",
    detail:
      "현금영수증 발급 번호가 올바르지 않습니다. 숫자만 보내세요(하이픈과 공백은 빼고 읽습니다): 휴대폰 10~11자리, 사업자등록번호 10자리, 주민등록번호 13자리, 현금영수증카드 13~19자리.",
    findBroken: ({ identifier, identifierType }) =>
      when(identifier !== null && readIdentifier(identifier, identifierType) === null, "/identifier"),
  },
];

export const findBrokenReceiptRules = (facts: ReceiptFacts, context: RuleContext): readonly BrokenRule[] =>
  findBrokenRules(receiptRules, facts, context);
