// Bundles and packages for this laptop when anything they are made of is newer than what was packaged last.
// A package made with somebody's settings in the environment holds them, so it is not taken for one of these.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutSettings } from "../local/host/environment.ts";
import { unpackAll } from "./unpack.ts";

const projectDir = join(import.meta.dirname, "../..");
const packageDir = join(projectDir, ".serverless");
/** Made by this file only; every packaging empties the folder first. */
const marker = join(packageDir, "without-settings");
/** What the zips hold, a folder for each function. */
export const codeDir = join(packageDir, "unpacked");
const sources = [
  "functions",
  "lib",
  "infra/aws",
  "infra/build",
  "serverless.yml",
  "package.json",
  "package-lock.json",
];

/** `onBegin` is told when there is something to do. Throws with the tools' own output when packaging fails. */
export function packageIfNeeded(onBegin: () => void): void {
  const packagedAtMs = existsSync(marker) ? statSync(marker).mtimeMs : 0;
  if (sources.every((source) => newestMs(join(projectDir, source)) < packagedAtMs)) return;
  onBegin();
  const startedAt = new Date();
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, stdout, stderr } = spawnSync(npm, ["run", "-s", "package"], {
    cwd: projectDir,
    env: withoutSettings(process.env),
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm run package failed:\n${stdout}\n${stderr}`);
  unpackAll(packageDir, codeDir);
  // Deployed only where a shop wants to be told; here that is said by whoever starts the host.
  for (const name of ["index.mjs", "app.cjs", "licences.txt"])
    cpSync(join(projectDir, "dist/deliver", name), join(codeDir, "deliver/dist/deliver", name));
  writeFileSync(marker, "");
  // What was saved while it was being packaged may not be in it.
  utimesSync(marker, startedAt, startedAt);
}

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return Math.max(stat.mtimeMs, ...names.map((name) => statSync(join(path, name)).mtimeMs));
}
