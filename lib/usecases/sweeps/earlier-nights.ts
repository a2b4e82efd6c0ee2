// The audits of the nights before: what is behind, and where the last one stopped. Read together, in one call.
import { type AuditReport, isComplete, type Window } from "../../domain/audit.ts";
import { kstDay, kstDayStartMs } from "../../domain/kst.ts";
import type { AuditStore } from "../../ports/table.ts";

export interface EarlierNights {
  /** The newest that is kept; null where none is. */
  readonly last: AuditReport | null;
  /** Days that were begun and not completed, or left out since the first that was audited. */
  readonly behind: readonly Window[];
  /** Where the last night's turn stopped. */
  readonly turnAtMs: number | null;
}

const dayMs = 24 * 3_600_000;
/** Nights looked back for what is behind. */
const mostNights = 30;

export async function readEarlierNights(beforeMs: number, audits: AuditStore): Promise<EarlierNights> {
  const days = Array.from({ length: mostNights }, (_, index) =>
    kstDayStartMs(kstDay(beforeMs - (index + 1) * dayMs)),
  );
  const reports = await audits.readAudits(days.map(kstDay));
  const byDay = new Map(reports.map((report) => [report.day, report]));
  const stored = days.map((fromMs) => byDay.get(kstDay(fromMs)) ?? null);
  const oldest = stored.findLastIndex((report) => report !== null);
  const behind = days
    .map((fromMs, index) => ({ fromMs, report: stored[index] ?? null }))
    .slice(0, oldest + 1)
    .filter(({ report }) => report === null || !isComplete(report))
    .map(({ fromMs, report }) =>
      report ? { fromMs: report.fromMs, toMs: report.toMs } : { fromMs, toMs: fromMs + dayMs - 1 },
    )
    .reverse();
  const kept = stored.filter((report) => report !== null);
  // A day that no night began for itself has none.
  const turned = kept.find(({ turnAtMs }) => turnAtMs !== null);
  return { last: kept[0] ?? null, behind, turnAtMs: turned?.turnAtMs ?? null };
}
