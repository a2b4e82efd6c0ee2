// One invocation of a function: it calls, is answered or not, and may die at any call. What it has called out goes on
// without it.
import type { Call } from "../../../lib/ports/environment.ts";
import type { Fate, Weather } from "./fates.ts";
import type { Scheduler } from "./scheduler.ts";

export type Ending<Value> =
  | { readonly ended: "answered"; readonly value: Value }
  | { readonly ended: "threw"; readonly error: Error }
  /** Its caller hears nothing. */
  | { readonly ended: "died" };

export interface Machine {
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly tell: (line: () => string) => void;
}

export class Invocation implements Call {
  readonly requestId: string;
  readonly name: string;
  readonly key: string | null;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  /** Claims this invocation has made up, and those of them it has sent on. */
  readonly tokens: string[] = [];
  /** When somebody of PortOne's was last asked about a number. */
  readonly asked = new Set<string>();
  /** Open windows it was shown: known to the product once it has come to its end. */
  readonly shown: string[] = [];
  /** It stood still for seconds, so that a claim of its own may have grown too old to be sent on. */
  wasFrozen = false;
  /** Calls to the table that were not answered: after two, it cannot know whether its claim stands. */
  silences = 0;
  #isDead = false;
  readonly #machine: Machine;
  #died: () => void = () => {};

  constructor(name: string, limitMs: number, key: string | null, requestId: string, machine: Machine) {
    this.name = name;
    this.key = key;
    this.requestId = requestId;
    this.#machine = machine;
    this.startedAtMs = machine.scheduler.nowMs();
    this.endsAtMs = this.startedAtMs + limitMs;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  readonly timeLeftMs = (): number => this.endsAtMs - this.#machine.scheduler.nowMs();

  /** Runs to its end, its death or the end of its time. */
  run<Value>(work: () => Promise<Value>): Promise<Ending<Value>> {
    const { scheduler, weather } = this.#machine;
    return new Promise((resolve) => {
      let isOver = false;
      const end = (ending: Ending<Value>) => {
        if (isOver) return;
        isOver = true;
        resolve(ending);
      };
      this.#died = () => scheduler.wakeAt(scheduler.nowMs(), () => end({ ended: "died" }));
      scheduler.at(this.endsAtMs, () => {
        if (isOver || this.#isDead) return;
        weather.count("time_ran_out");
        this.die("its time ran out");
      });
      work().then(
        (value) => {
          if (!this.#isDead) end({ ended: "answered", value });
        },
        (error: unknown) => {
          if (!this.#isDead)
            end({ ended: "threw", error: error instanceof Error ? error : new Error(String(error)) });
        },
      );
    });
  }

  die(why: string): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#machine.tell(() => `${this.name} dies: ${why}`);
    this.#died();
  }

  /** Waits without calling anybody. */
  pause(ms: number): Promise<void> {
    const { scheduler } = this.#machine;
    return new Promise((resolve) => {
      scheduler.wakeAt(scheduler.nowMs() + ms, () => {
        if (!this.#isDead) resolve();
      });
    });
  }

  /** A call to the outside: `effect` happens when it reaches the other side, `otherwise` answers where no effect does. */
  call<Value>(
    what: string,
    fate: Fate,
    effect: () => Value,
    otherwise: (answer: "none" | "refusal") => Value | Error,
  ): Promise<Value> {
    const { scheduler, tell } = this.#machine;
    const nowMs = scheduler.nowMs();
    if (fate.fault === "frozen") this.wasFrozen = true;
    if (fate.fault?.startsWith("table_") && fate.answer === "none") this.silences += 1;
    if (fate.fault !== null) tell(() => `${this.name} ${what}: ${fate.fault}`);
    return new Promise((resolve, reject) => {
      if (this.#isDead) return;
      let result: Value | undefined;
      let broken: unknown = null;
      const happen = () => {
        try {
          result = effect();
        } catch (error) {
          broken = error;
        }
      };
      const { reachesAfterMs, answersAfterMs } = fate;
      if (answersAfterMs === null) {
        if (reachesAfterMs === null) this.die(`before ${what}`);
        else
          scheduler.at(nowMs + reachesAfterMs, () => {
            happen();
            this.die(`after ${what}`);
          });
        return;
      }
      const isAtOnce = reachesAfterMs === answersAfterMs;
      if (reachesAfterMs !== null && !isAtOnce) scheduler.at(nowMs + reachesAfterMs, happen);
      scheduler.wakeAt(nowMs + answersAfterMs, () => {
        if (this.#isDead && !isAtOnce) return;
        if (isAtOnce || fate.answer === "repeat") happen();
        if (this.#isDead) return;
        if (broken !== null) return reject(broken);
        const answer =
          fate.answer === "none" || fate.answer === "refusal" ? otherwise(fate.answer) : (result as Value);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    });
  }
}
