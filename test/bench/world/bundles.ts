// What the functions are measured beside, built anew for each bench: the floor as the functions are, the others as their
// own authors would.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { buildApp, replacedModules } from "../../../infra/build/bundle-functions.ts";

const benchDir = join(import.meta.dirname, "..");
const projectDir = join(benchDir, "../..");
export const outDir = join(projectDir, "node_modules/.cache/bench");

const asTheyCome: BuildOptions = { bundle: true, platform: "node", format: "cjs", logLevel: "error" };

async function buildOne(entry: string, name: string, options: BuildOptions = {}): Promise<string> {
  const outfile = join(outDir, `${name}.cjs`);
  await build({ ...asTheyCome, ...options, entryPoints: [join(benchDir, entry)], outfile });
  return outfile;
}

export const buildProgram = (): Promise<string> => buildOne("world/lambda-program.ts", "lambda-program");
export const buildNaive = (): Promise<string> => buildOne("references/naive.ts", "naive");
export const buildHand = (): Promise<string> => buildOne("references/hand.ts", "hand", { minify: true });
export const buildFastify = (): Promise<string> => buildOne("references/fastify.ts", "fastify");

/** Null where its packages cannot be installed; they are no part of the project. */
export async function buildExpress(say: (line: string) => void): Promise<string | null> {
  const folder = join(benchDir, "peers");
  if (!existsSync(join(folder, "node_modules/express"))) {
    say("installing the packages of the Express peer");
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const flags = ["--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
    const { status } = spawnSync(npm, ["ci", ...flags], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
    if (status !== 0) return null;
  }
  return buildOne("peers/express.cjs", "express");
}

/** Without what was found later: a floor that sinks with a technique would not show what it is worth. */
const { "@aws-sdk/credential-provider-node": credentials, "@smithy/core/event-streams": streams } =
  replacedModules;
const ofFloor = {
  ...(credentials && { "@aws-sdk/credential-provider-node": credentials }),
  ...(streams && { "@smithy/core/event-streams": streams }),
};

export interface Floor {
  readonly bytes: number;
  readonly app: string;
}

export async function buildFloor(): Promise<Floor> {
  const { contents } = await buildApp(join(benchDir, "references/floor.ts"), { alias: ofFloor });
  mkdirSync(outDir, { recursive: true });
  const app = join(outDir, "floor.cjs");
  writeFileSync(app, contents);
  return { bytes: contents.length, app };
}
