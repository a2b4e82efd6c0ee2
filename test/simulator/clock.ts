// The simulator's clock: real time plus an offset, and a queue of what falls due on it. Due work starts by
// real time, or one after the other while the clock is advanced. It knows nothing of payments.

interface Due {
  readonly atMs: number;
  readonly n: number;
  readonly run: () => unknown;
}

/** How long an advance waits, in real time, for work under way before time moves on without it. */
const graceMs = 1000;
const longestTimerMs = 2_000_000_000;

export class SimulatorClock {
  #offsetMs: number;
  #queue: Due[] = [];
  #n = 0;
  #timer: NodeJS.Timeout | null = null;
  #underWay = new Set<Promise<unknown>>();
  #lastMove: Promise<void> = Promise.resolve();
  /** Moves asked for and not finished; meanwhile nothing starts by real time. */
  #moves = 0;
  readonly #onOffset: (offsetMs: number) => void;

  constructor(offsetMs: number, onOffset: (offsetMs: number) => void) {
    this.#offsetMs = offsetMs;
    this.#onOffset = onOffset;
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  /** Starts `run` when the clock reaches `atMs`. The returned function calls it off. */
  at(atMs: number, run: () => unknown): () => void {
    this.#n += 1;
    const due: Due = { atMs, n: this.#n, run };
    const index = this.#queue.findIndex((other) => other.atMs > atMs);
    this.#queue.splice(index === -1 ? this.#queue.length : index, 0, due);
    this.#arm();
    return () => {
      this.#queue = this.#queue.filter((other) => other !== due);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.nowMs() + ms, resolve));
  }

  /** Marks work under way that an advance must give the chance to finish. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(settled);
    void settled.then(() => this.#underWay.delete(settled));
    return work;
  }

  /** Moves the clock on; everything that falls due on the way happens, in order, before this resolves. */
  advance(ms: number): Promise<void> {
    return this.#moveInTurn(() => this.#offsetMs + ms);
  }

  /** Sets the clock; into the past nothing falls due. */
  set(atMs: number): Promise<void> {
    return this.#moveInTurn(() => atMs - Date.now());
  }

  /** Drops everything that is queued. */
  clear(): void {
    this.#queue = [];
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Moves asked for at once are made one after the other. */
  async #moveInTurn(offsetMs: () => number): Promise<void> {
    this.#moves += 1;
    const mine = this.#lastMove.then(() => this.#moveTo(offsetMs()));
    this.#lastMove = mine;
    await mine;
    this.#moves -= 1;
    this.#arm();
  }

  async #moveTo(offsetMs: number): Promise<void> {
    await withinGrace(Promise.all(this.#underWay));
    for (;;) {
      const due = this.#queue[0];
      if (!due || due.atMs > Date.now() + offsetMs) break;
      this.#queue.shift();
      // Never back, and never past the target: work already late does not turn the clock.
      const neededMs = Math.min(due.atMs - Date.now(), offsetMs);
      if (neededMs > this.#offsetMs) this.#setOffset(neededMs);
      await withinGrace(this.track(runDue(due)));
    }
    this.#setOffset(offsetMs);
  }

  #setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#onOffset(offsetMs);
  }

  #arm(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const due = this.#queue[0];
    if (!due || this.#moves > 0) return;
    const waitMs = Math.min(Math.max(due.atMs - this.nowMs(), 0), longestTimerMs);
    this.#timer = setTimeout(() => this.#startDue(), waitMs);
  }

  #startDue(): void {
    for (;;) {
      const due = this.#queue[0];
      if (!due || due.atMs > this.nowMs() || this.#moves > 0) break;
      this.#queue.shift();
      void this.track(runDue(due));
    }
    this.#arm();
  }
}

/** Due work has nobody waiting who could be told, so a defect in it is shouted and time goes on. */
async function runDue(due: Due): Promise<void> {
  try {
    await due.run();
  } catch (error) {
    console.error("due work failed", error);
  }
}

async function withinGrace(work: Promise<unknown>): Promise<void> {
  const grace = new AbortController();
  await Promise.race([
    work,
    new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      grace.signal.addEventListener("abort", () => clearTimeout(timer));
    }),
  ]);
  grace.abort();
}
