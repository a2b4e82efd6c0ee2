// `npm start` as a process of its own, as a person runs it: started, read, killed. Nothing of it is shared with
// the test's process.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { markProcess } from "../../infra/local/processes/process-mark.ts";
import { namedEngine } from "./table-engine.ts";

export interface Ready {
  readonly gateway: string;
  readonly simulator: string;
  readonly shop: string;
  readonly dynamodb: string;
  readonly table: string;
  readonly merchantKey: string;
  readonly node: string;
  readonly console?: string;
  readonly pids: { readonly host: number; readonly simulator: number; readonly dynamodb: number | null };
}

export interface StartProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The READY line's content. Rejects when the process ends without one. */
  readonly ready: () => Promise<Ready>;
  /** Resolves as soon as stdout holds the text. Rejects when the process ends without it. */
  readonly says: (text: string) => Promise<void>;
  /** Exit code, or the signal it died of. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

const projectDir = join(import.meta.dirname, "../..");
const main = join(projectDir, "infra/local/main.ts");
const lookEveryMs = 10;
const started: ChildProcess[] = [];
const groups: number[] = [];

/** The developer's own settings and language stay out; ports are free ones. With `byNpm` the process is npm's own. */
export function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  byNpm = false,
): StartProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PAY_|AWS_|npm_|VITEST|NODE_|LC_|LANG)/.test(name)),
  );
  const engine = environment["PAY_DYNAMODB_ENDPOINT"] === undefined ? namedEngine() : null;
  const options = ["--port", "0", ...(engine === null ? [] : ["--table", engine]), ...args];
  const [command, ...rest] = byNpm
    ? (["npm", "start", "--", ...options] as const)
    : ([process.execPath, main, ...options] as const);
  const child = spawn(command, rest, {
    cwd: projectDir,
    env: { ...inherited, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what outlives npm can be found again.
    detached: byNpm,
  });
  if (byNpm) groups.push(child.pid ?? 0);
  started.push(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    output.stderr += chunk;
  });
  let hasEnded = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("exit", (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal);
    }),
  );
  const says = async (text: string) => {
    while (!output.stdout.includes(text)) {
      if (hasEnded) throw new Error(`ended without saying '${text}':\n${output.stdout}\n${output.stderr}`);
      await sleep(lookEveryMs);
    }
  };
  return {
    child,
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    says,
    ended,
    ready: async () => {
      await says("}}\n");
      const line = output.stdout.split("\n").find((each) => each.startsWith("READY ")) ?? "";
      return JSON.parse(line.slice("READY ".length)) as Ready;
    },
  };
}

/** Ends whatever a failed test left behind. */
export async function endStarted(): Promise<void> {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
  for (const group of groups.splice(0))
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // Nobody of it is left, as it should be.
    }
}

/** A process that has ended but was not waited for by its parent counts as gone. */
export const isRunning = (pid: number): boolean => markProcess("", pid) !== null;

/** Waits until none of them runs; the test's own time limit says how long. */
export async function untilGone(pids: readonly (number | null)[]): Promise<void> {
  while (pids.some((pid) => pid !== null && isRunning(pid))) await sleep(lookEveryMs);
}

/** One request of the shop's server: a POST where there is a body. */
export const ask = (ready: Ready, path: string, body?: unknown) =>
  fetch(`${ready.gateway}${path}`, {
    headers: { authorization: `Bearer ${ready.merchantKey}`, "content-type": "application/json" },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
