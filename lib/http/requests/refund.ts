// The body of a refund: its shape and its translation.
import * as z from "zod/mini";
import { parseMoney, toWire } from "../../domain/money.ts";
import type { AskedAmounts } from "../../domain/refund.ts";
import type { AskedAccount } from "../../domain/refund-account.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import { amount, merchantUid, parseFields, positiveAmount, requiredText, text } from "../fields.ts";
import { ProblemError } from "../problem-error.ts";
import { pageSize } from "./day.ts";

/** Zero and below have an error of their own, because PortOne would take 0 for "everything". */
export const refundAmount = z.union([z.number(), z.string()], "숫자여야 합니다.");

/** Of the buyer's account that a virtual account's refund is paid to. */
export const accountFields = {
  refund_holder: z.optional(requiredText(16)),
  refund_bank: z.optional(requiredText(8)),
  refund_account: z.optional(z.string().check(z.regex(/^[\d-]{4,20}$/, "숫자와 하이픈만 쓸 수 있습니다."))),
};

interface AccountFields {
  readonly refund_holder?: string | undefined;
  readonly refund_bank?: string | undefined;
  readonly refund_account?: string | undefined;
}

/** Null where no part of it is named. */
export function asAccount(named: AccountFields): AskedAccount | null {
  const holder = named.refund_holder ?? null;
  const bank = named.refund_bank ?? null;
  const number = named.refund_account?.replaceAll("-", "") ?? null;
  return holder === null && bank === null && number === null ? null : { holder, bank, number };
}

export const refundBody = z.strictObject({
  merchant_uid: merchantUid,
  idempotency_key: z.optional(z.string()),
  amount: z.optional(refundAmount),
  tax_free: z.optional(amount),
  reason: z.optional(text(256)),
  requester: z.optional(z.enum(["customer", "admin"], "customer 또는 admin이어야 합니다.")),
  ...accountFields,
});

/** What POST /orders/{merchant_uid}/refunds asks for. */
export interface RefundRequest {
  readonly merchantUid: string;
  readonly idempotencyKey: string;
  readonly bodyHash: string;
  readonly asked: AskedAmounts;
  readonly reason: string | null;
  readonly requester: "customer" | "admin" | null;
  readonly account: AskedAccount | null;
}

/** Throws invalid_field, idempotency_key_required or refund_amount_not_positive. */
export function parseRefund(fields: Fields): RefundRequest {
  const body = parseFields(refundBody, fields);
  const { merchant_uid, idempotency_key, ...asked } = body;
  if (idempotency_key === undefined || !/^[\x21-\x7e]{1,64}$/.test(idempotency_key))
    throw new ProblemError("idempotency_key_required");
  if (asked.amount !== undefined && /^-?0*(\.0*)?$|^-/.test(String(asked.amount)))
    throw new ProblemError("refund_amount_not_positive");
  if (asked.amount !== undefined) parseFields(z.object({ amount: positiveAmount }), { amount: asked.amount });
  return {
    merchantUid: merchant_uid,
    idempotencyKey: idempotency_key,
    // Amounts written as text and as number mean the same refund.
    bodyHash: hashOf({ ...asked, amount: asText(asked.amount), tax_free: asText(asked.tax_free) }),
    asked: { amount: asked.amount ?? null, taxFree: asked.tax_free ?? null },
    reason: asked.reason ?? null,
    requester: asked.requester ?? null,
    account: asAccount(asked),
  };
}

/** However it was written, as text, as a number, or as a sum of numbers. */
function asText(value: number | string | undefined): string | null {
  const money = parseMoney(value, "USD");
  return money === null ? null : String(toWire(money, "USD"));
}

export const refundsPage = z.strictObject({
  merchant_uid: merchantUid,
  limit: z.optional(pageSize),
  cursor: z._default(text(200), ""),
});

/** Without a limit there is one page; an empty cursor is the first. Throws invalid_field. */
export function parseRefundsPage(fields: Fields) {
  const { merchant_uid, limit, cursor } = parseFields(refundsPage, fields);
  return { merchantUid: merchant_uid, limit: limit === undefined ? null : Number(limit), after: cursor };
}

export const refundNamed = z.strictObject({ merchant_uid: merchantUid, refund_id: text(200) });

/** Throws invalid_field. */
export function parseRefundName(fields: Fields) {
  const { merchant_uid, refund_id } = parseFields(refundNamed, fields);
  return { merchantUid: merchant_uid, refundId: refund_id };
}
