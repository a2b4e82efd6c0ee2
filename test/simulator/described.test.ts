// The README's tables are what the code has, in both languages: no fault or switch without its row, no wrong default.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createSimulator } from "./create-simulator.ts";
import { faultSites } from "./faults.ts";
import { parseOptions } from "./options.ts";
import { seedFileCodes, seedFileFields } from "./seed-file.ts";
import { defaultSwitches } from "./switches.ts";

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => unknown;

const languages = [
  {
    file: "README.md",
    notImitated: "What it does not imitate",
    faults: "Faults",
    switches: "Switches",
    records: "Records to begin with",
    changing: "To change it",
  },
  {
    file: "README.ko.md",
    notImitated: "흉내 내지 않는 것",
    faults: "장애",
    switches: "스위치",
    records: "처음부터 있는 기록",
    changing: "고치려면",
  },
] as const;

const seedFile = fileURLToPath(new URL("./recipes/seed.json", import.meta.url));

describe.each(languages)("$file", ({ file, notImitated, faults, switches, records, changing }) => {
  const readme = readFileSync(new URL(`./${file}`, import.meta.url), "utf8");
  const sectionOf = (title: string): string => readme.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";

  /** First and second cell of every row of a section's table, without backquotes. */
  function tableOf(section: string): [string, string][] {
    return sectionOf(section)
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => {
        const [, first = "", second = ""] = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
        return [first, second];
      });
  }

  it("begins with what it does not imitate", () => {
    expect(readme.split("\n## ")[1]?.split("\n")[0]).toBe(notImitated);
  });

  it("has a row for every fault", () => {
    expect(
      tableOf(faults)
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(Object.keys(faultSites).toSorted());
  });

  it("has a row with the default of every switch", () => {
    const rows = Object.fromEntries(tableOf(switches));
    const defaults = Object.entries(defaultSwitches).map(([name, value]) => [name, String(value)]);
    expect(rows).toEqual(Object.fromEntries(defaults));
  });

  it("names files that exist", () => {
    const files = [...sectionOf(changing).matchAll(/`([\w/-]+(?:\.ts|\/))`/g)].map((match) => match[1] ?? "");
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
    const named = [...sectionOf(records).matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining([...seedFileFields, ...seedFileCodes]));
  });

  it("shows the options there are", () => {
    const [, options = ""] = /^npm run simulator -- (.+)$/m.exec(readme) ?? [];
    const words = options.replaceAll(/[[\]]/g, "").replace("FILE", seedFile).split(" ");
    expect(parseOptions(words)).toMatchObject({ port: 4300, seed: 7, dataDir: ".simulator" });
  });

  it("shows code that runs", async () => {
    const text = /^```js\n([\s\S]+?)^```$/m.exec(readme)?.[1] ?? "";
    expect(text).toContain("createSimulator({");
    const program = text
      .replace(/^const \{ createSimulator \}.*\n/, "")
      .replace('"seed.json"', JSON.stringify(seedFile))
      .concat("return payment;");
    const run = new AsyncFunction("createSimulator", program) as (create: unknown) => Promise<unknown>;
    expect(await run(createSimulator)).toMatchObject({ status: "paid", amount: 109_000 });
  });
});
