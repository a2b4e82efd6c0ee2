// KSNET's requirements for calls without a window, asked before anything is stored or sent. Each with its
// code, the rule's id where the catalogue has one, an English title and a Korean detail.
import { type CardFields, digitsOf } from "../card-secret.ts";
import { kstMonth } from "../kst.ts";
import type { Money } from "../money.ts";
import type { BrokenRule, Contract } from "./window-rules.ts";

export interface ApiRequest {
  readonly what: "charge" | "billing_key" | "virtual_account";
  readonly card: CardFields | null;
  readonly productType: string | null;
  readonly buyerName: string | null;
  readonly amount: Money | null;
  readonly taxFree: Money | null;
  readonly currency: string;
  readonly cardQuota: number | null;
  /** A key was asked for in the same call as a key-in charge. */
  readonly asksBillingKey: boolean;
}

export interface ApiRuleContext {
  readonly nowMs: number;
  readonly contracts: ReadonlySet<Contract>;
}

type Rule = Omit<BrokenRule, "pointer" | "rule"> & {
  readonly rule: string | null;
  readonly findBroken: (request: ApiRequest, context: ApiRuleContext) => readonly string[];
};

const when = (isBroken: boolean, pointer: string): readonly string[] => (isBroken ? [pointer] : []);
const leastInstalmentWon = 50_000;

const rules: readonly Rule[] = [
  {
    code: "contract_missing",
    rule: "R-KS-38",
    title: "Not in this shop's contracts with KSNET",
    detail: "KSNET과 계약되지 않은 기능입니다. 계약 목록(PAY_CONTRACTS)을 확인해 주세요.",
    findBroken: (request, { contracts }) => [
      ...when(request.what === "charge" && request.card !== null && !contracts.has("key_in"), "/card_number"),
      ...when(
        (request.what === "billing_key" || (request.what === "charge" && request.card === null)) &&
          !contracts.has("billing"),
        "/customer_uid",
      ),
      ...when(request.what === "virtual_account" && !contracts.has("vbank"), "/vbank_code"),
    ],
  },
  {
    code: "customer_uid_unsupported",
    rule: "R-KS-19",
    title: "KSNET cannot issue a billing key while charging",
    detail:
      "KSNET은 결제와 동시에 빌링키를 발급할 수 없습니다. issue_key를 true로 보내면 발급 후 그 키로 결제합니다.",
    findBroken: ({ asksBillingKey }) => when(asksBillingKey, "/customer_uid"),
  },
  {
    code: "product_type_required",
    rule: "R-KS-16",
    title: "product_type is required",
    detail: "상품 구분(product_type: real 또는 digital)이 필요합니다.",
    findBroken: ({ what, productType }) =>
      when(what !== "billing_key" && productType === null, "/product_type"),
  },
  {
    code: "buyer_name_required",
    rule: "R-KS-16",
    title: "buyer_name is required",
    detail: "구매자 이름(buyer_name)이 필요합니다.",
    findBroken: ({ what, buyerName }) =>
      when(what !== "billing_key" && (buyerName ?? "").trim() === "", "/buyer_name"),
  },
  {
    code: "card_number_invalid",
    rule: null,
    title: "Not a card number",
    detail: "카드번호가 올바르지 않습니다.",
    findBroken: ({ card }) => when(card !== null && !isCardNumber(card.cardNumber), "/card_number"),
  },
  {
    code: "expiry_past",
    rule: null,
    title: "The card has expired, or the expiry is no month",
    detail: "유효기간(YYYY-MM)이 지났거나 올바르지 않습니다.",
    findBroken: ({ card }, { nowMs }) => when(card !== null && !isExpiryOpen(card.expiry, nowMs), "/expiry"),
  },
  {
    code: "birth_invalid",
    rule: "R-KS-17",
    title: "birth is six digits of a date or ten of a business number",
    detail: "생년월일 6자리 또는 사업자등록번호 10자리(birth)가 올바르지 않습니다.",
    // A charge is approved without it (R-KS-18), a key is not issued without it.
    findBroken: ({ what, card }) =>
      when(card !== null && (card.birth === null ? what === "billing_key" : !isBirth(card.birth)), "/birth"),
  },
  {
    code: "pwd_2digit_invalid",
    rule: "R-KS-17",
    title: "pwd_2digit is the first two digits of the card's password",
    detail: "카드 비밀번호 앞 2자리(pwd_2digit)가 올바르지 않습니다.",
    findBroken: ({ what, card }) =>
      when(
        card !== null && (card.pwd2Digit === null ? what === "billing_key" : !/^\d{2}$/.test(card.pwd2Digit)),
        "/pwd_2digit",
      ),
  },
  {
    code: "tax_free_exceeds_amount",
    rule: "R-KS-2",
    title: "tax_free exceeds amount",
    detail: "면세 금액은 결제 금액을 넘을 수 없습니다.",
    findBroken: ({ amount, taxFree }) =>
      when(amount !== null && taxFree !== null && taxFree > amount, "/tax_free"),
  },
  {
    code: "currency_unsupported",
    rule: "R-KS-23",
    title: "KSNET takes KRW here",
    detail: "KSNET API 결제는 KRW만 지원합니다.",
    findBroken: ({ currency }) => when(currency !== "KRW", "/currency"),
  },
  {
    code: "instalments_below_minimum",
    rule: "R-KS-24",
    title: "Amount too small for instalments",
    detail: "할부는 50,000원 이상부터 가능합니다.",
    findBroken: ({ cardQuota, amount }) =>
      when((cardQuota ?? 0) > 1 && (amount ?? 0) < leastInstalmentWon, "/card_quota"),
  },
];

/** Every rule the request breaks, in the rules' order. Never repeats a value. */
export const findBrokenApiRules = (request: ApiRequest, context: ApiRuleContext): readonly BrokenRule[] =>
  rules.flatMap(({ findBroken, ...named }) =>
    findBroken(request, context).map((pointer) => ({ ...named, pointer })),
  );

/** 13 to 19 digits, grouped or not, whose Luhn sum ends in 0. */
export function isCardNumber(text: string): boolean {
  const digits = digitsOf(text);
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** A card is good until the last moment of its month, in Korea. */
const isExpiryOpen = (expiry: string, nowMs: number): boolean =>
  /^20\d{2}-(0[1-9]|1[0-2])$/.test(expiry) && expiry >= kstMonth(nowMs);

/** Six digits that are a date in some century, or ten digits of a business number. */
function isBirth(text: string): boolean {
  if (/^\d{10}$/.test(text)) return true;
  if (!/^\d{6}$/.test(text)) return false;
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return daysOfMonth !== undefined && day >= 1 && day <= daysOfMonth;
}
