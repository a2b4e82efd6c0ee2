// docs/ksnet-rules.md says what the code says: every rule with its source, every id from 1 to 40.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { noPage, sources, unaskedRules } from "../../../infra/build/ksnet-rule-texts.ts";
import {
  type AskedRule,
  askedRules,
  ksnetRulesPage,
  pointers,
  ruleIds,
} from "../../../infra/build/ksnet-rules-page.ts";

const projectDir = join(import.meta.dirname, "../../..");
const rulesDir = join(projectDir, "lib/domain/ksnet");
const ruleFiles = readdirSync(rulesDir).filter((name) => name.endsWith("-rules.ts"));
const codeOf = (name: string): string => readFileSync(join(rulesDir, name), "utf8");

it("the page is what `npx node infra/build/ksnet-rules-page.ts` writes", () => {
  expect(readFileSync(join(projectDir, "docs/ksnet-rules.md"), "utf8")).toBe(ksnetRulesPage());
});

it("names every id from R-KS-1 to R-KS-40, and each of their sources", () => {
  const rows = ksnetRulesPage().split("\n");
  for (const id of ruleIds) {
    const row = rows.find((line) => line.startsWith(`| ${id} |`)) ?? "";
    expect(row, id).toMatch(/(guide|API|help centre|SDK|assumed)[^|]*\|$/);
    expect(row, id).toMatch(/\p{Script=Hangul}/u);
  }
});

it("says where each comes from, and why it is not asked, in Korean and English", () => {
  const texts = [noPage, ...Object.values(sources), ...unaskedRules.flatMap(({ says, why }) => [says, why])];
  for (const { ko, en } of texts) {
    expect(ko).toMatch(/\p{Script=Hangul}/u);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});

it("knows every rule of every file of rules", () => {
  const written = ruleFiles.flatMap((name) => [...codeOf(name).matchAll(/^ {4}code: "(\w+)"/gm)]);
  expect(askedRules.map(({ code }) => code).sort()).toEqual(written.map(([, code]) => code).sort());
});

it("names every pointer the rules have", () => {
  const named = Object.values(pointers).join(", ").split(/[,;] /);
  const written = ruleFiles.flatMap((name) => [...codeOf(name).matchAll(/"(\/[\w/]+)"/g)]);
  expect(written.map(([, pointer]) => pointer).filter((pointer) => !named.includes(pointer ?? ""))).toEqual(
    [],
  );
});

const asAsked = (rule: string): AskedRule => ({
  code: "buyer_name_required",
  rule,
  title: "planted",
  detail: "심은 규칙",
  askedFor: "nowhere",
});

it.each<[string, readonly AskedRule[], string]>([
  ["a rule without a source", [...askedRules, asAsked("R-KS-41")], "R-KS-41 has no source"],
  ["an id nobody tells", askedRules.filter(({ rule }) => rule !== "R-KS-33"), "R-KS-33 is not told once"],
  ["an id told as asked and as not asked", [...askedRules, asAsked("R-KS-1")], "R-KS-1 is not told once"],
])("refuses %s", (_, rules, message) => {
  expect(() => ksnetRulesPage(rules)).toThrow(message);
});
