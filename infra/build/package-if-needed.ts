// Bundles and packages when anything they are made of is newer than what was packaged last.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const projectDir = join(import.meta.dirname, "../..");
const template = ".serverless/cloudformation-template-update-stack.json";
const sources = [
  "functions",
  "lib",
  "infra/aws",
  "infra/build",
  "serverless.yml",
  "package.json",
  "package-lock.json",
];

/** Throws with the tools' own output when packaging fails. */
export function packageIfNeeded(): void {
  const packagedAtMs = existsSync(join(projectDir, template))
    ? statSync(join(projectDir, template)).mtimeMs
    : 0;
  if (sources.every((source) => newestMs(join(projectDir, source)) < packagedAtMs)) return;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, stdout, stderr } = spawnSync(npm, ["run", "-s", "package"], {
    cwd: projectDir,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm run package failed:\n${stdout}\n${stderr}`);
}

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return Math.max(stat.mtimeMs, ...names.map((name) => statSync(join(path, name)).mtimeMs));
}
