// The same seed is the same plan, another one is not; and no story or fault is left out of a long one.
import { expect, it } from "vitest";
import { drawPaymentsPlan, hashOf } from "./payments-plan.ts";

it("is drawn from its seed alone", () => {
  expect(drawPaymentsPlan(7, 100)).toEqual(drawPaymentsPlan(7, 100));
  expect(drawPaymentsPlan(7, 100).hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(drawPaymentsPlan(8, 100).hash).not.toBe(drawPaymentsPlan(7, 100).hash);
});

it("is another one, and has another hash, where the checksum is compared at another time", () => {
  const plan = drawPaymentsPlan(7, 100);
  const other = { ...plan, loud: plan.loud.map((batch) => ({ ...batch, checksumAt: "commit" as const })) };
  expect(hashOf(plan)).toBe(plan.hash);
  expect(hashOf(other)).not.toBe(plan.hash);
});

it.each([1, 40, 500])("compares checksums at both times, by turns, in a soak of %i orders", (orders) => {
  const { loud } = drawPaymentsPlan(7, orders);
  expect(loud.map(({ checksumAt }) => checksumAt)).toEqual(
    loud.map((_, batch) => (batch % 2 === 0 ? "commit" : "arrival")),
  );
  expect(new Set(loud.map(({ checksumAt }) => checksumAt))).toEqual(new Set(["commit", "arrival"]));
});

it.each(["commit", "arrival"])("has kills, lost answers and late cancels where it is %s", (setting) => {
  const { loud } = drawPaymentsPlan(7, 500);
  const faults = loud.filter(({ checksumAt }) => checksumAt === setting).flatMap((batch) => batch.faults);
  const ofRefunds = faults.filter(
    ({ body }) => body["function"] === "refund" || body["call"] === "POST /payments/cancel",
  );
  const expected = ["crash_before", "crash_after", "answer_lost_after_effect", "late_effect", "no_answer"];
  expect(ofRefunds.map(({ body }) => body["name"])).toEqual(expect.arrayContaining(expected));
});

it("has every story, and kills enough", () => {
  const plan = drawPaymentsPlan(7, 500);
  const batches = plan.loud.flatMap(({ orders }) => orders.map(({ story }) => story));
  expect(new Set(plan.quiet.map(({ story }) => story)).size).toBe(5);
  expect(new Set(batches).size).toBe(13);
  const faults = plan.loud.flatMap((batch) => batch.faults.map(({ body }) => String(body["name"])));
  expect(faults.filter((name) => name.startsWith("crash_")).length).toBeGreaterThan(200);
  expect(new Set(faults).size).toBeGreaterThanOrEqual(20);
});

it.each([
  [100, 5],
  [300, 7],
  [300, 11],
  [500, 7],
])("asks at least one refund for three of %i orders, seed %i", (orders, seed) => {
  const { quiet, loud } = drawPaymentsPlan(seed, orders);
  const all = quiet.length + loud.reduce((sum, batch) => sum + batch.orders.length, 0);
  const asks = loud.flatMap(({ refunds }) => refunds.flatMap((refund) => refund.asks));
  expect(asks.length).toBeGreaterThanOrEqual(all / 3);
  expect(new Set(asks.map(({ key }) => key)).size).toBe(asks.length);
});

it("asks for all and for parts, one key several times, several keys at once, and kills the function inside", () => {
  const { loud } = drawPaymentsPlan(7, 300);
  const refunds = loud.flatMap((batch) => batch.refunds);
  const asks = refunds.flatMap((refund) => refund.asks);
  expect(asks.filter(({ amount }) => amount === null).length).toBeGreaterThan(20);
  expect(asks.filter(({ amount }) => amount !== null).length).toBeGreaterThan(20);
  expect(asks.filter(({ copies }) => copies > 1).length).toBeGreaterThan(20);
  expect(refunds.filter(({ isAtOnce }) => isAtOnce).length).toBeGreaterThan(10);
  for (const name of ["crash_before", "crash_after"])
    expect(loud.flatMap(({ faults }) => faults).map(({ body }) => body)).toContainEqual(
      expect.objectContaining({ name, function: "refund" }),
    );
});
