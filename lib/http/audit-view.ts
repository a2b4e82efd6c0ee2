// An audit's report as its readers get it.
import type { AuditReport } from "../domain/audit.ts";
import { iso } from "./time-view.ts";

export const viewAudit = (report: AuditReport) => ({
  window: { from: iso(report.fromMs), to: iso(report.toMs) },
  checked: { payments: report.payments, orders: report.orders },
  differences: report.differences.map(({ kind, merchantUid, impUid, ours, theirs, settled }) => ({
    kind,
    merchant_uid: merchantUid,
    imp_uid: impUid,
    ours,
    theirs,
    settled,
  })),
  complete: report.place.part === "done",
});
