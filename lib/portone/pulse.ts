// How PortOne is, by the time its last answers took and by what it refused: for whoever asks so much that asking on
// would make it worse.
import type { Clock } from "../ports/environment.ts";
import type { Pulse } from "../ports/portone.ts";
import type { Exchange } from "./exchange.ts";

/** A second is not slow. */
const slowMs = 3_000;
const answersKept = 20;
/** In a row: one alone happens on any day. */
const refusalsInARow = 3;

export class AnswerPulse implements Pulse {
  readonly #clock: Clock;
  #tookMs: number[] = [];
  #refusals = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(): void {
    this.#tookMs = [];
    this.#refusals = 0;
  }

  /** Follows one exchange from its start to whatever came of it. */
  async follow(exchanged: Promise<Exchange>): Promise<Exchange> {
    const startedAtMs = this.#clock.nowMs();
    const answer = await exchanged;
    this.#tookMs = [...this.#tookMs, this.#clock.nowMs() - startedAtMs].slice(-answersKept);
    this.#refusals = isRefusal(answer) ? this.#refusals + 1 : 0;
    return answer;
  }

  isInTrouble(): boolean {
    if (this.#refusals >= refusalsInARow) return true;
    if (this.#tookMs.length < answersKept) return false;
    const medianMs = this.#tookMs.toSorted((a, b) => a - b)[answersKept / 2] ?? 0;
    return medianMs > slowMs;
  }
}

/** Of all 5xx, 501 says only that PortOne does not know the call. */
const isRefusal = (answer: Exchange): boolean =>
  answer.kind !== "no_answer" && (answer.status === 429 || (answer.status >= 500 && answer.status !== 501));
