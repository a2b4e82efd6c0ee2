// What KSNET refuses to cancel, by rule id (R-KS-n). Facts: KSNET's warnings and PortOne's cancel pages.
// Written from the documentation, sharing nothing with the product.
import { isOverseasCard } from "../ksnet-codes.ts";
import { endOfDayMonthsLater, toKst } from "../kst.ts";
import { remainingOf, remainingTaxFreeOf } from "../payment.ts";
import type { StoredPayment } from "../state.ts";
import { type Circumstances, when } from "./rule.ts";

/** A cancel about to be sent to KSNET. */
export interface WantedCancel {
  readonly amount: number;
  readonly taxFree: number;
  readonly refundHolder: string | null;
  readonly refundBank: string | null;
  readonly refundAccount: string | null;
  /** Console operators type the refund account into the console. */
  readonly byConsole: boolean;
}

interface CancelRule {
  readonly id: string;
  readonly refuses: (
    payment: StoredPayment,
    wanted: WantedCancel,
    circumstances: Circumstances,
  ) => string | null;
}

export const cancelRules: readonly CancelRule[] = [
  {
    id: "R-KS-4",
    refuses: (payment, wanted, { settings }) => {
      const { partial_cancel_limit: limit, partial_cancel_counts: counts } = settings.switches;
      const isPartial =
        counts === "leaving_balance" ? wanted.amount < remainingOf(payment) : wanted.amount < payment.amount;
      const made = payment.cancels.filter((cancel) => cancel.amount < payment.amount).length;
      return when(isPartial && made >= limit, `부분취소는 최대 ${limit}회까지 가능합니다.`);
    },
  },
  {
    id: "R-KS-5",
    refuses: (payment, _wanted, { nowMs, settings }) => {
      const { cancel_months: months } = settings.switches;
      const lastMs = endOfDayMonthsLater(payment.paidAtMs ?? nowMs, months);
      return when(nowMs > lastMs, `결제일로부터 ${months}개월이 지나 취소할 수 없습니다.`);
    },
  },
  {
    id: "R-KS-6",
    refuses: (payment, _wanted, { nowMs, settings }) => {
      const { hour } = toKst(nowMs);
      return when(
        payment.payMethod === "vbank" &&
          settings.switches.vbank_night_refund === "refused" &&
          (hour >= 23 || hour < 6),
        "가상계좌 환불은 23:00~06:00에 할 수 없습니다.",
      );
    },
  },
  {
    id: "R-KS-7",
    refuses: (payment, _wanted, { settings }) =>
      when(
        payment.payMethod === "vbank" &&
          (!settings.switches.vbank_refund_contract || !settings.contracts.includes("vbank_refund")),
        "가상계좌 환불 특약이 되어 있지 않습니다.",
      ),
  },
  {
    id: "R-KS-8",
    refuses: (payment, { refundHolder, refundBank, refundAccount, byConsole }) =>
      when(
        payment.payMethod === "vbank" &&
          !byConsole &&
          (refundHolder === null || refundBank === null || refundAccount === null),
        "가상계좌 환불에는 환불계좌(refund_holder, refund_bank, refund_account)가 필요합니다.",
      ),
  },
  {
    id: "R-KS-9",
    refuses: (payment, wanted) =>
      when(
        payment.payMethod === "phone" && wanted.amount < remainingOf(payment),
        "휴대폰 소액결제는 부분취소를 할 수 없습니다.",
      ),
  },
  {
    id: "R-KS-10",
    refuses: (payment, _wanted, { nowMs }) => {
      const paid = toKst(payment.paidAtMs ?? nowMs);
      const now = toKst(nowMs);
      return when(
        payment.payMethod === "phone" && (paid.year !== now.year || paid.month !== now.month),
        "휴대폰 소액결제는 결제한 달에만 취소할 수 있습니다.",
      );
    },
  },
  {
    id: "R-KS-33",
    refuses: (payment, wanted) =>
      when(
        payment.escrow && payment.escrowConfirmedAtMs === null && wanted.amount < remainingOf(payment),
        "에스크로 결제는 구매확정 전에 부분취소를 할 수 없습니다.",
      ),
  },
  {
    id: "R-KS-34",
    refuses: (payment, wanted, { settings }) => {
      const { partial_cancel_refused_cards: refused } = settings.switches;
      const isForeign = payment.card !== null && isOverseasCard(payment.card.code);
      return when(
        payment.card !== null &&
          wanted.amount < remainingOf(payment) &&
          (refused === "all" || (refused === "foreign" && isForeign)),
        "부분취소를 할 수 없는 카드입니다.",
      );
    },
  },
  {
    id: "R-KS-36",
    refuses: (payment) =>
      when(
        payment.sandbox && payment.payMethod === "vbank",
        "테스트 가상계좌는 실제 입금이 없어 환불할 수 없습니다.",
      ),
  },
  {
    id: "R-KS-40",
    refuses: (payment, wanted, { settings }) =>
      when(
        settings.switches.tax_free_over_remaining === "refused" &&
          payment.payMethod !== "vbank" &&
          (wanted.taxFree > wanted.amount || wanted.taxFree > remainingTaxFreeOf(payment)),
        "취소 면세금액(tax_free)이 남은 면세금액보다 큽니다.",
      ),
  },
];
