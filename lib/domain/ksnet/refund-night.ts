// The hours in which KSNET refunds no virtual account (R-KS-6), and when such a refund goes out instead.
import { kstTimeOfDayMs } from "../kst.ts";
import { partOf } from "../spread.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** KSNET closes at 23:00; what is sent shortly before may reach it afterwards. */
const closesMs = 23 * hourMs - 2 * minuteMs;
const opensMs = 6 * hourMs;
/** From a minute after it opens, so that clocks may differ, over nine minutes, so that not all come at once. */
const firstMs = opensMs + minuteMs;
const spreadS = 9 * 60;

export const nightRefundModes = ["schedule", "refuse"] as const;
/** What becomes of a refund that is asked for at night. */
export type NightRefunds = (typeof nightRefundModes)[number];

export const isRefundNight = (nowMs: number): boolean => {
  const timeMs = kstTimeOfDayMs(nowMs);
  return timeMs >= closesMs || timeMs < opensMs;
};

/** When what cannot go out at night does: between 06:01 and 06:10 KST, by its name. */
export function morningMs(nowMs: number, name: string): number {
  const midnightMs = nowMs - kstTimeOfDayMs(nowMs);
  const dayStartMs = kstTimeOfDayMs(nowMs) < opensMs ? midnightMs : midnightMs + dayMs;
  return dayStartMs + firstMs + partOf(name, spreadS) * secondMs;
}
