// `npm run simulator`: prints one READY line and stays up. Started by fork, it ends when its parent does.
import { parseOptions, usageOf } from "./options.ts";
import { SeedFileError } from "./seed-file.ts";
import { startSimulator } from "./start-simulator.ts";

const usage = usageOf(process.argv[1] ?? "");

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error instanceof SeedFileError ? message : `${message}; ${usage}`);
    process.exit(2);
  }
}

/** What the machine refuses (a port that is taken, a folder that cannot be written) is told in one line. */
async function run(options: NonNullable<ReturnType<typeof readOptions>>): Promise<void> {
  const simulator = await startSimulator(options).catch((error: unknown) => {
    console.error(`The simulator did not start: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  });
  const { url, impKey, impSecret } = simulator;
  console.log(`READY ${JSON.stringify({ url, imp_key: impKey, imp_secret: impSecret })}`);
  if (process.connected) process.once("disconnect", () => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      void simulator.close().finally(() => process.exit(0));
    });
}

const options = readOptions();
if (options === null) console.log(usage);
else void run(options);
