// The nightly comparison of our copy with PortOne's records. Days that were begun and not completed come first, the oldest
// first, so that one lost answer or a night too short leaves no day unread. What time is left reads again what was paid
// before. Progress is stored after every step.

import {
  type AuditReport,
  isComplete,
  isDone,
  newAudit,
  type Window,
  withDifferences,
} from "../../domain/audit.ts";
import { kstDay, kstDayStartMs } from "../../domain/kst.ts";
import type { Call, Troubles } from "../../ports/environment.ts";
import type { AuditStore } from "../../ports/table.ts";
import { keepProgress } from "../claim.ts";
import { type AuditStepPorts, auditStep } from "./audit-steps.ts";
import { readEarlierNights } from "./earlier-nights.ts";

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
  /** Earlier days that are still not complete, the oldest first. */
  readonly behind: readonly string[];
}

const dayMs = 24 * 3_600_000;

/**
 * Throws when PortOne or the table does not answer for the window itself; the next run goes on from the stored place. An
 * earlier day that fails keeps no other from being read.
 */
export async function audit(request: RunAudit, call: Call, ports: AuditPorts): Promise<AuditRun> {
  const nowMs = ports.clock.nowMs();
  const own = windowOf(request, nowMs);
  const { behind, turnAtMs } = await readEarlierNights(own.fromMs, ports.audits);
  // Whoever names a window wants that one read now, and nothing else.
  const isNight = request.fromMs === null && request.toMs === null;
  const { stopBelowMs } = request;
  const taken: AuditReport[] = [];
  for (const window of isNight ? behind : [])
    taken.push(...(await takeUp({ window, turnAtMs: null, isEnough: isComplete, stopBelowMs }, call, ports)));
  const work = { window: own, turnAtMs, isEnough: isNight ? isDone : isComplete, stopBelowMs };
  const report = await auditWindow(work, call, ports);
  const ended = taken.filter(isComplete).map(({ day }) => day);
  return {
    report: taken.reduce((all, { differences }) => withDifferences(all, differences), report),
    behind: behind.map(({ fromMs }) => kstDay(fromMs)).filter((day) => !ended.includes(day)),
  };
}

/** A day that is behind and fails again is told, and stays behind. */
async function takeUp(work: Work, call: Call, ports: AuditPorts): Promise<readonly AuditReport[]> {
  try {
    return [await auditWindow(work, call, ports)];
  } catch (error) {
    ports.troubles.tellDay(
      kstDay(work.window.fromMs),
      error instanceof Error ? error.message : String(error),
    );
    return [];
  }
}

/** What a run reads that is told so much. */
export function windowOf(request: Pick<RunAudit, "fromMs" | "toMs">, nowMs: number): Window {
  const fromMs = request.fromMs ?? kstDayStartMs(kstDay(nowMs - dayMs));
  return { fromMs, toMs: request.toMs ?? (request.fromMs === null ? fromMs + dayMs - 1 : nowMs) };
}

interface Work {
  readonly window: Window;
  readonly turnAtMs: number | null;
  /** How far this window is read. */
  readonly isEnough: (report: AuditReport) => boolean;
  readonly stopBelowMs: number;
}

async function auditWindow(
  { window, turnAtMs, isEnough, stopBelowMs }: Work,
  call: Call,
  ports: AuditPorts,
): Promise<AuditReport> {
  const day = kstDay(window.fromMs);
  const stored = await ports.audits.readAudit(day);
  const isSame = stored?.report.fromMs === window.fromMs && stored.report.toMs === window.toMs;
  let report =
    stored && isSame && !isEnough(stored.report)
      ? stored.report
      : newAudit(day, window, stored?.report.turnAtMs ?? turnAtMs);
  let version = stored?.version ?? 0;
  while (!isEnough(report) && call.timeLeftMs() > stopBelowMs) {
    report = await auditStep(report, call, ports);
    // Somebody else audits the same day: their report is as good as ours.
    if (!(await keepProgress(report, version, ports.audits)))
      return (await ports.audits.readAudit(day))?.report ?? report;
    version += 1;
  }
  return report;
}
