// An audit's report as its readers get it.
import { type AuditReport, isComplete } from "../../domain/audit.ts";
import { iso } from "./time.ts";

export const viewAudit = (report: AuditReport, behind: readonly string[] = []) => ({
  window: { from: iso(report.fromMs), to: iso(report.toMs) },
  checked: { payments: report.payments, orders: report.orders },
  differences: report.differences.map(({ kind, merchantUid, impUid, ours, theirs, synced }) => ({
    kind,
    merchant_uid: merchantUid,
    imp_uid: impUid,
    ours,
    theirs,
    synced,
  })),
  unreadable: report.unreadable,
  complete: isComplete(report),
  behind,
});
