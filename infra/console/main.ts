// `npm run console -- --url https://…`: the console of a deployed API, on the operator's own laptop. The key is typed
// where nobody sees it, or comes by CONSOLE_KEY; on the command line others could read it.
import { parseOptions, readOrExit, UsageError } from "../build/command-line.ts";
import { languageOf } from "../build/locale.mjs";
import { BackendUrlError, readBackendUrl } from "./api/backend-url.ts";
import { askHidden } from "./ask-hidden.ts";
import { startConsole } from "./start-console.ts";
import { isLanguage, type Language } from "./words/words.ts";

const usage =
  "usage: npm run console -- --url https://ADDRESS [--port N] [--lang ko|en]; the key is asked for, or taken from CONSOLE_KEY";

interface Options {
  readonly url: string;
  readonly port: number;
  readonly language: Language;
}

function parseConsoleOptions(args: readonly string[]): Options | null {
  const values = parseOptions(args, {
    url: { type: "string" },
    port: { type: "string" },
    lang: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const);
  if (values.help) return null;
  const { url = "", port = "0", lang = languageOf(process.env) } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port wants a whole number up to 65535, not '${port}'`);
  if (!isLanguage(lang)) throw new UsageError(`--lang wants ko or en, not '${lang}'`);
  try {
    return { url: readBackendUrl(url), port: Number(port), language: lang };
  } catch (error) {
    throw error instanceof BackendUrlError ? new UsageError(error.message) : error;
  }
}

const { url, port, language } = readOrExit(usage, parseConsoleOptions);
const print = (address: string) => console.log(`\n  ${address}\n`);
try {
  const key = process.env["CONSOLE_KEY"] || (await askHidden(`Merchant key for ${url}: `));
  if (key === "") throw new Error("No key was given.");
  const started = await startConsole({
    apiUrl: url,
    key,
    local: null,
    port,
    language,
    print,
    log: console.error,
  });
  console.log(`The console of ${url}. Open this once, within ten minutes:`);
  print(started.url);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void started.close().finally(() => process.exit(0)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
