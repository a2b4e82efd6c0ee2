// The body of a refund: its shape and its translation.
import * as z from "zod/mini";
import { type Money, parseMoney } from "../../domain/money.ts";
import type { Order } from "../../domain/order.ts";
import type { RefundRequest } from "../../domain/refund.ts";
import type { RefundAccount } from "../../ports/portone.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import { amount, merchantUid, parseFields, requiredText, text } from "../fields.ts";
import { ProblemError } from "../problem.ts";

/** Zero and below have an error of their own, because PortOne would take 0 for "everything". */
const refundAmount = z.union([z.number(), z.string()], "숫자여야 합니다.");

const refundBody = z.strictObject({
  merchant_uid: merchantUid,
  idempotency_key: z.optional(z.string()),
  amount: z.optional(refundAmount),
  tax_free: z.optional(amount),
  reason: z.optional(text(256)),
  requester: z.optional(z.enum(["customer", "admin"], "customer 또는 admin이어야 합니다.")),
  refund_holder: z.optional(requiredText(16)),
  refund_bank: z.optional(requiredText(8)),
  refund_account: z.optional(z.string().check(z.regex(/^[\d-]{4,20}$/, "숫자와 하이픈만 쓸 수 있습니다."))),
});

export interface RefundBody {
  readonly merchantUid: string;
  readonly idempotencyKey: string;
  readonly bodyHash: string;
  readonly read: (order: Order) => RefundRequest | null;
  readonly reason: string | null;
  readonly requester: "customer" | "admin" | null;
  readonly account: RefundAccount | null;
}

/** Throws invalid_field, idempotency_key_required or refund_amount_not_positive. */
export function parseRefundBody(fields: Fields): RefundBody {
  const body = parseFields(refundBody, fields);
  const { merchant_uid, idempotency_key, ...asked } = body;
  if (idempotency_key === undefined || !/^[\x21-\x7e]{1,64}$/.test(idempotency_key))
    throw new ProblemError("idempotency_key_required");
  if (asked.amount !== undefined && /^-?0*(\.0*)?$|^-/.test(String(asked.amount)))
    throw new ProblemError("refund_amount_not_positive");
  if (asked.amount !== undefined) parseFields(z.object({ amount }), { amount: asked.amount });
  const { refund_holder: holder, refund_bank: bank, refund_account: number } = asked;
  return {
    merchantUid: merchant_uid,
    idempotencyKey: idempotency_key,
    // Amounts written as text and as number mean the same refund.
    bodyHash: hashOf({ ...asked, amount: asText(asked.amount), tax_free: asText(asked.tax_free) }),
    read: (order) => readAmounts(order, asked.amount, asked.tax_free),
    reason: asked.reason ?? null,
    requester: asked.requester ?? null,
    account: holder && bank && number ? { holder, bank, number: number.replaceAll("-", "") } : null,
  };
}

const asText = (value: number | string | undefined): string | null =>
  value === undefined ? null : String(Number(value));

function readAmounts(
  order: Order,
  wantedAmount: number | string | undefined,
  wantedTaxFree: number | string | undefined,
): RefundRequest | null {
  const read = (value: number | string | undefined): Money | null | undefined =>
    value === undefined ? null : (parseMoney(value, order.currency) ?? undefined);
  const readAmount = read(wantedAmount);
  const taxFree = read(wantedTaxFree);
  return readAmount === undefined || taxFree === undefined ? null : { amount: readAmount, taxFree };
}
