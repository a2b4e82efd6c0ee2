// What a refund may take, how it is split by tax, and what PortOne is told about it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Money } from "../../lib/domain/money.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import { decideRefund, providerReason, readAskedAmounts } from "../../lib/domain/refund.ts";
import { won } from "../support/orders.ts";
import { refundedOrder } from "../support/refunded-order.ts";

const ask = (amount: number | null, taxFree: number | null = null) => ({
  amount: amount === null ? null : won(amount),
  taxFree: taxFree === null ? null : won(taxFree),
});

describe("decideRefund", () => {
  it.each([
    ["all of it, all tax-free with it", refundedOrder(109_000, 3_000), ask(null), [109_000, 3_000]],
    ["a part, its share rounded down", refundedOrder(109_000, 3_000), ask(20_000), [20_000, 550]],
    [
      "the part that clears the rest takes all tax-free left",
      refundedOrder(109_000, 3_000, [{ amount: 20_000, taxFree: 550 }]),
      ask(89_000),
      [89_000, 2_450],
    ],
    ["a named tax-free part", refundedOrder(109_000, 3_000), ask(20_000, 3_000), [20_000, 3_000]],
    ["one won", refundedOrder(109_000, 3_000), ask(1), [1, 0]],
  ])("gives back %s", (_, paid, request, [amount, taxFree]) => {
    expect(decideRefund(paid, request)).toMatchObject({
      decision: "refund",
      impUid: "imp_1",
      amount,
      taxFree,
    });
  });

  it.each([
    ["order_not_paid", { ...refundedOrder(109_000, 0), impUid: null }, ask(1)],
    ["refund_amount_not_positive", refundedOrder(109_000, 0), ask(0)],
    ["refund_exceeds_remaining", refundedOrder(109_000, 0), ask(109_001)],
    ["refund_exceeds_remaining", refundedOrder(109_000, 0, [{ amount: 109_000, taxFree: 0 }]), ask(null)],
    ["refund_tax_free_exceeds_remaining", refundedOrder(109_000, 3_000), ask(20_000, 3_001)],
    ["refund_tax_free_exceeds_remaining", refundedOrder(109_000, 3_000), ask(2_000, 2_001)],
    ["refund_tax_free_exceeds_remaining", refundedOrder(109_000, 3_000), ask(109_000, 2_999)],
  ])("refuses by name: %s", (refusal, paid, request) => {
    expect(decideRefund(paid as Order, request)).toEqual({ decision: "refuse", refusal });
  });

  it("never gives back more than was taken, nor more tax-free than there was, in whatever parts", () => {
    const parts = fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 9 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        parts,
        (amount, part, wanted) => {
          const taxFree = Math.floor(amount * part);
          const given: { amount: Money; taxFree: Money }[] = [];
          for (const next of [...wanted, null]) {
            const decision = decideRefund(refundedOrder(amount, taxFree, given), ask(next));
            if (decision.decision === "refund") given.push(decision);
          }
          const after = refundedOrder(amount, taxFree, given);
          expect([remainingOf(after), remainingTaxFreeOf(after)]).toEqual([0, 0]);
          expect(given.reduce((total, refund) => total + refund.amount, 0)).toBe(amount);
          expect(given.reduce((total, refund) => total + refund.taxFree, 0)).toBe(taxFree);
        },
      ),
    );
  });
});

describe("providerReason", () => {
  it.each([
    [null, "#k7q2m5xwa"],
    ["단순 변심", "#k7q2m5xwa 단순 변심"],
    ["가".repeat(67), `#k7q2m5xwa ${"가".repeat(66)}`],
    ["a".repeat(200), `#k7q2m5xwa ${"a".repeat(200)}`],
    ["🙂".repeat(51), `#k7q2m5xwa ${"🙂".repeat(50)}`],
  ])("keeps the tag in front and cuts %j at 200 bytes, between characters", (reason, sent) => {
    expect(providerReason({ tag: "#k7q2m5xwa", reason })).toBe(sent);
  });
});

describe("readAskedAmounts", () => {
  it.each([
    [{ amount: 20_000, taxFree: null }, "KRW", { amount: 20_000, taxFree: null }],
    [{ amount: "20000", taxFree: "550" }, "KRW", { amount: 20_000, taxFree: 550 }],
    [{ amount: 10.5, taxFree: null }, "USD", { amount: 1_050, taxFree: null }],
    [{ amount: null, taxFree: null }, "KRW", { amount: null, taxFree: null }],
    [{ amount: 10.5, taxFree: null }, "KRW", null],
    [{ amount: 10, taxFree: 0.5 }, "KRW", null],
  ] as const)("reads %j in %s", (asked, currency, amounts) => {
    expect(readAskedAmounts(asked, currency)).toEqual(amounts);
  });
});
