// Takes a packaged zip apart as Lambda does before it starts a function.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync } from "fflate";

/** Writes what `zip` holds into `dir`, which then holds nothing else. */
export function unpackZip(zip: Uint8Array, dir: string): void {
  rmSync(dir, { recursive: true, force: true });
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    const file = join(dir, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Unpacks every zip of `zipDir` into a folder of its own in `outDir`: each function sees its own files only. */
export function unpackAll(zipDir: string, outDir: string): void {
  for (const file of readdirSync(zipDir).filter((name) => name.endsWith(".zip")))
    unpackZip(readFileSync(join(zipDir, file)), join(outDir, basename(file, ".zip")));
}
