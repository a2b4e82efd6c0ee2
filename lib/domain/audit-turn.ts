// What a night reads again once its own day is through, because a partial cancel may leave a payment in the list of its
// approval: the last days every night, and everything that may still be refunded in a round, which no night begins anew.
import { type AuditReport, overlapMs, type Window } from "./audit.ts";

const dayMs = 24 * 3_600_000;
/** What was paid in these last days is read again every night, the audited day among them. */
const nightlyDays = 7;
/** As far back as a refund may reach (R-KS-5). */
const oldestDays = 190;
const nightsOfARound = 7;
const recentSteps = nightlyDays - 1;
const roundSteps = Math.ceil((oldestDays - nightlyDays) / nightsOfARound);

type Turning = Pick<AuditReport, "fromMs" | "turnAtMs">;

/** The last days and the round alternate, so that neither waits for ever where nights are too short for both. */
const isRecent = (step: number): boolean => step < 2 * recentSteps && step % 2 === 0;

/** A day in Korea, far below the 90 days that PortOne lists at once. */
export function turnWindow(turning: Turning, step: number): Window {
  const { fromMs } = turning;
  if (!isRecent(step)) {
    const beforeMs = roundBeforeMs(turning);
    return { fromMs: beforeMs - dayMs, toMs: beforeMs - 1 };
  }
  const beforeMs = fromMs - (step / 2) * dayMs;
  // The audited day's own lists reach an hour over it.
  return { fromMs: beforeMs - dayMs, toMs: (step === 0 ? beforeMs - overlapMs : beforeMs) - 1 };
}

/** The report once all of that step is read. */
export function afterTurnStep(report: AuditReport, step: number): AuditReport {
  const next = step + 1;
  return {
    ...report,
    turnAtMs: isRecent(step) ? report.turnAtMs : roundBeforeMs(report) - dayMs,
    place: next < recentSteps + roundSteps ? { part: "turn", step: next, page: 1 } : { part: "done" },
  };
}

/** The round begins below the last days, and again there once it has reached the oldest. */
function roundBeforeMs({ fromMs, turnAtMs }: Turning): number {
  const newestMs = fromMs - recentSteps * dayMs;
  const oldestMs = fromMs - (oldestDays - 1) * dayMs;
  return turnAtMs !== null && turnAtMs > oldestMs ? turnAtMs : newestMs;
}
