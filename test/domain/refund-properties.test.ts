// Whatever is refunded in whatever order, with whatever is cancelled in PortOne's console in between: of neither part, the
// taxed and the tax-free, goes back more than was paid of it, and the figures are the same in won and in cents.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toWire } from "../../lib/domain/money.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import { decideRefund, readAskedAmounts } from "../../lib/domain/refund.ts";
import { won } from "../support/orders.ts";
import { refundedOrder, type WentBack } from "../support/refunded-order.ts";

interface Step {
  readonly isConsole: boolean;
  /** Of what is left, from 0 to 1; null for all of it. */
  readonly share: number | null;
  /** Of the amount, from 0 to 1; null where nothing is named. */
  readonly taxFreeShare: number | null;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const steps = fc.array(
  fc.record({
    isConsole: fc.boolean(),
    share: fc.option(share),
    taxFreeShare: fc.option(share, { freq: 2 }),
  }),
  { maxLength: 12 },
);
const paid = fc.tuple(fc.integer({ min: 1, max: 999_999_999 }), share);
const sumOf = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);

/** What went back, step by step; what is refused moves nothing. */
function play(amount: number, taxFree: number, all: readonly Step[], currency: Order["currency"]) {
  const before: WentBack[] = [];
  for (const step of all) {
    const order = refundedOrder(amount, taxFree, before, currency);
    const left = remainingOf(order);
    const asked = step.share === null ? null : Math.max(1, Math.floor(left * step.share));
    if (step.isConsole) {
      if (left > 0) before.push({ amount: asked ?? left, taxFree: 0, isConsole: true });
      continue;
    }
    const named = step.taxFreeShare === null ? null : Math.floor((asked ?? left) * step.taxFreeShare);
    const decision = decideRefund(order, {
      amount: asked === null ? null : won(asked),
      taxFree: named === null ? null : won(named),
    });
    if (decision.decision === "refund") before.push(decision);
  }
  return { before, order: refundedOrder(amount, taxFree, before, currency) };
}

describe("of a mixed payment", () => {
  it("no more goes back than was paid, of the whole and of each part", () => {
    fc.assert(
      fc.property(
        paid,
        steps,
        fc.constantFrom("KRW" as const, "USD" as const),
        ([amount, part], all, currency) => {
          const taxFree = Math.floor(amount * part);
          const { before, order } = play(amount, taxFree, all, currency);
          const ours = before.filter(({ isConsole }) => !isConsole);
          const free = sumOf(ours.map((refund) => refund.taxFree));
          expect(sumOf(before.map((refund) => refund.amount))).toBeLessThanOrEqual(amount);
          expect(free).toBeLessThanOrEqual(taxFree);
          expect(sumOf(ours.map((refund) => refund.amount)) - free).toBeLessThanOrEqual(amount - taxFree);
          expect(remainingOf(order)).toBeGreaterThanOrEqual(0);
          expect(remainingTaxFreeOf(order)).toBeGreaterThanOrEqual(0);
          expect(remainingTaxFreeOf(order)).toBeLessThanOrEqual(remainingOf(order));
          for (const refund of before) expect(refund.taxFree).toBeLessThanOrEqual(refund.amount);
        },
      ),
    );
  });

  it("what is left can always go back at once, with all of its tax-free part", () => {
    fc.assert(
      fc.property(paid, steps, ([amount, part], all) => {
        const { order } = play(amount, Math.floor(amount * part), all, "KRW");
        const rest = decideRefund(order, { amount: null, taxFree: null });
        if (remainingOf(order) === 0)
          expect(rest).toEqual({ decision: "refuse", refusal: "refund_exceeds_remaining" });
        else
          expect(rest).toMatchObject({
            decision: "refund",
            amount: remainingOf(order),
            taxFree: remainingTaxFreeOf(order),
          });
      }),
    );
  });

  it("without a named part each refund takes its share of what is left, rounded down", () => {
    const unnamed = steps.map((all) =>
      all.map((step) => ({ ...step, isConsole: false, taxFreeShare: null })),
    );
    fc.assert(
      fc.property(paid, unnamed, ([amount, part], all) => {
        const taxFree = Math.floor(amount * part);
        const { before } = play(amount, taxFree, all, "KRW");
        for (const [index, refund] of before.entries()) {
          const order = refundedOrder(amount, taxFree, before.slice(0, index));
          const left = BigInt(remainingOf(order));
          const due = (BigInt(refund.amount) * BigInt(remainingTaxFreeOf(order))) / left;
          expect(BigInt(refund.taxFree)).toBe(due);
        }
      }),
    );
  });

  it("cents are split as won are, and what is written is read back to the cent", () => {
    fc.assert(
      fc.property(paid, steps, ([amount, part], all) => {
        const taxFree = Math.floor(amount * part);
        const inCents = play(amount, taxFree, all, "USD");
        expect(inCents.before).toEqual(play(amount, taxFree, all, "KRW").before);
        for (const refund of inCents.before) {
          const asked = {
            amount: toWire(won(refund.amount), "USD"),
            taxFree: toWire(won(refund.taxFree), "USD"),
          };
          expect(readAskedAmounts(asked, "USD")).toEqual({ amount: refund.amount, taxFree: refund.taxFree });
        }
      }),
    );
  });
});
