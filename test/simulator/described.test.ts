// The README's tables are what the code has: no fault or switch without its row, no wrong default.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createSimulator } from "./create-simulator.ts";
import { faultSites } from "./faults.ts";
import { seedFileCodes, seedFileFields } from "./seed-file.ts";
import { defaultSwitches } from "./switches.ts";

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => unknown;

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

it("has a row for every recipe", () => {
  const rows = [...readme.matchAll(/^\| \[([\w-]+\.http)\]\(recipes\/\1\) \|/gm)].map(([, name]) => name);
  const recipes = readdirSync(new URL("./recipes/", import.meta.url)).filter((name) =>
    name.endsWith(".http"),
  );
  expect(rows.toSorted()).toEqual(recipes.toSorted());
});

it("names the fields and the codes of a seed file", () => {
  const text = readme.split("\n## Records to begin with\n")[1]?.split("\n## ")[0] ?? "";
  const named = [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual(expect.arrayContaining([...seedFileFields, ...seedFileCodes]));
});

it("shows code that runs", async () => {
  const text = /^```js\n([\s\S]+?)^```$/m.exec(readme)?.[1] ?? "";
  expect(text).toContain("createSimulator({");
  const seedFile = JSON.stringify(fileURLToPath(new URL("./recipes/seed.json", import.meta.url)));
  const program = text
    .replace(/^const \{ createSimulator \}.*\n/, "")
    .replace('"seed.json"', seedFile)
    .concat("return payment;");
  const run = new AsyncFunction("createSimulator", program) as (create: unknown) => Promise<unknown>;
  expect(await run(createSimulator)).toMatchObject({ status: "paid", amount: 109_000 });
});
