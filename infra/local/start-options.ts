// The command line of `npm start`. Whatever it does not know is refused by name: a mistyped option that is
// silently dropped would start something else than what was asked for.
import { parseArgs } from "node:util";

export interface StartOptions {
  /** Ends after the demo, with its verdict as exit code. */
  readonly once: boolean;
  readonly playsDemo: boolean;
  /** The first port to try for the gateway; null leaves the choice to the start. 0 takes any free one. */
  readonly port: number | null;
  /** Keeps table, simulator and keys; null forgets everything at the end. */
  readonly dataDir: string | null;
  readonly seed: number | null;
  /** Receives the functions' log lines instead of stderr. */
  readonly logsFile: string | null;
}

export const usage =
  "usage: npm start -- [--once] [--no-demo] [--port N] [--data DIR] [--seed S] [--logs FILE]";

/** The command line is wrong; the message names the option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Throws a UsageError that names the first option it cannot follow. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const values = parse(args);
  if (values.once && values["no-demo"])
    throw new UsageError("--once ends after the demo and --no-demo leaves it out: choose one of them");
  return {
    once: values.once ?? false,
    playsDemo: !values["no-demo"],
    port: wholeNumber("--port", values.port, 65_535),
    dataDir: filled("--data", values.data),
    seed: wholeNumber("--seed", values.seed, Number.MAX_SAFE_INTEGER),
    logsFile: filled("--logs", values.logs),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: "boolean" },
        "no-demo": { type: "boolean" },
        port: { type: "string" },
        data: { type: "string" },
        seed: { type: "string" },
        logs: { type: "string" },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's second sentence advises on positional arguments, which do not exist here.
    throw new UsageError(error.message.split(". ")[0] ?? error.message);
  }
}

function wholeNumber(name: string, text: string | undefined, largest: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > largest)
    throw new UsageError(`${name} wants a whole number up to ${largest}, not '${text}'`);
  return value;
}

function filled(name: string, text: string | undefined): string | null {
  if (text === "") throw new UsageError(`${name} wants a path`);
  return text ?? null;
}
