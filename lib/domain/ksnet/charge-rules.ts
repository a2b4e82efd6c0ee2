// KSNET's requirements for calls without a window, asked before anything is stored or sent. Each with its
// code, the rule's id where the catalogue has one, an English title and a Korean detail.
import { type CardSecret, digitsOf } from "../card-secret.ts";
import { kstMonth } from "../kst.ts";
import type { Money } from "../money.ts";
import {
  type BrokenRule,
  type Contract,
  findBrokenRules,
  isBlank,
  type Rule,
  type RuleContext,
  when,
} from "./rule.ts";

/** What a request makes PortOne do; a key-in that also issues a key does both. */
export type ChargeCall = "key_in" | "key_charge" | "billing_key" | "virtual_account";

/** What the rules look at; null where nothing was said, or nothing that can be read. */
export interface ChargeFacts {
  readonly calls: readonly ChargeCall[];
  readonly card: CardSecret | null;
  readonly productType: string | null;
  readonly buyerName: string | null;
  readonly amount: Money | null;
  readonly taxFree: Money | null;
  readonly currency: string;
  readonly cardQuota: number | null;
  /** Of an account to be opened. */
  readonly dueAtMs: number | null;
  /** A key was asked for in the one call that KSNET does not have. */
  readonly asksBillingKey: boolean;
}

const neededContracts: Readonly<
  Record<ChargeCall, { readonly contract: Contract; readonly pointer: string }>
> = {
  key_in: { contract: "key_in", pointer: "/card_number" },
  key_charge: { contract: "billing", pointer: "/customer_uid" },
  billing_key: { contract: "billing", pointer: "/customer_uid" },
  virtual_account: { contract: "vbank", pointer: "/vbank_code" },
};

const isCharge = ({ calls }: ChargeFacts): boolean =>
  calls.includes("key_in") || calls.includes("key_charge");
const issuesKey = ({ calls }: ChargeFacts): boolean => calls.includes("billing_key");

const leastInstalmentWon = 50_000;

// Source: PortOne's V1 API description and KSNET pages, read 2026-08; of each rule, in docs/ksnet-rules.md.
export const chargeRules: readonly Rule<ChargeFacts>[] = [
  {
    code: "contract_missing",
    rule: "R-KS-38",
    title: "Not in this shop's contracts with KSNET",
    detail: "KSNET과 계약되지 않은 기능입니다. 계약 목록(PAY_CONTRACTS)을 확인해 주세요.",
    findBroken: ({ calls }, { contracts }) =>
      calls
        .map((call) => neededContracts[call])
        .flatMap(({ contract, pointer }) => when(!contracts.has(contract), pointer)),
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
    findBroken: (facts) =>
      when(
        (isCharge(facts) || facts.calls.includes("virtual_account")) && facts.productType === null,
        "/product_type",
      ),
  },
  {
    code: "buyer_name_required",
    rule: "R-KS-16",
    title: "buyer_name is required",
    detail: "구매자 이름(buyer_name)이 필요합니다.",
    // An account is opened for an order, which has the name.
    findBroken: (facts) => when(isCharge(facts) && isBlank(facts.buyerName), "/buyer_name"),
  },
  {
    code: "card_number_invalid",
    rule: null,
    title: "Not a card number",
    detail: "카드번호가 올바르지 않습니다. 13~19자리 번호를 다시 확인해 주세요.",
    findBroken: ({ card }) => when(card !== null && !isCardNumber(card.reveal().cardNumber), "/card_number"),
  },
  {
    code: "expiry_past",
    rule: null,
    title: "The card has expired, or the expiry is no month",
    detail: "유효기간이 지났거나 올바르지 않습니다. 2031-12처럼 YYYY-MM으로 보내 주세요.",
    findBroken: ({ card }, { nowMs }) =>
      when(card !== null && !isExpiryOpen(card.reveal().expiry, nowMs), "/expiry"),
  },
  {
    code: "birth_invalid",
    rule: "R-KS-17",
    title: "birth is six digits of a date or ten of a business number",
    detail: "생년월일 6자리 또는 사업자등록번호 10자리(birth)가 올바르지 않습니다.",
    // A charge is approved without it (R-KS-18), a key is not issued without it.
    findBroken: (facts) => {
      const birth = facts.card?.reveal().birth;
      return when(birth === null ? issuesKey(facts) : birth !== undefined && !isBirth(birth), "/birth");
    },
  },
  {
    code: "pwd_2digit_invalid",
    rule: "R-KS-17",
    title: "pwd_2digit is the first two digits of the card's password",
    detail: "카드 비밀번호 앞 2자리(pwd_2digit)가 올바르지 않습니다.",
    findBroken: (facts) => {
      const digits = facts.card?.reveal().pwd2Digit;
      const isWrong = digits !== undefined && digits !== null && !/^\d{2}$/.test(digits);
      return when(digits === null ? issuesKey(facts) : isWrong, "/pwd_2digit");
    },
  },
  {
    code: "tax_free_exceeds_amount",
    rule: "R-KS-2",
    title: "tax_free exceeds amount",
    detail: "면세 금액은 결제 금액을 넘을 수 없습니다. amount는 면세 금액을 포함한 전체 금액입니다.",
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
    detail: "할부는 50,000원 이상부터 가능합니다. card_quota를 빼고 요청해 주세요.",
    findBroken: ({ cardQuota, amount }) =>
      when(amount !== null && (cardQuota ?? 0) > 1 && amount < leastInstalmentWon, "/card_quota"),
  },
  {
    code: "vbank_due_past",
    rule: "R-KS-21",
    title: "The account would be closed already",
    detail: "입금 기한(vbank_due_at)이 이미 지났습니다.",
    findBroken: ({ dueAtMs }, { nowMs }) => when(dueAtMs !== null && dueAtMs <= nowMs, "/vbank_due_at"),
  },
];

export const findBrokenChargeRules = (facts: ChargeFacts, context: RuleContext): readonly BrokenRule[] =>
  findBrokenRules(chargeRules, facts, context);

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
