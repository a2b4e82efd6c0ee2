// Writes docs/ksnet-rules.md from KSNET's rules as the code asks them: `npx node infra/build/ksnet-rules-page.ts`.
// What the code cannot tell stands in ksnet-rule-texts.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chargeRules } from "../../lib/domain/ksnet/charge-rules.ts";
import { receiptRules } from "../../lib/domain/ksnet/receipt-rules.ts";
import { refundRules } from "../../lib/domain/ksnet/refund-rules.ts";
import type { BrokenRule } from "../../lib/domain/ksnet/rule.ts";
import type { RuleCode } from "../../lib/domain/ksnet/rule-code.ts";
import { windowRules } from "../../lib/domain/ksnet/window-rules.ts";
import { noPage, sources, unaskedRules } from "./ksnet-rule-texts.ts";
import { pageHead, type Text } from "./page-head.ts";

export interface AskedRule extends Omit<BrokenRule, "pointer"> {
  readonly askedFor: string;
}

const askedFor = (place: string, rules: readonly Omit<BrokenRule, "pointer">[]): readonly AskedRule[] =>
  rules.map(({ code, rule, title, detail }) => ({ code, rule, title, detail, askedFor: place }));

/** Every rule the code asks, by the rooms it is asked in. */
export const askedRules: readonly AskedRule[] = [
  ...askedFor("결제창 · window", windowRules),
  ...askedFor("결제창 없는 결제 · charge, billing key, account", chargeRules),
  ...askedFor("환불 · refund, give-back", refundRules),
  ...askedFor("현금영수증 · cash receipt", receiptRules),
];

export const ruleIds = Array.from({ length: 40 }, (_, index) => `R-KS-${index + 1}`);

/** Where `errors` points; a charge in a list of reservations has `/schedules/{n}` in front. */
export const pointers: Readonly<Partial<Record<RuleCode, string>>> = {
  pay_method_unknown: "/pay_method",
  window_billing_unsupported: "/customer_uid",
  vbank_due_required: "/vbank_due",
  instalments_with_direct: "/display/card_quota",
  interest_free_issuer: "/useFreeInterestFromMall, /card/detail/{n}/card_code",
  escrow_method_unsupported: "/escrow",
  escrow_email_required: "/buyer_email",
  digital_required: "/digital",
  direct_field_required:
    "/buyer_tel, /buyer_email, /bypass/ksnet/tcode, /bypass/ksnet/url, /storeDetails/businessName, " +
    "/storeDetails/businessRegistrationNumber, /storeDetails/{field}",
  contract_missing:
    "/pay_method, /escrow, /useFreeInterestFromMall, /display/card_quota, /card/direct/quota; " +
    "/card_number, /customer_uid, /vbank_code",
  tax_free_exceeds_amount: "/tax_free",
  vbank_due_past: "/vbank_due, /vbank_due_at",
  currency_unsupported: "/currency",
  instalments_below_minimum: "/display/card_quota, /card/direct/quota, /card_quota",
  customer_uid_unsupported: "/customer_uid",
  card_number_invalid: "/card_number",
  expiry_past: "/expiry",
  birth_invalid: "/birth",
  pwd_2digit_invalid: "/pwd_2digit",
  product_type_required: "/product_type",
  buyer_name_required: "/buyer_name",
  identifier_invalid: "/identifier, /type",
  escrow_not_confirmed: "/amount",
  partial_refund_limit_reached: "/amount",
  refund_window_closed: "/amount",
  phone_partial_refund_unsupported: "/amount",
  phone_refund_month_over: "/amount",
  vbank_refund_not_contracted: "/refund_account",
  refund_account_required: "/refund_holder, /refund_bank, /refund_account",
  vbank_refund_closed_at_night: "/refund_account",
};

const introduction = `${pageHead(
  { ko: "KSNET 규칙", en: "KSNET's rules" },
  "infra/build/ksnet-rules-page.ts",
  ["lib/domain/ksnet"],
)}
출처는 포트원의 문서이며 2026년 8월에 읽었습니다. 어긴 규칙은 422로 한 번에 모두 알려 줍니다. 규칙마다 \`errors\`에 \`code\`, \`rule\`,
고칠 항목을 가리키는 \`pointer\`, 아래의 한국어 문장이 있습니다. 답의 \`code\`는 첫 번째 규칙의 것이고, 결제창에 대한 규칙이면
\`request_pay_refused\`입니다. 형식이 틀린 항목도 있으면 400 \`invalid_field\`의 \`errors\`에 함께 있습니다.

The sources are PortOne's pages, read in August 2026. A broken rule is answered 422, and all of them at once: each has an entry in
\`errors\` with its \`code\`, \`rule\`, \`pointer\` and the Korean sentence below. The first one gives the answer its \`code\`; for the
window's rules that is \`request_pay_refused\`. Beside malformed fields they stand in the \`errors\` of a 400 \`invalid_field\`.

## 저장하거나 보내기 전에 확인하는 규칙 · Asked before anything is stored or sent

| id | 내용 · what it forbids | 확인하는 곳 · asked of | code (422) | pointer | 출처 · source |
|---|---|---|---|---|---|`;

const notAsked = `
## 확인하지 않는 규칙 · Not asked

| id | 내용 · what it says | 처리 · what happens | 출처 · source |
|---|---|---|---|`;

/** Throws where the texts do not fit the rules. */
export function ksnetRulesPage(rules: readonly AskedRule[] = askedRules): string {
  const isAsked = (id: string): boolean => rules.some(({ rule }) => rule === id);
  for (const id of ruleIds)
    if (isAsked(id) === unaskedRules.some((row) => row.id === id)) throw new Error(`${id} is not told once`);
  const asked = [...ruleIds, null].flatMap((id) => rules.filter(({ rule }) => rule === id));
  for (const { rule } of rules) sourceOf(rule);
  return [
    introduction,
    ...asked.map(({ rule, title, detail, askedFor: place, code }) =>
      line(rule ?? "-", `${detail}<br>${title}`, place, `\`${code}\``, pointers[code] ?? "-", sourceOf(rule)),
    ),
    notAsked,
    ...unaskedRules.map(({ id, says, why }) => line(id, both(says), both(why), sourceOf(id))),
    "",
  ].join("\n");
}

const line = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const both = ({ ko, en }: Text): string => `${ko}<br>${en}`;

function sourceOf(id: string | null): string {
  const source = id === null ? noPage : sources[id];
  if (source === undefined) throw new Error(`${id} has no source`);
  return both(source);
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/ksnet-rules.md"), ksnetRulesPage());
