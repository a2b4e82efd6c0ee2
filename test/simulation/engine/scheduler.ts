// One process and virtual time: a queue of moments, taken in order of time and then of entry. Time moves only from one
// moment to the next; between two moments everything that can go on goes on.
import process from "node:process";

interface Moment {
  readonly atMs: number;
  readonly entry: number;
  readonly happen: () => void;
  /** Somebody may go on because of it, so their code runs before the next moment. */
  readonly wakes: boolean;
}

const isBefore = (a: Moment, b: Moment): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.entry < b.entry);

export class Scheduler {
  #nowMs: number;
  #entries = 0;
  readonly #heap: Moment[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Something happens then; nobody waits for it. */
  at(atMs: number, happen: () => void): void {
    this.#add(atMs, happen, false);
  }

  /** Somebody goes on then. */
  wakeAt(atMs: number, wake: () => void): void {
    this.#add(atMs, wake, true);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.wakeAt(this.#nowMs + ms, resolve));
  }

  /** Lets everything happen that lies before `endMs`, and stands there. */
  async runUntil(endMs: number): Promise<void> {
    await quiet();
    for (let next = this.#heap[0]; next && next.atMs <= endMs; next = this.#heap[0]) {
      this.#take();
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.happen();
      if (next.wakes) await quiet();
    }
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  #add(atMs: number, happen: () => void, wakes: boolean): void {
    this.#entries += 1;
    const moment = { atMs: Math.max(atMs, this.#nowMs), entry: this.#entries, happen, wakes };
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = heap[parentPlace];
      if (!parent || !isBefore(moment, parent)) break;
      heap[place] = parent;
      place = parentPlace;
    }
    heap[place] = moment;
  }

  #take(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const leftChild = heap[left];
      if (!leftChild) break;
      const rightChild = heap[left + 1];
      const [least, child] =
        rightChild && isBefore(rightChild, leftChild) ? [rightChild, left + 1] : [leftChild, left];
      if (!isBefore(least, last)) break;
      heap[place] = least;
      place = child;
    }
    heap[place] = last;
  }
}

/** Until no promise has anything left to do: Node takes its next tick only then, and no turn of the loop is needed. */
const quiet = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
