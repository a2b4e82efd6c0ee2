// What an order costs in write units that nobody pays.
import { describe, expect, it } from "vitest";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { abandonedUnits, windowOpenedIn } from "../support/write-units.ts";

async function unitsOf(records: readonly PaymentRecord[]): Promise<number> {
  const { units, order } = await abandonedUnits(records);
  expect(order).toMatchObject({ state: "expired", dueAtMs: null });
  return units;
}

describe("an order that is abandoned", () => {
  it("without a window costs at most 9 units", async () => {
    expect(await unitsOf([])).toBeLessThanOrEqual(9);
  });

  it("with a window that is never paid costs at most 15", async () => {
    for (let minute = 0; minute <= 21; minute += 1)
      expect(await unitsOf([windowOpenedIn(minute)]), `minute ${minute}`).toBeLessThanOrEqual(15);
  });

  it("with one that opens in the last eight of its thirty minutes costs a rung more", async () => {
    for (let minute = 22; minute < 30; minute += 1)
      expect(await unitsOf([windowOpenedIn(minute)]), `minute ${minute}`).toBe(18);
  });
});
