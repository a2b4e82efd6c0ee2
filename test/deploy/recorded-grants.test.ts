// Runs after all others: what their functions did in AWS is exactly what the functions' roles grant. With some of the
// tests left out nothing can be said, and this says so. `--project afterwards` looks at the last run's calls again.
import { readFileSync } from "node:fs";
import { expect, inject, it } from "vitest";
import { readRecordedCalls, whyIncomplete } from "../support/recorded-calls.ts";
import { templatePath } from "../support/stack.ts";
import type { Template } from "./checks/template.ts";
import { findGrantDifferences } from "./granted-calls.ts";

/** Those whose calls pass through the local host. */
const services = ["dynamodb", "ssm"];

const { calls, testFiles } = readRecordedCalls();
const why = whyIncomplete(testFiles, inject("hasNameFilter"));

it("every role grants what its function does in AWS, and nothing else", ({ skip }) => {
  if (why !== null) console.info(`roles are not held against calls: ${why}`);
  skip(why !== null, why ?? "");
  const template = JSON.parse(readFileSync(templatePath, "utf8")) as Template;
  console.info(`${calls.length} kinds of calls in ${testFiles.size} test files`);
  expect(findGrantDifferences(template, calls, services)).toEqual([]);
});
