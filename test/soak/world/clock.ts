// The virtual time of functions and simulator, moved from outside: a soak never waits for a ladder.
import type { Doors } from "./doors.ts";

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
const kstOffsetMs = 9 * hourMs;

export class WorldClock {
  readonly #doors: Doors;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  async nowMs(): Promise<number> {
    return Date.parse((await this.#doors.local<{ now: string }>("GET", "/clock")).now);
  }

  async advance(ms: number): Promise<void> {
    await this.#doors.local("POST", "/clock", { advance_ms: Math.ceil(ms) });
  }

  async set(iso: string): Promise<void> {
    await this.#doors.local("POST", "/clock", { set: iso });
  }
}

/** The next time the Korean clock shows so many milliseconds after midnight. */
export function nextKstTimeMs(nowMs: number, ofDayMs: number): number {
  const midnightMs = Math.floor((nowMs + kstOffsetMs) / dayMs) * dayMs - kstOffsetMs;
  const todayMs = midnightMs + ofDayMs;
  return todayMs > nowMs ? todayMs : todayMs + dayMs;
}

/** `YYYY-MM-DD HH:mm:ss` in Korea, as `vbank_due` takes it. */
export const kstText = (atMs: number): string =>
  new Date(atMs + kstOffsetMs).toISOString().slice(0, 19).replace("T", " ");
