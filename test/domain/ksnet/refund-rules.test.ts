// KSNET's rules for giving money back, a row on each side of every boundary.
import { expect, it } from "vitest";
import { findBrokenRefundRules } from "../../../lib/domain/ksnet/refund-rules.ts";
import { contractNames } from "../../../lib/domain/ksnet/rule.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { approvedOrder, createdOrder, paymentRecord, synced } from "../../support/orders.ts";

const paidAtMs = Date.parse("2026-08-05T12:02:00+09:00");
const dayMs = 24 * 3_600_000;
const paid = (escrow: boolean): Order =>
  synced(approvedOrder(createdOrder({ escrow, payMethod: "trans" })), [
    paymentRecord({ escrow, payMethod: "trans", paidAtMs }),
  ]);
const broken = (order: Order, amount: number, nowMs: number) =>
  findBrokenRefundRules({ order, amount }, { nowMs, contracts: new Set(contractNames) });

it("R-KS-33 an escrow payment goes back as a whole at any time", () => {
  expect(broken(paid(true), 109_000, paidAtMs)).toEqual([]);
});

it("R-KS-33 no part of an escrow payment goes back before its purchase must have been confirmed", () => {
  expect(broken(paid(true), 108_999, paidAtMs + 14 * dayMs - 1)).toMatchObject([
    { code: "escrow_not_confirmed", rule: "R-KS-33", pointer: "/amount" },
  ]);
  expect(broken(paid(true), 108_999, paidAtMs + 14 * dayMs)).toEqual([]);
});

it("R-KS-33 says nothing of a payment without escrow", () => {
  expect(broken(paid(false), 1, paidAtMs)).toEqual([]);
});
