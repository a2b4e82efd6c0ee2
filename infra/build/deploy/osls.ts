// Runs osls in the project's folder with its output on this terminal.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const projectDir = join(import.meta.dirname, "../../..");
const program = join(projectDir, "node_modules/osls/bin/serverless.js");

/** Its exit code; 1 when a signal ended it. */
export function runOsls(args: readonly string[], environment: NodeJS.ProcessEnv): number {
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: projectDir,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return status ?? 1;
}
