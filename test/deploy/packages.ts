// Packages of deployments, made in a copy (packaging clears the folder whose template the other tests read), without
// credentials, and kept until something they are made of changes.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { codeDir } from "../../infra/build/package-if-needed.ts";
import { withoutSettings } from "../../infra/local/host/environment.ts";
import type { Template } from "./checks/template.ts";

const projectDir = join(import.meta.dirname, "../..");
const sources = ["serverless.yml", "package.json", "infra/aws", "lib", "dist"];
const cacheDir = join(projectDir, "node_modules/.cache/packages");

export interface PackageOptions {
  readonly stage: string;
  /** `NAME=VALUE` each. */
  readonly params?: readonly string[];
  /** The deployer's, beside what osls needs to run. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Package {
  readonly template: Template;
  /** Every file that packaging leaves behind, templates, state and zips. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Rejects with all that osls said when it refuses. */
export async function packageFor(options: PackageOptions): Promise<Package> {
  const ofOptions = join(cacheDir, shortHash([JSON.stringify(options)]));
  const kept = join(ofOptions, hashOfSources());
  if (!existsSync(kept)) {
    rmSync(ofOptions, { recursive: true, force: true });
    await makePackage(options, kept);
  }
  return readPackage(kept);
}

export function readPackage(folder: string): Package {
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  const files = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  const text = files.get("cloudformation-template-update-stack.json")?.toString("utf8") ?? "";
  return { template: JSON.parse(text) as Template, files };
}

async function makePackage(
  { stage, params = [], environment = {} }: PackageOptions,
  kept: string,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  try {
    for (const name of sources) cpSync(join(projectDir, name), join(folder, name), { recursive: true });
    symlinkSync(join(projectDir, "node_modules"), join(folder, "node_modules"));
    const told = ["package", "--stage", stage, ...params.flatMap((param) => ["--param", param])];
    const env = { ...withoutSettings(process.env), ...environment };
    const osls = ["node_modules/osls/bin/serverless.js", ...told];
    await promisify(execFile)(process.execPath, osls, { cwd: folder, env }).catch((error: unknown) => {
      throw new Error(`osls package failed: ${JSON.stringify(error)}`);
    });
    // Whole or not at all, should somebody end this meanwhile.
    cpSync(join(folder, ".serverless"), `${kept}.part`, { recursive: true });
    renameSync(`${kept}.part`, kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shortHash = (parts: readonly (string | Buffer)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 32);
};

const hashOfSources = (): string =>
  shortHash(sources.flatMap(filesIn).flatMap((path) => [`${path}\n`, readFileSync(join(projectDir, path))]));

function filesIn(path: string): readonly string[] {
  if (!statSync(join(projectDir, path)).isDirectory()) return [path];
  return readdirSync(join(projectDir, path))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}

/** The modules that the zips on this laptop begin with, by the path a handler names. */
export function packagedModules(): ReadonlyMap<string, string> {
  const modules = readdirSync(codeDir).map((name) => {
    const path = `dist/${name}/index.mjs`;
    return [path, readFileSync(join(codeDir, name, path), "utf8")] as const;
  });
  return new Map(modules);
}
