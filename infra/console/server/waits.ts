// How much waits for a person, for the menu of every page: asked for now and then, and never waited for twice.
import type { Backend } from "../api/backend.ts";

/** The queue costs the API more than a page does. */
const looksBetween = 5;

export class Waits {
  readonly #backend: Backend;
  readonly #nowMs: () => number;
  readonly #everyMs: number;
  #asked: Promise<number | null> | null = null;
  #askedAtMs = 0;
  #last: number | null = null;

  constructor(backend: Backend, nowMs: () => number, lookEveryMs: number) {
    this.#backend = backend;
    this.#nowMs = nowMs;
    this.#everyMs = looksBetween * lookEveryMs;
  }

  /** As it was told last. */
  get last(): number | null {
    return this.#last;
  }

  /** Null where it is not told: a key may read orders and no queue. */
  async count(): Promise<number | null> {
    const isOld = this.#nowMs() - this.#askedAtMs >= this.#everyMs;
    if (this.#asked !== null && !isOld) return this.#last ?? this.#asked;
    this.#askedAtMs = this.#nowMs();
    this.#asked = this.#ask();
    return this.#last ?? this.#asked;
  }

  async #ask(): Promise<number | null> {
    try {
      const { data } = await this.#backend.reading.doors.GET("/queue");
      this.#last = data ? data.reviews.count + data.operations.length + (data.brake.on ? 1 : 0) : null;
    } catch {
      // Whoever opens the queue's own page is told why.
      this.#last = null;
    }
    return this.#last;
  }
}
