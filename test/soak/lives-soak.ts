// npm run soak -- lives: thousands of short lives in virtual time, each checked at every step and at rest; or one of
// them told as a story.
import { availableParallelism } from "node:os";
import type { Telling } from "../../infra/build/progress.ts";
import { type LifeResult, live } from "../simulation/life.ts";
import { type FoundInLife, neverHappened, runLives } from "../simulation/run-lives.ts";
import { storyLine } from "../simulation/story.ts";

export interface LivesOptions extends Telling {
  readonly seed: number;
  readonly count: number;
  readonly hasReservations: boolean;
}

const mostThreads = 2;
const mostTold = 10;
/** So many lives see everything that can happen. */
const enoughLives = 2_000;

export async function livesSoak({ seed, count, hasReservations, say, done }: LivesOptions) {
  const beganMs = performance.now();
  const { lives, found, acts, faults } = await runLives(
    seed,
    count,
    Math.min(mostThreads, availableParallelism()),
    { hasReservations, onLived: (lived) => done("lives", lived, count) },
  );
  const minutes = (performance.now() - beganMs) / 60_000;
  for (const life of found.slice(0, mostTold)) tell(life, say);
  if (found.length > mostTold) say(`and ${found.length - mostTold} more lives with findings`);
  const missing = lives < enoughLives ? [] : neverHappened({ lives, found, acts, faults }, hasReservations);
  for (const name of missing) say(`never happened: ${name}`);
  const findings = found.reduce((total, life) => total + life.findings.length, 0);
  return {
    soak: "lives",
    seed,
    ok: findings === 0 && missing.length === 0,
    lives,
    findings,
    per_minute: Math.round(lives / minutes),
    acts,
    faults,
  };
}

function tell({ seed, findings }: FoundInLife, say: (line: string) => void): void {
  for (const { kind, about, what } of findings) say(`life ${seed}: ${kind} ${about}: ${what}`);
}

/** One life, line by line. */
export async function replayLife(seed: number, hasReservations: boolean, say: (line: string) => void) {
  const hear = (atMs: number, line: string) => say(storyLine(atMs, line));
  const life: LifeResult = await live(seed, hear, hasReservations);
  return {
    soak: "lives",
    seed,
    ok: life.findings.length === 0,
    lives: 1,
    findings: life.findings.length,
    acts: Object.fromEntries(life.acts),
    faults: Object.fromEntries(life.faults),
  };
}
