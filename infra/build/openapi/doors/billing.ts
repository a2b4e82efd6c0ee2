// The doors of charges without a window: cards, billing keys, virtual accounts.
import * as z from "zod/mini";
import { findBrokenChargeRules } from "../../../../lib/domain/ksnet/charge-rules.ts";
import type { RuleCode } from "../../../../lib/domain/ksnet/rule-code.ts";
import { merchantNamed } from "../../../../lib/http/fields.ts";
import {
  customerNamed,
  keyBody,
  keyDeletion,
  readBillingKey,
} from "../../../../lib/http/requests/billing-key.ts";
import {
  accountBody,
  keyChargeBody,
  oneTimeBody,
  readAccount,
  readKeyCharge,
  readOneTimeCharge,
} from "../../../../lib/http/requests/charge.ts";
import type { ChargeNewKeyResult } from "../../../../lib/usecases/charges/charge-new-key.ts";
import type { ChargeOutcome } from "../../../../lib/usecases/charges/charge-order.ts";
import type { DeleteKeyResult } from "../../../../lib/usecases/charges/delete-billing-key.ts";
import type { IssueAccountResult } from "../../../../lib/usecases/charges/issue-account.ts";
import type { IssueKeyResult } from "../../../../lib/usecases/charges/issue-billing-key.ts";
import type { VoidResult } from "../../../../lib/usecases/orders/void-order.ts";
import {
  billingKey,
  charge,
  deletedKey,
  issuedKey,
  pendingCharge,
  unreadableCharge,
  unreadableOrder,
} from "../answers/charge.ts";
import { order } from "../answers/order.ts";
import { codesOf } from "../codes.ts";
import type { MerchantDoor } from "../door.ts";

const onBilling = { functionName: "billing", scope: "billing", tag: "charges" } as const;
const customer_uid = "cust-4821";
const card = {
  card_number: "4518-4200-0000-0015",
  expiry: "2031-12",
  birth: "820213",
  pwd_2digit: "00",
};

/** Everything that can be wrong with a request to the door, asked of the rules. */
const farMs = Date.parse("2100-01-01T00:00:00Z");
const rulesOf = (facts: Parameters<typeof findBrokenChargeRules>[0]): readonly RuleCode[] =>
  findBrokenChargeRules(facts, { nowMs: farMs, contracts: new Set() }).map(({ code }) => code);
const wrongCard = { card_number: "1", expiry: "2000-01", birth: "1", pwd_2digit: "1" };
const wrongCharge = { amount: 1_000, tax_free: 2_000, currency: "USD", card_quota: 12 };

export const charged = [
  { status: 201, ko: "승인된 결제", en: "The charge, approved", schema: charge },
  {
    status: 202,
    ko: "결과를 아직 모르는 결제. 같은 요청이 결과를 알려 줍니다. 새 번호로 다시 결제하지 마세요",
    en: "Not known yet: the same request tells later; do not charge under a new number",
    schema: z.union([pendingCharge, unreadableCharge]),
    hasLocation: true,
  },
] as const;

export const chargeRefusals = codesOf<ChargeOutcome>()(
  "order_exists",
  "order_not_found",
  "order_not_payable",
  "operation_in_flight",
  "order_busy",
  "billing_key_not_found",
  "provider_unavailable",
);

export const billingDoors: readonly MerchantDoor[] = [
  {
    ...onBilling,
    route: "POST /customers/{customer_uid}/payments",
    action: "billing.charge",
    ko: "빌링키로 결제합니다",
    en: "Charge a customer's billing key",
    request: keyChargeBody,
    example: {
      path: { customer_uid },
      body: {
        merchant_uid: "ord-20260805-000152",
        name: "정기구독 8월분",
        amount: 8_900,
        buyer_name: "홍길동",
        product_type: "digital",
      },
    },
    answers: charged,
    codes: ["card_declined", ...chargeRefusals, ...rulesOf(readKeyCharge(wrongCharge).facts)],
  },
  {
    ...onBilling,
    route: "POST /payments/onetime",
    action: "billing.onetime",
    ko: "카드번호로 한 번 결제합니다 (키인)",
    en: "Charge a card by its number, once",
    about: {
      ko: "주문번호와 본문이 같으면 결제는 한 번만 일어납니다. `issue_key: true`면 `customer_uid`로 빌링키를 발급한 뒤 그 키로 결제합니다.",
      en: "The same number and body charge once. With `issue_key: true` a billing key is issued for `customer_uid` first, and that is charged.",
    },
    request: oneTimeBody,
    example: {
      body: {
        merchant_uid: "ord-20260805-000151",
        name: "정기구독 8월분",
        amount: 8_900,
        buyer_name: "홍길동",
        product_type: "digital",
        ...card,
      },
    },
    answers: charged,
    codes: [
      "card_declined",
      ...codesOf<ChargeNewKeyResult["charge"]>()(
        "order_exists",
        "order_not_found",
        "order_not_payable",
        "operation_in_flight",
        "order_busy",
        "billing_key_not_found",
        "provider_refused",
        "provider_unavailable",
      ),
      ...rulesOf(readOneTimeCharge({ ...wrongCard, ...wrongCharge, customer_uid }).facts),
    ],
  },
  {
    ...onBilling,
    route: "POST /customers/{customer_uid}/billing-key",
    action: "billing.issue_key",
    ko: "빌링키를 발급합니다",
    en: "Issue a billing key for a card",
    request: keyBody,
    example: { path: { customer_uid }, body: { ...card, customer_name: "홍길동" } },
    answers: [{ status: 201, ko: "발급된 빌링키", en: "The key", schema: issuedKey }],
    codes: [
      ...codesOf<IssueKeyResult>()("provider_refused", "provider_unavailable"),
      ...rulesOf(readBillingKey(wrongCard).facts),
    ],
  },
  {
    ...onBilling,
    route: "GET /customers/{customer_uid}/billing-key",
    action: "billing.get_key",
    ko: "빌링키를 조회합니다",
    en: "Read a customer's billing key",
    request: customerNamed,
    example: { path: { customer_uid } },
    answers: [{ status: 200, ko: "빌링키", en: "The key", schema: billingKey }],
    codes: ["billing_key_not_found", "provider_unavailable"],
  },
  {
    ...onBilling,
    route: "DELETE /customers/{customer_uid}/billing-key",
    action: "billing.delete_key",
    ko: "빌링키를 지웁니다",
    en: "Delete a customer's billing key",
    about: {
      ko: "그 키로 예약된 결제를 먼저 취소합니다.",
      en: "Charges reserved on it are revoked first.",
    },
    request: keyDeletion,
    query: ["reason"],
    example: { path: { customer_uid }, query: { reason: "회원 탈퇴" } },
    answers: [
      {
        status: 200,
        ko: "지운 빌링키와 취소된 예약",
        en: "Deleted, and what was unscheduled",
        schema: deletedKey,
      },
      {
        status: 202,
        ko: "예약 취소의 결과를 아직 모릅니다. 키는 남아 있습니다",
        en: "Not known yet: the key stays",
        schema: deletedKey,
      },
    ],
    codes: codesOf<DeleteKeyResult>()("billing_key_not_found", "provider_refused", "provider_unavailable"),
  },
  {
    ...onBilling,
    route: "POST /orders/{merchant_uid}/virtual-account",
    action: "billing.issue_vbank",
    ko: "주문에 가상계좌를 엽니다",
    en: "Open a virtual account for an order",
    request: accountBody,
    example: {
      path: { merchant_uid: "ord-20260805-000146" },
      body: { vbank_code: "088", vbank_due_at: "2026-08-07T23:59:59+09:00", product_type: "real" },
    },
    answers: [
      { status: 201, ko: "입금을 기다리는 주문", en: "The order, waiting for a deposit", schema: order },
      {
        status: 202,
        ko: "결과를 아직 모릅니다. 같은 요청이 결과를 알려 줍니다",
        en: "Not known yet: the same request tells later",
        schema: z.union([order, unreadableOrder]),
        hasLocation: true,
      },
    ],
    codes: [
      ...codesOf<IssueAccountResult>()(
        "order_not_found",
        "order_not_payable",
        "order_busy",
        "provider_refused",
        "provider_unavailable",
      ),
      ...rulesOf(readAccount({ vbank_due_at: "2026-08-07T23:59:59+09:00" }).facts),
    ],
  },
  {
    ...onBilling,
    route: "DELETE /orders/{merchant_uid}/virtual-account",
    action: "billing.revoke_vbank",
    ko: "열어 둔 가상계좌를 닫고 주문을 취소합니다",
    en: "Close the account that was opened here, and void the order",
    request: merchantNamed,
    example: { path: { merchant_uid: "ord-20260805-000146" } },
    answers: [
      { status: 200, ko: "취소된 주문", en: "The order, void", schema: order },
      { status: 202, ko: "아직 처리 중인 주문", en: "Not known yet", schema: order },
    ],
    codes: codesOf<VoidResult>()("order_not_found", "order_not_voidable", "provider_refused"),
  },
];
