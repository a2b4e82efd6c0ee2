// Faults and kills around a piece of work: set before it, counted and taken away after it.
import type { PlannedFault } from "./planned.ts";
import { nowMs } from "./records.ts";
import type { Stage } from "./stage.ts";

export interface Weather {
  kills: number;
  killsInFlight: number;
  /** Of them, those of a function that gives money back. */
  killsInRefunds: number;
  /** By name: how often each hit. */
  readonly hits: Record<string, number>;
}

export const calm = (): Weather => ({ kills: 0, killsInFlight: 0, killsInRefunds: 0, hits: {} });

interface FaultView {
  readonly name: string;
  /** Which of our functions it is aimed at; PortOne's faults are at none. */
  readonly function?: string | null;
  readonly hits: number;
}

export async function underFaults(
  stage: Stage,
  faults: readonly PlannedFault[],
  weather: Weather,
  work: () => Promise<void>,
): Promise<void> {
  for (const { at, body } of faults)
    await (at === "host" ? stage.local("POST", "/faults", body) : stage.control("POST", "/faults", body));
  await work();
  const host = (await stage.local("GET", "/faults"))["faults"] as readonly FaultView[];
  const simulator = (await stage.control("GET", "/faults"))["faults"] as readonly FaultView[];
  for (const { name, hits, function: functionName } of [...host, ...simulator]) {
    const isKill = name.startsWith("crash_");
    if (isKill) {
      weather.kills += 1;
      weather.killsInFlight += hits;
      if (functionName === "refund") weather.killsInRefunds += hits;
    } else if (hits > 0) weather.hits[name] = (weather.hits[name] ?? 0) + hits;
  }
  await stage.local("DELETE", "/faults");
  await stage.control("DELETE", "/faults");
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** The sweep's own ladder, and on until even a daily look has been paid. */
const stepsMs = [1, 1, 2, 3, 6, 11, 11, 16, 31, 31, 121]
  .map((minutes) => minutes * minuteMs)
  .concat(Array(9).fill(dayMs));

/** Moves the clock and sweeps until nothing is due any more, within the ladder's days. */
export async function sweepUntilAtRest(stage: Stage, isAtRest: () => Promise<boolean>): Promise<number> {
  let virtualMs = 0;
  for (const stepMs of stepsMs) {
    await stage.advance(stepMs);
    virtualMs += stepMs;
    await sweepAll(stage);
    if (await isAtRest()) break;
  }
  return virtualMs;
}

/** Sweeps until one finds nothing: each takes a limited number. */
export async function sweepAll(stage: Stage): Promise<void> {
  for (let sweeps = 0; sweeps < 20; sweeps += 1) {
    if ((await stage.sweep()) === 0) return;
  }
}

const kstOffsetMs = 9 * 60 * minuteMs;

/** Until it is next called so in Korea, `HH:MM:SS`. */
async function untilMs(stage: Stage, time: string): Promise<number> {
  const timeMs = Date.parse(`1970-01-01T${time}Z`) - kstOffsetMs;
  return dayMs - (((await nowMs(stage)) - timeMs) % dayMs);
}

/** On to the next time of that name. */
export async function passTo(stage: Stage, time: string): Promise<number> {
  const waitMs = await untilMs(stage, time);
  await stage.advance(waitMs);
  return waitMs;
}

/** The same, unless it was passed a moment ago. */
export async function reach(stage: Stage, time: string): Promise<void> {
  const waitMs = await untilMs(stage, time);
  if (waitMs < dayMs / 2) await stage.advance(waitMs);
}

/** At night KSNET gives nothing back of an account. */
export const passToNoon = (stage: Stage): Promise<number> => passTo(stage, "12:00:00");

/** Payments nobody told of, into orders that were at rest, are the nightly audit's to find. */
export async function passNight(stage: Stage, isAtRest: () => Promise<boolean>): Promise<number> {
  await stage.advance(dayMs);
  return dayMs + (await sweepUntilAtRest(stage, isAtRest));
}
