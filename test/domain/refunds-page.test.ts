// The figures in docs/refunds, in both languages, are those that the product computes, and its states and codes exist.
import { describe, expect, it } from "vitest";
import { refundRules } from "../../lib/domain/ksnet/refund-rules.ts";
import { parseMoney, toWire } from "../../lib/domain/money.ts";
import { remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import { decideRefund } from "../../lib/domain/refund.ts";
import { inlineCodeOf, textOf } from "../support/pages.ts";
import { refundedOrder, type WentBack } from "../support/refunded-order.ts";

describe.each(["docs/refunds.md", "docs/refunds.ko.md"])("%s", (file) => {
  const page = textOf(file);

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
    expect(named).toHaveLength(3);
    expect(named.filter((code) => !known.includes(code ?? ""))).toEqual([]);
  });

  it("names the code of every rule", () => {
    const named = inlineCodeOf(page);
    expect(refundRules.map(({ code }) => code).filter((code) => !named.includes(code))).toEqual([]);
  });
});
