// A short day of payments with kills: nothing is wrong, and the shop was told each change by deliveries it accepted.
import { expect, it } from "vitest";
import { paymentsSoak } from "./payments-soak.ts";

it("thirty orders, with kills, are told to the shop as they became", { timeout: 180_000 }, async () => {
  const said: string[] = [];
  const report = await paymentsSoak({
    seed: 20_260_806,
    orders: 10,
    plant: 0,
    say: (line) => said.push(line),
    done: () => {},
  });
  expect(report, said.join("\n")).toMatchObject({ ok: true, orders: 30, events_wrong: 0 });
  expect(report.events_told).toBeGreaterThan(30);
  expect(report.kills_in_flight).toBeGreaterThan(0);
});
