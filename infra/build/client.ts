// `npm run client [-- FOLDER]`: builds the client as the package a merchant installs, and packs it. Usual folder: .local/client.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { parseOptions, readOrExit, UsageError } from "./command-line.ts";

const projectDir = join(import.meta.dirname, "../..");
const sourceDir = join(projectDir, "lib/client");
const usage = "usage: npm run client [-- FOLDER]";

/** The package's files, in a folder that is emptied for them. */
export async function buildClient(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(sourceDir, "index.ts")],
    outfile: join(folder, "index.js"),
    absWorkingDir: projectDir,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "neutral",
    target: "node20",
    logLevel: "error",
  });
  writeTypes(folder);
  for (const name of ["package.json", "README.md"]) copyFileSync(join(sourceDir, name), join(folder, name));
  copyFileSync(join(projectDir, "LICENSE"), join(folder, "LICENSE"));
}

function writeTypes(folder: string): void {
  const options = {
    extends: join(projectDir, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: sourceDir,
      outDir: folder,
      typeRoots: [join(projectDir, "node_modules/@types")],
    },
    include: [],
    files: [join(sourceDir, "index.ts")],
  };
  const optionsFile = join(folder, "tsconfig.json");
  writeFileSync(optionsFile, JSON.stringify(options));
  const compiler = join(projectDir, "node_modules/.bin/tsc");
  const { status, stdout } = spawnSync(compiler, ["-p", optionsFile], { encoding: "utf8" });
  rmSync(optionsFile);
  if (status !== 0) throw new Error(`the client's types: ${stdout}`);
  // There is no TypeScript beside them.
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".d.ts"))) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), text.replaceAll(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"'));
  }
}

function readFolder(args: readonly string[]): string | null {
  const [folder, ...more] = args.filter((arg) => !arg.startsWith("-"));
  const values = parseOptions(
    args.filter((arg) => arg.startsWith("-")),
    { help: { type: "boolean", short: "h" } },
  );
  if (more.length > 0) throw new UsageError(`one folder, not '${more.join(" ")}' as well`);
  return values.help ? null : resolve(folder ?? join(projectDir, ".local/client"));
}

if (process.argv[1] === import.meta.filename) {
  const folder = readOrExit(usage, readFolder);
  await buildClient(folder);
  const { stdout, stderr, status } = spawnSync("npm", ["pack", "--loglevel=error"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(stderr);
  console.log(join(folder, stdout.trim()));
}
