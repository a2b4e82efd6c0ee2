// What waits, for whoever sits at a desk: what is due, calls in doubt, marks, the brake and the last night's audit. Every
// part is read in a bounded number of calls: fifteen on most days, and eight more where thousands wait.

import type { AuditReport } from "../../domain/audit.ts";
import type { Brake } from "../../domain/brake.ts";
import { kstDay, kstDayStartMs } from "../../domain/kst.ts";
import type { Clock } from "../../ports/environment.ts";
import type { AuditStore, BrakeStore, Counted, Doubtful, WatchList } from "../../ports/table.ts";
import { readEarlierNights } from "./earlier-nights.ts";

export interface ReadQueuePorts {
  readonly watch: WatchList;
  readonly brake: BrakeStore;
  readonly audits: AuditStore;
  readonly clock: Clock;
}

export interface Queue {
  readonly nowMs: number;
  readonly due: Counted & { readonly oldestAtMs: number | null };
  /** What has calls in doubt, the longest in doubt first. */
  readonly doubts: { readonly items: readonly Doubtful[]; readonly isMore: boolean };
  readonly reviews: Counted;
  readonly brake: Brake;
  /** Null where no night of the last 30 was audited. */
  readonly audit: LastAudit | null;
}

export interface LastAudit {
  readonly report: AuditReport;
  /** Days before it that are not complete, the oldest first. */
  readonly behind: readonly string[];
}

/** It tells a backlog from an outage, and costs a few hundred read units at most. */
const mostCounted = 10_000;
const mostDoubts = 50;

/** Reads only. The indexes may be a moment behind, so that these are no figures to decide money by. */
export async function readQueue(ports: ReadQueuePorts): Promise<Queue> {
  const { watch, brake, audits, clock } = ports;
  const nowMs = clock.nowMs();
  const [due, doubts, reviews, stored, audit] = await Promise.all([
    watch.glanceDue(nowMs, mostCounted),
    watch.listDoubts(mostDoubts),
    watch.countReviews(mostCounted),
    brake.readBrake(),
    readLastAudit(nowMs, audits),
  ]);
  return {
    nowMs,
    due,
    doubts,
    reviews,
    brake: stored.brake,
    audit,
  };
}

async function readLastAudit(nowMs: number, audits: AuditStore): Promise<LastAudit | null> {
  const { last, behind } = await readEarlierNights(kstDayStartMs(kstDay(nowMs)), audits);
  if (last === null) return null;
  // Last night's own may not have begun yet.
  const before = behind.filter(({ fromMs }) => fromMs < last.fromMs);
  return { report: last, behind: before.map(({ fromMs }) => kstDay(fromMs)) };
}
