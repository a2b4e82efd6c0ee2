// The simulator as a process of its own. It is started by its path: what runs the product must not import
// what pretends to be its provider.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type LocalProvider, withoutSettings } from "../host/environment.ts";
import { StartError } from "./start-error.ts";

export interface SimulatorProcessOptions {
  readonly port: number;
  /** Null leaves the ids to the simulator, or to what it kept. */
  readonly seed: string | null;
  readonly dataDir: string | null;
}

const program = join(import.meta.dirname, "../../../test/simulator/main.ts");

/** Resolves once it answers, with what a shop must know about it. `onSpawn` gets the process before that. */
export async function startSimulatorProcess(
  { port, seed, dataDir }: SimulatorProcessOptions,
  onSpawn: (child: ChildProcess) => void,
): Promise<LocalProvider> {
  const child = fork(
    program,
    [
      ...["--port", String(port)],
      ...(seed === null ? [] : [`--seed=${seed}`]),
      ...(dataDir === null ? [] : ["--data", dataDir]),
    ],
    { env: withoutSettings(process.env), stdio: ["ignore", "pipe", "inherit", "ipc"] },
  );
  onSpawn(child);
  const ready = JSON.parse((await firstLine(child)).replace(/^READY /, "")) as Record<string, string>;
  const { url = "", imp_key: impKey = "", imp_secret: impSecret = "" } = ready;
  const response = await fetch(`${url}/_control/settings`);
  const settings = (await response.json()) as Record<string, unknown>;
  return {
    url,
    impKey,
    impSecret,
    mid: String(settings["mid"]),
    channelKey: String(settings["channel_key"]),
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the simulator has no output");
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit").then(() => {
    throw new StartError("simulator_ended");
  });
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  // Whoever wins, the other one's rejection must not bring the process down later.
  ended.catch(() => {});
  return line;
}
