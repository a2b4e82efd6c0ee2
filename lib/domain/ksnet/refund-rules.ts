// KSNET's rules for giving money back, asked before anything is claimed by whoever moves it: the refund door, the
// give-back, and a refund that has waited for the morning.
import { kstMonth } from "../kst.ts";
import type { Money } from "../money.ts";
import { type Attempt, type Order, remainingOfAttempt } from "../order.ts";
import type { AskedAccount } from "../refund-account.ts";
import { isRefundNight } from "./refund-night.ts";
import { refundsEndAtMs } from "./refund-window.ts";
import { type BrokenRule, findBrokenRules, type Rule, type RuleContext, when } from "./rule.ts";
import type { RefundRuleCode } from "./rule-code.ts";

export interface RefundFacts {
  /** PortOne's word, else what the order asked for. */
  readonly payMethod: string;
  readonly isEscrow: boolean;
  readonly paid: Money;
  readonly paidAtMs: number;
  /** What went back of it before, each cancel for itself. */
  readonly cancelled: readonly Money[];
  readonly remaining: Money;
  /** What is to go back, with the default for an absent amount filled in. */
  readonly amount: Money;
  readonly account: AskedAccount | null;
}

/** What the buyer really paid with, as far as anybody knows. */
export const payMethodOf = (order: Order, { payMethod }: Pick<Attempt, "payMethod">): string =>
  payMethod || order.payMethod;

/** The facts of money going back from this attempt. */
export const refundFactsOf = (
  order: Order,
  attempt: Attempt,
  { amount, account }: Pick<RefundFacts, "amount" | "account">,
): RefundFacts => ({
  payMethod: payMethodOf(order, attempt),
  isEscrow: order.escrow,
  paid: attempt.amount,
  paidAtMs: attempt.paidAtMs ?? attempt.stateSinceMs,
  cancelled: attempt.cancels.map((cancel) => cancel.amount),
  remaining: remainingOfAttempt(attempt),
  amount,
  account,
});

const isVbank = ({ payMethod }: RefundFacts): boolean => payMethod === "vbank";
const isPhone = ({ payMethod }: RefundFacts): boolean => payMethod === "phone";
const isPart = ({ amount, paid }: RefundFacts): boolean => amount < paid;

const mostParts = 9;
/** A purchase nobody confirmed is confirmed 6 business days after its parcel at the latest. */
const surelyConfirmedMs = 14 * 24 * 3_600_000;

interface RefundRule extends Rule<RefundFacts> {
  readonly code: RefundRuleCode;
}

// Source: PortOne's V1 API description and KSNET pages, read 2026-08; of each rule, in docs/ksnet-rules.md.
export const refundRules: readonly RefundRule[] = [
  {
    code: "refund_window_closed",
    rule: "R-KS-5",
    title: "Six months have passed since the payment",
    detail: "결제한 지 6개월이 지나 환불할 수 없습니다. 구매자에게 직접 송금해 주세요.",
    findBroken: (facts, { nowMs }) => when(nowMs >= refundsEndAtMs(facts.paidAtMs), "/amount"),
  },
  {
    code: "partial_refund_limit_reached",
    rule: "R-KS-4",
    title: "A payment goes back in nine parts at most",
    detail: "부분 환불은 결제 한 건에 9번까지 가능합니다. 남은 금액은 구매자에게 직접 송금해 주세요.",
    // Assumption: whatever is less than the whole payment counts, the part that clears the rest as well.
    findBroken: (facts) => {
      const parts = facts.cancelled.filter((amount) => amount < facts.paid).length;
      return when(!isPhone(facts) && isPart(facts) && parts >= mostParts, "/amount");
    },
  },
  {
    code: "phone_partial_refund_unsupported",
    rule: "R-KS-9",
    title: "A phone payment goes back as a whole only",
    detail:
      "휴대폰 결제는 부분 환불할 수 없습니다. 결제한 달에 amount 없이 전액을 환불하거나 직접 송금해 주세요.",
    findBroken: (facts) => when(isPhone(facts) && isPart(facts), "/amount"),
  },
  {
    code: "phone_refund_month_over",
    rule: "R-KS-10",
    title: "A phone payment goes back in its calendar month only",
    detail: "휴대폰 결제는 결제한 달에만 환불할 수 있습니다. 구매자에게 직접 송금해 주세요.",
    findBroken: (facts, { nowMs }) =>
      when(isPhone(facts) && kstMonth(nowMs) !== kstMonth(facts.paidAtMs), "/amount"),
  },
  {
    code: "escrow_not_confirmed",
    rule: "R-KS-33",
    title: "The buyer has not confirmed the purchase",
    detail: "에스크로 결제는 구매확정 전에 부분 환불할 수 없습니다. 전액 환불만 가능합니다.",
    // PortOne does not tell when the buyer confirmed; once it must have been, KSNET decides.
    findBroken: ({ isEscrow, amount, remaining, paidAtMs }, { nowMs }) =>
      when(isEscrow && amount < remaining && nowMs < paidAtMs + surelyConfirmedMs, "/amount"),
  },
  {
    code: "vbank_refund_not_contracted",
    rule: "R-KS-7",
    title: "Refunds of virtual accounts are not in this shop's contract",
    detail:
      "가상계좌 환불은 KSNET과 별도 계약이 필요합니다. 계약했다면 PAY_CONTRACTS에 vbank_refund를 더하고, 아니면 구매자에게 직접 송금해 주세요.",
    findBroken: (facts, { contracts }) =>
      when(isVbank(facts) && !contracts.has("vbank_refund"), "/refund_account"),
  },
  {
    code: "refund_account_required",
    rule: "R-KS-8",
    title: "A virtual account's refund needs an account to pay to",
    detail:
      "가상계좌 환불에는 환불받을 계좌의 예금주, 은행 코드, 계좌번호(refund_holder, refund_bank, refund_account)가 필요합니다.",
    findBroken: (facts) =>
      isVbank(facts)
        ? [
            ...when(!facts.account?.holder, "/refund_holder"),
            ...when(!facts.account?.bank, "/refund_bank"),
            ...when(!facts.account?.number, "/refund_account"),
          ]
        : [],
  },
  {
    code: "vbank_refund_closed_at_night",
    rule: "R-KS-6",
    title: "No virtual account is refunded from 23:00 to 06:00",
    detail: "가상계좌 환불은 06:00부터 23:00까지만 가능합니다. 06:00 이후에 다시 요청해 주세요.",
    findBroken: (facts, { nowMs }) => when(isVbank(facts) && isRefundNight(nowMs), "/refund_account"),
  },
];

export const findBrokenRefundRules = (facts: RefundFacts, context: RuleContext): readonly BrokenRule[] =>
  findBrokenRules(refundRules, facts, context);

/** The first rule that forbids it; null where none does. */
export const findForbidding = (facts: RefundFacts, context: RuleContext): RefundRuleCode | null =>
  refundRules.find(({ findBroken }) => findBroken(facts, context).length > 0)?.code ?? null;

/** A rule by its code, as it is told to whoever asks again. */
export function refundRuleOf(code: RefundRuleCode): Omit<BrokenRule, "pointer"> {
  const known = refundRules.find((rule) => rule.code === code);
  if (!known) throw new Error(`no rule of refunds is called ${code}`);
  const { rule, title, detail } = known;
  return { code, rule, title, detail };
}
