// KSNET's rules for opening the payment window, each with its R-KS id, checked before anything is stored,
// so that a merchant learns every broken rule at once and no buyer meets a window that fails.
// Source: PortOne's KSNET pages (window parameters, warnings), read 2026-08.
import { parseVbankDue } from "../kst.ts";
import { isCurrency } from "../money.ts";
import { isEasyPay, isPayMethod, payMethods } from "./pay-method.ts";
import {
  type BrokenRule,
  type Contract,
  findBrokenRules,
  isBlank,
  type Rule,
  type RuleContext,
  when,
} from "./rule.ts";
import type { WindowRequest } from "./window-request.ts";

const instalmentMinimumWon = 50_000;
const hyundaiInstalmentMinimumWon = 10_000;
const hyundai = "367";
/** BC, KB, Hana, Samsung, Shinhan, Hyundai, Lotte, NH: who takes interest the merchant pays. */
const interestFreeIssuers = ["361", "381", "374", "365", "366", "367", "368", "371"];
/** BC, Suhyup, Jeonbuk, Kwangju, Kakao bank: their direct window on a phone wants the carrier. */
const directIssuersNeedingPhone = ["361", "369", "372", "364", "090"];
/** KB first, then Woori, Hana, NH, Samsung, Hyundai, Lotte, Shinhan, Citi. */
const directIssuersNeedingStore = ["381", "041", "374", "371", "365", "367", "368", "366", "370"];
const directIssuersWithoutInstalments = directIssuersNeedingStore.slice(1);

const hasMonths = (quota: readonly number[]): boolean => quota.some((months) => months > 0);
const listedMonths = (request: WindowRequest): readonly number[] => request.options.display?.card_quota ?? [];

export const windowRules: readonly Rule<WindowRequest>[] = [
  {
    code: "pay_method_unknown",
    rule: null,
    title: "Unknown pay method",
    detail: `KSNET 결제창이 지원하지 않는 결제수단입니다. ${payMethods.join(", ")} 중에서 골라 주세요.`,
    findBroken: (request) => when(!isPayMethod(request.payMethod), "/pay_method"),
  },
  {
    code: "tax_free_exceeds_amount",
    rule: "R-KS-2",
    title: "Tax-free part exceeds the amount",
    detail: "면세 금액은 결제 금액보다 클 수 없습니다. amount는 면세 금액을 포함한 전체 금액입니다.",
    findBroken: (request) => when(request.taxFree > request.amount, "/tax_free"),
  },
  {
    code: "window_billing_unsupported",
    rule: "R-KS-20",
    title: "KSNET has no billing through the window",
    detail: "KSNET은 결제창을 통한 빌링키 발급을 지원하지 않습니다. customer_uid를 빼고 요청해 주세요.",
    findBroken: (request) => when(request.asksBillingKey, "/customer_uid"),
  },
  {
    code: "vbank_due_required",
    rule: "R-KS-21",
    title: "A virtual account needs a due date",
    detail: "가상계좌 결제에는 입금 기한(vbank_due, 예: 2026-08-07)이 필요합니다.",
    findBroken: ({ payMethod, options }) =>
      when(payMethod === "vbank" && options.vbank_due === undefined, "/vbank_due"),
  },
  {
    code: "vbank_due_past",
    rule: "R-KS-21",
    title: "The due date has passed",
    detail: "입금 기한(vbank_due)이 이미 지났습니다.",
    findBroken: ({ options }, { nowMs }) => {
      const dueAtMs = options.vbank_due === undefined ? null : parseVbankDue(options.vbank_due);
      return when(dueAtMs !== null && dueAtMs <= nowMs, "/vbank_due");
    },
  },
  {
    code: "currency_unsupported",
    rule: "R-KS-23",
    title: "KSNET takes KRW, and USD by card only",
    detail: "KSNET은 KRW와 해외 발급 카드의 USD만 지원합니다. 카드사 직접 호출은 KRW만 가능합니다.",
    findBroken: ({ currency, payMethod, options }) =>
      when(
        !isCurrency(currency) ||
          (currency === "USD" && (payMethod !== "card" || options.card?.direct !== undefined)),
        "/currency",
      ),
  },
  {
    code: "instalments_below_minimum",
    rule: "R-KS-24",
    title: "Amount too small for instalments",
    detail: "할부는 50,000원(현대카드는 10,000원) 이상부터 가능합니다. 할부 개월을 빼고 요청해 주세요.",
    findBroken: (request) => {
      if (request.currency !== "KRW") return [];
      const minimum = takesOnlyHyundai(request) ? hyundaiInstalmentMinimumWon : instalmentMinimumWon;
      if (request.amount >= minimum) return [];
      return [
        ...when(hasMonths(listedMonths(request)), "/display/card_quota"),
        ...when((request.options.card?.direct?.quota ?? 0) > 0, "/card/direct/quota"),
      ];
    },
  },
  {
    code: "instalments_with_direct",
    rule: "R-KS-24",
    title: "An instalment list cannot be combined with this direct card",
    detail: "이 카드사의 직접 호출에는 할부 개월 목록을 함께 보낼 수 없습니다.",
    findBroken: (request) =>
      when(
        hasMonths(listedMonths(request)) &&
          directIssuersWithoutInstalments.includes(request.options.card?.direct?.code ?? ""),
        "/display/card_quota",
      ),
  },
  {
    code: "interest_free_issuer",
    rule: "R-KS-25",
    title: "Not available as merchant-paid interest-free instalments",
    detail:
      "상점부담 무이자 할부는 BC·KB·하나·삼성·신한·현대·롯데·NH 카드에서만 가능하며 간편결제에는 쓸 수 없습니다.",
    findBroken: ({ payMethod, options }) => {
      if (options.useFreeInterestFromMall !== true) return [];
      if (payMethod !== "card") return ["/useFreeInterestFromMall"];
      return (options.card?.detail ?? []).flatMap((entry, index) =>
        when(
          entry.max_month !== undefined && !interestFreeIssuers.includes(entry.card_code),
          `/card/detail/${index}/card_code`,
        ),
      );
    },
  },
  {
    code: "escrow_method_unsupported",
    rule: "R-KS-26",
    title: "Escrow is for cash-like pay methods",
    detail:
      "에스크로는 가상계좌와 계좌이체에서만 사용할 수 있습니다. pay_method를 바꾸거나 escrow를 빼 주세요.",
    findBroken: ({ payMethod, options }) =>
      when(options.escrow === true && payMethod !== "vbank" && payMethod !== "trans", "/escrow"),
  },
  {
    code: "escrow_email_required",
    rule: "R-KS-26",
    title: "Escrow needs the buyer's e-mail address",
    detail: "에스크로 결제에는 구매자 이메일(buyer_email)이 필요합니다.",
    findBroken: ({ options }) =>
      when(options.escrow === true && isBlank(options.buyer_email), "/buyer_email"),
  },
  {
    code: "digital_required",
    rule: "R-KS-30",
    title: "A digital shop must say so for phone payments",
    detail: "디지털 상품 상점의 휴대폰 결제는 digital을 true로 보내야 합니다.",
    findBroken: ({ payMethod, options }, { contracts }) =>
      when(payMethod === "phone" && contracts.has("digital_goods") && options.digital !== true, "/digital"),
  },
  {
    code: "direct_field_required",
    rule: "R-KS-31",
    title: "A direct call needs more fields",
    detail:
      "카드사·간편결제 직접 호출에 필요한 항목이 빠졌습니다. errors의 pointer에 적힌 항목을 채워 주세요.",
    findBroken: (request) => [...missingForCard(request), ...missingForEasyPay(request)],
  },
  {
    code: "contract_missing",
    rule: "R-KS-38",
    title: "Not in this shop's contracts with KSNET",
    detail: "KSNET과 계약되지 않은 기능입니다. 계약 목록(PAY_CONTRACTS)을 확인해 주세요.",
    findBroken: (request, { contracts }) =>
      neededContracts(request)
        .filter(({ contract }) => !contracts.has(contract))
        .map(({ pointer }) => pointer),
  },
];

export const findBrokenWindowRules = (request: WindowRequest, context: RuleContext): readonly BrokenRule[] =>
  findBrokenRules(windowRules, request, context);

/** Hyundai Card starts lower, which helps only where no other issuer can be chosen. */
function takesOnlyHyundai({ options }: WindowRequest): boolean {
  if (options.card?.direct) return options.card.direct.code === hyundai;
  const details = options.card?.detail ?? [];
  const othersHidden = details.some((entry) => entry.card_code === "*" && entry.enabled === false);
  const shown = details.filter((entry) => entry.card_code !== "*" && entry.enabled !== false);
  return othersHidden && shown.length > 0 && shown.every((entry) => entry.card_code === hyundai);
}

/** Fields wanted on phones only are asked for always: one request serves whatever device the buyer has. */
function missingForCard({ options }: WindowRequest): readonly string[] {
  const code = options.card?.direct?.code;
  if (code === undefined) return [];
  const needsPhone = directIssuersNeedingPhone.includes(code);
  const needsStore = directIssuersNeedingStore.includes(code);
  return [
    ...when(needsPhone && isBlank(options.buyer_tel), "/buyer_tel"),
    ...when(needsPhone && isBlank(options.bypass?.ksnet["tcode"]), "/bypass/ksnet/tcode"),
    ...when(needsStore && isBlank(options.storeDetails?.businessName), "/storeDetails/businessName"),
    ...when(
      needsStore && isBlank(options.storeDetails?.businessRegistrationNumber),
      "/storeDetails/businessRegistrationNumber",
    ),
    ...when(
      directIssuersWithoutInstalments.includes(code) && isBlank(options.bypass?.ksnet["url"]),
      "/bypass/ksnet/url",
    ),
  ];
}

type StoreField = "businessName" | "businessRegistrationNumber" | "ceoFullName" | "address" | "phoneNumber";
type BuyerField = "buyer_email" | "buyer_tel";

const easyPayDirectFields: Readonly<
  Record<string, { readonly store: readonly StoreField[]; readonly buyer: readonly BuyerField[] }>
> = {
  naverpay: { store: ["businessName"], buyer: [] },
  kakaopay: { store: ["ceoFullName", "address", "phoneNumber"], buyer: ["buyer_email", "buyer_tel"] },
  payco: { store: ["businessName", "businessRegistrationNumber"], buyer: ["buyer_email", "buyer_tel"] },
};

function missingForEasyPay({ payMethod, options }: WindowRequest): readonly string[] {
  const wanted = easyPayDirectFields[payMethod];
  if (options.bypass?.ksnet["easyPayDirect"] !== true || !wanted) return [];
  return [
    ...wanted.store.flatMap((field) =>
      when(isBlank(options.storeDetails?.[field]), `/storeDetails/${field}`),
    ),
    ...wanted.buyer.flatMap((field) => when(isBlank(options[field]), `/${field}`)),
  ];
}

function neededContracts(request: WindowRequest): readonly { contract: Contract; pointer: string }[] {
  const { payMethod, options } = request;
  const needs: readonly [boolean, Contract, string][] = [
    [payMethod === "vbank", "vbank", "/pay_method"],
    [payMethod === "phone", "phone", "/pay_method"],
    [isEasyPay(payMethod), "easy_pay", "/pay_method"],
    [options.escrow === true, "escrow", "/escrow"],
    [options.useFreeInterestFromMall === true, "interest_free", "/useFreeInterestFromMall"],
    [hasMonths(listedMonths(request)), "instalments", "/display/card_quota"],
    [(options.card?.direct?.quota ?? 0) > 0, "instalments", "/card/direct/quota"],
  ];
  return needs.flatMap(([isNeeded, contract, pointer]) => (isNeeded ? [{ contract, pointer }] : []));
}
