// The command line of `npm start`.
import { parseOptions, UsageError } from "../build/command-line.ts";
import { isTableEngine, type TableEngine, tableEngines } from "./processes/table-engine.ts";

export interface StartOptions {
  /** Ends after the demo, with its verdict as exit code. */
  readonly once: boolean;
  readonly playsDemo: boolean;
  /** The gateway's port, which must be free; 0 takes any; null the first free one from 3000 on. */
  readonly port: number | null;
  /** Keeps table, simulator and keys; null forgets everything at the end. */
  readonly dataDir: string | null;
  /** A whole number as text, however long; null leaves the ids to chance. */
  readonly seed: string | null;
  /** Receives the functions' log lines; null is stderr. */
  readonly logsFile: string | null;
  /** Tells each request and answer of the demo. */
  readonly isVerbose: boolean;
  /** Plays DynamoDB; null is the machine's own choice. */
  readonly table: TableEngine | null;
}

export const usage =
  "usage: npm start -- [--once] [--no-demo] [--port N] [--data DIR] [--seed S] [--logs FILE|-] [--verbose] " +
  `[--table ${tableEngines.join("|")}]`;

/**
 * Null when only help is asked for; log lines go to `defaultLogsFile` unless something else is said. Throws a
 * UsageError that names the first option it cannot follow.
 */
export function parseStartOptions(args: readonly string[], defaultLogsFile: string): StartOptions | null {
  const values = parseOptions(args, known);
  if (values.help) return null;
  if (values.once && values["no-demo"])
    throw new UsageError("--once ends after the demo and --no-demo leaves it out: choose one of them");
  const logs = filled("--logs", values.logs) ?? defaultLogsFile;
  return {
    once: values.once ?? false,
    playsDemo: !values["no-demo"],
    port: portNumber(values.port),
    dataDir: filled("--data", values.data),
    seed: wholeNumber("--seed", values.seed),
    logsFile: logs === "-" ? null : logs,
    isVerbose: values.verbose ?? false,
    table: tableEngine(values.table),
  };
}

const known = {
  once: { type: "boolean" },
  "no-demo": { type: "boolean" },
  port: { type: "string" },
  data: { type: "string" },
  seed: { type: "string" },
  logs: { type: "string" },
  verbose: { type: "boolean" },
  table: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const largestPort = 65_535;

function portNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,5}$/.test(text) || Number(text) > largestPort)
    throw new UsageError(`--port wants a whole number up to ${largestPort}, not '${text}'`);
  return Number(text);
}

function wholeNumber(name: string, text: string | undefined): string | null {
  if (text !== undefined && !/^\d+$/.test(text))
    throw new UsageError(`${name} wants a whole number, not '${text}'`);
  return text ?? null;
}

function tableEngine(text: string | undefined): TableEngine | null {
  if (text === undefined) return null;
  if (!isTableEngine(text))
    throw new UsageError(`--table wants one of ${tableEngines.join(", ")}, not '${text}'`);
  return text;
}

function filled(name: string, text: string | undefined): string | null {
  if (text === "") throw new UsageError(`${name} wants a path`);
  return text ?? null;
}
