// Where functions and peers are measured: PortOne and the table behind TLS, as they are in AWS, payments that PortOne
// took, and a process for each that is measured.
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeDir, packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { localEnvironment } from "../../../infra/local/host/environment.ts";
import { sandboxEnvironment } from "../../../infra/local/host/sandbox-environment.ts";
import { type LambdaFunction, readTemplate } from "../../../infra/local/host/template.ts";
import { startEmbeddedDynamoDb } from "../../../infra/local/processes/embedded-dynamodb.ts";
import { endChild } from "../../../infra/local/processes/end-child.ts";
import { readOrCreateKeys } from "../../../infra/local/processes/local-keys.ts";
import { startSimulatorProcess } from "../../../infra/local/processes/simulator-process.ts";
import type { TableEngine } from "../../../infra/local/processes/table-engine.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { signUrlToken } from "../../../lib/signing/url-token.ts";
import { templatePath } from "../../support/stack.ts";
import { type SlowPortOne, startSlowPortOne } from "../growth/slow-portone.ts";
import { KeptConnections } from "../kept-connections.ts";
import { buildProgram, outDir } from "./bundles.ts";
import { makeCertificate } from "./certificate.ts";
import { type MeasuredProcess, startMeasured } from "./measured-process.ts";
import { makePayments, paymentsAtOnce } from "./payments.ts";
import { openTables, type Tables } from "./tables.ts";
import { startTlsFront, type TlsFront } from "./tls-front.ts";

export interface World {
  readonly records: readonly PaymentRecord[];
  readonly tables: Tables;
  readonly table: TlsFront;
  readonly portone: TlsFront;
  /** What PortOne was asked, behind its front. */
  readonly answers: SlowPortOne;
  /** The token of an order's own addresses. */
  tokenOf(merchantUid: string): string;
  start(options: StartOptions): MeasuredProcess;
  close(): Promise<void>;
}

export interface StartOptions {
  /** Whose settings it gets. */
  readonly as: "confirm" | "notice";
  readonly table: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** As deployed unless it is told. */
  readonly memoryMb?: number;
}

export interface WorldOptions {
  readonly payments: number;
  readonly engine: TableEngine;
  readonly onPaid?: (made: number) => void;
}

/** A deployed function's, as the local host's functions have them. */
export const appOf = (name: string): string => join(codeDir, name, "dist", name, "app.cjs");
export const shimOf = (name: string): string => join(codeDir, name, "dist", name, "index.mjs");

export async function openWorld({ payments, engine, onPaid = () => {} }: WorldOptions): Promise<World> {
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const children: ChildProcess[] = [];
  const program = await buildProgram();
  const dynamodb = await startEmbeddedDynamoDb(engine, null);
  const provider = await startSimulatorProcess({ port: 0, seed: "7", dataDir: null }, (child) =>
    children.push(child),
  );
  const answers = await startSlowPortOne(provider.url);
  const simulator = new KeptConnections(provider.url, paymentsAtOnce);
  const records = await makePayments(simulator, payments, onPaid);
  simulator.close();
  const certificate = makeCertificate(Date.now());
  const authority = join(outDir, "certificate.pem");
  writeFileSync(authority, certificate.cert);
  const [table, portone] = await Promise.all(
    [dynamodb.url, answers.url].map((url) => startTlsFront(url, certificate)),
  );
  if (!table || !portone) throw new Error("no TLS before the table or PortOne");
  const tables = openTables(dynamodb.url);
  const keys = readOrCreateKeys(null);
  const local = localEnvironment(provider, keys, "");
  return {
    records,
    tables,
    table,
    portone,
    answers,
    tokenOf: (merchantUid) => signUrlToken(Buffer.from(keys.urlKey, "base64"), merchantUid),
    start: ({ as, table: name, settings = {}, memoryMb }) => {
      const deployed = deployedAs(as);
      const nodeOptions = lambdasOptions(memoryMb ?? deployed.memoryMb);
      const environment = sandboxEnvironment(deployed, `${as}-0`, {
        ...deployed.environment,
        ...local,
        PAY_TABLE: name,
        PAY_PUBLIC_URL: "http://127.0.0.1",
        PAY_RESULT_URL: "http://127.0.0.1",
        PAY_PORTONE_URL: portone.url,
        PAY_DYNAMODB_ENDPOINT: table.url,
        NODE_EXTRA_CA_CERTS: authority,
        PATH: process.env["PATH"] ?? "",
        ...settings,
      });
      return startMeasured({ program, environment, nodeOptions, timeoutMs: deployed.timeoutMs });
    },
    close: async () => {
      tables.close();
      table.close();
      portone.close();
      answers.close();
      await Promise.all(children.map(endChild));
      await dynamodb.close();
    },
  };
}

/** What Lambda's bootstrap tells Node: nine tenths for what lives, a twentieth for each half of what is new. */
const lambdasOptions = (memoryMb: number): readonly string[] => [
  `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
  `--max-semi-space-size=${Math.floor(memoryMb * 0.05)}`,
];

function deployedAs(name: string): LambdaFunction {
  const deployed = readTemplate(templatePath).functions.find((one) => one.name === name);
  if (!deployed) throw new Error(`no function ${name} in the template`);
  return deployed;
}
