// Parcels, the brake, and audits as their readers get them.
import * as z from "zod/mini";
import { differenceKinds } from "../../../../lib/domain/audit.ts";
import type { viewAudit } from "../../../../lib/http/views/audit.ts";
import type { viewDelivery } from "../../../../lib/http/views/delivery.ts";
import { count, time, told } from "./answer.ts";
import { reviewReason } from "./order.ts";

export const delivery = told<ReturnType<typeof viewDelivery>>()(
  z.object({
    merchant_uid: z.string(),
    company: z.string(),
    invoice: z.string(),
    sent_at: time,
    applied_at: z.nullable(time),
    state: z.enum(["registered", "scheduled"]),
    review_reason: z.nullable(reviewReason),
  }),
);

export const liftedBrake = z.object({ lifted: z.literal(true), waiting: count });

type AuditView = ReturnType<typeof viewAudit>;

const facts = z.record(z.string(), z.nullable(z.union([z.string(), z.number()])));

export const difference = told<AuditView["differences"][number]>()(
  z.object({
    kind: z.enum(differenceKinds),
    merchant_uid: z.string(),
    imp_uid: z.nullable(z.string()),
    ours: facts,
    theirs: facts,
    synced: z.boolean(),
  }),
);

export const audit = told<AuditView>()(
  z.object({
    window: z.object({ from: time, to: time }),
    checked: z.object({ payments: count, orders: count }),
    differences: z.array(difference),
    unreadable: count,
    complete: z.boolean(),
    behind: z.array(z.string()),
  }),
);
