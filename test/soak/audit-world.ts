// All that the auditors know, in one look at the world when it is at rest.

import { auditAccounts } from "./audit-accounts.ts";
import { auditAlarms } from "./audit-alarms.ts";
import { auditDueAtRest, auditStoredDue } from "./audit-due.ts";
import { auditKeys } from "./audit-keys.ts";
import { auditLeft } from "./audit-left.ts";
import { auditNights } from "./audit-nights.ts";
import { auditReceiptSeals } from "./audit-receipt-seals.ts";
import { auditReceiptWishes } from "./audit-receipt-wishes.ts";
import { auditReceipts } from "./audit-receipts.ts";
import { auditRefundFigures } from "./audit-refunds.ts";
import { auditReservations } from "./audit-reservations.ts";
import { auditRules } from "./audit-rules.ts";
import { auditSales } from "./audit-sales.ts";
import { auditGone } from "./audit-sealed.ts";
import { auditSizes } from "./audit-sizes.ts";
import { auditTold } from "./audit-told.ts";
import { taxesNamed } from "./audit-told-refunds.ts";
import { audit } from "./auditor.ts";
import type { Finding } from "./findings.ts";
import type { World } from "./world.ts";

export const auditWorld = (world: World): readonly Finding[] => {
  const { nowMs, items, payments, receipts, reservations } = world;
  return [
    ...audit(items, payments),
    ...auditKeys(items, payments),
    ...auditRefundFigures(items, payments, taxesNamed(world.answers)),
    ...auditLeft(world),
    ...auditRules(payments),
    ...auditGone(items),
    ...auditReservations(items, payments, reservations),
    ...auditAccounts(items, payments, nowMs),
    ...auditStoredDue(items),
    ...auditDueAtRest(items, { payments, reservations }, nowMs),
    ...auditTold(world.answers, world),
    ...auditNights(items, world.nights),
    ...auditAlarms(items, world.alarms),
    ...auditSizes(world.largest, world.largestWrite),
    ...auditReceipts(items, payments, receipts),
    ...auditReceiptWishes(world),
    ...auditReceiptSeals(world),
    ...auditSales(world),
  ];
};
