// The licence texts that must travel with a bundle: those of the packages with at least one byte in it, as
// esbuild's metafile tells. Their licences ask for it wherever a copy goes, and a zip is a copy.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** Texts of packages that name their licence and ship none; the copyright is the one their README states. */
const keptTexts: Readonly<Record<string, string>> = {
  "@middy/core": readFileSync(join(import.meta.dirname, "licences/middy-core.txt"), "utf8"),
};

interface Package {
  readonly name: string;
  readonly dir: string;
}

/** One text for all packages of the bundle. Throws, naming them, when some have none. */
export function thirdPartyLicences(metafile: Metafile, workingDir: string): string {
  const texts = new Map<string, string[]>();
  const without: string[] = [];
  for (const { name, dir } of bundledPackages(metafile, workingDir)) {
    const { version, text } = readLicence(name, dir);
    if (text === "") without.push(`${name} ${version}`);
    else texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  if (without.length > 0) throw new Error(`no licence text: ${without.join(", ")}`);
  return [...texts].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n`);
}

function bundledPackages({ outputs }: Metafile, workingDir: string): readonly Package[] {
  const packages = new Map<string, string>();
  for (const { inputs } of Object.values(outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
      if (found?.[1] && bytesInOutput > 0) packages.set(join(workingDir, found[0]), found[1]);
    }
  return [...packages]
    .map(([dir, name]) => ({ name, dir }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function readLicence(name: string, dir: string): { readonly version: string; readonly text: string } {
  const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as {
    readonly version: string;
  };
  const files = readdirSync(dir).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const own = files.sort().map((file) => readFileSync(join(dir, file), "utf8").trim());
  return { version, text: own.join("\n\n") || (keptTexts[name]?.trim() ?? "") };
}
