// An order's item is a unit in its usual life and four ever.
import { describe, expect, it } from "vitest";
import { auditSizes, LargestItems } from "./audit-sizes.ts";
import { attempt, order, sealed } from "./healthy.ts";
import type { Item } from "./table.ts";

const seen = (bytes: number, item: Item = order()) => ({ pk: "order#ord-1", bytes, item });
const often = order({ attempts: [attempt, attempt] });
const twiceRefunded = order({ attempts: [{ ...attempt, c: [["c-1"], ["c-2"]] }] });
const withRecipient = order({ receipt_to: sealed });
const write = (units: number) => ({ pk: "order#ord-1", units });

describe("the auditor of sizes", () => {
  it("finds nothing about items within their bounds", () => {
    expect(auditSizes([seen(1_024), seen(4_096, often), seen(1_025, twiceRefunded)], write(4))).toEqual([]);
    expect(auditSizes([seen(4_096, withRecipient)], null)).toEqual([]);
    expect(auditSizes([], null)).toEqual([]);
  });

  it.each([
    ["a usual item of more than a unit", [seen(1_025)], null],
    ["one with a receipt of more than four", [seen(4_097, withRecipient)], null],
    ["any item of more than four", [seen(4_097, often)], null],
    ["a write of more than four, which nobody saw", [seen(1_024)], write(5)],
  ])("finds %s", (_, items, largest) => {
    expect(auditSizes(items, largest).map(({ kind }) => kind)).toEqual(["item_too_large"]);
  });

  it("keeps the largest of each order, in its usual life and in any", () => {
    const largest = new LargestItems();
    largest.see([seen(900), seen(2_000, often)]);
    largest.see([seen(800), seen(2_100, often)]);
    largest.see([{ ...seen(700), pk: "order#ord-2" }]);
    expect(largest.all.map(({ bytes }) => bytes)).toEqual([900, 2_100, 700]);
    expect(largest.mostBytes).toBe(2_100);
    expect(new LargestItems().mostBytes).toBe(0);
  });
});
