// The same seed is the same plan, another one is not; and no story or fault is left out of a long one.
import { expect, it } from "vitest";
import { drawPaymentsPlan } from "./payments-plan.ts";

it("is drawn from its seed alone", () => {
  expect(drawPaymentsPlan(7, 100)).toEqual(drawPaymentsPlan(7, 100));
  expect(drawPaymentsPlan(7, 100).hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(drawPaymentsPlan(8, 100).hash).not.toBe(drawPaymentsPlan(7, 100).hash);
});

it("has every story, and kills enough", () => {
  const plan = drawPaymentsPlan(7, 500);
  const batches = plan.loud.flatMap(({ orders }) => orders.map(({ story }) => story));
  expect(new Set(plan.quiet.map(({ story }) => story)).size).toBe(5);
  expect(new Set(batches).size).toBe(8);
  const faults = plan.loud.flatMap((batch) => batch.faults.map(({ body }) => String(body["name"])));
  expect(faults.filter((name) => name.startsWith("crash_")).length).toBeGreaterThan(200);
  expect(new Set(faults).size).toBeGreaterThanOrEqual(20);
});
