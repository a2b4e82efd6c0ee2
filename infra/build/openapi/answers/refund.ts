// A refund as its readers get it.
import * as z from "zod/mini";
import { refundStates } from "../../../../lib/domain/refund.ts";
import type { viewRefund, viewRefunds } from "../../../../lib/http/views/refund.ts";
import { money, time, told } from "./answer.ts";

export const refund = told<ReturnType<typeof viewRefund>>()(
  z.object({
    refund_id: z.string(),
    merchant_uid: z.string(),
    imp_uid: z.string(),
    origin: z.enum(["merchant", "console", "automatic"]),
    state: z.enum(["pending", "scheduled", ...refundStates]),
    amount: money,
    tax_free: money,
    reason: z.nullable(z.string()),
    tag: z.nullable(z.string()),
    cancellation_id: z.nullable(z.string()),
    requested_at: time,
    scheduled_at: z.nullable(time),
    completed_at: z.nullable(time),
    remaining: money,
    remaining_tax_free: z.nullable(money),
    provider_message: z.nullable(z.string()),
  }),
);

export const refundList = told<ReturnType<typeof viewRefunds>>()(
  z.object({ refunds: z.array(refund), cursor: z.optional(z.nullable(z.string())) }),
);

/** What is certain while nobody can read whether it is claimed. */
export const unreadableRefund = z.object({
  refund_id: z.string(),
  merchant_uid: z.string(),
  state: z.literal("pending"),
});
