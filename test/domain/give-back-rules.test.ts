// The KSNET rules of money that goes back by itself: a person's, or the morning's, where they forbid it.
import { expect, it } from "vitest";
import { decideGiveBackStep } from "../../lib/domain/give-back.ts";
import { morningMs } from "../../lib/domain/ksnet/refund-night.ts";
import { type Contract, contractNames } from "../../lib/domain/ksnet/rule.ts";
import type { Attempt } from "../../lib/domain/order.ts";
import {
  approvedOrder,
  attempt,
  cancelEntry,
  createdOrder,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const contracts = new Set(contractNames);
const paid = synced(approvedOrder(createdOrder()), [paymentRecord()]);
const inAugust = Date.parse("2026-08-31T22:57:59+09:00");
const inSeptember = Date.parse("2026-09-01T00:00:00+09:00");
const inSpring = Date.parse("2027-02-06T00:00:00+09:00");
const account = { holder: "홍길동", bank: "088", number: "110123456789" };
const part = [{ ...cancelEntry("c-1", 9_000), taxFree: won(0), refundId: null }];
const of = (payMethod: string | null, nowMs: number, more: Partial<Attempt> = {}, named = true) =>
  decideGiveBackStep(
    { ...paid, payMethod: "vbank" },
    attempt("imp_2", { state: "paid", payMethod, ...more }),
    named ? account : null,
    { nowMs, contracts },
  );
const all = { step: "cancel", amount: 109_000, scheduledAtMs: null };
const byHand = { step: "review", reason: "manual_refund" };

it.each([
  ["a card", of("card", inSeptember, {}, false), all],
  ["a card within six months (R-KS-5)", of("card", inSpring - 1), all],
  ["a card after six months (R-KS-5)", of("card", inSpring), byHand],
  ["a phone bill in its month", of("phone", inAugust), all],
  ["a phone bill the month after (R-KS-10)", of("phone", inSeptember), byHand],
  ["part of a phone bill (R-KS-9)", of("phone", inAugust, { cancels: part }), byHand],
  ["a deposit whose account an operator named (R-KS-8)", of("vbank", inAugust), all],
  [
    "a deposit, whose account to pay nobody named (R-KS-8)",
    of("vbank", inAugust, {}, false),
    { step: "review", reason: "refund_account_needed" },
  ],
  [
    "a deposit of which the record does not say what it is",
    of(null, inAugust, {}, false),
    { step: "review", reason: "refund_account_needed" },
  ],
  [
    "a deposit at night, in the morning (R-KS-6)",
    of("vbank", Date.parse("2026-08-31T22:58:00+09:00")),
    { ...all, scheduledAtMs: morningMs(Date.parse("2026-09-01T05:59:59+09:00"), "imp_2") },
  ],
])("%s", (_, step, expected) => {
  expect(step).toEqual(expected);
});

it("a deposit is a person's where no contract lets it go back (R-KS-7)", () => {
  const none = { nowMs: inAugust, contracts: new Set<Contract>() };
  const deposit = attempt("imp_2", { state: "paid", payMethod: "vbank" });
  expect(decideGiveBackStep(paid, deposit, account, none)).toEqual(byHand);
});
