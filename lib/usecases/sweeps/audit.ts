// The nightly comparison of our copy with PortOne's records. Days that were begun and not ended come first, the oldest
// first, so that one lost answer or a night too short leaves no day unread. Progress is stored after every step.

import { type AuditReport, isDone, newAudit, withDifferences } from "../../domain/audit.ts";
import { kstDay, kstDayStartMs } from "../../domain/kst.ts";
import type { Call, Troubles } from "../../ports/environment.ts";
import type { AuditStore } from "../../ports/table.ts";
import { keepProgress } from "../claim.ts";
import { type AuditStepPorts, auditStep } from "./audit-steps.ts";

export interface AuditPorts extends AuditStepPorts {
  readonly audits: AuditStore;
  readonly troubles: Troubles;
}

export interface RunAudit {
  /** Null: the last KST day, after those that are behind. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** With less of the invocation left than this, what is left is for the next run. */
  readonly stopBelowMs: number;
}

export interface AuditRun {
  /** With what was found on the days before that were taken up, so that nobody has to look there. */
  readonly report: AuditReport;
  /** Earlier days that are still not ended, the oldest first. */
  readonly behind: readonly string[];
}

const dayMs = 24 * 3_600_000;
/** Nights looked back for what is behind. */
const mostNights = 30;

/**
 * Throws when PortOne or the table does not answer for the window itself; the next run goes on from the stored place. An
 * earlier day that fails keeps no other from being read.
 */
export async function audit(request: RunAudit, call: Call, ports: AuditPorts): Promise<AuditRun> {
  const nowMs = ports.clock.nowMs();
  const own = windowOf(request, nowMs);
  const behind = await findBehind(own.fromMs, ports);
  // Whoever names a window wants that one read now.
  const first = request.fromMs === null && request.toMs === null ? behind : [];
  const taken: AuditReport[] = [];
  for (const window of first) taken.push(...(await takeUp(window, request, call, ports)));
  const report = await auditWindow(own, request, call, ports);
  const ended = taken.filter(isDone).map(({ day }) => day);
  return {
    report: taken.reduce((all, { differences }) => withDifferences(all, differences), report),
    behind: behind.map(({ fromMs }) => kstDay(fromMs)).filter((day) => !ended.includes(day)),
  };
}

/** A day that is behind and fails again is told, and stays behind. */
async function takeUp(
  window: Window,
  request: RunAudit,
  call: Call,
  ports: AuditPorts,
): Promise<readonly AuditReport[]> {
  try {
    return [await auditWindow(window, request, call, ports)];
  } catch (error) {
    ports.troubles.tellDay(kstDay(window.fromMs), error instanceof Error ? error.message : String(error));
    return [];
  }
}

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a run reads that is told so much. */
export function windowOf(request: Pick<RunAudit, "fromMs" | "toMs">, nowMs: number): Window {
  const fromMs = request.fromMs ?? kstDayStartMs(kstDay(nowMs - dayMs));
  return { fromMs, toMs: request.toMs ?? (request.fromMs === null ? fromMs + dayMs - 1 : nowMs) };
}

/** Days before this one that were begun and not ended, or left out since the first that was audited. */
async function findBehind(beforeMs: number, { audits }: AuditPorts): Promise<readonly Window[]> {
  const days = Array.from({ length: mostNights }, (_, index) =>
    kstDayStartMs(kstDay(beforeMs - (index + 1) * dayMs)),
  );
  const stored = await Promise.all(days.map((fromMs) => audits.readAudit(kstDay(fromMs))));
  const oldest = stored.findLastIndex((audit) => audit !== null);
  return days
    .map((fromMs, index) => ({ fromMs, audit: stored[index] ?? null }))
    .slice(0, oldest + 1)
    .filter(({ audit }) => audit === null || !isDone(audit.report))
    .map(({ fromMs, audit }) =>
      audit ? { fromMs: audit.report.fromMs, toMs: audit.report.toMs } : { fromMs, toMs: fromMs + dayMs - 1 },
    )
    .reverse();
}

async function auditWindow(
  { fromMs, toMs }: Window,
  { stopBelowMs }: RunAudit,
  call: Call,
  ports: AuditPorts,
): Promise<AuditReport> {
  const day = kstDay(fromMs);
  const stored = await ports.audits.readAudit(day);
  const isSame = stored?.report.fromMs === fromMs && stored.report.toMs === toMs;
  let report = stored && isSame && !isDone(stored.report) ? stored.report : newAudit(day, fromMs, toMs);
  let version = stored?.version ?? 0;
  while (!isDone(report) && call.timeLeftMs() > stopBelowMs) {
    report = await auditStep(report, call, ports);
    // Somebody else audits the same day: their report is as good as ours.
    if (!(await keepProgress(report, version, ports.audits)))
      return (await ports.audits.readAudit(day))?.report ?? report;
    version += 1;
  }
  return report;
}
