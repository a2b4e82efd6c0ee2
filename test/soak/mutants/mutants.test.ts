// Every planted mistake still fits the product, and names tests that exist.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { treeDir } from "./copy.ts";
import { plant } from "./mutant.ts";
import { mutants } from "./mutants-soak.ts";

it.each(mutants.map((mutant) => [mutant.name, mutant] as const))("%s applies", (_, mutant) => {
  const text = readFileSync(join(treeDir, mutant.file), "utf8");
  expect(plant(text, mutant)).not.toBe(text);
  expect(mutant.tests.filter((path) => !existsSync(join(treeDir, path)))).toEqual([]);
});

it("no two share a name", () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});
