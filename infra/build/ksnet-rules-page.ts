// Writes docs/ksnet-rules.md from KSNET's rules as the code asks them: `npx node infra/build/ksnet-rules-page.ts`.
// What the code cannot tell stands here: where each rule comes from, and why some are asked of nobody.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chargeRules } from "../../lib/domain/ksnet/charge-rules.ts";
import { receiptRules } from "../../lib/domain/ksnet/receipt-rules.ts";
import { refundRules } from "../../lib/domain/ksnet/refund-rules.ts";
import type { BrokenRule } from "../../lib/domain/ksnet/rule.ts";
import type { RuleCode } from "../../lib/domain/ksnet/rule-code.ts";
import { windowRules } from "../../lib/domain/ksnet/window-rules.ts";

export interface AskedRule extends Omit<BrokenRule, "pointer"> {
  readonly askedFor: string;
}

const askedFor = (place: string, rules: readonly Omit<BrokenRule, "pointer">[]): readonly AskedRule[] =>
  rules.map(({ code, rule, title, detail }) => ({ code, rule, title, detail, askedFor: place }));

/** Every rule the code asks, by the rooms it is asked in. */
export const askedRules: readonly AskedRule[] = [
  ...askedFor("window · 결제창", windowRules),
  ...askedFor("charge, billing key, account · 결제창 없는 결제", chargeRules),
  ...askedFor("refund, give-back · 환불", refundRules),
  ...askedFor("cash receipt · 현금영수증", receiptRules),
];

export const ruleIds = Array.from({ length: 40 }, (_, index) => `R-KS-${index + 1}`);

const guide = "KSNET guide";
const warnings = "KSNET guide, warnings";
const api = "V1 API description";
const v2 = "KSNET guide of V2";
const channelHelp = "help centre, setting up a KSNET channel";

/** PortOne's page, in words. */
const sources: Readonly<Record<string, string>> = {
  "R-KS-1": `${guide}; ${warnings}; ${v2}`,
  "R-KS-2": "undocumented; assumed",
  "R-KS-3": warnings,
  "R-KS-4": `${warnings}; ${api}; which cancels count is assumed`,
  "R-KS-5": `${warnings}; ${api}; ${v2}; the last day is assumed`,
  "R-KS-6": `${warnings}; ${api}; ${v2}; Korean time is assumed`,
  "R-KS-7": `${warnings}; guide to cancelling virtual accounts`,
  "R-KS-8": `guide to cancelling virtual accounts; ${api}`,
  "R-KS-9": warnings,
  "R-KS-10": "cancel guide; help centre, cancel deadlines; go-live checklist",
  "R-KS-11": `${warnings}; ${api}; ${v2}`,
  "R-KS-12": `${warnings}; ${api}`,
  "R-KS-13": warnings,
  "R-KS-14": `${api}; ${guide}`,
  "R-KS-15": `${api} and ${guide}, which disagree`,
  "R-KS-16": `${api}; ${warnings}`,
  "R-KS-17": `${warnings}; ${api}`,
  "R-KS-18": `${warnings}; ${api}`,
  "R-KS-19": `${api}, list of unsupported PGs`,
  "R-KS-20": guide,
  "R-KS-21": `${warnings}; ${v2}`,
  "R-KS-22": warnings,
  "R-KS-23": `${warnings}; ${guide}; ${v2}`,
  "R-KS-24": `${guide}, window parameters`,
  "R-KS-25": warnings,
  "R-KS-26": warnings,
  "R-KS-27": warnings,
  "R-KS-28": `${warnings}; ${api}`,
  "R-KS-29": warnings,
  "R-KS-30": `${guide}, window parameters`,
  "R-KS-31": `${guide}, direct calls`,
  "R-KS-32": `SDK reference, payment request; ${api}`,
  "R-KS-33": "help centre, escrow (content200006)",
  "R-KS-34": "help centre, what cannot be cancelled in part",
  "R-KS-35": channelHelp,
  "R-KS-36": "help centre, testing virtual accounts",
  "R-KS-37": channelHelp,
  "R-KS-38": `${warnings}; ${v2}`,
  "R-KS-39": "help centre, notice of an outage (content200040)",
  "R-KS-40": `${api}; ${warnings}`,
};

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

/** What no code asks: id | English | Korean | why. `SIM` stands for the sentence below. */
const unaskedRows = `
R-KS-1 | The MID is mixed-tax, and tax_free is always sent | 복합과세 상점만 지원하며 tax_free를 항상 보내야 합니다. | Not asked: the product always sends it, 0 included; what a MID is, no request tells
R-KS-3 | A virtual account has no tax-free part | 가상계좌에는 면세 금액을 설정할 수 없습니다. | Not asked: the window gets 0, an account by API none, and the record's is not compared
R-KS-11 | A cancel does not revoke the cash receipt | 결제를 취소해도 현금영수증은 취소되지 않습니다. | Not asked: forbids nothing; the sweep cancels it when money goes back ([receipts](receipts.md#3-when-money-goes-back))
R-KS-12 | After a partial cancel the receipt is revoked and issued anew | 부분 취소 후에는 현금영수증을 취소하고 남은 금액으로 다시 발급합니다. | Not asked: forbids nothing; the sweep cancels it and issues one over what is left
R-KS-13 | Digits only in the window's receipt number | 결제창의 현금영수증 번호는 숫자만 입력해야 합니다. | In the simulator only: the buyer types it in KSNET's window
R-KS-15 | A receipt for a sale outside PortOne names the channel | 포트원 밖 거래의 현금영수증에는 채널 정보가 필요합니다. | Not asked: the product sends both \`channel_key\` and \`pg\`
R-KS-18 | Key-in does not verify birth and password | 키인 결제는 생년월일과 비밀번호를 확인하지 않습니다. | Not asked: forbids nothing; a charge is taken without them
R-KS-22 | The account's holder is the shop | 가상계좌 예금주는 항상 가맹점명입니다. | Not asked: no request names a holder; the record's is shown
R-KS-27 | A parcel can be changed after 30 to 60 minutes | 배송 정보는 등록 30~60분 뒤에 수정할 수 있습니다. | Not asked: the change is kept (202) and sent by the sweep; a look says \`delivery_not_visible_yet\`, 409
R-KS-28 | receipt_url is there for cards and easy pay | receipt_url은 카드와 간편결제에만 있습니다. | Not asked: forbids nothing; null is taken
R-KS-29 | No card data of Kakao Pay and Payco cards | 카카오페이와 페이코 카드 결제는 카드 정보를 주지 않습니다. | Not asked: forbids nothing; nulls are taken
R-KS-32 | 40 characters of order number, one payment each | 주문번호는 40자까지이며 한 번만 결제할 수 있습니다. | Not asked as a rule: it is the number's shape (\`invalid_field\`, 400); a second payment goes back
R-KS-34 | Some cards cannot be cancelled in part | 일부 카드는 부분 취소할 수 없습니다. | SIM; only the card company knows
R-KS-35 | Test MIDs take no transfers | 테스트 상점아이디로는 계좌이체를 시험할 수 없습니다. | Not asked: no request tells; what a test channel took pays no order where \`PAY_SANDBOX\` is off
R-KS-36 | A test account's deposit cannot be refunded | 테스트 가상계좌의 입금은 환불할 수 없습니다. | In the simulator only: PortOne's console makes that deposit
R-KS-37 | A new MID is declined until the card companies' reviews are done | 카드사 심사가 끝나기 전에는 결제가 거절될 수 있습니다. | In the simulator only: the window says so, or \`card_declined\`, 402
R-KS-39 | KSNET can be out of order | KSNET 장애가 있을 수 있습니다. | Not asked: forbids nothing; \`provider_unavailable\`, 503, or 202 where something was sent
R-KS-40 | A partial cancel names its tax-free share | 부분 취소에는 면세 금액의 몫을 보내야 합니다. | Not asked: the product splits it; a share that does not fit is \`refund_tax_free_exceeds_remaining\`, 409
`.replaceAll("SIM", "In the simulator only: PortOne refuses it (`provider_refused`, 422, in its own words)");

const unasked = unaskedRows
  .trim()
  .split("\n")
  .map((row) => {
    const [id = "", title = "", detail = "", why = ""] = row.split(" | ");
    return { id, title, detail, why };
  });

const introduction = `# KSNET's rules · KSNET 규칙

Written by \`npx node infra/build/ksnet-rules-page.ts\` from the rules in \`lib/domain/ksnet\`; do not edit.
이 문서는 코드에서 만들어집니다. 직접 고치지 마세요.

Sources are pages of PortOne's, read 2026-08. A broken rule is answered 422, all of them at once: each has an entry in
\`errors\` with \`code\`, \`rule\`, \`pointer\` and the Korean sentence below. The first one leads the answer; of a window,
\`request_pay_refused\` does. Beside malformed fields they stand in the \`errors\` of a 400 \`invalid_field\`.
어긴 규칙은 422로 한 번에 모두 알려 줍니다. \`errors\`의 \`pointer\`가 고칠 항목을 가리킵니다.

## Asked before anything is stored or sent · 저장하거나 보내기 전에 확인하는 규칙

| id | what it forbids · 내용 | asked of · 확인하는 곳 | code (422) | pointer | source · 출처 |
|---|---|---|---|---|---|`;

const notAsked = `
## Not asked · 확인하지 않는 규칙

| id | what it says · 내용 | what happens · 처리 | source · 출처 |
|---|---|---|---|`;

/** Throws where the table above does not fit the rules. */
export function ksnetRulesPage(rules: readonly AskedRule[] = askedRules): string {
  const isAsked = (id: string): boolean => rules.some(({ rule }) => rule === id);
  for (const id of ruleIds)
    if (isAsked(id) === unasked.some((row) => row.id === id)) throw new Error(`${id} is not told once`);
  const asked = [...ruleIds, null].flatMap((id) => rules.filter(({ rule }) => rule === id));
  for (const { rule } of rules) sourceOf(rule);
  return [
    introduction,
    ...asked.map(({ rule, title, detail, askedFor: place, code }) =>
      line(rule ?? "-", `${title}<br>${detail}`, place, `\`${code}\``, pointers[code] ?? "-", sourceOf(rule)),
    ),
    notAsked,
    ...unasked.map(({ id, title, detail, why }) => line(id, `${title}<br>${detail}`, why, sourceOf(id))),
    "",
  ].join("\n");
}

const line = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function sourceOf(id: string | null): string {
  const source = id === null ? "no page's rule: what any such value must be" : sources[id];
  if (source === undefined) throw new Error(`${id} has no source`);
  return source;
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/ksnet-rules.md"), ksnetRulesPage());
