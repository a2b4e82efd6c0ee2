// A day and a night of the refunds soak: nothing is wrong but what was changed unseen, and all of that is found.
import { expect, it } from "vitest";
import { refundsSoak } from "./refunds-soak.ts";

it("forty refunds, by day and by night, differ in what was planted alone", { timeout: 180_000 }, async () => {
  const said: string[] = [];
  const report = await refundsSoak({
    seed: 20_260_805,
    count: 40,
    plant: 2,
    say: (line) => said.push(line),
    done: () => {},
  });
  const nothingElse = {
    ...{ lost: 0, double_charges: 0, double_cancels: 0, unresolved: 0, receipts_wrong: 0, accounts_wrong: 0 },
    ...{
      due_wrong: 0,
      told_wrong: 0,
      audits_wrong: 0,
      alarms_wrong: 0,
      items_too_large: 0,
      leaks: 0,
      violations: 0,
    },
  };
  expect(report, said.filter((line) => !line.startsWith("{")).join("\n")).toMatchObject({
    operations: 40,
    differences: 2,
    ok: false,
    ...nothingElse,
  });
  expect(report.virtual_s).toBeGreaterThanOrEqual(86_400);
  expect(report.kills_in_flight).toBeGreaterThan(0);
});
