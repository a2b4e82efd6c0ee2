// KSNET's rules for giving money back, asked before anything is claimed.
import { type Order, remainingOf } from "../order.ts";
import { type BrokenRule, findBrokenRules, type Rule, type RuleContext, when } from "./rule.ts";

export interface RefundFacts {
  readonly order: Order;
  /** What is to go back, with the default for an absent amount filled in. */
  readonly amount: number;
}

/** A purchase nobody confirmed is confirmed 6 business days after its parcel at the latest. */
const surelyConfirmedMs = 14 * 24 * 3_600_000;

export const refundRules: readonly Rule<RefundFacts>[] = [
  {
    code: "escrow_not_confirmed",
    rule: "R-KS-33",
    title: "The buyer has not confirmed the purchase",
    detail: "에스크로 결제는 구매확정 전에 부분 환불할 수 없습니다. 전액 환불만 가능합니다.",
    // Source: PortOne help, content200006. PortOne does not tell when the buyer confirmed; once it must have been,
    // KSNET decides.
    findBroken: ({ order, amount }, { nowMs }) =>
      when(
        order.escrow && amount < remainingOf(order) && nowMs < (order.paidAtMs ?? nowMs) + surelyConfirmedMs,
        "/amount",
      ),
  },
];

export const findBrokenRefundRules = (facts: RefundFacts, context: RuleContext): readonly BrokenRule[] =>
  findBrokenRules(refundRules, facts, context);
