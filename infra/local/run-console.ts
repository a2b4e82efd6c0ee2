// The console of what runs on this laptop.
import type { Language } from "../build/locale.mjs";
import { startConsole } from "../console/start-console.ts";
import { findFreePort } from "./processes/free-port.ts";
import type { LocalRun } from "./processes/local-run.ts";
import type { StartOptions } from "./start-options.ts";
import type { Say } from "./words/say.ts";

export interface Reader {
  readonly language: Language;
  readonly say: Say;
}

/** The run with the console's address. The console ends with this process. */
export async function runConsole(
  { ready, ...run }: LocalRun,
  { port }: Pick<StartOptions, "port">,
  { language, say }: Reader,
): Promise<LocalRun> {
  const { gateway, simulator, merchantKey } = ready;
  const started = await startConsole({
    apiUrl: gateway,
    key: merchantKey,
    local: { simulatorUrl: simulator },
    port: port === 0 ? 0 : await findFreePort(Number(new URL(simulator).port) + 1),
    language,
    print: (address) => console.log(`\n${say("console_again", { address })}`),
    log: console.error,
  });
  return { ...run, ready: { ...ready, console: started.url } };
}
