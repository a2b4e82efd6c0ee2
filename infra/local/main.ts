// `npm start`: builds, packages, starts everything on this laptop and plays one payment. Ends with whatever
// ends it: Ctrl-C (exit 130), SIGTERM (143), or npm being killed around it.
import { packageIfNeeded } from "../build/package-if-needed.ts";
import { playDemo } from "./demo.ts";
import { describeEndpoints } from "./endpoints.ts";
import { type LocalRun, startLocalRun } from "./local-run.ts";
import { parseStartOptions, type StartOptions, usage } from "./start-options.ts";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const parentLookEveryMs = 500;

let run: LocalRun | null = null;
let isEnding = false;

async function end(exitCode: number): Promise<never> {
  if (!isEnding) {
    isEnding = true;
    await run?.close();
  }
  process.exit(exitCode);
}

for (const [signal, exitCode] of Object.entries(exitCodes)) process.on(signal, () => void end(exitCode));

// npm killed with kill -9 passes nothing on; this process then has another parent and nobody to serve.
if (process.env["npm_lifecycle_event"] !== undefined) {
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) void end(1);
  }, parentLookEveryMs).unref();
}

function readOptions(): StartOptions {
  try {
    return parseStartOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

const options = readOptions();
try {
  packageIfNeeded();
  run = await startLocalRun(options);
  const { close: _, ...addresses } = run;
  console.log(`READY ${JSON.stringify({ ...addresses, node: process.version.slice(1) })}`);
  const demo = options.playsDemo ? await playDemo(run) : null;
  if (options.once) {
    if (demo) console.log(`DEMO ${JSON.stringify(demo)}`);
    await end(demo === null || demo.ok ? 0 : 1);
  }
  console.log(describeEndpoints(run, demo?.merchant_uid ?? "ord-20260805-000142"));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await end(1);
}
