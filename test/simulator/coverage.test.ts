// Every rule of KSNET's and every fault has a test that names it, and every rule named in the code exists.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { faultSites } from "./faults.ts";

const lastRule = 40;
const ownName = "coverage.test.ts";
const all = Array.from({ length: lastRule }, (_, index) => `R-KS-${index + 1}`);

function textOf(isWanted: (name: string) => boolean): string {
  const names = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts") && isWanted(name))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"))
    .join("\n");
}

const isTest = (name: string): boolean => name.endsWith(".test.ts") && name !== ownName;
const rulesIn = (text: string): Set<string> => new Set(text.match(/R-KS-\d+/g));

it("names every rule in a test", () => {
  const tested = rulesIn(textOf(isTest));
  expect(all.filter((id) => !tested.has(id))).toEqual([]);
});

it("names no rule that does not exist", () => {
  const named = rulesIn(textOf((name) => name !== ownName));
  expect([...named].filter((id) => !all.includes(id))).toEqual([]);
});

it("names every fault in a test", () => {
  const tests = textOf(isTest);
  expect(Object.keys(faultSites).filter((name) => !tests.includes(`"${name}"`))).toEqual([]);
});
