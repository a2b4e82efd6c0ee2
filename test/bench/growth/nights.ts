// From the pace of one audit to the nights that a day left unfinished takes at a shop's full size, and to those of a
// round of everything that may still be refunded.
import {
  type AuditPlace,
  type AuditReport,
  firstOrders,
  listedWindow,
  newAudit,
  placeAfterOrders,
} from "../../../lib/domain/audit.ts";
import { afterTurnStep } from "../../../lib/domain/audit-turn.ts";
import type { Ran } from "./stand.ts";

const dayMs = 24 * 3_600_000;
const ordersADay = 50_000;
/** Of an invocation, what an audit may use before it leaves the rest for the next night. */
const nightS = 900 * 0.7;
const fromMs = Date.parse("2026-08-05T00:00:00+09:00");
const day = { fromMs, toMs: fromMs + dayMs - 1 };

export interface Pace {
  readonly paymentsAS: number;
  readonly ordersAS: number;
}

/** Lists of payments are read first, then the orders of days, each held against PortOne's records. */
export function paceOf({ asked, tookMs }: Ran, audited: number): Pace {
  const ofOrders = asked.filter(({ path }) => /^\/payments(\?|$)/.test(path)).map(({ atMs }) => atMs);
  const ofLists = asked.filter(({ path }) => path.startsWith("/payments/status/")).map(({ atMs }) => atMs);
  const listsMs = Math.min(...ofOrders) - Math.min(...ofLists);
  return { paymentsAS: (audited * 1_000) / listsMs, ordersAS: (audited * 1_000) / (tookMs - listsMs) };
}

/** What completes one day. As many payments are cancelled as are paid: more than any shop's. */
function neededS({ paymentsAS, ordersAS }: Pace): number {
  const window = listedWindow(day);
  const listed = (2 * (window.toMs - window.fromMs)) / dayMs;
  return (ordersADay * listed) / paymentsAS + (ordersADay * daysOfOrders()) / ordersAS;
}

function daysOfOrders(): number {
  let days = 0;
  for (
    let place: AuditPlace = firstOrders;
    place.part === "orders";
    place = placeAfterOrders(place.daysBefore)
  )
    days += 1;
  return days;
}

/** A night that was left out is read beside every night's own; infinite when a night does not even read its own. */
export function nightsToCatchUp(pace: Pace): number {
  const spareS = nightS - neededS(pace);
  return spareS <= 0 ? Number.POSITIVE_INFINITY : Math.ceil(neededS(pace) / spareS);
}

/** In what each night's own day leaves of it; infinite when no night has time for a day of the round. */
export function nightsOfARound(pace: Pace): number {
  const steps = Math.floor(((nightS - neededS(pace)) * pace.paymentsAS) / ordersADay);
  let turnAtMs: number | null = null;
  for (let night = 0; steps >= 2; night += 1) {
    const next = turned(turnAtMs, steps);
    if (turnAtMs !== null && next !== null && next > turnAtMs) return night + 1;
    turnAtMs = next;
  }
  return Number.POSITIVE_INFINITY;
}

/** Where the round stands after a night with time for so many days of payments. */
function turned(turnAtMs: number | null, steps: number): number | null {
  let report: AuditReport = {
    ...newAudit("2026-08-05", day, turnAtMs),
    place: { part: "turn", step: 0, page: 1 },
  };
  for (let step = 0; step < steps && report.place.part === "turn"; step += 1)
    report = afterTurnStep(report, report.place.step);
  return report.turnAtMs;
}
