// The parts every door of the simulator works on, put together once. It has no behaviour of its own
// beyond ids, settings and forgetting.
import { CallLog } from "./call-log.ts";
import { SimulatorClock } from "./clock.ts";
import { type Credentials, credentialsOf, type IdKind, nthId } from "./ids.ts";
import { Journal } from "./journal.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { Store } from "./store.ts";
import { ViolationLog } from "./violation-log.ts";

export interface SimulatorOptions {
  readonly seed?: number | undefined;
  /** ISO time the clock starts at; real time when absent. */
  readonly clock?: string | undefined;
  readonly dataDir?: string | undefined;
}

const defaultSeed = 1;

export class Simulator {
  readonly store: Store;
  readonly clock: SimulatorClock;
  readonly calls: CallLog;
  readonly violations = new ViolationLog();
  /** Payments (imp_uid) whose outcome is being decided; one click counts. */
  readonly deciding = new Set<string>();
  readonly credentials: Credentials;
  /** Counts resets: what was begun in an earlier epoch leaves no trace in this one. */
  epoch = 0;
  /** Where it listens; known once it does. */
  url = "";
  /** Makes the records it begins with, at the start and after each reset. */
  begin: () => void = () => {};
  /** Goes on where an earlier one ended. */
  readonly isResumed: boolean;

  constructor(options: SimulatorOptions) {
    this.store = new Store(options.dataDir === undefined ? null : new Journal(options.dataDir));
    const seed = options.seed ?? this.store.one("seed") ?? defaultSeed;
    const offsetMs =
      options.clock === undefined
        ? (this.store.one("clockOffsetMs") ?? 0)
        : Date.parse(options.clock) - Date.now();
    // A merchant's key pair outlives restarts, so that a client configured with it keeps working.
    this.isResumed = this.store.one("credentials") !== undefined;
    this.credentials = this.store.one("credentials") ?? credentialsOf(seed);
    this.clock = new SimulatorClock(offsetMs, (moved) => this.store.setOne("clockOffsetMs", moved));
    this.calls = new CallLog(() => this.clock.nowMs());
    this.store.useClock(() => this.clock.nowMs());
    this.store.together(() => {
      this.store.setOne("seed", seed);
      this.store.setOne("credentials", this.credentials);
      this.store.setOne("clockOffsetMs", offsetMs);
    });
  }

  get settings(): Settings {
    return this.store.one("settings") ?? defaultSettings;
  }

  nextNumber(kind: IdKind | "payment" | "fault" | "delivery"): number {
    const counters = this.store.one("counters") ?? {};
    const n = (counters[kind] ?? 0) + 1;
    this.store.setOne("counters", { ...counters, [kind]: n });
    return n;
  }

  nextId(kind: IdKind): string {
    return nthId(this.store.one("seed") ?? defaultSeed, kind, this.nextNumber(kind));
  }

  /** Forgets everything but the key pair, the seed (unless given) and the time it is, and begins again. */
  reset(seed?: number): void {
    this.epoch += 1;
    this.store.clear(["seed", "credentials", "clockOffsetMs"]);
    if (seed !== undefined) this.store.setOne("seed", seed);
    this.calls.clear();
    this.violations.clear();
    this.deciding.clear();
    this.begin();
  }

  close(): void {
    this.clock.clear();
    this.store.close();
  }
}
