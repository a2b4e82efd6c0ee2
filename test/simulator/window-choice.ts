// What a buyer may pick in the payment window, as the page and the control doors send it.
import * as z from "zod";
import type { Choice } from "./approval.ts";
import { findCard, payMethods } from "./ksnet-codes.ts";

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
  /** True, or the number the buyer typed for it. */
  cash_receipt: z.union([z.boolean(), z.string()]).optional(),
};

export const choiceSchema = z.strictObject(choiceFields);

export function toChoice(fields: z.infer<typeof choiceSchema>): Choice {
  return {
    payMethod: fields.pay_method,
    cardCode: fields.card_code,
    cardQuota: fields.card_quota,
    embPgProvider: fields.emb_pg_provider,
    cashReceipt: fields.cash_receipt,
  };
}
