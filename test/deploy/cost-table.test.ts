// What the deploy guide says of money: the table is what the code computes, of figures that tests count.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type PriceName, prices } from "../../infra/build/cost/prices.ts";
import { usageOf } from "../../infra/build/cost/usage.ts";
import { costOf, guides, type Language, volumes, withCosts } from "../../infra/build/cost-table.ts";

const projectDir = join(import.meta.dirname, "../..");

describe.each(Object.entries(guides) as [Language, string][])("%s", (language, file) => {
  const page = readFileSync(join(projectDir, file), "utf8");

  it("the page is what `npx node infra/build/cost-table.ts` writes", () => {
    expect(page).toBe(withCosts(page, language));
  });

  it("another figure in it would be seen, and a page without a place for the table is refused", () => {
    const sum = /\*\*(\d+\.\d\d)\*\* \|$/m.exec(page)?.[1] ?? "";
    expect(withCosts(page.replace(`**${sum}**`, "**0.01**"), language)).toBe(page);
    expect(() => withCosts("# 비용", language)).toThrow("has no place for the costs");
  });
});

it("a payment's price is its count by its price", () => {
  const [few, many] = volumes;
  const perPayment = (name: PriceName) => (usageOf(many)[name] - usageOf(few)[name]) / (many - few);
  expect(perPayment("gatewayRequests")).toBe(6);
  expect(perPayment("tableWrites")).toBe(6);
  expect(perPayment("tableReads")).toBe(6);
  expect(costOf("gatewayRequests", many)).toBeCloseTo(7.38, 6);
  // 6 x 10 ms of own work, 7 x 10 ms at the table, 2 x 100 ms at PortOne, 1 % of 6 starts of 500 ms; half a GB.
  expect(perPayment("lambdaTime")).toBeCloseTo(0.18, 9);
});

it("nothing sold still costs the sweeps and the audits", () => {
  const idle = usageOf(0);
  expect(idle.gatewayRequests).toBe(0);
  expect(idle.lambdaRequests).toBe(43_830);
  expect(idle.tableReads).toBe(43_800 * 7 + 30 * 60);
  expect(idle.tableWrites).toBe(30 * 60);
});

it("each price says where and when it was read", () => {
  for (const [name, { usd, readOn }] of Object.entries(prices)) {
    expect(usd, name).toBeGreaterThan(0);
    expect(readOn, name).toMatch(/^2026-\d\d-\d\d$/);
  }
});
