// Where a soak plays: the built functions, the simulator and a table, with every call counted.
import { packageIfNeeded } from "../../infra/build/package-if-needed.ts";
import { type EmbeddedDynamoDb, startDynoxide } from "../../infra/local/processes/embedded-dynamodb.ts";
import { type LocalStack, startStackOn } from "../support/stack.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly json: Json;
}

export interface Stage {
  readonly stack: LocalStack;
  readonly counts: { completes: number; syncs: number; sweeps: number };
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
  /** Moves the clock; whenever a day has passed, the audit compares it, as it does every night. */
  advance(ms: number): Promise<void>;
  /** Lambda's Invoke. */
  invoke(functionName: string, event?: Json): Promise<Json>;
  sweep(): Promise<Json>;
  close(): Promise<void>;
}

const dayMs = 24 * 3_600_000;

export async function openStage(environment: Readonly<Record<string, string>>, seed: number): Promise<Stage> {
  packageIfNeeded();
  const given = process.env["PAY_DYNAMODB_ENDPOINT"];
  const embedded: EmbeddedDynamoDb | null = given ? null : await startDynoxide(null);
  const stack = await startStackOn(given ?? embedded?.url ?? "", { environment, seed });
  const counts = { completes: 0, syncs: 0, sweeps: 0 };
  const lever = async (base: string, method: string, path: string, body?: Json): Promise<Json> => {
    const reply = await send(`${base}${path}`, method, body, {});
    if (reply.status !== 200)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.json)}`);
    return reply.json;
  };
  const invoke = async (functionName: string, event: Json = {}): Promise<Json> => {
    const path = `/2015-03-31/functions/${functionName}/invocations`;
    return (await send(`${stack.gatewayUrl}${path}`, "POST", event, {})).json;
  };
  const local: Stage["local"] = (method, path, body) =>
    lever(`${stack.gatewayUrl}/_local`, method, path, body);
  let { now: auditedUntil } = (await local("GET", "/clock")) as { now: string };
  return {
    stack,
    counts,
    merchant: (method, path, body, headers = {}) => {
      if (path.endsWith("/sync")) counts.syncs += 1;
      const authorization = `Bearer ${stack.merchantKey}`;
      return send(`${stack.gatewayUrl}${path}`, method, body, { authorization, ...headers });
    },
    anybody: (method, path, body) => {
      if (path.startsWith("/payments/complete") || path.startsWith("/payments/redirect"))
        counts.completes += 1;
      return send(`${stack.gatewayUrl}${path}`, method, body, {});
    },
    control: (method, path, body) => lever(`${stack.simulatorUrl}/_control`, method, path, body),
    local,
    advance: async (ms) => {
      const { now } = (await local("POST", "/clock", { advance_ms: ms })) as { now: string };
      if (Date.parse(now) - Date.parse(auditedUntil) < dayMs) return;
      // Lambda repeats an asynchronous invocation that failed, twice.
      let report: Json = {};
      for (let tries = 0; tries < 3 && report["complete"] !== true; tries += 1)
        report = await invoke("audit", { from: auditedUntil, to: now });
      if (report["complete"] !== true) throw new Error(`the audit did not end: ${JSON.stringify(report)}`);
      auditedUntil = now;
    },
    invoke,
    sweep: () => {
      counts.sweeps += 1;
      return invoke("reconcile");
    },
    close: async () => {
      await stack.close();
      await embedded?.close();
    },
  };
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
    return { status: response.status, json: parse(text) };
  } catch {
    return { status: 0, json: {} };
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
