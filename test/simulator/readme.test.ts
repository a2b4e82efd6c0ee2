// The README's tables are what the code has: no fault or switch without its row, no wrong default.
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { faultSites } from "./faults.ts";
import { defaultSwitches } from "./switches.ts";

const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");

/** First and second cell of every row of a section's table, without backquotes. */
function tableOf(section: string): [string, string][] {
  const text = readme.split(`\n## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  return text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [, first = "", second = ""] = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
      return [first, second];
    });
}

it("begins with what it does not imitate", () => {
  expect(readme.split("\n## ")[1]).toMatch(/^What it does not imitate\n/);
});

it("has a row for every fault", () => {
  expect(
    tableOf("Faults")
      .map(([name]) => name)
      .toSorted(),
  ).toEqual(Object.keys(faultSites).toSorted());
});

it("has a row with the default of every switch", () => {
  const rows = Object.fromEntries(tableOf("Switches"));
  const defaults = Object.entries(defaultSwitches).map(([name, value]) => [name, String(value)]);
  expect(rows).toEqual(Object.fromEntries(defaults));
});

it("names files that exist", () => {
  const text = readme.split("\n## To change it\n")[1] ?? "";
  const files = [...text.matchAll(/`([\w/-]+(?:\.ts|\/))`/g)].map((match) => match[1] ?? "");
  expect(files.length).toBeGreaterThan(7);
  for (const file of files) expect(existsSync(new URL(`./${file}`, import.meta.url)), file).toBe(true);
});
