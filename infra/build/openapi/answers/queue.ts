// What waits, as a desk sees it.
import * as z from "zod/mini";
import type { viewBrake, viewQueue } from "../../../../lib/http/views/queue.ts";
import { count, told } from "./answer.ts";
import { operation, reviewReason } from "./order.ts";

type QueueView = ReturnType<typeof viewQueue>;

/** Counted to a bound. */
const counted = { count, more: z.boolean() };

export const brake = told<ReturnType<typeof viewBrake>>()(
  z.object({ on: z.boolean(), last_hour: count, most_per_hour: count, waiting: count }),
);

export const callInDoubt = told<QueueView["operations"][number]>()(
  z.object({
    merchant_uid: z.string(),
    of: z.enum(["order", "external_sale", "delivery"]),
    ...operation.shape,
    kind: z.enum([...operation.shape.kind.options, "delivery_register", "delivery_update"]),
    review_reason: z.nullable(reviewReason),
  }),
);

export const lastAudit = told<QueueView["audit"]>()(
  z.object({
    day: z.string(),
    complete: z.boolean(),
    differences: count,
    unreadable: count,
    behind: z.array(z.string()),
  }),
);

export const queue = told<QueueView>()(
  z.object({
    due: z.object({ ...counted, oldest_s: count }),
    operations: z.array(callInDoubt),
    more_operations: z.boolean(),
    reviews: z.object(counted),
    brake,
    audit: z.nullable(lastAudit),
  }),
);
