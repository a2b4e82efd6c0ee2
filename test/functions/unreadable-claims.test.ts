// What a merchant is told when the table falls silent over a claim: never that nothing was started.
import { expect, it } from "vitest";
import { answerCharge } from "../../lib/http/views/charge.ts";
import { answerUnreadable } from "../../lib/http/views/order.ts";
import { answerUnreadableRefund } from "../../lib/http/views/refund.ts";

it("a refund is named by its key, with the place that tells later", () => {
  const merchantUid = "ord~1:a";
  expect(answerUnreadableRefund({ merchantUid, refundId: "rf_k7q2m5xwaABCDEFGHIJKL1" })).toEqual({
    status: 202,
    headers: { location: "/orders/ord~1%3Aa/refunds/rf_k7q2m5xwaABCDEFGHIJKL1" },
    body: { refund_id: "rf_k7q2m5xwaABCDEFGHIJKL1", merchant_uid: merchantUid, state: "pending" },
    merchantUid,
  });
});

it("a charge is named by its number, with the place that tells later", () => {
  const merchantUid = "ord-20260805-000142";
  const result = { outcome: "claim_unreadable", merchantUid } as const;
  expect(answerCharge(result, "request-1", { billing_key: null })).toEqual({
    status: 202,
    headers: { location: "/orders/ord-20260805-000142" },
    body: { order: { merchant_uid: merchantUid }, payment: null, billing_key: null },
    outcome: "claim_unreadable",
    merchantUid,
  });
});

it("an account is named by its order's number, with the place that tells later", () => {
  const merchantUid = "ord~1:a";
  expect(answerUnreadable(merchantUid, { merchant_uid: merchantUid })).toEqual({
    status: 202,
    headers: { location: "/orders/ord~1%3Aa" },
    body: { merchant_uid: merchantUid },
    outcome: "claim_unreadable",
    merchantUid,
  });
});
