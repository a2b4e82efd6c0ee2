// The other end of lambda-program.ts: starts it, asks it, ends it.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { endChild } from "../../../infra/local/processes/end-child.ts";
import type { Asked, Event, Invoked, Loaded, Told, Usage } from "./messages.ts";

export interface MeasuredProcess {
  readonly pid: number;
  load(path: string): Promise<Loaded>;
  /** One event after the other. */
  invoke(events: readonly Event[]): Promise<Invoked>;
  usage(): Promise<Usage>;
  end(): Promise<void>;
}

export interface ProcessOptions {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  readonly timeoutMs: number;
}

export function startMeasured({
  program,
  environment,
  nodeOptions = [],
  timeoutMs,
}: ProcessOptions): MeasuredProcess {
  const child = fork(program, {
    env: { ...environment },
    execArgv: [...nodeOptions],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  if (child.pid === undefined) throw new Error(`${program} did not start`);
  return {
    pid: child.pid,
    load: (path) => ask<Loaded>(child, { load: path }),
    invoke: (events) => ask<Invoked>(child, { invoke: events, timeoutMs }),
    usage: () => ask<Usage>(child, { usage: true }),
    end: () => endChild(child),
  };
}

async function ask<Answer>(child: ChildProcess, asked: Asked): Promise<Answer> {
  const heard = new AbortController();
  const ended = once(child, "exit", { signal: heard.signal }).then(
    ([code, signal]) => ({ failure: `the measured process ended with ${code ?? signal}` }),
    () => ({ failure: "" }),
  );
  child.send(asked);
  const told = await Promise.race([once(child, "message").then(([message]) => message as Told), ended]);
  heard.abort();
  if ("failure" in told) throw new Error(told.failure);
  return told as Answer;
}
