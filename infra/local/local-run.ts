// A run on this laptop: embedded DynamoDB, simulator and function host under one parent, started in the
// order they need each other and ended together.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type EmbeddedDynamoDb, startDynoxide } from "./embedded-dynamodb.ts";
import { localEnvironment, payVariables } from "./environment.ts";
import { findFreePort } from "./free-port.ts";
import type { HostProcessMessage, HostProcessOptions } from "./host-process.ts";
import { type LocalKeys, readOrCreateKeys } from "./local-keys.ts";
import { openRunFolder, type RunFolder } from "./run-folder.ts";
import type { StartOptions } from "./start-options.ts";
import { createTable, readTable } from "./tables.ts";

export interface LocalRun {
  readonly gateway: string;
  readonly simulator: string;
  readonly dynamodb: string;
  readonly table: string;
  readonly merchantKey: string;
  readonly pids: { readonly host: number; readonly simulator: number; readonly dynamodb: number };
  close(): Promise<void>;
}

const defaultPort = 3000;
const defaultSeed = 7;
const projectDir = join(import.meta.dirname, "../..");
const templatePath = join(projectDir, ".serverless/cloudformation-template-update-stack.json");

/** Starts all three; throws, with nothing left running, when one does not come up. */
export async function startLocalRun(options: StartOptions): Promise<LocalRun> {
  const folder = options.dataDir === null ? null : await openRunFolder(options.dataDir);
  const keys = readOrCreateKeys(folder?.keysFile ?? null);
  const ending: (() => Promise<void>)[] = folder ? [async () => folder.release()] : [];
  const close = async () => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    return await startAll(options, folder, keys, ending, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAll(
  options: StartOptions,
  folder: RunFolder | null,
  keys: LocalKeys,
  ending: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<LocalRun> {
  const given = process.env["PAY_DYNAMODB_ENDPOINT"] || null;
  const embedded: EmbeddedDynamoDb | null = given ? null : await startDynoxide(folder?.tableFile ?? null);
  if (embedded) ending.push(() => embedded.close());
  if (embedded) folder?.remember("dynamodb", embedded.pid);
  const dynamodb = given ?? embedded?.url ?? "";
  const packaged = readTable(templatePath);
  const table = process.env["PAY_TABLE"] || packaged.TableName;
  await createTable(dynamodb, { ...packaged, TableName: table });

  const simulator = await startSimulatorProcess(options, folder);
  ending.push(() => endChild(simulator.child));
  const environment = { ...localEnvironment(simulator, keys, table), ...payVariables(process.env) };
  const port = await findFreePort(options.port ?? defaultPort);
  const host = new SupervisedHost({
    templatePath,
    distDir: join(projectDir, "dist"),
    environment,
    dynamodbUrl: dynamodb,
    portoneUrl: environment["PAY_PORTONE_URL"] || simulator.url,
    simulatorControlUrl: `${simulator.url}/_control`,
    port,
    host: "127.0.0.1",
    logFile: options.logsFile,
    dynamodbPid: embedded?.pid ?? null,
  });
  ending.push(() => host.close());
  const gateway = await host.start();
  return {
    gateway,
    simulator: simulator.url,
    dynamodb,
    table,
    merchantKey: keys.merchantKey,
    pids: { host: host.pid, simulator: simulator.child.pid ?? 0, dynamodb: embedded?.pid ?? 0 },
    close,
  };
}

async function startSimulatorProcess(options: StartOptions, folder: RunFolder | null) {
  const port = await findFreePort((options.port ?? defaultPort) + 1);
  const args = ["--port", String(port), "--seed", String(options.seed ?? defaultSeed)];
  if (folder) args.push("--data", folder.simulatorDir);
  const child = fork(join(projectDir, "test/simulator/main.ts"), args, {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ready = await firstLine(child, "the simulator");
  const { url, imp_key, imp_secret } = JSON.parse(ready.replace(/^READY /, "")) as Record<string, string>;
  if (!url || !imp_key || !imp_secret) throw new Error(`the simulator said: ${ready}`);
  const settings = (await (await fetch(`${url}/_control/settings`)).json()) as Record<string, unknown>;
  return {
    child,
    url,
    impKey: imp_key,
    impSecret: imp_secret,
    mid: String(settings["mid"]),
    channelKey: String(settings["channel_key"]),
  };
}

async function firstLine(child: ChildProcess, name: string): Promise<string> {
  if (!child.stdout) throw new Error(`${name} has no output`);
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  return line;
}

/** The host's process; started again on the same port when it dies. */
class SupervisedHost {
  readonly #options: HostProcessOptions;
  #child: ChildProcess | null = null;
  #isClosing = false;

  constructor(options: HostProcessOptions) {
    this.#options = options;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<string> {
    const child = fork(join(import.meta.dirname, "host-process.ts"), [], {
      env: bareEnvironment(),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    child.send(this.#options);
    const [message] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [
      HostProcessMessage | number,
    ];
    if (typeof message !== "object" || message === null)
      throw new Error("the function host ended before it was ready");
    if (message.type === "failed") throw new Error(`the function host did not start: ${message.why}`);
    child.once("exit", () => {
      if (this.#isClosing) return;
      console.error(`The function host (process ${child.pid}) ended; it is started again.`);
      this.start().catch((error: unknown) => {
        console.error(String(error));
        process.exitCode = 1;
      });
    });
    return message.url;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#child) await endChild(this.#child);
  }
}

/** What Node needs to run; nothing of the developer's AWS or project settings. */
const bareEnvironment = (): Record<string, string> =>
  process.env["PATH"] === undefined ? {} : { PATH: process.env["PATH"] };

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
