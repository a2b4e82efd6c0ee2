// From the pace of one audit to the nights that a day left unfinished takes at a shop's full size.
import { turnOf } from "../../../lib/domain/audit.ts";
import type { Ran } from "./stand.ts";

const dayMs = 24 * 3_600_000;
const ordersADay = 50_000;
/** Of an invocation, what an audit may use before it leaves the rest for the next night. */
const nightS = 900 * 0.7;
/** Days whose orders are read again. */
const recentDays = 14;

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

/** Days of payments that a night reads: its own, and those of its turn. */
function listedDays(): number {
  const fromMs = Date.parse("2026-08-05T00:00:00+09:00");
  const again = turnOf({ fromMs, toMs: fromMs + dayMs - 1 }).map((part) => part.toMs - part.fromMs);
  return 1 + again.reduce((sum, ms) => sum + ms, 0) / dayMs;
}

/** A night that was left out is read beside every night's own; infinite when a night does not even read its own. */
export function nightsToCatchUp({ paymentsAS, ordersAS }: Pace): number {
  const neededS = (ordersADay * listedDays()) / paymentsAS + (ordersADay * recentDays) / ordersAS;
  const spareS = nightS - neededS;
  return spareS <= 0 ? Number.POSITIVE_INFINITY : Math.ceil(neededS / spareS);
}
