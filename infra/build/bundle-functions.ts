// Turns each file of a folder into one Lambda package: a minified CommonJS app behind an ES-module shim.
// CommonJS because an ES-module import of node:http loads undici on Node 24 (30 ms of a cold start, against
// 3 ms by require); the shim because only ES modules can await during INIT. Must not depend on the machine:
// the same sources give the same bytes everywhere.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { type BundleSize, sizeOf } from "./bundle-size.ts";
import { thirdPartyLicences } from "./third-party-licences.ts";

const projectDir = join(import.meta.dirname, "../..");

/** The module that Lambda loads. */
export const shim = `// Loads the app by require and opens its connections while INIT still has the full CPU.
const app = process.getBuiltinModule("node:module").createRequire(import.meta.url)("./app.cjs");
try {
  await app.prime?.();
} catch {
  // Priming only saves time: the first request meets the same trouble and knows how to answer it.
}
export const handler = app.handler;
`;

/** Modules of the SDK that a function never needs, and what stands in their place. */
export const replacedModules: Readonly<Record<string, string>> = {
  "@aws-sdk/credential-provider-node": join(import.meta.dirname, "environment-credentials.ts"),
  "@aws-sdk/middleware-endpoint-discovery": join(import.meta.dirname, "endpoint-discovery-stub.ts"),
  "@aws/lambda-invoke-store": join(import.meta.dirname, "invoke-store-stub.ts"),
  "@smithy/core/event-streams": join(import.meta.dirname, "event-stream-stub.ts"),
};

export interface BundleOptions {
  /** Folder whose `.ts` files each export `handler` and, if they have something to warm, `prime`. */
  readonly entryDir: string;
  /** Receives `<name>/app.cjs`, `index.mjs`, `licences.txt` and `meta.json`; vanished functions' are removed. */
  readonly outDir: string;
}

/** Bundles every function and returns what each weighs. Rejects, having said where, when one does not build. */
export async function bundleFunctions({ entryDir, outDir }: BundleOptions): Promise<BundleSize[]> {
  const names = readdirSync(entryDir)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
  mkdirSync(outDir, { recursive: true });
  for (const old of readdirSync(outDir))
    if (!names.includes(old)) rmSync(join(outDir, old), { recursive: true, force: true });
  return Promise.all(
    names.map((name) => bundleFunction(name, join(entryDir, `${name}.ts`), join(outDir, name))),
  );
}

async function bundleFunction(name: string, entry: string, folder: string): Promise<BundleSize> {
  const { metafile, contents } = await buildApp(entry);
  const licences = thirdPartyLicences(metafile, projectDir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "licences.txt"), licences);
  writeFileSync(join(folder, "app.cjs"), contents);
  writeFileSync(join(folder, "index.mjs"), shim);
  writeFileSync(join(folder, "meta.json"), JSON.stringify(metafile));
  return sizeOf(name, contents, metafile);
}

/** `change` is for what is measured beside the functions; none of them is deployed with any. */
export async function buildApp(
  entry: string,
  change: BuildOptions = {},
): Promise<{ readonly metafile: Metafile; readonly contents: Uint8Array }> {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile: "app.cjs",
    absWorkingDir: projectDir,
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "node24",
    // esbuild prefers "main" on Node, which is the SDK's CommonJS build and cannot be tree-shaken.
    mainFields: ["module", "main"],
    // A dynamic import becomes a require: one file, and no ES-module loader at run time.
    supported: { "dynamic-import": false },
    alias: replacedModules,
    legalComments: "none",
    logLevel: "error",
    ...change,
    metafile: true,
    write: false,
  });
  const app = outputFiles[0];
  if (!app) throw new Error(`${entry} produced no bundle`);
  return { metafile, contents: app.contents };
}
