// The doors of cash receipts.
import * as z from "zod/mini";
import { merchantNamed } from "../../../../lib/http/fields.ts";
import { orderPreview, orderReceipt, saleReceipt } from "../../../../lib/http/requests/receipt.ts";
import type { ReceiptResult } from "../../../../lib/usecases/receipts/issue-receipt.ts";
import type { PreviewResult } from "../../../../lib/usecases/receipts/preview-receipt.ts";
import { receipt, receiptPreview } from "../answers/receipt.ts";
import { codesOf } from "../codes.ts";
import type { MerchantDoor } from "../door.ts";

const onReceipts = { functionName: "receipt", scope: "receipts", tag: "receipts" } as const;
const merchant_uid = "ord-20260805-000147";
const saleUid = "store-20260805-0031";
const onePerson = {
  identifier: "010-1234-5678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};

/** `preview` says that nothing is to be issued, and then nothing else need be said. */
const orderRequest = z.extend(orderReceipt, { preview: orderPreview.shape.preview });

const pending = {
  status: 202,
  ko: "결과를 아직 모르는 현금영수증. 같은 요청이 결과를 알려 줍니다",
  en: "Not known yet: the same request tells later",
  schema: receipt,
} as const;
const issued = { status: 201, ko: "발급된 현금영수증", en: "The receipt", schema: receipt } as const;
const cancelled = {
  status: 200,
  ko: "취소된 현금영수증",
  en: "The receipt, cancelled",
  schema: receipt,
} as const;
const found = { status: 200, ko: "현금영수증", en: "The receipt", schema: receipt } as const;

const resultCodes = codesOf<ReceiptResult | PreviewResult>()(
  "order_not_found",
  "order_not_paid",
  "receipt_exists",
  "receipt_not_applicable",
  "receipt_not_found",
  "operation_in_flight",
  "order_busy",
  "provider_refused",
  "provider_unavailable",
);
/** One result for all that is done about receipts: what issuing, cancelling, and a sale outside PortOne cannot end in. */
const notOfIssuing = ["receipt_not_found"];
const notOfCancelling = ["order_not_paid", "receipt_exists"];
const notOfSales = ["order_not_found", "order_not_paid"];
/** One that the buyer took in the payment window is not ours to cancel; a sale has no window. */
const onlyOfWindows = ["receipt_not_applicable"];
const codesBut = (...others: readonly string[]) => resultCodes.filter((code) => !others.includes(code));

export const receiptDoors: readonly MerchantDoor[] = [
  {
    ...onReceipts,
    route: "POST /orders/{merchant_uid}/receipt",
    action: "receipt.issue",
    ko: "결제된 주문의 현금영수증을 발급합니다",
    en: "Issue the cash receipt of a paid order",
    about: {
      ko: "`preview=true`면 금액만 알려 주고 아무것도 보내지 않습니다. 가상계좌와 계좌이체 결제에만 발급할 수 있습니다.",
      en: "With `preview=true` only the figures are told and nothing is sent. For virtual accounts and transfers only.",
    },
    request: orderRequest,
    query: ["preview"],
    isBodyOptional: true,
    example: { path: { merchant_uid }, body: onePerson },
    answers: [
      issued,
      pending,
      {
        status: 200,
        ko: "발급될 금액 (`preview=true`)",
        en: "What would be issued (`preview=true`)",
        schema: receiptPreview,
      },
    ],
    codes: [...codesBut(...notOfIssuing), "product_type_required", "identifier_invalid"],
  },
  {
    ...onReceipts,
    route: "GET /orders/{merchant_uid}/receipt",
    action: "receipt.get",
    ko: "주문의 현금영수증을 조회합니다",
    en: "Read an order's cash receipt",
    request: merchantNamed,
    example: { path: { merchant_uid } },
    answers: [found],
    codes: ["order_not_found", "receipt_not_found"],
  },
  {
    ...onReceipts,
    route: "DELETE /orders/{merchant_uid}/receipt",
    action: "receipt.cancel",
    ko: "주문의 현금영수증을 취소합니다",
    en: "Cancel an order's cash receipt",
    request: merchantNamed,
    example: { path: { merchant_uid } },
    answers: [cancelled, pending],
    codes: codesBut(...notOfCancelling),
  },
  {
    ...onReceipts,
    route: "POST /receipts/external/{merchant_uid}",
    action: "receipt.issue_external",
    ko: "포트원 밖에서 받은 돈의 현금영수증을 발급합니다",
    en: "Issue the cash receipt of a sale outside PortOne",
    request: saleReceipt,
    example: {
      path: { merchant_uid: saleUid },
      body: { ...onePerson, name: "매장 판매", amount: 33_000, buyer_name: "홍길동" },
    },
    answers: [issued, pending],
    codes: [
      ...codesBut(...notOfIssuing, ...notOfSales),
      "product_type_required",
      "buyer_name_required",
      "identifier_invalid",
    ],
  },
  {
    ...onReceipts,
    route: "GET /receipts/external/{merchant_uid}",
    action: "receipt.get_external",
    ko: "포트원 밖 거래의 현금영수증을 조회합니다",
    en: "Read the cash receipt of a sale outside PortOne",
    request: merchantNamed,
    example: { path: { merchant_uid: saleUid } },
    answers: [found],
    codes: ["receipt_not_found"],
  },
  {
    ...onReceipts,
    route: "DELETE /receipts/external/{merchant_uid}",
    action: "receipt.cancel_external",
    ko: "포트원 밖 거래의 현금영수증을 취소합니다",
    en: "Cancel the cash receipt of a sale outside PortOne",
    request: merchantNamed,
    example: { path: { merchant_uid: saleUid } },
    answers: [cancelled, pending],
    codes: codesBut(...notOfCancelling, ...notOfSales, ...onlyOfWindows),
  },
];
