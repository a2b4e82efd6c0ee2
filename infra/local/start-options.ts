// The command line of `npm start`.
import { parseOptions, UsageError } from "../build/command-line.ts";
import { type TableEngine, tableEngines } from "./processes/table-engine.ts";
import { languages, type Say } from "./words/say.ts";

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

const options =
  "[--once] [--no-demo] [--port N] [--data DIR] [--seed S] [--logs FILE|-] [--verbose] " +
  `[--lang ${languages.join("|")}] [--table ${tableEngines.join("|")}]`;

export const usageIn = (say: Say): string => say("usage", { options });

/**
 * Null when only help is asked for; log lines go to `defaultLogsFile` unless something else is said. Throws a
 * UsageError that names the first option it cannot follow, in the reader's language.
 */
export function parseStartOptions(
  args: readonly string[],
  defaultLogsFile: string,
  say: Say,
): StartOptions | null {
  const values = parse(args, say);
  if (values.help) return null;
  if (values.once && values["no-demo"]) throw new UsageError(say("option_once_no_demo"));
  // Which one it is was read before, so that a mistake is told in it as well.
  if (values.lang !== undefined) oneOf("--lang", values.lang, { choices: languages, say });
  const logs = filled("--logs", values.logs, say) ?? defaultLogsFile;
  return {
    once: values.once ?? false,
    playsDemo: !values["no-demo"],
    port: portNumber(values.port, say),
    dataDir: filled("--data", values.data, say),
    seed: wholeNumber("--seed", values.seed, say),
    logsFile: logs === "-" ? null : logs,
    isVerbose: values.verbose ?? false,
    table: values.table === undefined ? null : oneOf("--table", values.table, { choices: tableEngines, say }),
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
  lang: { type: "string" },
  table: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const faults = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: "option_unknown",
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: "option_value",
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: "argument_unexpected",
} as const;
const isFault = (code: unknown): code is keyof typeof faults =>
  typeof code === "string" && Object.hasOwn(faults, code);

/** Node says it in English, with the option or word it is about in quotes. */
function parse(args: readonly string[], say: Say) {
  try {
    return parseOptions(args, known);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { cause } = error;
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    const named = /'(.*?)(?: <value>)?'/.exec(error.message)?.[1];
    throw isFault(code) && named !== undefined ? new UsageError(say(faults[code], { named })) : error;
  }
}

const largestPort = 65_535;

function portNumber(text: string | undefined, say: Say): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,5}$/.test(text) || Number(text) > largestPort)
    throw new UsageError(say("option_port", { largest: largestPort, text }));
  return Number(text);
}

function wholeNumber(option: string, text: string | undefined, say: Say): string | null {
  if (text !== undefined && !/^\d+$/.test(text)) throw new UsageError(say("option_number", { option, text }));
  return text ?? null;
}

function oneOf<Choice extends string>(
  option: string,
  text: string,
  { choices, say }: { readonly choices: readonly Choice[]; readonly say: Say },
): Choice {
  const choice = choices.find((each) => each === text);
  if (choice === undefined)
    throw new UsageError(say("option_choice", { option, choices: choices.join(", "), text }));
  return choice;
}

function filled(option: string, text: string | undefined, say: Say): string | null {
  if (text === "") throw new UsageError(say("option_path", { option }));
  return text ?? null;
}
