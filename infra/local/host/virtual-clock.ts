// The time functions live in: real time plus an offset that every sandbox reads from the same shared memory,
// so that a move is seen by all of them at once. Product code has no switch for it.

export class VirtualClock {
  /** Handed to each sandbox; holds the offset in milliseconds. */
  readonly sharedOffsetMs = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  readonly #offsetMs = new BigInt64Array(this.sharedOffsetMs);

  nowMs(): number {
    return Date.now() + Number(Atomics.load(this.#offsetMs, 0));
  }

  advance(byMs: number): void {
    Atomics.add(this.#offsetMs, 0, BigInt(Math.round(byMs)));
  }

  set(nowMs: number): void {
    Atomics.store(this.#offsetMs, 0, BigInt(Math.round(nowMs - Date.now())));
  }
}
