// npm run bench as it is called: what it prints, and what it refuses.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bench(...args: readonly string[]) {
  const main = join(import.meta.dirname, "main.ts");
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}

it("prints a row for each goal, the same as one line of JSON, and keeps that line", () => {
  const file = join(folder, "bench.json");
  const { status, stdout } = bench("--only", "P9", "--json", file);
  expect(status).toBe(0);
  const [usual = "", ever = "", line = ""] = stdout.split("\n");
  expect(usual).toMatch(/^P9 order to its first refund: bytes \d+ ≤ 1024 met \(q25-q75 \d+-\d+, n 1\)$/);
  expect(ever).toMatch(/^P9 order ever: bytes \d+ ≤ 4096 met /);
  const { bench: rows } = JSON.parse(line) as { readonly bench: readonly object[] };
  expect(Object.keys(rows[0] ?? {})).toEqual(["goal", "of", "limit", "value", "met", "q25", "q75", "n"]);
  expect(readFileSync(file, "utf8")).toBe(`${line}\n`);
});

it("ends with 0 when it ran, met or not", () => {
  const { status, stdout } = bench("--only", "P1", "--runs", "1");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^P1 confirm: dependencies ÷ floor [\d.]+ ≤ 1\.15 (met|missed) /m);
});

it.each([
  [["--only", "P1,P99"], "no goal 'P99' among the bench's"],
  [["--runs", "0"], "--runs wants a whole number from 1 to 99, not '0'"],
  [["--only", "P9", "--write"], "--write wants every goal measured in one run"],
])("refuses %j", (args, why) => {
  const { status, stdout, stderr } = bench(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`${why}; usage: npm run bench`);
});
