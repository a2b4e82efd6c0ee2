// A refund as merchants see it, whether it is over, in flight, or a cancel made in PortOne's console.
import { refundRuleOf } from "../../domain/ksnet/refund-rules.ts";
import { type RefundRuleCode, refundRuleCodes } from "../../domain/ksnet/rule-code.ts";
import { type Currency, currencyOf, type Money, toWire } from "../../domain/money.ts";
import type { CancelOperation, CancelRefusal } from "../../domain/operation.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../domain/order.ts";
import type { ListedRefund, Refund, RefundRefusal } from "../../domain/refund.ts";
import type { Answer } from "../answer.ts";
import { invalidField } from "../fields.ts";
import { problemAnswer, ruleAnswer } from "../problem.ts";
import { malformed } from "../problem-error.ts";
import { iso, isoOrNull } from "./time.ts";

export function viewRefund(listed: ListedRefund) {
  switch (listed.kind) {
    case "finished": {
      const { refund } = listed;
      const wire = inCurrency(refund.currency);
      return {
        refund_id: viewRefundId(refund),
        merchant_uid: refund.merchantUid,
        imp_uid: refund.impUid,
        origin: refund.origin,
        state: refund.state,
        amount: wire(refund.amount),
        tax_free: wire(refund.taxFree),
        reason: refund.reason,
        tag: refund.tag,
        cancellation_id: refund.cancellationId,
        requested_at: iso(refund.requestedAtMs),
        scheduled_at: null,
        completed_at: iso(refund.completedAtMs),
        remaining: wire(refund.remaining),
        remaining_tax_free: wire(refund.remainingTaxFree),
        provider_message: refund.providerMessage,
      };
    }
    case "running": {
      const { cancel, order } = listed;
      const wire = inCurrency(order.currency);
      return {
        refund_id: cancel.id,
        merchant_uid: order.merchantUid,
        imp_uid: cancel.impUid,
        origin: cancel.kind === "refund" ? "merchant" : "automatic",
        state: runningStates[cancel.state],
        amount: wire(cancel.amount),
        tax_free: wire(cancel.taxFree),
        reason: cancel.reason,
        tag: cancel.tag,
        cancellation_id: null,
        requested_at: iso(cancel.sinceMs),
        scheduled_at: cancel.state === "scheduled" ? isoOrNull(cancel.scheduledAtMs) : null,
        completed_at: null,
        remaining: wire(remainingOf(order)),
        remaining_tax_free: wire(remainingTaxFreeOf(order)),
        provider_message: null,
      };
    }
    case "console": {
      const { cancel, impUid, order, remainingAfter } = listed;
      const wire = inCurrency(order.currency);
      return {
        refund_id: `cx_${cancel.cancellationId}`,
        merchant_uid: order.merchantUid,
        imp_uid: impUid,
        origin: "console",
        state: "succeeded",
        amount: wire(cancel.amount),
        tax_free: wire(cancel.taxFree),
        reason: null,
        tag: null,
        cancellation_id: cancel.cancellationId,
        requested_at: iso(cancel.atMs),
        scheduled_at: null,
        completed_at: iso(cancel.atMs),
        remaining: wire(remainingAfter),
        remaining_tax_free: null,
        provider_message: null,
      };
    }
  }
}

/** A page of them, oldest first; `cursor` is there where a limit was asked for, and names the last one of the page. */
export function viewRefunds(refunds: readonly ListedRefund[], limit: number | null, after: string) {
  const all = refunds.map(viewRefund);
  const last = all.findIndex(({ refund_id }) => refund_id === after);
  if (after !== "" && last < 0) throw malformed([invalidField("/cursor", "발급한 적이 없는 cursor입니다.")]);
  const rest = all.slice(last + 1);
  if (limit === null) return { refunds: rest };
  const page = rest.slice(0, limit);
  return { refunds: page, cursor: rest.length > limit ? (page.at(-1)?.refund_id ?? null) : null };
}

/** What is closed was taken back, or is about to be refused. */
const runningStates: Readonly<Record<CancelOperation["state"], "pending" | "scheduled">> = {
  claimed: "pending",
  unknown: "pending",
  scheduled: "scheduled",
  closed: "pending",
};

/** A give-back has no key of the merchant's, so it is named by its cancel, as a console cancel is. */
const viewRefundId = ({ origin, refundId, cancellationId }: Refund): string =>
  origin === "automatic" && cancellationId !== null ? `cx_${cancellationId}` : refundId;

const inCurrency = (currency: string) => (money: Money) => toWire(money, currencyOf(currency));

/** Built from the kept refund alone, so that a repeated key is answered byte for byte alike. */
export function answerKeptRefund(refund: Refund): Answer {
  if (refund.refusal === null) return { status: 200, body: viewRefund({ kind: "finished", refund }) };
  const wire = inCurrency(refund.currency);
  const { refusal, requestId } = refund;
  const members = {
    remaining: wire(refund.remaining),
    remaining_tax_free: wire(refund.remainingTaxFree),
    provider_message: refund.providerMessage,
    operation: refund.refundId,
  };
  return isRule(refusal)
    ? ruleAnswer([{ ...refundRuleOf(refusal), pointer: "" }], requestId, members)
    : problemAnswer(refusal, requestId, members);
}

const isRule = (refusal: CancelRefusal): refusal is RefundRuleCode =>
  refundRuleCodes.some((code) => code === refusal);

const locationOf = (merchantUid: string, refundId: string) => ({
  location: `/orders/${encodeURIComponent(merchantUid)}/refunds/${refundId}`,
});

/** Claimed, its outcome not known yet, or waiting for the morning. */
export const answerRunningRefund = ({
  cancel,
  order,
}: Pick<Extract<ListedRefund, { kind: "running" }>, "cancel" | "order">): Answer => ({
  status: 202,
  headers: locationOf(order.merchantUid, cancel.id),
  body: viewRefund({ kind: "running", cancel, order }),
});

/** Nobody can read whether it is claimed; only its name is certain. */
export const answerUnreadableRefund = ({
  merchantUid,
  refundId,
}: {
  readonly merchantUid: string;
  readonly refundId: string;
}): Answer => ({
  status: 202,
  headers: locationOf(merchantUid, refundId),
  body: { refund_id: refundId, merchant_uid: merchantUid, state: "pending" },
  merchantUid,
});

/** What is left of the order, for a refusal that says so. */
export const viewLeft = (order: Order) => ({
  remaining: toWire(remainingOf(order), order.currency),
  remaining_tax_free: toWire(remainingTaxFreeOf(order), order.currency),
});

const units: Readonly<Record<Currency, string>> = { KRW: "원", USD: "달러" };

/** A refund that the order's own figures forbid. */
export function answerRefusedRefund(refusal: RefundRefusal, order: Order, requestId: string): Answer {
  const left = viewLeft(order);
  switch (refusal) {
    case "order_not_paid":
    case "refund_amount_not_positive":
      return problemAnswer(refusal, requestId);
    case "refund_exceeds_remaining": {
      const amount = `${left.remaining.toLocaleString("ko-KR")}${units[order.currency]}`;
      const detail = `환불 가능한 금액은 ${amount}입니다.`;
      return problemAnswer(refusal, requestId, {
        errors: [{ pointer: "/amount", code: refusal, detail }],
        ...left,
      });
    }
    case "refund_tax_free_exceeds_remaining": {
      const detail = "남은 면세·과세 금액에 맞지 않는 면세 금액입니다.";
      return problemAnswer(refusal, requestId, {
        errors: [{ pointer: "/tax_free", code: refusal, detail }],
        ...left,
      });
    }
  }
}
