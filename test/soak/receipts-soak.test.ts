// A short soak of receipts, in every phase: nothing is wrong but what was changed unseen, and all of that is found.
import { expect, it } from "vitest";
import { receiptsSoak } from "./receipts-soak.ts";

it("twenty receipts differ in what was planted alone", { timeout: 240_000 }, async () => {
  const said: string[] = [];
  const report = await receiptsSoak({
    seed: 20_260_805,
    orders: 20,
    plant: 3,
    say: (line) => said.push(line),
    done: () => {},
  });
  const nothingElse = {
    ...{ differences: 0, lost: 0, double_charges: 0, double_cancels: 0, unresolved: 0, accounts_wrong: 0 },
    ...{ due_wrong: 0, told_wrong: 0, audits_wrong: 0, alarms_wrong: 0, items_too_large: 0, leaks: 0 },
    ...{ violations: 0 },
  };
  expect(report, said.filter((line) => !line.startsWith("{")).join("\n")).toMatchObject({
    orders: 20,
    receipts_wrong: 3,
    ok: false,
    ...nothingElse,
  });
  // Past half a year, of which the first phase's numbers are forgotten and no other's.
  expect(report.virtual_s).toBeGreaterThan(184 * 86_400);
  expect(said).toContainEqual(expect.stringMatching(/^half a year later [1-9]\d* are kept, 0 of the first$/));
  expect(report.kills_in_flight).toBeGreaterThan(0);
});
