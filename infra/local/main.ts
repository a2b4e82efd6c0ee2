// `npm start`: builds, packages, starts everything on this laptop and plays one payment. Ends with whatever
// ends it: Ctrl-C (exit 130), SIGTERM (143), SIGHUP (129), or npm being killed around it (1).
import { packageIfNeeded } from "../build/package-if-needed.ts";
import { playDemo } from "./demo/demo.ts";
import { describeEndpoints, makeExamples } from "./demo/endpoints.ts";
import { readyLine } from "./processes/local-run.ts";
import { watchNpm } from "./processes/parent-watch.ts";
import { StartError } from "./processes/start-error.ts";
import { Supervisor } from "./processes/supervisor.ts";
import { parseStartOptions, type StartOptions, usage } from "./start-options.ts";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const supervisor = new Supervisor((why) => {
  console.error(why);
  void end(1);
});

/** The first reason decides the exit code; a Ctrl-C reaches this process twice, once through npm. */
let ending: Promise<never> | null = null;
function end(exitCode: number): Promise<never> {
  ending ??= supervisor.close().then(() => process.exit(exitCode));
  return ending;
}

function readOptions(): StartOptions {
  try {
    return parseStartOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

/** A mistake of ours comes with its stack, what the reader can mend without. */
const describe = (error: unknown): unknown => (error instanceof StartError ? error.message : error);

const options = readOptions();
for (const [signal, exitCode] of Object.entries(exitCodes)) process.on(signal, () => void end(exitCode));
watchNpm(process.env, () => void end(1));
try {
  packageIfNeeded();
  const run = await supervisor.start(options, process.env);
  console.log(readyLine(run));
  const nowMs = Date.now();
  const demo = options.playsDemo ? await playDemo(run, { nowMs, print: console.log }) : null;
  if (options.once) {
    console.log(`\nDEMO ${JSON.stringify(demo)}`);
    await end(demo?.ok ? 0 : 1);
  }
  console.log(describeEndpoints(run, await makeExamples(run, demo, nowMs)));
} catch (error) {
  // What fails because everything is being ended is no news.
  if (ending === null) console.error(describe(error));
  await end(1);
}
