// A copy of the tree in which a mistake is planted and its tests are run, apart from the tree itself.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, plant } from "./mutant.ts";

export const treeDir = fileURLToPath(new URL("../../..", import.meta.url));
const copied = ["functions", "lib", "test", "package.json", "tsconfig.json"];

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Tried {
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
  readonly passed: number;
  /** The compiler's; a mistake it finds proves nothing about the tests. */
  readonly words?: string;
}

export class TreeCopy {
  readonly #dir = mkdtempSync(join(tmpdir(), "mutants-"));

  constructor() {
    for (const name of copied)
      cpSync(join(treeDir, name), join(this.#dir, name), {
        recursive: true,
        filter: (source) => !source.includes("node_modules"),
      });
    symlinkSync(join(treeDir, "node_modules"), join(this.#dir, "node_modules"));
    const { compilerOptions } = JSON.parse(readFileSync(join(treeDir, "tsconfig.json"), "utf8"));
    const product = { compilerOptions, include: ["functions", "lib"] };
    writeFileSync(join(this.#dir, "tsconfig.product.json"), JSON.stringify(product));
  }

  /** Its tests with the mistake in place, which is taken out again; none is run when the compiler takes it for one. */
  async trial(mutant: Mutant): Promise<Tried> {
    const path = join(this.#dir, mutant.file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, plant(text, mutant));
    try {
      const words = await this.#compile();
      return words === "" ? await this.run(mutant.tests) : { failed: [], passed: 0, words };
    } finally {
      writeFileSync(path, text);
    }
  }

  /** Those test files as they are. A file that cannot even be loaded has no tests that failed. */
  async run(tests: readonly string[]): Promise<Tried> {
    const output = join(this.#dir, "report.json");
    rmSync(output, { force: true });
    const vitest = join(treeDir, "node_modules/vitest/vitest.mjs");
    const config = "test/soak/mutants/vitest.config.ts";
    const reporting = ["--reporter=json", `--outputFile=${output}`];
    const child = spawn(process.execPath, [vitest, "run", "--config", config, ...reporting, ...tests], {
      cwd: this.#dir,
      stdio: "ignore",
    });
    await new Promise((resolve) => child.on("exit", resolve));
    const report: Report = JSON.parse(readFileSync(output, "utf8"));
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    return {
      failed: results.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
      passed: results.filter(({ status }) => status === "passed").length,
    };
  }

  async #compile(): Promise<string> {
    const tsc = join(treeDir, "node_modules/typescript/bin/tsc");
    const words: string[] = [];
    const unused = ["--noUnusedLocals", "false", "--noUnusedParameters", "false"];
    const child = spawn(process.execPath, [tsc, "--noEmit", "-p", "tsconfig.product.json", ...unused], {
      cwd: this.#dir,
    });
    child.stdout.on("data", (chunk) => words.push(String(chunk)));
    await new Promise((resolve) => child.on("close", resolve));
    return words.join("");
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
