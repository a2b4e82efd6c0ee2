// Everything a soak runs on: an embedded DynamoDB and the simulator as processes of their own, the built
// functions in the local host, real sockets between all of them.
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { startDynoxide } from "../../../infra/local/embedded-dynamodb.ts";
import { endChild } from "../../../infra/local/end-child.ts";
import { localEnvironment } from "../../../infra/local/environment.ts";
import { startHost } from "../../../infra/local/host.ts";
import { readOrCreateKeys } from "../../../infra/local/local-keys.ts";
import { startSimulatorProcess } from "../../../infra/local/simulator-process.ts";
import { createTable, readTable } from "../../../infra/local/tables.ts";
import { readTemplate } from "../../../infra/local/template.ts";
import { Doors } from "./doors.ts";
import { LeakWatch } from "./leak-watch.ts";
import { createTableReader, type TableReader } from "./table-items.ts";

export interface WorldOptions {
  readonly seed: number;
  /** Laid over the local PAY_* defaults. */
  readonly environment: Readonly<Record<string, string>>;
  /** What must never be seen in a log line, beside the keys. */
  readonly personal: readonly string[];
  /** Gets the functions' log lines; null drops them once they are checked. */
  readonly logsFile: string | null;
}

export interface World {
  readonly doors: Doors;
  readonly table: TableReader;
  readonly leaks: LeakWatch;
  /** Returns at once when it has ended already. */
  close(): Promise<void>;
}

const projectDir = join(import.meta.dirname, "../../..");
const templatePath = join(projectDir, ".serverless/cloudformation-template-update-stack.json");

/** Throws with nothing left running when something does not start. */
export async function startWorld(options: WorldOptions): Promise<World> {
  packageIfNeeded();
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await start(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  { seed, environment, personal, logsFile }: WorldOptions,
  closers: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<World> {
  const onSpawn = (child: ChildProcess) => closers.push(() => endChild(child));
  const dynamodb = await startDynoxide(null, onSpawn);
  const simulator = await startSimulatorProcess({ port: 0, seed, dataDir: null }, onSpawn);
  const definition = readTable(templatePath);
  await createTable(dynamodb.url, definition);
  const keys = readOrCreateKeys(null);
  const leaks = new LeakWatch([keys.merchantKey, keys.urlKey, simulator.impSecret, ...personal]);
  const logs = logsFile === null ? null : createWriteStream(logsFile);
  closers.push(() => logs?.close());
  const host = await startHost({
    template: readTemplate(templatePath),
    distDir: join(projectDir, "dist"),
    environment: { ...localEnvironment(simulator, keys, definition.TableName), ...environment },
    dynamodbUrl: dynamodb.url,
    portoneUrl: simulator.url,
    simulatorControlUrl: `${simulator.url}/_control`,
    port: 0,
    host: "127.0.0.1",
    log: (line) => {
      leaks.read(line);
      logs?.write(`${line}\n`);
    },
  });
  closers.push(() => host.close());
  const table = createTableReader(dynamodb.url, definition.TableName);
  closers.push(() => table.close());
  const { merchantKey } = keys;
  const doors = new Doors({ gatewayUrl: host.url, simulatorUrl: simulator.url, merchantKey });
  return { doors, table, leaks, close };
}
