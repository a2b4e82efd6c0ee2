// What is told of how an order, or a charge, was paid; null what PortOne did not tell.
import * as z from "zod/mini";
import type { viewSlip } from "../../../../lib/http/views/order.ts";
import { count, told } from "./answer.ts";

export const slip = told<ReturnType<typeof viewSlip>>()(
  z.object({
    card_name: z.nullable(z.string()),
    card_number: z.nullable(z.string()),
    apply_num: z.nullable(z.string()),
    card_quota: z.nullable(count),
    receipt_url: z.nullable(z.string()),
    emb_pg_provider: z.nullable(z.string()),
    pg_tid: z.nullable(z.string()),
  }),
);
