// Many lives, told apart by their seeds and shared out over worker threads. A life's seed follows from the run's seed
// and its number, so that a run's lives are the same however many threads live them.
import { Worker } from "node:worker_threads";
import { type ActName, actNames, reservationActNames } from "./acts.ts";
import { type FaultName, faultNames, reservationFaultNames } from "./engine/fates.ts";
import type { Finding } from "./findings.ts";
import { live } from "./life.ts";
import { actorsOfReservations } from "./plan.ts";

export interface FoundInLife {
  readonly seed: number;
  readonly findings: readonly Finding[];
}

/** What some lives came to. */
export interface Lived {
  readonly lives: number;
  /** The lives in which something was wrong, in the order they were lived. */
  readonly found: readonly FoundInLife[];
  readonly acts: Readonly<Record<ActName, number>>;
  readonly faults: Readonly<Record<FaultName, number>>;
}

export interface Share {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly hasReservations: boolean;
}

const allActs = [...actNames, ...reservationActNames];
const allFaults = [...faultNames, ...reservationFaultNames];

/** Two rounds of mixing, so that neighbours are as different as strangers; below 2^53. */
export function seedOfLife(seed: number, number: number): number {
  const high = mixed(mixed(seed % 2 ** 32) ^ mixed(Math.floor(seed / 2 ** 32) + 0x9e3779b9) ^ number);
  const low = mixed(high + number);
  return (high % 2 ** 21) * 2 ** 32 + low;
}

function mixed(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const zeroes = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** Lives them in this thread, one after the other. */
export async function liveShare({ seed, from, to, hasReservations }: Share): Promise<Lived> {
  const found: FoundInLife[] = [];
  const acts = zeroes(allActs);
  const faults = zeroes(allFaults);
  for (let number = from; number < to; number += 1) {
    const life = await live(seedOfLife(seed, number), undefined, hasReservations);
    // A life takes no turn of the event loop; what it left there may go now.
    await new Promise((resolve) => setImmediate(resolve));
    if (life.findings.length > 0) found.push({ seed: life.seed, findings: life.findings });
    for (const [name, count] of life.acts) acts[name] += count;
    for (const [name, count] of life.faults) faults[name] += count;
  }
  return { lives: to - from, found, acts, faults };
}

const livesInAShare = 500;

export interface RunOptions {
  readonly hasReservations?: boolean;
  /** Told how many have been lived, a share at a time. */
  readonly onLived?: (lives: number) => void;
}

/** Lives them in as many threads; what is found is the same in any number of them. */
export async function runLives(
  seed: number,
  count: number,
  threads: number,
  { hasReservations = actorsOfReservations, onLived }: RunOptions = {},
): Promise<Lived> {
  const shares: Share[] = [];
  for (let from = 0; from < count; from += livesInAShare)
    shares.push({ seed, from, to: Math.min(count, from + livesInAShare), hasReservations });
  const results = new Map<number, Lived>();
  const waiting = [...shares];
  let lived = 0;
  const onShare = (share: Share, what: Lived) => {
    results.set(share.from, what);
    lived += what.lives;
    onLived?.(lived);
  };
  await Promise.all(Array.from({ length: Math.min(threads, shares.length) }, () => work(waiting, onShare)));
  const inOrder = shares.flatMap(({ from }) => results.get(from) ?? []);
  return inOrder.reduce(together, {
    lives: 0,
    found: [],
    acts: zeroes(allActs),
    faults: zeroes(allFaults),
  });
}

/** One thread, taking one share after the other. */
async function work(waiting: Share[], onShare: (share: Share, lived: Lived) => void): Promise<void> {
  const worker = new Worker(new URL("./lives-worker.ts", import.meta.url));
  try {
    for (let share = waiting.shift(); share; share = waiting.shift())
      onShare(share, await liveIn(worker, share));
  } finally {
    await worker.terminate();
  }
}

const liveIn = (worker: Worker, share: Share): Promise<Lived> =>
  new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (lived: Lived) => {
      worker.off("error", reject);
      resolve(lived);
    });
    worker.postMessage(share);
  });

function together(one: Lived, other: Lived): Lived {
  const acts = { ...one.acts };
  for (const name of allActs) acts[name] += other.acts[name];
  const faults = { ...one.faults };
  for (const name of allFaults) faults[name] += other.faults[name];
  return { lives: one.lives + other.lives, found: [...one.found, ...other.found], acts, faults };
}

/** What never happened, and so was not tried. */
export const neverHappened = (
  { acts, faults }: Lived,
  hasReservations = actorsOfReservations,
): readonly string[] => [
  ...(hasReservations ? allActs : actNames).filter((name) => acts[name] === 0),
  ...(hasReservations ? allFaults : faultNames).filter((name) => faults[name] === 0),
];
