// The secrets a function works with. Those of the environment never change; those of a parameter store are read while
// the function starts, again every few minutes, and when PortOne refuses the login they were for, so that a key can be
// changed without a deployment. Its failures are told and waited out, never thrown into INIT.
import type { Clock, Pause } from "./ports/environment.ts";
import { StorageUnavailableError } from "./ports/table.ts";
import type { Secrets } from "./secrets.ts";

export interface SecretKeeper {
  /** Throws StorageUnavailableError while there are none. */
  current(): Secrets;
  /** Resolves when they are at hand and as fresh as can be had in time. Rejects with why there are none. */
  ready(signal: AbortSignal): Promise<void>;
  /** Reads them for the first time, with patience. Rejects when there are none at the end of it. */
  prime(): Promise<void>;
  /** PortOne refused them: are there others? Asked once a minute at most, whatever comes in. */
  renew(): Promise<boolean>;
}

export const fixedSecrets = (secrets: Secrets): SecretKeeper => ({
  current: () => secrets,
  ready: () => Promise.resolve(),
  prime: () => Promise.resolve(),
  renew: () => Promise.resolve(false),
});

export interface KeeperParts {
  /** Rejects with StorageUnavailableError where another attempt may help. */
  readonly load: () => Promise<Secrets>;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly random: () => number;
  /** For whoever runs it; told of each failed read. */
  readonly tell: (error: unknown) => void;
}

const minuteMs = 60_000;
/** Old secrets are used no longer than this if new ones can be read. */
const freshForMs = 5 * minuteMs;
/** Not all functions that started together ask again together. */
const freshSpread = 0.1;
/** A caller waits so long for newer ones; the old ones will do. */
const refreshWaitMs = 250;
/** Lambda gives INIT ten seconds, and starts it again without what it had when it takes longer. */
const primeLimitMs = 8_000;
const firstPauseMs = 500;
const longestPauseMs = 1_000;
/** Between two attempts to get any at all: callers must not become the store's flood. */
const pauseWithoutMs = 1_000;

export class StoredSecrets implements SecretKeeper {
  readonly #parts: KeeperParts;
  #known: Secrets | null = null;
  #freshUntilMs = 0;
  #failure: { readonly error: unknown; readonly untilMs: number } | null = null;
  #loading: Promise<void> | null = null;
  #renewedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  current(): Secrets {
    if (this.#known === null) throw new StorageUnavailableError("secrets: not read yet");
    return this.#known;
  }

  async ready(signal: AbortSignal): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    if (this.#known !== null && nowMs < this.#freshUntilMs) return;
    const isResting = this.#failure !== null && nowMs < this.#failure.untilMs;
    if (this.#known === null) {
      if (isResting) throw this.#failure?.error;
      await inTime(this.#refresh(), signal);
      this.current();
    } else if (!isResting) {
      const wait = AbortSignal.any([signal, AbortSignal.timeout(refreshWaitMs)]);
      await inTime(this.#refresh(), wait).catch(() => {});
    }
  }

  async prime(): Promise<void> {
    const { clock, pause, random } = this.#parts;
    const untilMs = clock.nowMs() + primeLimitMs;
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#refresh();
        return;
      } catch (error) {
        const waitMs = random() * Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
        if (!(error instanceof StorageUnavailableError) || clock.nowMs() + waitMs > untilMs) throw error;
        await pause(waitMs);
      }
    }
  }

  async renew(): Promise<boolean> {
    const nowMs = this.#parts.clock.nowMs();
    if (nowMs - this.#renewedAtMs < minuteMs) return false;
    this.#renewedAtMs = nowMs;
    const before = this.#known;
    await this.#refresh().catch(() => {});
    return (
      this.#known?.portoneKey !== before?.portoneKey || this.#known?.portoneSecret !== before?.portoneSecret
    );
  }

  /** One read for everybody who waits; it goes on for the next ones when a caller gives up. */
  #refresh(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { load, clock, random, tell } = this.#parts;
    try {
      this.#known = await load();
      this.#failure = null;
      this.#freshUntilMs = clock.nowMs() + freshForMs * (1 - freshSpread * random());
    } catch (error) {
      const restMs = this.#known === null ? pauseWithoutMs : minuteMs;
      this.#failure = { error, untilMs: clock.nowMs() + restMs };
      tell(error);
      throw error;
    }
  }
}

/** Resolves with the promise, or when the signal fires first. */
function inTime(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve();
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
