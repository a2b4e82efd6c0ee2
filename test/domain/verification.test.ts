import { describe, expect, it } from "vitest";
import { verificationRules, verifyPayment } from "../../lib/domain/verification.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  paymentRecord,
  policy,
  won,
} from "../fixtures/orders.ts";

describe("verifyPayment", () => {
  const broken = [
    ["status_unknown", paymentRecord({ status: "unrecognised" })],
    ["merchant_uid_mismatch", paymentRecord({ merchantUid: "ord-20260805-000143" })],
    ["sandbox_payment", paymentRecord({ sandbox: true })],
    ["foreign_channel", paymentRecord({ pgId: "2999199990" })],
    ["payment_older_than_order", paymentRecord({ startedAtMs: createdAtMs - 60_001 })],
    ["currency_mismatch", paymentRecord({ currency: "USD" })],
    ["amount_mismatch", paymentRecord({ amount: won(108_999) })],
    ["cancel_sum_mismatch", cancelledRecord([cancelEntry("c-1", 20_000)], { cancelAmount: won(19_999) })],
    ["pay_method_mismatch", paymentRecord({ payMethod: "phone" })],
    ["escrow_mismatch", paymentRecord({ escrow: true })],
  ] as const;

  it("has a row for every rule, in the rules' order", () => {
    expect(broken.map(([reason]) => reason)).toEqual(verificationRules.map(({ reason }) => reason));
  });

  it.each(broken)("finds %s", (reason, record) => {
    expect(verifyPayment(createdOrder(), record, policy)).toBe(reason);
  });

  it("names the first of several", () => {
    const record = paymentRecord({ sandbox: true, amount: won(1), currency: "USD" });
    expect(verifyPayment(createdOrder(), record, policy)).toBe("sandbox_payment");
  });

  it.each([
    ["as asked", createdOrder(), paymentRecord()],
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
    [108_999, "amount_mismatch"],
    [109_000, null],
    [109_001, "amount_mismatch"],
  ])("compares the amount to the won: %d", (amount, reason) => {
    expect(verifyPayment(createdOrder(), paymentRecord({ amount: won(amount) }), policy)).toBe(reason);
  });

  it("takes test-channel payments only where this deployment accepts them", () => {
    const accepting = { ...policy, acceptsSandbox: true };
    expect(verifyPayment(createdOrder(), paymentRecord({ sandbox: true }), accepting)).toBeNull();
  });
});
