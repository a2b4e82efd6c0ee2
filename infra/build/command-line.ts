// Reading a command line. Whatever it does not know is refused by name: a mistyped option that is silently
// dropped would do something else than what was asked for.
import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The command line is wrong; the message names the option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Throws a UsageError that names the first option it cannot follow. */
export function parseOptions<const Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's second sentence advises on positional arguments and dashes, which are of no use here.
    throw new UsageError(error.message.split(/\.\s/)[0] ?? error.message, { cause: error });
  }
}

/**
 * What `read` makes of the arguments. Ends the process with the usage when it is asked for (exit 0), or when
 * `read` throws a UsageError (exit 2).
 */
export function readOrExit<Read>(usage: string, read: (args: readonly string[]) => Read | null): Read {
  try {
    const options = read(process.argv.slice(2));
    if (options !== null) return options;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}; ${usage}`);
    process.exit(2);
  }
  console.log(usage);
  process.exit(0);
}
