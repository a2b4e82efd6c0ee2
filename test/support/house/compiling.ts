// Plants a mistake in a copy of the product and asks the compiler what it thinks of it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDir } from "./sources.ts";

export interface Plant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface ProductCopy {
  /** The compiler's words about the copy with these mistakes in it; empty when it takes them. */
  readonly compile: (plants: readonly Plant[]) => string;
  readonly remove: () => void;
}

/** functions and lib as they are, apart from the tree, so that nobody else sees the mistake. */
export function copyProduct(more: readonly string[] = []): ProductCopy {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  const folders = ["functions", "lib", ...more];
  for (const name of folders) cpSync(join(projectDir, name), join(folder, name), { recursive: true });
  symlinkSync(join(projectDir, "node_modules"), join(folder, "node_modules"));
  const { compilerOptions } = JSON.parse(readFileSync(join(projectDir, "tsconfig.json"), "utf8"));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: folders }));
  return {
    compile: (plants) => {
      const before = plants.map(({ file }) => readFileSync(join(folder, file), "utf8"));
      for (const { file, from, to } of plants) {
        const text = readFileSync(join(folder, file), "utf8");
        if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
        writeFileSync(join(folder, file), text.replace(from, to));
      }
      const { stdout } = spawnSync(join(projectDir, "node_modules/.bin/tsc"), ["--noEmit", "-p", folder], {
        encoding: "utf8",
      });
      for (const [index, { file }] of plants.entries())
        writeFileSync(join(folder, file), before[index] ?? "");
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
