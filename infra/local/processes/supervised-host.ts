// The function host's process, kept running: when it dies it is started again on the same port, with the same
// options and at the time the simulator lives in.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutSettings } from "../host/environment.ts";
import type { HostProcessMessage, HostProcessOptions } from "../host/host-process.ts";
import { endChild, hasEnded } from "./end-child.ts";
import { StartError } from "./start-error.ts";

export interface SupervisedHostEvents {
  /** Each new process, before it is ready. */
  readonly onSpawn: (child: ChildProcess) => void;
  /** It is not started any more. */
  readonly onGivenUp: (why: StartError) => void;
  /** It ended, or could not be started once more, and is tried again. */
  readonly onTrouble: (what: unknown) => void;
}

const mostFailuresInARow = 5;
const pauseAfterFailureMs = 200;
/** A process that lived this long was well: its end is the first failure of a new row. */
const healthyAfterMs = 5_000;
/** Below this, two clocks that were never moved do not differ on purpose. */
const clockToleranceMs = 1_000;

export class SupervisedHost {
  readonly #options: HostProcessOptions;
  readonly #events: SupervisedHostEvents;
  #child: ChildProcess | null = null;
  #isClosing = false;

  constructor(options: HostProcessOptions, events: SupervisedHostEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Starts it for the first time and returns its address. A failure now is told, not tried again. */
  async start(): Promise<{ readonly url: string; readonly pid: number }> {
    const { child, url } = await this.#spawn();
    void this.#watch(child);
    return { url, pid: child.pid ?? 0 };
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#child) await endChild(this.#child);
  }

  async #spawn(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
    const child = fork(join(import.meta.dirname, "../host/host-process.ts"), [], {
      env: withoutSettings(process.env),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    this.#events.onSpawn(child);
    child.send(this.#options);
    const [message] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [
      HostProcessMessage | number | null,
    ];
    if (typeof message !== "object" || message === null) throw new StartError("host_ended");
    if (message.type === "failed") throw new StartError("host_failed", { why: message.why });
    await this.#followClock(message.url);
    return { child, url: message.url };
  }

  /** Waits for each end and starts the next one, until it is closed or fails again and again. */
  async #watch(first: ChildProcess): Promise<void> {
    let child = first;
    let failures = 0;
    for (;;) {
      const startedAtMs = Date.now();
      if (!hasEnded(child)) await once(child, "exit");
      if (this.#isClosing) return;
      failures = Date.now() - startedAtMs > healthyAfterMs ? 1 : failures + 1;
      if (failures > mostFailuresInARow) {
        this.#events.onGivenUp(new StartError("host_given_up", { times: failures }));
        return;
      }
      this.#events.onTrouble(new StartError("host_again", { pid: child.pid ?? 0 }));
      // The first end may be anything; one that repeats is given time to pass.
      await sleep((failures - 1) * pauseAfterFailureMs);
      if (this.#isClosing) return;
      try {
        ({ child } = await this.#spawn());
      } catch (error) {
        // The next round counts it and tries again, or gives up.
        this.#events.onTrouble(error);
      }
    }
  }

  /** A simulator whose clock was moved, in this run or in the one it kept, has functions at the same time. */
  async #followClock(url: string): Promise<void> {
    const { simulatorControlUrl } = this.#options;
    if (simulatorControlUrl === undefined) return;
    const response = await fetch(`${simulatorControlUrl}/clock`);
    const { now } = (await response.json()) as { readonly now: string };
    if (Math.abs(Date.parse(now) - Date.now()) < clockToleranceMs) return;
    await fetch(`${url}/_local/clock`, { method: "POST", body: JSON.stringify({ set: now }) });
  }
}
