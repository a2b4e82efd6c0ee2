// The choices a buyer has in the window: card company, instalments and easy pay in the card window, the number for
// a cash receipt at a transfer. Facts: KSNET's page of the V1 SDK: `card.detail` hides card companies,
// `card.direct` fixes one, `display.card_quota` lists months, `sndQpayType` "1" shows easy pay. It decides nothing:
// what a choice leads to is the PG's.
import { easyPayMethods, listCards, listOverseasCards } from "../ksnet-codes.ts";
import { objectOf, type RequestPay, textOf } from "../request-pay.ts";
import type { StoredPayment, StoredWindow } from "../state.ts";
import { escapeHtml } from "./escape-html.ts";
import { methodNames } from "./method-names.ts";

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Below it no card company has instalments. */
const leastForInstalments = 10_000;
const usualMonths = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

export function choicesHtml({ requestPay }: StoredWindow, payment: StoredPayment): string {
  if (payment.payMethod === "card")
    return [
      select("card_code", "카드사", cardOptions(requestPay, payment.currency)),
      select("card_quota", "할부", quotaOptions(requestPay, payment.amount)),
      showsEasyPay(requestPay) ? select("emb_pg_provider", "간편결제", easyPayOptions()) : "",
    ].join("\n");
  if (payment.payMethod === "trans" || payment.payMethod === "vbank")
    return `<label>현금영수증 <input name="cash_receipt" inputmode="numeric" placeholder="휴대폰 번호 (숫자만)"></label>`;
  return "";
}

function select(name: string, label: string, options: readonly Option[]): string {
  const rows = options.map(
    (option) => `<option value="${escapeHtml(option.value)}">${escapeHtml(option.label)}</option>`,
  );
  return `<label>${label} <select name="${name}">${rows.join("")}</select></label>`;
}

function cardOptions(requestPay: RequestPay, currency: string): Option[] {
  // R-KS-23: other money than won is for cards issued abroad.
  if (currency !== "KRW") return listOverseasCards().map(({ code, name }) => ({ value: code, label: name }));
  const card = objectOf(requestPay, "card");
  const direct = textOf(objectOf(card, "direct"), "code");
  return listCards()
    .filter(({ code }) => (direct === null ? isShown(card, code) : code === direct))
    .map(({ code, name }) => ({ value: code, label: name }));
}

/** A row for the card company itself beats the one for all of them. */
function isShown(card: RequestPay, code: string): boolean {
  const detail = card["detail"];
  const rows = Array.isArray(detail) ? (detail as readonly RequestPay[]) : [];
  const row = rows.find((one) => one["card_code"] === code) ?? rows.find((one) => one["card_code"] === "*");
  return row?.["enabled"] !== false;
}

function quotaOptions(requestPay: RequestPay, amount: number): Option[] {
  const listed: unknown = objectOf(requestPay, "display")["card_quota"];
  const months = Array.isArray(listed) ? listed.map(Number).filter((month) => month >= 2) : usualMonths;
  const offered = amount >= leastForInstalments ? months : [];
  return [
    { value: "0", label: "일시불" },
    ...offered.map((month) => ({ value: String(month), label: `${month}개월` })),
  ];
}

const showsEasyPay = (requestPay: RequestPay): boolean =>
  objectOf(objectOf(requestPay, "bypass"), "ksnet")["sndQpayType"] === "1";

const easyPayOptions = (): Option[] => [
  { value: "", label: "사용 안 함" },
  ...easyPayMethods.map((method) => ({ value: method, label: methodNames[method] ?? method })),
];
