// Where the growth rows are measured: the built functions, the simulator in a process of its own, and the embedded
// DynamoDB behind a delay. The payments are made once; each run has a table of its own with their orders.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { localEnvironment } from "../../../infra/local/host/environment.ts";
import { sandboxEnvironment } from "../../../infra/local/host/sandbox-environment.ts";
import { readTemplate } from "../../../infra/local/host/template.ts";
import { startEmbeddedDynamoDb } from "../../../infra/local/processes/embedded-dynamodb.ts";
import { readOrCreateKeys } from "../../../infra/local/processes/local-keys.ts";
import { startSimulatorProcess } from "../../../infra/local/processes/simulator-process.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { templatePath } from "../../support/stack.ts";
import { KeptConnections } from "../kept-connections.ts";
import { makePayments, paymentsAtOnce } from "../world/payments.ts";
import { type Item, openTables } from "../world/tables.ts";
import type { Invocation, Invoked } from "./function-process.ts";
import { type SlowPortOne, startSlowPortOne } from "./slow-portone.ts";
import { startSlowTable } from "./slow-table.ts";

type Json = Readonly<Record<string, unknown>>;

export interface Stand {
  /** What PortOne took, each by an order of its own. */
  readonly records: readonly PaymentRecord[];
  /** What the functions accept payments of. */
  readonly mid: string;
  /** PortOne answers so late from now on. */
  setLatency(ms: number): void;
  /** Invokes the function on a new table with these items. */
  invoke(name: "reconcile" | "audit", event: Json, items: readonly Item[]): Promise<Ran>;
  close(): Promise<void>;
}

export interface Ran {
  readonly report: Json;
  readonly tookMs: number;
  /** Of the function's own process: much less than it took where it waits, or where others have the machine. */
  readonly cpuMs: number;
  /** What was asked of PortOne meanwhile. */
  readonly asked: SlowPortOne["asked"];
}

export const tableLatencyMs = 5;
const projectDir = join(import.meta.dirname, "../../..");

export async function openStand(payments: number, onPaid: (made: number) => void): Promise<Stand> {
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const children: ChildProcess[] = [];
  const dynamodb = await startEmbeddedDynamoDb("dynoxide", null);
  const slow = await startSlowTable(dynamodb.url, tableLatencyMs);
  const options = { port: 0, seed: "7", dataDir: null };
  const provider = await startSimulatorProcess(options, (child) => children.push(child));
  const portone = await startSlowPortOne(provider.url);
  const simulator = new KeptConnections(provider.url, paymentsAtOnce);
  const records = await makePayments(simulator, payments, onPaid);
  const keys = readOrCreateKeys(null);
  const tables = openTables(dynamodb.url);
  return {
    records,
    mid: provider.mid,
    setLatency: (ms) => {
      portone.latencyMs = ms;
    },
    invoke: async (name, event, items) => {
      const deployed = readTemplate(templatePath).functions.find((one) => one.name === name);
      if (!deployed) throw new Error(`no function ${name} in the template`);
      const table = await tables.make(items);
      portone.asked = [];
      const settings = {
        ...deployed.environment,
        ...localEnvironment(provider, keys, table),
        PAY_PUBLIC_URL: "http://127.0.0.1",
        PAY_RESULT_URL: "http://127.0.0.1",
        PAY_PORTONE_URL: portone.url,
        PAY_DYNAMODB_ENDPOINT: slow.url,
      };
      const entry = pathToFileURL(join(projectDir, "dist", name, "index.mjs")).href;
      const invocation = { entry, event, timeoutMs: deployed.timeoutMs };
      const invoked = await invokeIn(sandboxEnvironment(deployed, `${name}-0`, settings), invocation);
      if ("failure" in invoked) throw new Error(invoked.failure);
      return { ...invoked, asked: portone.asked };
    },
    close: async () => {
      portone.close();
      simulator.close();
      tables.close();
      slow.close();
      await Promise.all(children.map(end));
      await dynamodb.close();
    },
  };
}

async function invokeIn(environment: Record<string, string>, invocation: Invocation): Promise<Invoked> {
  const child = fork(join(import.meta.dirname, "function-process.ts"), {
    env: { ...environment, PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.send(invocation);
  const [invoked] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => [{ failure: `the function's process ended with ${code}` }]),
  ])) as [Invoked];
  await end(child);
  return invoked;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
