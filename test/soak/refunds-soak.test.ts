// A day and a night of the refunds soak; its differences are found when they are planted.
import { expect, it } from "vitest";
import { refundsSoak } from "./refunds-soak.ts";

it("forty refunds, by day and by night, end as they should", { timeout: 180_000 }, async () => {
  const said: string[] = [];
  const report = await refundsSoak({ seed: 20_260_805, count: 40, plant: 0, say: (line) => said.push(line) });
  expect(report, said.join("\n")).toMatchObject({ soak: "refunds", ok: true, operations: 40, leaks: 0 });
  expect(report.virtual_s).toBeGreaterThanOrEqual(86_400);
  expect(report.kills_in_flight).toBeGreaterThan(0);
});

it("two that are changed unseen are two differences", { timeout: 180_000 }, async () => {
  const report = await refundsSoak({ seed: 20_260_805, count: 12, plant: 2, say: () => {} });
  expect(report).toMatchObject({ ok: false, differences: 2, lost: 0, double_cancels: 0, told_wrong: 0 });
});
