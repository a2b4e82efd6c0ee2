// `npm start`: builds, packages, starts everything on this laptop and plays one payment. Ends with whatever
// ends it: Ctrl-C (exit 130), SIGTERM (143), SIGHUP (129), or npm being killed around it (1).
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageIfNeeded } from "../build/package-if-needed.ts";
import { playDemo } from "./demo/demo.ts";
import { openWaitingWindow } from "./demo/demo-window.ts";
import { describeRun } from "./demo/endpoints.ts";
import { paintFor } from "./demo/paint.ts";
import { explainSettings } from "./explain-settings.ts";
import { findWrongSettings } from "./host/settings.ts";
import { readyLine } from "./processes/local-run.ts";
import { watchNpm } from "./processes/parent-watch.ts";
import { StartError } from "./processes/start-error.ts";
import { Supervisor } from "./processes/supervisor.ts";
import { findWrongEngine } from "./processes/table-engine.ts";
import { runConsole } from "./run-console.ts";
import { parseStartOptions, type StartOptions, usageIn } from "./start-options.ts";
import { chooseLanguage, sayIn } from "./words/say.ts";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const language = chooseLanguage(process.argv.slice(2), process.env);
const say = sayIn(language);

const supervisor = new Supervisor(
  (why) => {
    console.error(why.told(say));
    void end(1);
  },
  (trouble) => console.error(describe(trouble)),
);

/** The first reason decides the exit code; a Ctrl-C reaches this process twice, once through npm. */
let ending: Promise<never> | null = null;
function end(exitCode: number): Promise<never> {
  ending ??= supervisor.close().then(() => process.exit(exitCode));
  return ending;
}

const defaultLogsFile = join(import.meta.dirname, "../../.local/functions.log");

/** Null when help was asked for and given. */
function readOptions(): StartOptions | null {
  try {
    const options = parseStartOptions(process.argv.slice(2), defaultLogsFile, say);
    if (options === null) console.log(usageIn(say));
    return options;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}; ${usageIn(say)}`);
    process.exit(2);
  }
}

/** Throws a StartError for what somebody can mend, before anything is built or started. */
function checkBeforehand({ logsFile, table }: StartOptions): void {
  const wrong = [...findWrongSettings(process.env, say), ...findWrongEngine(table, process.env, say)];
  if (wrong.length > 0) throw new StartError("settings_wrong", { lines: explainSettings(wrong, language) });
  if (logsFile === null) return;
  try {
    mkdirSync(dirname(defaultLogsFile), { recursive: true });
    // The default one tells of this run alone; somebody's own file is added to.
    writeFileSync(logsFile, "", { flag: logsFile === defaultLogsFile ? "w" : "a" });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError("logs_unwritable", { file: logsFile, why });
  }
}

/** A mistake of ours comes with its stack, what the reader can mend without. */
const describe = (error: unknown): unknown => (error instanceof StartError ? error.told(say) : error);

async function run(options: StartOptions): Promise<void> {
  checkBeforehand(options);
  packageIfNeeded(() => console.error(say("packaging")));
  const started = await supervisor.start(options, process.env);
  const run = await runConsole(started, options, { language, say });
  console.log(readyLine(run));
  const nowMs = Date.now();
  const { isVerbose } = options;
  const paint = paintFor(process.stdout);
  const demo = options.playsDemo
    ? await playDemo(run, { nowMs, isVerbose, print: console.log, say, paint })
    : null;
  if (options.once) {
    console.log(`\nDEMO ${JSON.stringify(demo)}`);
    await end(demo?.ok ? 0 : 1);
  }
  const waiting = demo?.ok ? await openWaitingWindow(run.ready, nowMs) : null;
  console.log(describeRun(run, { nowMs, waiting, say, paint }));
}

const options = readOptions();
if (options !== null) {
  for (const [signal, exitCode] of Object.entries(exitCodes)) process.on(signal, () => void end(exitCode));
  watchNpm(process.env, () => void end(1));
  try {
    await run(options);
  } catch (error) {
    // What fails because everything is being ended is no news.
    if (ending === null) console.error(describe(error));
    await end(1);
  }
}
