// One JSON object a line on stdout, which is what CloudWatch keeps. Only identifiers and outcomes are ever
// passed in: no bodies, no headers, no names, numbers or addresses of buyers.
import type { LogLevel } from "./config.ts";
import { embedded, metricsOf } from "./metrics.ts";

export interface LogFields {
  readonly event: string;
  readonly request_id?: string | undefined;
  readonly merchant_uid?: string | null | undefined;
  readonly imp_uid?: string | null | undefined;
  readonly outcome?: string | undefined;
  readonly code?: string | null | undefined;
  readonly ms?: number | undefined;
  readonly [field: string]: string | number | boolean | null | undefined;
}

export interface Log {
  /** Lines from here on belong to this invocation; an instance serves one at a time. */
  forRequest(requestId: string): void;
  error(fields: LogFields): void;
  info(fields: LogFields): void;
  debug(fields: LogFields): void;
}

const ranks: Record<LogLevel, number> = { error: 0, info: 1, debug: 2 };

export interface LogOptions {
  readonly functionName: string;
  /** Whose metrics the lines are; empty for nobody's. */
  readonly deployment: string;
  readonly level: LogLevel;
}

export function createLog(
  { functionName, deployment, level }: LogOptions,
  nowMs: () => number,
  writeLine: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Log {
  let requestId: string | undefined;
  const write = (lineLevel: LogLevel) => (fields: LogFields) => {
    const metrics = metricsOf(functionName, fields);
    // What is counted is written at any level: a metric that is missing reads as a sweep that stands still.
    if (ranks[lineLevel] > ranks[level] && Object.keys(metrics).length === 0) return;
    const atMs = nowMs();
    const at = new Date(atMs).toISOString();
    const line = { level: lineLevel, at, function: functionName, request_id: requestId, ...fields };
    writeLine(JSON.stringify({ ...line, ...embedded(metrics, deployment, atMs) }));
  };
  return {
    forRequest: (id) => {
      requestId = id;
    },
    error: write("error"),
    info: write("info"),
    debug: write("debug"),
  };
}
