// Runs after all others: each refusal that the description declares for a door was seen there, or stands in a list with its
// reason. With some of the tests left out nothing can be said, and this says so.
import { expect, inject, it } from "vitest";
import { readDescription } from "../support/description.ts";
import { readRecordedCalls, whyIncomplete } from "../support/recorded-calls.ts";
import { readSeenCodes } from "../support/seen-codes.ts";
import { findCodeDifferences } from "../support/unseen-codes.ts";

const why = whyIncomplete(readRecordedCalls().testFiles, inject("hasNameFilter"));

it("every refusal that is declared was seen, or is known not to be", ({ skip }) => {
  skip(why !== null, why ?? "");
  const seen = readSeenCodes();
  console.info(`${seen.size} refusals were seen`);
  expect(findCodeDifferences(readDescription(), seen)).toEqual([]);
});
