// The embedded DynamoDB of Linux x64, a program of its own from a platform package. It outlives a killed parent and
// does not mind a second one on the same file, so whoever starts it records its pid and ends it.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isObject } from "../host/intrinsics.ts";
import { StartError } from "./start-error.ts";

const projectDir = join(import.meta.dirname, "../../..");

/** Null when it is not installed, or not made for the platform. */
export function resolveDynoxide(
  platform: string = process.platform,
  arch: string = process.arch,
): string | null {
  const program = platform === "win32" ? "dynoxide.exe" : "dynoxide";
  try {
    return createRequire(import.meta.url).resolve(`${packageNameOf(platform, arch)}/${program}`);
  } catch {
    // No such package here.
    return null;
  }
}

/** The program for this machine. Throws a StartError saying what to do where there is none. */
export function findDynoxide(platform: string = process.platform, arch: string = process.arch): string {
  const program = resolveDynoxide(platform, arch);
  if (program !== null) return program;
  throw new StartError("dynoxide_missing", {
    machine: `${platform}-${arch}`,
    package: `${packageNameOf(platform, arch)}@${lockedVersion()}`,
  });
}

const packageNameOf = (platform: string, arch: string): string => `@dynoxide/${platform}-${arch}`;

function lockedVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8"));
  const optional = isObject(manifest) ? manifest["optionalDependencies"] : undefined;
  const version = isObject(optional) ? optional["@dynoxide/linux-x64"] : undefined;
  return typeof version === "string" ? version : "latest";
}

/** Starts the program on `port`, keeping its tables in `databaseFile`, or in memory without one. */
export const spawnDynoxide = (program: string, port: number, databaseFile: string | null): ChildProcess =>
  spawn(
    program,
    ["--host", "127.0.0.1", "--port", String(port), ...(databaseFile ? ["--db-path", databaseFile] : [])],
    // Its output is a greeting and a farewell; that it ended, its owner sees by itself.
    { stdio: "ignore", env: {} },
  );
