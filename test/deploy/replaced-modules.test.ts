// What the build puts in place of an SDK module is of use only while the SDK still imports that module: under another
// name the whole credential chain would be back in every bundle, and nobody would be told.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { expect, it } from "vitest";
import { replacedModules } from "../../infra/build/bundle-functions.ts";
import { projectDir } from "../support/house/sources.ts";

const { inputs } = JSON.parse(readFileSync(join(projectDir, "dist/orders/meta.json"), "utf8")) as Metafile;
const bySdk = Object.entries(inputs).filter(([path]) => /^node_modules\/@(aws-sdk|smithy)\//.test(path));
const require = createRequire(import.meta.url);

it.each(Object.entries(replacedModules))("the SDK imports %s and gets ours", (name, ours) => {
  expect(require.resolve(name)).toContain("node_modules");
  const imports = bySdk.flatMap(([, { imports }]) => imports.filter(({ original }) => original === name));
  expect(imports.length).toBeGreaterThan(0);
  for (const { path } of imports) expect(join(projectDir, path)).toBe(ours);
});
