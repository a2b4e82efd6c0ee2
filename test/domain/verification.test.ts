// A payment counts only if no rule is broken: a row per rule in the order merchants are told they are tried
// in, and a row per way to be right.
import { describe, expect, it } from "vitest";
import { payMethods } from "../../lib/domain/ksnet/pay-method.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { verificationRules, verifyPayment } from "../../lib/domain/verification.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  paymentRecord,
  policy,
  won,
} from "../support/orders.ts";

/** What a record says otherwise than another. */
const differing = (record: PaymentRecord, from: PaymentRecord): Partial<PaymentRecord> =>
  Object.fromEntries(
    Object.entries(record).filter(([name, value]) => from[name as keyof PaymentRecord] !== value),
  );

describe("verifyPayment", () => {
  const broken = [
    ["status_unknown", paymentRecord({ status: "unrecognised" })],
    ["merchant_uid_mismatch", paymentRecord({ merchantUid: "ord-20260805-000143" })],
    ["sandbox_payment", paymentRecord({ sandbox: true })],
    ["foreign_channel", paymentRecord({ pgId: "2999199990" })],
    ["payment_older_than_order", paymentRecord({ startedAtMs: createdAtMs - 60_001 })],
    ["currency_mismatch", paymentRecord({ currency: "USD" })],
    ["amount_mismatch", paymentRecord({ amount: won(108_999) })],
    ["tax_free_mismatch", paymentRecord({ taxFree: won(2_999) })],
    ["cancel_sum_mismatch", cancelledRecord([cancelEntry("c-1", 20_000)], { cancelAmount: won(19_999) })],
    ["escrow_mismatch", paymentRecord({ escrow: true })],
  ] as const;

  it("has a row for every rule, in the rules' order", () => {
    expect(broken.map(([reason]) => reason)).toEqual(verificationRules.map(({ reason }) => reason));
  });

  it.each(broken)("finds %s", (reason, record) => {
    expect(verifyPayment(createdOrder(), record, policy)).toBe(reason);
  });

  it.each(broken.map(([reason, record], index) => ({ reason, record, later: broken.slice(index + 1) })))(
    "names $reason before every rule after it",
    ({ reason, record, later }) => {
      const right = paymentRecord();
      for (const [, other] of later)
        expect(verifyPayment(createdOrder(), { ...other, ...differing(record, right) }, policy)).toBe(reason);
    },
  );

  it("finds a payment that is older by its end, where PortOne tells no start", () => {
    const record = paymentRecord({ startedAtMs: null, paidAtMs: createdAtMs - 60_001 });
    expect(verifyPayment(createdOrder(), record, policy)).toBe("payment_older_than_order");
  });

  it.each([
    ["as asked", createdOrder(), paymentRecord()],
    ["with no start told", createdOrder(), paymentRecord({ startedAtMs: null })],
    ["with no time told", createdOrder(), paymentRecord({ startedAtMs: null, paidAtMs: null })],
    ["over the second of our MIDs", createdOrder(), paymentRecord({ pgId: "2009300001" })],
    [
      "started a minute before our clock created it",
      createdOrder(),
      paymentRecord({ startedAtMs: createdAtMs - 60_000 }),
    ],
    [
      "by an easy pay chosen inside the card window",
      createdOrder(),
      paymentRecord({ payMethod: "kakaopay" }),
    ],
    ["by an easy pay booked as its card", createdOrder({ payMethod: "naverpay" }), paymentRecord()],
    ["cancelled in full before we looked", createdOrder(), cancelledRecord([cancelEntry("c-1", 109_000)])],
    [
      "by escrow, as asked",
      createdOrder({ payMethod: "trans", escrow: true }),
      paymentRecord({ payMethod: "trans", escrow: true }),
    ],
  ])("is right when paid %s", (_, order, record) => {
    expect(verifyPayment(order, record, policy)).toBeNull();
  });

  it.each([
    ["the cancels add up to something else", [cancelEntry("c-1", 20_000)], 20_001],
    ["a cancel is counted that is not listed", [], 20_000],
    ["more was cancelled than was paid", [cancelEntry("c-1", 109_001)], 109_001],
    ["what was cancelled is no amount", [], null],
  ])("finds cancel_sum_mismatch when %s", (_, cancels, cancelled) => {
    const cancelAmount = cancelled === null ? null : won(cancelled);
    const record = cancelledRecord(cancels, { cancelAmount });
    expect(verifyPayment(createdOrder(), record, policy)).toBe("cancel_sum_mismatch");
  });

  it("finds escrow_mismatch when escrow was asked for and not made", () => {
    const order = createdOrder({ payMethod: "trans", escrow: true });
    expect(verifyPayment(order, paymentRecord({ payMethod: "trans" }), policy)).toBe("escrow_mismatch");
  });

  it.each(payMethods)("S53 takes whatever PortOne calls the method, when %s was asked for", (asked) => {
    for (const used of [...payMethods, "point", "applepay", "", "paypal"]) {
      const order = createdOrder({ payMethod: asked });
      expect([used, verifyPayment(order, paymentRecord({ payMethod: used }), policy)]).toEqual([used, null]);
    }
  });

  it.each([
    [null, "amount_mismatch"],
    [108_999, "amount_mismatch"],
    [109_000, null],
    [109_001, "amount_mismatch"],
  ] as const)("compares the amount to the won: %s", (amount, reason) => {
    const record = (units: number | null) => paymentRecord({ amount: units === null ? null : won(units) });
    expect(verifyPayment(createdOrder(), record(amount), policy)).toBe(reason);
  });

  it("takes test-channel payments only where this deployment accepts them", () => {
    const accepting = { ...policy, acceptsSandbox: true };
    expect(verifyPayment(createdOrder(), paymentRecord({ sandbox: true }), accepting)).toBeNull();
  });
});
