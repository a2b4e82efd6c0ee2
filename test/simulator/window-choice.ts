// What a buyer may pick in the payment window, as the page and the control doors send it.
import * as z from "zod";
import type { Choice } from "./approval.ts";
import { findBank, findCard, payMethods } from "./ksnet-codes.ts";

export const choiceFields = {
  pay_method: z
    .string()
    .refine((value) => payMethods.includes(value), "unknown pay method")
    .optional(),
  card_code: z
    .string()
    .refine((value) => findCard(value) !== null, "unknown card code")
    .optional(),
  card_quota: z.int().min(0).max(60).optional(),
  emb_pg_provider: z.string().min(1).max(16).optional(),
  bank_code: z
    .string()
    .refine((value) => findBank(value) !== null, "unknown bank code")
    .optional(),
  /** What the receipt is for: income deduction (소득공제), proof of expense (지출증빙), or none is wanted. */
  cash_receipt_type: z.enum(["person", "company", "none"]).optional(),
  /** True, or the number the buyer typed for it. */
  cash_receipt: z.union([z.boolean(), z.string()]).optional(),
};

export const choiceSchema = z.strictObject(choiceFields);
export type ChoiceFields = z.infer<typeof choiceSchema>;

export function toChoice(fields: ChoiceFields): Choice {
  return {
    payMethod: fields.pay_method,
    cardCode: fields.card_code,
    cardQuota: fields.card_quota,
    embPgProvider: fields.emb_pg_provider,
    bankCode: fields.bank_code,
    cashReceipt: fields.cash_receipt,
  };
}

/** A form sends texts, and an empty one for whatever was left alone. */
export function fromForm(form: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const picked = Object.entries(form).filter(([, value]) => value !== "");
  const { card_quota: quota, ...rest } = Object.fromEntries(picked);
  // The number's field stays in the form when no receipt is wanted.
  if (rest["cash_receipt_type"] === "none") delete rest["cash_receipt"];
  return quota === undefined ? rest : { ...rest, card_quota: Number(quota) };
}
