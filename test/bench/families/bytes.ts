// P1: what each function weighs, its dependencies beside the floor and its own code by itself.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { sizeOf } from "../../../infra/build/bundle-size.ts";
import { packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { bytesGoals, functionNames } from "../goals.ts";
import { type Row, rowOf } from "../rows.ts";
import { buildFloor } from "../world/bundles.ts";

const distDir = join(import.meta.dirname, "../../../dist");

export async function bytesRows(): Promise<readonly Row[]> {
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const floor = await buildFloor();
  const sizes = functionNames.map((name) => {
    const folder = join(distDir, name);
    const metafile = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")) as Metafile;
    const { bytes, ownBytes } = sizeOf(name, readFileSync(join(folder, "app.cjs")), metafile);
    return { name, dependencies: bytes - ownBytes, own: ownBytes };
  });
  return [
    ...bytesGoals.floor.map((goal) => rowOf(goal, [floor.bytes / 1_000])),
    ...sizes.map(({ name, dependencies }) =>
      rowOf(bytesGoals.dependencies(name), [dependencies / floor.bytes]),
    ),
    ...sizes.map(({ name, own }) => rowOf(bytesGoals.own(name), [own / 1_000])),
  ];
}
