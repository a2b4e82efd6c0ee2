// The pages of figures: every goal stands in both, with its limit and what came of it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectDir } from "../support/house/sources.ts";
import { allGoals } from "./goals.ts";
import { performancePages, withTable } from "./pages.ts";
import { techniques } from "./techniques/techniques.ts";

const textOf = (page: string): string => readFileSync(join(projectDir, page), "utf8");
const rowsOf = (page: string) =>
  [
    ...textOf(page).matchAll(/^\| (P\d+|T|share|growth) \| (.+?) \| (\S+) \| ([≤≥] [\d.]+) \| (\S+) \|/gm),
  ].map(([, goal, of, value, wanted, verdict]) => ({ goal, of, value, wanted, verdict }));

describe.each(["en", "ko"] as const)("%s", (language) => {
  const rows = rowsOf(performancePages[language]);

  it("has every goal with its limit", () => {
    // A share is not everywhere to be had.
    const told = rows.filter(({ goal }) => goal !== "growth" && goal !== "share");
    const wanted = [...allGoals, ...techniques.map(({ goal }) => goal)].map(
      ({ goal, of, limit, isAtLeast }) => `${goal} ${of} ${isAtLeast ? "≥" : "≤"} ${limit}`,
    );
    expect(told.map(({ goal, of, wanted }) => `${goal} ${of} ${wanted}`).toSorted()).toEqual(
      wanted.toSorted(),
    );
  });

  it("calls met what is met", () => {
    const [met, missed] = language === "en" ? ["met", "missed"] : ["달성", "미달"];
    for (const { of, value, wanted = "", verdict } of rows) {
      const [sign, limit] = wanted.split(" ");
      const isMet = sign === "≤" ? Number(value) <= Number(limit) : Number(value) >= Number(limit);
      expect([of, verdict]).toEqual([of, isMet ? met : missed]);
    }
  });
});

it("both say the same figures", () => {
  const figures = (page: string) => rowsOf(page).map(({ verdict: _, ...row }) => row);
  expect(figures(performancePages.ko)).toEqual(figures(performancePages.en));
});

it("a table is written over the last one, and nothing else", () => {
  const page = "a\n<!-- measured -->\n\nold\n\n<!-- /measured -->\nb\n";
  expect(withTable(page, "new")).toBe("a\n<!-- measured -->\n\nnew\n\n<!-- /measured -->\nb\n");
  expect(() => withTable("a\n", "new")).toThrow("no place");
});
