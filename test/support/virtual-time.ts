// Time that passes only when everybody waits: what hundreds would do within seconds is seen within milliseconds.
import { setImmediate as turn } from "node:timers/promises";

interface Waiting {
  readonly atMs: number;
  readonly wake: () => void;
}

export class VirtualTime {
  nowMs = Date.parse("2026-08-05T03:00:00.000Z");
  readonly #waiting: Waiting[] = [];

  readonly clock = { nowMs: () => this.nowMs };
  readonly pause = (ms: number): Promise<void> =>
    new Promise((resolve) => this.#waiting.push({ atMs: this.nowMs + ms, wake: resolve }));

  /** Lets time pass until nobody waits any more. */
  async run(): Promise<void> {
    for (;;) {
      await turn();
      if (this.#waiting.length === 0) return;
      const nextMs = Math.min(...this.#waiting.map(({ atMs }) => atMs));
      this.nowMs = Math.max(this.nowMs, nextMs);
      const due = this.#waiting.filter(({ atMs }) => atMs <= this.nowMs);
      this.#waiting.splice(0, Infinity, ...this.#waiting.filter(({ atMs }) => atMs > this.nowMs));
      for (const { wake } of due) wake();
    }
  }
}
