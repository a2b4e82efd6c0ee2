// docs/charges.md, docs/runbook.md, and docs/review in both languages: every command is run as it stands and answers what is printed below it, and what they
// name exists.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mayBeWaived } from "../../lib/domain/acceptance.ts";
import { problemKinds } from "../../lib/http/problem-kinds.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { runPage, textOf } from "../support/pages.ts";

let stack: LocalStack;
let cwd: string;
beforeAll(async () => {
  stack = await startStack();
  cwd = mkdtempSync(join(tmpdir(), "pages-"));
  mkdirSync(join(cwd, ".local"));
});
afterAll(async () => {
  rmSync(cwd, { recursive: true });
  await stack?.close();
});

describe.each([
  ["docs/charges.md", 5],
  ["docs/review.md", 2],
  ["docs/runbook.md", 0],
])("%s", (page, count) => {
  it("answers what it prints", { timeout: 60_000 }, async () => {
    const env = { ...process.env, G: stack.gatewayUrl, SIM: stack.simulatorUrl, KEY: stack.merchantKey };
    const { answers } = await runPage(page, cwd, env);
    expect(answers).toHaveLength(count);
    for (const [answered, printed] of answers) expect(answered).toMatchObject(printed);
  });
});

describe.each(["docs/review.md", "docs/review.ko.md"])("%s", (file) => {
  const page = textOf(file);

  it("names the codes there are", () => {
    const codes = [...page.matchAll(/\b4\d\d `(\w+)`/g)].map(([, code = ""]) => code);
    expect(codes).toHaveLength(4);
    expect(codes.filter((code) => !(code in problemKinds))).toEqual([]);
  });

  it("names whatever a person may accept", () => {
    const rows = [...page.matchAll(/^\| `accept`.*$/gm)].map(([row]) => row);
    expect(rows).toHaveLength(1);
    const waived = Object.entries(mayBeWaived).flatMap(([rule, isWaived]) => (isWaived ? [rule] : []));
    for (const rule of waived) expect(rows[0]).toContain(`\`${rule}\``);
  });
});
