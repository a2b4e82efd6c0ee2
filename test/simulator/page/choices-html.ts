// The choices a buyer has in the window, as a form's fields: card company, months and easy pay, the bank, and the cash
// receipt. What there is to choose from is the offer's to say.
import { usualBanks } from "../approval.ts";
import { isInterestFree } from "../ksnet/interest-free.ts";
import { parseVbankDue } from "../kst.ts";
import { textOf } from "../request-pay.ts";
import type { Settings } from "../settings.ts";
import type { StoredPayment, StoredWindow } from "../state.ts";
import type { ChoiceFields } from "../window-choice.ts";
import type { Offer } from "../window-offer.ts";
import { timeText } from "./document-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { methodNames } from "./method-names.ts";

interface Option {
  readonly value: string;
  readonly label: string;
  readonly isPicked?: boolean | undefined;
  /** What a script may read from the option. */
  readonly data?: string | undefined;
}

export interface OpenWindow {
  readonly window: StoredWindow;
  readonly payment: StoredPayment;
  readonly offer: Offer;
  readonly settings: Settings;
}

export function choicesHtml(open: OpenWindow): string {
  const { offer, payment } = open;
  const { payMethod } = payment;
  const hasMonths = offer.wantsCard || offer.monthsOf(offer.usualCard).length > 1;
  return [
    offer.cards.length > 0 ? select("card_code", "카드사", cardOptions(open)) : "",
    hasMonths ? select("card_quota", "할부", monthOptions(open, offer.usualCard)) : "",
    offer.wantsCard && offer.easyPays.length > 0
      ? select("emb_pg_provider", "간편결제", easyPayOptions(offer))
      : "",
    payMethod === "vbank" ? select("bank_code", "입금할 은행", bankOptions(offer, usualBanks.vbank)) : "",
    payMethod === "trans" ? select("bank_code", "출금할 은행", bankOptions(offer, usualBanks.trans)) : "",
    offer.takesCashReceipt ? cashReceiptHtml : "",
    hintOf(open),
  ].join("\n");
}

function select(name: keyof ChoiceFields, label: string, options: readonly Option[]): string {
  const rows = options.map(
    ({ value, label: text, isPicked = false, data = "" }) =>
      `<option value="${escapeHtml(value)}"${data}${isPicked ? " selected" : ""}>${escapeHtml(text)}</option>`,
  );
  return `<label class="field">${label} <select name="${name}">${rows.join("")}</select></label>`;
}

const cardOptions = ({ window, offer, settings }: OpenWindow): readonly Option[] =>
  offer.cards.map(({ code, name }) => {
    const months = offer
      .monthsOf(code)
      .map((quota) => (isFree({ window, settings }, code, quota) ? `${quota}+` : `${quota}`));
    return {
      value: code,
      label: name,
      isPicked: code === offer.usualCard,
      data: ` data-months="${months.join(" ")}"`,
    };
  });

const isFree = (
  { window, settings }: Pick<OpenWindow, "window" | "settings">,
  cardCode: string,
  quota: number,
): boolean =>
  isInterestFree(
    window.requestPay,
    { payMethod: textOf(window.requestPay, "pay_method") ?? "card", embPgProvider: null, cardCode, quota },
    settings.contracts,
  );

const monthOptions = (open: OpenWindow, cardCode: string | null): readonly Option[] =>
  open.offer.monthsOf(cardCode).map((quota) => {
    const free = cardCode !== null && isFree(open, cardCode, quota) ? " (무이자)" : "";
    return { value: String(quota), label: quota === 0 ? "일시불" : `${quota}개월${free}` };
  });

const easyPayOptions = ({ easyPays }: Offer): readonly Option[] => [
  { value: "", label: "사용 안 함" },
  ...easyPays.map((method) => ({ value: method, label: methodNames[method] ?? method })),
];

const bankOptions = ({ banks }: Offer, usual: string): readonly Option[] =>
  banks.map(({ code, name }) => ({ value: code, label: name, isPicked: code === usual }));

const cashReceiptHtml = `<fieldset>
<legend>현금영수증</legend>
<div class="tabs">
<label><input type="radio" name="cash_receipt_type" value="none" checked> 신청안함</label>
<label><input type="radio" name="cash_receipt_type" value="person"> 소득공제</label>
<label><input type="radio" name="cash_receipt_type" value="company"> 지출증빙</label>
</div>
<label class="field receipt-number">발급 번호
<input name="cash_receipt" inputmode="numeric" autocomplete="off" maxlength="20" aria-describedby="receipt-hint"></label>
<p class="hint receipt-number" id="receipt-hint">소득공제는 휴대폰 번호, 지출증빙은 사업자등록번호를 숫자만 입력해 주세요.</p>
</fieldset>`;

function hintOf({ window, payment }: OpenWindow): string {
  if (payment.payMethod === "phone") return hint("결제 금액은 이번 달 통신 요금에 더해 청구됩니다.");
  if (payment.payMethod !== "vbank") return "";
  const dueAtMs = parseVbankDue(textOf(window.requestPay, "vbank_due") ?? "");
  return dueAtMs === null ? "" : hint(`${timeText(dueAtMs)}까지 입금해 주세요.`);
}

const hint = (text: string): string => `<p class="hint">${text}</p>`;
