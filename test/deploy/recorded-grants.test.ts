// Runs after all others: what their functions did in AWS is exactly what the functions' roles grant. With some of the
// tests left out nothing can be said, and this says so. `--project afterwards` looks at the last run's calls again.
import { expect, inject, it } from "vitest";
import { readRecordedCalls, whyIncomplete } from "../support/recorded-calls.ts";
import { findGrantDifferences } from "./granted-calls.ts";
import { packageFor } from "./packages.ts";

/** Those whose calls pass through the local host. */
const services = ["dynamodb", "ssm"];

const { calls, testFiles } = readRecordedCalls();
const why = whyIncomplete(testFiles, inject("hasNameFilter"));

it("every role grants what its function does in AWS, and nothing else", async ({ skip }) => {
  if (why !== null) console.info(`roles are not held against calls: ${why}`);
  skip(why !== null, why ?? "");
  // With every function there may be.
  const environment = { PAY_EVENTS_URL: "https://shop.example/events" };
  const { template } = await packageFor({ stage: "dev", environment });
  console.info(`${calls.length} kinds of calls in ${testFiles.size} test files`);
  expect(findGrantDifferences(template, calls, services)).toEqual([]);
}, 60_000);
