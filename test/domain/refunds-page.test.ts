// The figures in docs/refunds.md are those that the product computes, and its states and codes exist.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { refundRules } from "../../lib/domain/ksnet/refund-rules.ts";
import { parseMoney, toWire } from "../../lib/domain/money.ts";
import { remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import { decideRefund } from "../../lib/domain/refund.ts";
import { refundedOrder, type WentBack } from "../support/refunded-order.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/refunds.md"), "utf8");

/** The rows of each table that begins with `amount`, in the page's order. */
const tables = page
  .split("| amount | tax_free | remaining | remaining_tax_free |\n|---|---|---|---|\n")
  .slice(1)
  .map((text) =>
    text
      .split("\n\n", 1)[0]
      ?.trim()
      .split("\n")
      .map((row) => row.split("|").map((cell) => cell.trim().replaceAll(",", ""))),
  );

it.each([
  ["KRW", 0, "109000", "3000"],
  ["USD", 1, "50", "12.5"],
] as const)("the worked example in %s", (currency, index, paid, free) => {
  const money = (text: string | undefined) => parseMoney(text, currency) ?? NaN;
  const before: WentBack[] = [];
  const rows = tables[index] ?? [];
  expect(rows.length).toBeGreaterThan(1);
  for (const [, amount, taxFree, remaining, remainingTaxFree] of rows) {
    const order = refundedOrder(money(paid), money(free), before, currency);
    const decision = decideRefund(order, { amount: parseMoney(amount, currency), taxFree: null });
    if (decision.decision === "refuse") throw new Error(decision.refusal);
    before.push(decision);
    const after = refundedOrder(money(paid), money(free), before, currency);
    const told = [decision.taxFree, remainingOf(after), remainingTaxFreeOf(after)];
    expect(told.map((figure) => toWire(figure, currency))).toEqual(
      [taxFree, remaining, remainingTaxFree].map(Number),
    );
  }
});

it("names only codes that there are", () => {
  const others = ["operation_in_flight", "refund_not_scheduled", "provider_refused", "remaining_changed"];
  const known = [
    ...others,
    "refund_account_needed",
    "idempotency_key_reused",
    ...refundRules.map(({ code }) => code),
  ];
  const named = [...page.matchAll(/(?:409|422)\s+`(\w+)`/g)].map(([, code]) => code);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((code) => !known.includes(code ?? ""))).toEqual([]);
});
