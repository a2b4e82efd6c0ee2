// Where a soak plays: the built functions, the simulator and a table, with every call counted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageIfNeeded } from "../../infra/build/package-if-needed.ts";
import {
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from "../../infra/local/processes/embedded-dynamodb.ts";
import { type LocalStack, startStackOn } from "../support/stack.ts";
import { engineOfTests } from "../support/table-engine.ts";
import { LargestItems } from "./audit-sizes.ts";
import { bytesIn, listenToOutput, type Place } from "./overhearing.ts";
import type { Answer, Json, NightReport } from "./world.ts";

export interface Reply {
  readonly status: number;
  readonly json: Json;
  /** The whole body as it came. */
  readonly text: string;
  /** None of a connection that broke. */
  readonly headers: Headers | null;
}

/** What the clock started, and what came of it. */
export interface Invocation {
  readonly isFailed: boolean;
  readonly report: Json;
}

export interface Stage {
  readonly stack: LocalStack;
  readonly counts: { completes: number; syncs: number; sweeps: number };
  /** Of the shop's doors, each as it was heard. */
  readonly answers: readonly Answer[];
  /** What each night's audit reported. */
  readonly nights: readonly NightReport[];
  /** Of all items read so far. */
  readonly largest: LargestItems;
  /** Everything the stack said or wrote, by the place where it stands. */
  overheard(): readonly Place[];
  merchant(
    method: string,
    path: string,
    body?: Json,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  anybody(method: string, path: string, body?: Json): Promise<Reply>;
  /** Throws when the lever does not work: that is the soak's own mistake. */
  control(method: string, path: string, body?: Json): Promise<Json>;
  local(method: string, path: string, body?: Json): Promise<Json>;
  /** Moves the clock; whenever a day in Korea is over, the audit compares it. */
  advance(ms: number): Promise<void>;
  audit(): Promise<void>;
  /** As many sweeps at once as `PAY_SWEEPS` says; how many items they took. */
  sweep(): Promise<number>;
  invoke(functionName: string, event?: Json): Promise<Invocation>;
  close(): Promise<void>;
}

const dayMs = 24 * 3_600_000;
const kstOffsetMs = 9 * 3_600_000;
const kstDayOf = (iso: string): number => Math.floor((Date.parse(iso) + kstOffsetMs) / dayMs);

export interface StageOptions {
  /** The table is kept in files, whose bytes are looked at. */
  readonly isOnDisk?: boolean;
}

export async function openStage(
  environment: Readonly<Record<string, string>>,
  seed: number,
  { isOnDisk = false }: StageOptions = {},
): Promise<Stage> {
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const given = process.env["PAY_DYNAMODB_ENDPOINT"];
  const folder = isOnDisk && !given ? mkdtempSync(join(tmpdir(), "soak-")) : null;
  const embedded: EmbeddedDynamoDb | null = given
    ? null
    : await startEmbeddedDynamoDb(engineOfTests(), folder && join(folder, "table.db"));
  const output = listenToOutput();
  const stack = await startStackOn(given ?? embedded?.url ?? "", { environment, seed });
  const counts = { completes: 0, syncs: 0, sweeps: 0 };
  const sweepsAtOnce = Number(environment["PAY_SWEEPS"] ?? 1);
  const answers: Answer[] = [];
  const told: string[] = [];
  const toldByLevers: string[] = [];
  const nights: NightReport[] = [];
  const lever = async (base: string, method: string, path: string, body?: Json): Promise<Json> => {
    const reply = await send(`${base}${path}`, method, body, {});
    if (reply.status !== 200)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.json)}`);
    return reply.json;
  };
  const invoke: Stage["invoke"] = async (functionName, event = {}) => {
    const path = `/2015-03-31/functions/${functionName}/invocations`;
    const { status, json, headers } = await send(`${stack.gatewayUrl}${path}`, "POST", event, {});
    return { isFailed: status !== 200 || headers?.has("x-amz-function-error") === true, report: json };
  };
  const local: Stage["local"] = async (method, path, body) => {
    const answer = await lever(`${stack.gatewayUrl}/_local`, method, path, body);
    toldByLevers.push(JSON.stringify(answer));
    return answer;
  };
  const heard = async (method: string, path: string, asked: Asked): Promise<Reply> => {
    const { body, headers } = asked;
    const reply = await send(`${stack.gatewayUrl}${path}`, method, body, headers);
    const { status, json } = reply;
    answers.push({ method, path, key: headers["idempotency-key"] ?? null, sent: body ?? {}, status, json });
    told.push(`${JSON.stringify([...(reply.headers ?? [])])}\n${reply.text}`);
    return reply;
  };
  const audit = async (): Promise<void> => {
    let night = unanswered;
    // Lambda repeats an asynchronous invocation that failed, twice.
    for (let tries = 0; tries < 3 && !night.complete; tries += 1) {
      const { report } = await invoke("audit");
      if (report["differences"] !== undefined) night = report as unknown as NightReport;
    }
    nights.push(night);
  };
  let day = kstDayOf(String((await local("GET", "/clock"))["now"]));
  return {
    stack,
    counts,
    answers,
    nights,
    largest: new LargestItems(),
    overheard: () => [
      { name: "the log", text: stack.logLines().join("\n") },
      { name: "the doors' answers", text: told.join("\n") },
      { name: "what _local answered", text: toldByLevers.join("\n") },
      { name: "stdout and stderr", text: output.text() },
      ...(folder === null ? [] : [{ name: "the table's files", text: bytesIn(folder) }]),
    ],
    audit,
    merchant: (method, path, body, headers = {}) => {
      if (path.endsWith("/sync")) counts.syncs += 1;
      const authorization = `Bearer ${stack.merchantKey}`;
      return heard(method, path, { body, headers: { authorization, ...headers } });
    },
    anybody: (method, path, body) => {
      if (path.startsWith("/payments/complete") || path.startsWith("/payments/redirect"))
        counts.completes += 1;
      return heard(method, path, { body, headers: {} });
    },
    control: (method, path, body) => lever(`${stack.simulatorUrl}/_control`, method, path, body),
    local,
    advance: async (ms) => {
      const today = kstDayOf(String((await local("POST", "/clock", { advance_ms: ms }))["now"]));
      if (today === day) return;
      day = today;
      await audit();
    },
    sweep: async () => {
      counts.sweeps += sweepsAtOnce;
      const reports = await Promise.all(
        Array.from({ length: sweepsAtOnce }, (_, sweep) => invoke("reconcile", { sweep })),
      );
      // One that failed has left whatever it was at.
      return reports.reduce((sum, { report: { taken = 1 } }) => sum + Number(taken), 0);
    },
    invoke,
    close: async () => {
      output.end();
      await stack.close();
      await embedded?.close();
      if (folder !== null) rmSync(folder, { recursive: true });
    },
  };
}

/** A night of which nobody heard anything. */
const unanswered: NightReport = {
  window: { from: "night", to: "night" },
  differences: [],
  unreadable: 0,
  complete: false,
  behind: [],
};

interface Asked {
  readonly body: Json | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Status 0 when the connection broke, which is what a killed function looks like to a caller. */
async function send(
  url: string,
  method: string,
  body: Json | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: { ...(body && { "content-type": "application/json" }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: parse(text), text, headers: response.headers };
  } catch {
    return { status: 0, json: {}, text: "", headers: null };
  }
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

/** Runs the work for all items, so many at a time. */
export async function forAll<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const workers = Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  });
  await Promise.all(workers);
}
