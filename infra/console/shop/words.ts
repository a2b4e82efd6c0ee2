// What a buyer reads where the backend or the window said no. A problem's own `detail` is Korean, too, but it speaks to
// the merchant; a buyer wants to know what to do now.
import { type Problem, ProblemError, UnknownOutcomeError } from "../../../lib/client/index.ts";
import type { FieldError, FieldName } from "./order-form.ts";

/** Decided by the stable `code`, never by a text. */
const texts: Partial<Record<Problem["code"], string>> = {
  contract_missing: "이 결제 방법은 아직 사용할 수 없습니다. 다른 방법을 골라 주세요.",
  instalments_below_minimum: "할부는 50,000원부터 가능합니다. 일시불을 골라 주세요.",
  escrow_method_unsupported: "에스크로는 가상계좌와 계좌이체에서만 사용할 수 있습니다.",
  escrow_email_required: "에스크로로 결제하려면 이메일이 필요합니다.",
  vbank_due_past: "입금 기한이 지난 주문서입니다. 상품을 다시 골라 주세요.",
  card_number_invalid: "카드번호가 올바르지 않습니다. 다시 확인해 주세요.",
  expiry_past: "유효기간이 지난 카드입니다. 다시 확인해 주세요.",
  birth_invalid: "생년월일 6자리 또는 사업자등록번호 10자리를 다시 확인해 주세요.",
  pwd_2digit_invalid: "카드 비밀번호 앞 2자리를 다시 확인해 주세요.",
  card_declined: "카드사에서 승인하지 않았습니다. 다른 카드로 결제해 주세요.",
  provider_refused: "카드를 등록하지 못했습니다. 카드 정보를 다시 확인해 주세요.",
  provider_unavailable: "결제사가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.",
  storage_unavailable: "주문이 몰리고 있습니다. 잠시 후 다시 시도해 주세요.",
  order_busy: "이 주문을 처리하고 있습니다. 잠시 후 다시 시도해 주세요.",
  operation_in_flight: "이 주문을 처리하고 있습니다. 잠시 후 다시 시도해 주세요.",
};
const anyOther = "지금은 주문을 받을 수 없습니다. 잠시 후 다시 시도해 주세요.";
const noEscrow = "에스크로(구매안전서비스)는 아직 사용할 수 없습니다. 선택을 풀고 다시 시도해 주세요.";

/** A broken place of our request, and the field of the form it was made from. */
const fieldsByPointer: Readonly<Record<string, FieldName>> = {
  "/pay_method": "method",
  "/display/card_quota": "months",
  "/escrow": "isEscrow",
  "/buyer_name": "name",
  "/buyer_tel": "phone",
  "/buyer_email": "email",
  "/card_number": "number",
  "/expiry": "expiry",
  "/birth": "birth",
  "/pwd_2digit": "passwordDigits",
};

export interface Refusal {
  readonly errors: readonly FieldError[];
  /** For whoever builds the shop; a real one writes this into its log instead. Null where there is nothing to add. */
  readonly forEngineer: string | null;
}

export function describeProblem(problem: ProblemError): Refusal {
  const { status, code, detail, rule, errors, providerMessage, requestId } = problem;
  const broken = errors.map(({ pointer, code: place, detail: said }) => {
    const known = place === "contract_missing" && pointer === "/escrow" ? noEscrow : texts[place];
    // Of what the buyer typed the detail speaks to him; anything else is a mistake of ours.
    const typed = place === "invalid_field" && pointer in fieldsByPointer ? said : undefined;
    return { field: fieldsByPointer[pointer] ?? null, text: known ?? typed ?? anyOther };
  });
  const why = code === "card_declined" && providerMessage ? ` (${providerMessage})` : "";
  const whole = { field: null, text: `${(code && texts[code]) ?? anyOther}${why}` };
  const places = errors.map((place) => `${place.pointer} ${place.code}: ${place.detail}`);
  return {
    errors: broken.length > 0 ? broken : [whole],
    forEngineer: [`HTTP ${status} ${code ?? ""}`, rule, detail, ...places, requestId]
      .filter(Boolean)
      .join(" · "),
  };
}

/** Nobody knows whether the order was made: only the same number may be sent again, so the buyer presses again. */
export const stillUnknown: Refusal = {
  errors: [
    {
      field: null,
      text: "주문이 접수되었는지 아직 확인하지 못했습니다. 내용을 바꾸지 말고 같은 버튼을 다시 눌러 주세요. 주문과 결제는 한 번만 됩니다.",
    },
  ],
  forEngineer: "UnknownOutcomeError · 같은 주문번호로 다시 보냅니다. 새 번호는 새 주문입니다.",
};

/** Throws on what is neither: a mistake of ours. */
export function describeFailure(error: unknown): Refusal {
  if (error instanceof ProblemError) return describeProblem(error);
  if (error instanceof UnknownOutcomeError) return stillUnknown;
  throw error;
}

/** PortOne's own codes of the window; the PG has more, which are told as they are. */
const windowTexts: Readonly<Record<string, string>> = {
  F0001: "주문 금액이 바뀌어 결제를 멈췄습니다. 상품을 다시 골라 주세요.",
  F0002: "결제창을 열 수 없는 주문입니다. 상품을 다시 골라 주세요.",
  F0004: "주문을 확인하지 못해 결제를 멈췄습니다. 돈은 빠져나가지 않았습니다.",
  F0005: "카드사나 은행에서 승인하지 않았습니다. 다른 결제수단으로 시도해 주세요.",
  F0006: "결제창을 닫아 결제하지 않았습니다.",
  F500: "지금은 결제창을 열 수 없습니다. 잠시 후 다시 시도해 주세요.",
};

/** Said by an address that anybody may have written: the code is looked up, or shown where it can be nothing else. */
export function describeWindowError(code: string): string {
  const known = Object.hasOwn(windowTexts, code) ? windowTexts[code] : undefined;
  return (
    known ??
    (/^[A-Za-z0-9_.-]{1,40}$/.test(code)
      ? `결제가 승인되지 않았습니다. (오류 코드 ${code})`
      : "결제가 승인되지 않았습니다.")
  );
}
