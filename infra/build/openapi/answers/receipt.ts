// A cash receipt as its readers get it.
import * as z from "zod/mini";
import { receiptOrigins, receiptStates, receiptTypes } from "../../../../lib/domain/operation.ts";
import { receiptTodos } from "../../../../lib/domain/receipt-goal.ts";
import { reviewReasons } from "../../../../lib/domain/review.ts";
import type { viewOrderReceipt, viewPreview, viewSaleReceipt } from "../../../../lib/http/views/receipt.ts";
import { count, money, time, told } from "./answer.ts";

export const receipt = told<ReturnType<typeof viewOrderReceipt | typeof viewSaleReceipt>>()(
  z.object({
    merchant_uid: z.string(),
    imp_uid: z.nullable(z.string()),
    review_reason: z.nullable(z.enum(reviewReasons)),
    state: z.enum(["pending", ...receiptStates, "refused"]),
    type: z.nullable(z.enum(receiptTypes)),
    identifier_masked: z.nullable(z.string()),
    amount: money,
    tax_free: money,
    vat: money,
    receipt_tid: z.nullable(z.string()),
    apply_num: z.nullable(z.string()),
    receipt_url: z.nullable(z.string()),
    applied_at: z.nullable(time),
    cancelled_at: z.nullable(time),
    generation: count,
    origin: z.enum(receiptOrigins),
    todo: z.nullable(z.enum(receiptTodos)),
  }),
);

export const receiptPreview = told<ReturnType<typeof viewPreview>>()(
  z.object({ amount: money, tax_free: money, vat: money }),
);
