// One JSON object a line on stdout, which is what CloudWatch keeps. Only identifiers and outcomes are ever
// passed in: no bodies, no headers, no names, numbers or addresses of buyers.
import type { LogLevel } from "./config.ts";

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

export function createLog(
  functionName: string,
  level: LogLevel,
  nowMs: () => number,
  writeLine: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Log {
  let requestId: string | undefined;
  const write = (lineLevel: LogLevel) => (fields: LogFields) => {
    if (ranks[lineLevel] > ranks[level]) return;
    const at = new Date(nowMs()).toISOString();
    writeLine(
      JSON.stringify({ level: lineLevel, at, function: functionName, request_id: requestId, ...fields }),
    );
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
