// The deployed functions built anew, with a technique left out.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { buildApp, shim } from "../../../infra/build/bundle-functions.ts";
import { projectDir } from "../../support/house/sources.ts";
import { outDir } from "../world/bundles.ts";
import { type Edit, replacedBut, type Without } from "./techniques.ts";

/** The SDK's packages ask for Node's modules by require. */
const requireInModule =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
const primeInModule = "try { await prime(); } catch {}\n";

export interface BuiltWithout {
  readonly bytes: number;
  /** What a process loads. */
  readonly entry: string;
}

/** `entry` from the project's folder. Throws when what an edit would take away is no longer there. */
export async function buildWithout(
  entry: string,
  label: string,
  { replaced = [], mainFields, edits = [], isUnprimed, isModule }: Without,
): Promise<BuiltWithout> {
  const { contents } = await buildApp(join(projectDir, entry), {
    alias: replacedBut(replaced),
    ...(mainFields && { mainFields: [...mainFields] }),
    ...(isModule && { format: "esm", banner: { js: requireInModule } }),
    plugins: edits.map(editing),
  });
  const folder = join(outDir, "without", label);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "app.cjs"), contents);
  writeFileSync(
    join(folder, "index.mjs"),
    isModule ? `${Buffer.from(contents).toString("utf8")}\n${primeInModule}` : shim,
  );
  return { bytes: contents.length, entry: join(folder, isUnprimed ? "app.cjs" : "index.mjs") };
}

function editing({ path, from, to }: Edit): Plugin {
  const text = readFileSync(join(projectDir, path), "utf8");
  const contents = text.replace(from, to);
  if (contents === text) throw new Error(`${path} has nothing like ${String(from)}`);
  const filter = new RegExp(`${RegExp.escape(path)}$`);
  return {
    name: `edit ${path}`,
    setup: ({ onLoad }) => onLoad({ filter }, () => ({ contents, loader: "ts" })),
  };
}
