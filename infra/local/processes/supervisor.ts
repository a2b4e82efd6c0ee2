// Three processes under one parent: embedded DynamoDB, simulator, function host; started in the order they
// need each other, ended in the other one. The sample shop is served by the parent itself. It knows nothing of payments.
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { codeDir } from "../../build/package-if-needed.ts";
import { type RunningShop, resultUrlOf, startShop } from "../../console/shop/start-shop.ts";
import { type LocalProvider, localEnvironment, payVariables } from "../host/environment.ts";
import { createTable, readTable } from "../host/tables.ts";
import type { StartOptions } from "../start-options.ts";
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from "./embedded-dynamodb.ts";
import { endChild } from "./end-child.ts";
import { findFreePort, takePort } from "./free-port.ts";
import { readOrCreateKeys } from "./local-keys.ts";
import type { LocalRun } from "./local-run.ts";
import { openRunFolder, type RunFolder } from "./run-folder.ts";
import { startSimulatorProcess } from "./simulator-process.ts";
import { StartError } from "./start-error.ts";
import { SupervisedHost } from "./supervised-host.ts";
import { engineOfMachine, type TableEngine } from "./table-engine.ts";

type Environment = NodeJS.ProcessEnv;

interface Table {
  readonly url: string;
  readonly name: string;
  readonly pid: number | null;
}

const defaultPort = 3000;
const projectDir = join(import.meta.dirname, "../../..");
const templatePath = join(projectDir, ".serverless/cloudformation-template-update-stack.json");

export class Supervisor {
  readonly #onFailure: (why: StartError) => void;
  readonly #onTrouble: (what: unknown) => void;
  readonly #endings: (() => void | Promise<void>)[] = [];
  #folder: RunFolder | null = null;
  #closing: Promise<void> | null = null;

  /**
   * `onFailure` is told when one of the three ended for good although nobody asked it to, `onTrouble` what was mended
   * without anybody's help.
   */
  constructor(onFailure: (why: StartError) => void, onTrouble: (what: unknown) => void) {
    this.#onFailure = onFailure;
    this.#onTrouble = onTrouble;
  }

  /** Resolves when all three answer. When it rejects, `close` ends what had been started until then. */
  async start(options: StartOptions, environment: Environment): Promise<LocalRun> {
    if (options.dataDir !== null) await this.#openFolder(options.dataDir);
    const keys = readOrCreateKeys(this.#folder?.keysFile ?? null);
    const port = options.port === null ? await findFreePort(defaultPort) : await takePort(options.port);
    const table = await this.#startTable(environment, options.table ?? engineOfMachine());
    const provider = await this.#startSimulator(options, port);
    // Before the functions, which send buyers back to it.
    const shop = await this.#startShop(options, port, keys.merchantKey);
    const settings = {
      ...localEnvironment(provider, keys, table.name),
      PAY_RESULT_URL: resultUrlOf(shop.url),
      ...payVariables(environment),
    };
    const host = await this.#startHost(options, port, provider, table, settings);
    const { impKey, impSecret } = provider;
    const ready = {
      gateway: host.url,
      simulator: provider.url,
      shop: shop.url,
      dynamodb: table.url,
      table: table.name,
      merchantKey: keys.merchantKey,
      node: process.versions.node,
      pids: { host: host.pid, simulator: provider.pid, dynamodb: table.pid },
    };
    return { ready, impKey, impSecret, logsFile: options.logsFile };
  }

  /** Ends everything, the last started first. May be called at any time and as often as one likes. */
  close(): Promise<void> {
    this.#closing ??= this.#endAll();
    return this.#closing;
  }

  async #endAll(): Promise<void> {
    for (const end of this.#endings.splice(0).reverse()) await end();
  }

  async #openFolder(dir: string): Promise<void> {
    const folder = await openRunFolder(dir);
    this.#folder = folder;
    this.#endings.push(() => folder.release());
  }

  async #startTable(environment: Environment, engine: TableEngine): Promise<Table> {
    const given = environment["PAY_DYNAMODB_ENDPOINT"] || null;
    const embedded = given ? null : await this.#startEngine(engine);
    const url = given ?? embedded?.url ?? "";
    const packaged = readTable(templatePath);
    const name = environment["PAY_TABLE"] || packaged.TableName;
    await createTable(url, { ...packaged, TableName: name });
    return { url, name, pid: embedded?.pid ?? null };
  }

  #startEngine(engine: TableEngine): Promise<EmbeddedDynamoDb> {
    const place = this.#folder?.tablePlace(engine) ?? null;
    return startEmbeddedDynamoDb(engine, place, (child) => this.#adopt("dynamodb", child));
  }

  async #startSimulator(
    options: StartOptions,
    gatewayPort: number,
  ): Promise<LocalProvider & { pid: number }> {
    let pid = 0;
    const port = await findFreePort(options.port === 0 ? 0 : gatewayPort + 1);
    const dataDir = this.#folder?.simulatorDir ?? null;
    const provider = await startSimulatorProcess({ port, seed: options.seed, dataDir }, (child) => {
      pid = child.pid ?? 0;
      this.#adopt("simulator", child);
    });
    return { ...provider, pid };
  }

  async #startShop(options: StartOptions, gatewayPort: number, key: string): Promise<RunningShop> {
    this.#throwIfClosing();
    // Nobody asked for a certain port: any other will do.
    const port = options.port === 0 ? 0 : await findFreePort(gatewayPort + 2).catch(() => 0);
    const shop = await startShop({ port, pay: { url: `http://127.0.0.1:${gatewayPort}`, key } });
    this.#endings.push(() => shop.close());
    if (this.#closing !== null) await shop.close();
    this.#throwIfClosing();
    return shop;
  }

  #startHost(
    options: StartOptions,
    port: number,
    provider: LocalProvider,
    table: Table,
    environment: Readonly<Record<string, string>>,
  ): Promise<{ readonly url: string; readonly pid: number }> {
    this.#throwIfClosing();
    const host = new SupervisedHost(
      {
        templatePath,
        codeDir,
        environment,
        dynamodbUrl: table.url,
        portoneUrl: environment["PAY_PORTONE_URL"] || provider.url,
        simulatorControlUrl: `${provider.url}/_control`,
        port,
        host: "127.0.0.1",
        logFile: options.logsFile,
        dynamodbPid: table.pid,
      },
      {
        onSpawn: (child) => this.#remember("host", child),
        onGivenUp: this.#onFailure,
        onTrouble: this.#onTrouble,
      },
    );
    this.#endings.push(() => host.close());
    return host.start();
  }

  /** Takes on a process whose end is the end of the run. */
  #adopt(name: string, child: ChildProcess): void {
    this.#endings.push(() => endChild(child));
    this.#remember(name, child);
    child.once("exit", () => {
      if (this.#closing === null) this.#onFailure(new StartError("process_ended", { process: name }));
    });
    // Stopped while it was being started: the way out has passed this process already.
    if (this.#closing !== null) void endChild(child);
    this.#throwIfClosing();
  }

  #remember(name: string, child: ChildProcess): void {
    if (child.pid !== undefined) this.#folder?.remember(name, child.pid);
  }

  #throwIfClosing(): void {
    if (this.#closing !== null) throw new StartError("stopped");
  }
}
