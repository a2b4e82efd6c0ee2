// The soak's command line: what it may be told, and what it says at the end.
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const soak = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["test/soak/main.ts", ...args], {
    encoding: "utf8",
  });
  return { status, stderr, lines: stdout.trimEnd().split("\n") };
};

describe("the soak's command line", () => {
  it.each([
    ["no soak", []],
    ["a soak nobody knows", ["payment"]],
    ["an option nobody knows", ["lives", "--orders", "3"]],
    ["another soak's option", ["payments", "--count", "3"]],
    ["a count that is no number", ["lives", "--count", "many"]],
    ["a seed that is no whole number", ["lives", "--seed", "1.5"]],
    ["an option without its value", ["lives", "--replay"]],
    ["a life that is no number", ["records", "--only", "first"]],
    ["one word too many", ["lives", "again"]],
  ])("refuses %s in one line", (_, args) => {
    const { status, stderr } = soak(...args);
    expect(status).toBe(2);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toContain("usage: npm run soak");
  });

  it("reports lives in its last line, under a seed of many digits", () => {
    const { status, lines } = soak("lives", "--count", "3", "--seed", "123456789012");
    const report = JSON.parse(lines.at(-1) ?? "");
    expect(report).toMatchObject({
      soak: "lives",
      seed: 123_456_789_012,
      lives: 3,
      ok: report.findings === 0,
    });
    expect(report.per_minute).toBeGreaterThan(0);
    expect(report.acts).toHaveProperty("refund");
    expect(report.faults).toHaveProperty("died_after");
    expect(status).toBe(report.ok ? 0 : 1);
  });

  it("reports records in its last line", () => {
    const report = JSON.parse(soak("records", "--count", "0", "--seed", "7").lines.at(-1) ?? "");
    expect(report).toMatchObject({ soak: "records", seed: 7, ok: true, patches: 0, findings: [] });
    expect(report).toMatchObject({ failed_invocations: 0, money_unseen: 0, stopped: 0 });
  });

  it("takes a seed that is longer than any number", () => {
    expect(
      JSON.parse(soak("lives", "--count", "0", "--seed", "9".repeat(40)).lines.at(-1) ?? ""),
    ).toMatchObject({
      ok: true,
      lives: 0,
    });
  });

  it("tells one life line by line, the same twice", () => {
    const [first, second] = [soak("lives", "--replay", "42"), soak("lives", "--replay", "42")];
    expect(first.lines).toEqual(second.lines);
    expect(first.lines[0]).toMatch(/^08-0\d \d\d:\d\d:\d\d\.\d{3} /);
    expect(JSON.parse(first.lines.at(-1) ?? "")).toMatchObject({ soak: "lives", seed: 42, lives: 1 });
  });
});
