// The sweep: whatever is due is looked at again, whoever failed to tell us. Several at once, until nothing is due, time
// runs out, or PortOne shows that it has enough.

import type { Call, Troubles } from "../../ports/environment.ts";
import type { Pulse } from "../../ports/portone.ts";
import type { DoubtList, DueItem } from "../../ports/table.ts";
import { unlessSilent } from "../claim.ts";
import { type Batch, type DueQueuePorts, nameOfItem, takeInOrder } from "./due-queue.ts";
import { type DueWorkPorts, workOn } from "./due-work.ts";
import type { Done } from "./look-report.ts";

export interface ReconcilePorts extends DueWorkPorts, DueQueuePorts {
  readonly doubts: DoubtList;
  readonly troubles: Troubles;
  readonly pulse: Pulse;
  /** How many items are worked on at once. */
  readonly parallel: number;
}

export interface Sweep {
  /** With less of the invocation left than this, what is left is for the next sweep. */
  readonly stopBelowMs: number;
  /** Which of the sweeps of a minute this is, from 0. */
  readonly number?: number;
}

export type ReconcileReport = {
  readonly taken: number;
  readonly synced: number;
  readonly resumed: number;
  readonly expired: number;
  readonly review: number;
  readonly errors: number;
  /** Due and not taken, and for how long the oldest of them has been. */
  readonly left: number;
  readonly oldest_s: number;
  /** For how long the longest call in doubt has been. */
  readonly unknown_s: number;
  readonly stopped: "done" | "deadline" | "provider";
};

type Tally = {
  -readonly [Count in "taken" | "synced" | "resumed" | "expired" | "review" | "errors"]: number;
};

/** Throws when nobody knows what is due. */
export async function reconcile(sweep: Sweep, call: Call, ports: ReconcilePorts): Promise<ReconcileReport> {
  const { number = 0 } = sweep;
  const run = new Run(sweep, call, ports);
  ports.pulse.begin();
  try {
    for await (const batch of takeInOrder(number, ports)) if (!(await run.take(batch, number))) break;
  } finally {
    await run.end(number);
  }
  const nowMs = ports.clock.nowMs();
  const [{ count, oldestAtMs }, unknownSinceMs] = await Promise.all([
    ports.due.countDue(nowMs, run.finished),
    ports.doubts.oldestSinceMs(),
  ]);
  return {
    ...run.tally,
    left: count,
    oldest_s: ageInSeconds(oldestAtMs, nowMs),
    unknown_s: ageInSeconds(unknownSinceMs, nowMs),
    stopped: run.stopped ?? (count === 0 ? "done" : "deadline"),
  };
}

const ageInSeconds = (sinceMs: number | null, nowMs: number): number =>
  sinceMs === null ? 0 : Math.max(0, Math.floor((nowMs - sinceMs) / 1000));

class Run {
  readonly tally: Tally = { taken: 0, synced: 0, resumed: 0, expired: 0, review: 0, errors: 0 };
  /** The index may still show these. What failed is not among them: unless its rung was moved, it is left. */
  readonly finished: DueItem[] = [];
  stopped: "deadline" | "provider" | null = null;
  readonly #sweep: Sweep;
  readonly #call: Call;
  readonly #ports: ReconcilePorts;
  readonly #atWork = new Map<string, { readonly item: DueItem; readonly work: Promise<void> }>();
  #isKept = false;

  constructor(sweep: Sweep, call: Call, ports: ReconcilePorts) {
    this.#sweep = sweep;
    this.#call = call;
    this.#ports = ports;
  }

  /** False when no more is to be taken. */
  async take({ items, isSuspect }: Batch, number: number): Promise<boolean> {
    if (!this.#mayGoOn()) return false;
    // What ended a process stays written down until it is through.
    const isKept = isSuspect || (await this.#keep(number, items));
    for (const item of items) {
      while (this.#atWork.size >= (isSuspect ? 1 : this.#ports.parallel)) await this.#oneEnds();
      if (!this.#mayGoOn()) return false;
      const work = this.#workOn(item, isSuspect || !isKept);
      this.#atWork.set(nameOfItem(item), { item, work });
    }
    if (isSuspect) await this.#allEnd();
    return true;
  }

  /** Whatever was begun is ended. */
  async end(number: number): Promise<void> {
    await this.#allEnd();
    if (this.#isKept) await unlessSilent(this.#ports.sweeps.keepInWork(number, []));
  }

  /** False when nobody knows what would be left behind by a crash, so that each is claimed first. */
  async #keep(number: number, items: readonly DueItem[]): Promise<boolean> {
    this.#isKept = true;
    const atWork = [...this.#atWork.values()].map(({ item }) => item);
    const kept = this.#ports.sweeps.keepInWork(number, [...atWork, ...items]).then(() => true);
    return (await unlessSilent(kept)) ?? false;
  }

  #mayGoOn(): boolean {
    if (this.#ports.pulse.isInTrouble()) this.stopped = "provider";
    else if (this.#call.timeLeftMs() <= this.#sweep.stopBelowMs) this.stopped = "deadline";
    return this.stopped === null;
  }

  async #workOn(item: DueItem, isSuspect: boolean): Promise<void> {
    try {
      const done = await workOn(item, { isSuspect, call: this.#call }, this.#ports);
      this.finished.push(item);
      if (done) this.#count(item, done);
    } catch (error) {
      // One item's trouble is not the others'.
      this.tally.errors += 1;
      this.#ports.troubles.tell(item.merchantUid, error instanceof Error ? error.message : String(error));
    } finally {
      this.#atWork.delete(nameOfItem(item));
    }
  }

  #count({ merchantUid }: DueItem, { trouble = null, ...done }: Done): void {
    this.tally.taken += 1;
    for (const name of ["synced", "resumed", "expired", "review"] as const)
      if (done[name]) this.tally[name] += 1;
    if (trouble === null) return;
    this.tally.errors += 1;
    this.#ports.troubles.tell(merchantUid, trouble);
  }

  async #oneEnds(): Promise<void> {
    await Promise.race([...this.#atWork.values()].map(({ work }) => work));
  }

  async #allEnd(): Promise<void> {
    while (this.#atWork.size > 0) await this.#oneEnds();
  }
}
