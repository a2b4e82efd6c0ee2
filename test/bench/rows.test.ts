// How a figure is told: beside what is wanted of it, met or missed, for people and for machines.
import { expect, it } from "vitest";
import { type Goal, rowOf, tableOf, tellRow } from "./rows.ts";

const atMost: Goal = { goal: "P1", of: "confirm: dependencies ÷ floor", limit: 1.2, isAtLeast: false };
const atLeast: Goal = { goal: "growth", of: "orders a minute", limit: 400, isAtLeast: true };

it("is the median with its spread", () => {
  const row = rowOf(atMost, [1.19, 1.1, 1.17, 1.3, 1.18]);
  expect(row).toMatchObject({ value: 1.18, met: true, q25: 1.17, q75: 1.19, n: 5 });
  expect(tellRow(row)).toBe("P1 confirm: dependencies ÷ floor 1.18 ≤ 1.2 met (q25-q75 1.17-1.19, n 5)");
});

it.each([
  [atMost, 1.2, true],
  [atMost, 1.21, false],
  [atLeast, 400, true],
  [atLeast, 399, false],
  [atLeast, Number.NaN, false],
])("%j with %d: met %j", (goal, figure, met) => {
  expect(rowOf(goal, [figure]).met).toBe(met);
});

it("is a row of a table in either language", () => {
  const rows = [rowOf(atMost, [1.3]), rowOf(atLeast, [401])];
  expect(tableOf(rows, "en").split("\n").slice(2)).toEqual([
    "| P1 | confirm: dependencies ÷ floor | 1.3 | ≤ 1.2 | missed | 1.3 - 1.3 | 1 |",
    "| growth | orders a minute | 401 | ≥ 400 | met | 401 - 401 | 1 |",
  ]);
  expect(tableOf(rows, "ko")).toContain("| 1.3 | ≤ 1.2 | 미달 |");
});
