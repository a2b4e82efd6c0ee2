// KSNET's rules for cash receipts: what may be issued for an order, and what a request for one must say.
import type { Money } from "../money.ts";
import type { ReceiptType } from "../operation.ts";
import { type Order, payingAttempt, remainingOf, remainingTaxFreeOf } from "../order.ts";
import {
  canBeResident,
  hasBusinessCheckDigit,
  type Identifier,
  type IdentifierType,
  isSelfIssue,
  recognise,
} from "../receipt-identifier.ts";
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
  /** Null where it is malformed, or nothing was said yet. */
  readonly type: ReceiptType | null;
  /** Of a sale outside PortOne; an order brings its own. */
  readonly sale: { readonly buyerName: string | null } | null;
}

/** The number, where it has the form of one; a number without a form breaks no further rule. */
const ofForm = ({ identifier, identifierType }: ReceiptFacts): Identifier | null =>
  identifier === null ? null : recognise(identifier, identifierType);

const isOfKind = (facts: ReceiptFacts, kind: IdentifierType): boolean => ofForm(facts)?.kind === kind;

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
      "현금영수증 발급 번호가 올바르지 않습니다. 숫자만 보내세요(하이픈과 공백은 빼고 읽습니다): 휴대폰 010은 11자리, 011·016~019는 10~11자리, 자진발급 010-000-1234, 사업자등록번호 10자리, 주민등록번호 13자리, 현금영수증카드 13~19자리.",
    findBroken: (facts) => when(facts.identifier !== null && ofForm(facts) === null, "/identifier"),
  },
  {
    code: "identifier_invalid",
    rule: null,
    title: "The check digit of the business number is wrong",
    detail: "사업자등록번호의 마지막 검증 숫자가 맞지 않습니다. 번호를 다시 확인해 주세요.",
    findBroken: (facts) => {
      const number = ofForm(facts);
      return when(number?.kind === "business" && !hasBusinessCheckDigit(number.digits), "/identifier");
    },
  },
  {
    code: "identifier_invalid",
    rule: null,
    title: "Nobody can have this resident number",
    detail:
      "주민등록번호의 생년월일이나 일곱째 숫자가 올바르지 않습니다. 번호를 다시 확인하거나 휴대폰 번호로 발급해 주세요.",
    findBroken: (facts, { nowMs }) => {
      const number = ofForm(facts);
      return when(number?.kind === "person" && !canBeResident(number.digits, nowMs), "/identifier");
    },
  },
  {
    code: "identifier_invalid",
    rule: null,
    title: "The self-issue number is for the income deduction",
    detail:
      "자진발급 번호(010-000-1234)로는 소득공제용만 발급할 수 있습니다. type을 빼거나 person으로 보내 주세요. 지출증빙용은 구매자의 사업자등록번호로 발급합니다.",
    findBroken: (facts) => {
      const number = ofForm(facts);
      return when(facts.type === "company" && number !== null && isSelfIssue(number), "/type");
    },
  },
  {
    code: "identifier_invalid",
    rule: null,
    title: "A business number is for proof of expenditure",
    detail:
      "사업자등록번호로는 지출증빙용만 발급할 수 있습니다. type을 빼거나 company로 보내 주세요. 소득공제용은 휴대폰 번호, 주민등록번호, 현금영수증카드 번호로 발급합니다.",
    findBroken: (facts) => when(facts.type === "person" && isOfKind(facts, "business"), "/type"),
  },
];

export const findBrokenReceiptRules = (facts: ReceiptFacts, context: RuleContext): readonly BrokenRule[] =>
  findBrokenRules(receiptRules, facts, context);
