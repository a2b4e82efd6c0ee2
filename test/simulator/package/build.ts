// What `npm pack` packs: the simulator as CommonJS, which Jest loads as well as Vitest and Node do, since Node runs no
// TypeScript out of node_modules; the scripts and the style its pages are served with, its types and its licence.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const packageDir = join(import.meta.dirname, "..");
const outDir = join(packageDir, "dist");

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  packages: "external",
  outExtension: { ".js": ".cjs" },
  outdir: outDir,
  // A CommonJS module knows its file only.
  define: { "import.meta.url": "moduleUrl" },
  logLevel: "warning",
} as const;
const moduleUrl = 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;';

rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir);
await build({
  ...shared,
  entryPoints: [join(packageDir, "create-simulator.ts")],
  banner: { js: moduleUrl },
});
await build({
  ...shared,
  entryPoints: [join(packageDir, "main.ts")],
  banner: { js: `#!/usr/bin/env node\n${moduleUrl}` },
});
for (const file of ["iamport.js", "window-page.js", "window-page.css"])
  copyFileSync(join(packageDir, "page", file), join(outDir, file));
copyFileSync(join(packageDir, "../../LICENSE"), join(outDir, "LICENSE"));
writeFileSync(
  join(outDir, "create-simulator.d.cts"),
  `${readFileSync(join(packageDir, "public-types.ts"), "utf8")}\nexport declare const createSimulator: CreateSimulator;\n`,
);
