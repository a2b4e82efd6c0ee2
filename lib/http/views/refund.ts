// A refund as merchants see it, whether it is over, in flight, or a cancel made in PortOne's console.
import { type Currency, type Money, toWire } from "../../domain/money.ts";
import { remainingOf, remainingTaxFreeOf } from "../../domain/order.ts";
import type { Refund } from "../../domain/refund.ts";
import type { ListedRefund } from "../../usecases/refunds/list-refunds.ts";
import { iso } from "./time.ts";

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
      const { operation, order } = listed;
      const wire = inCurrency(order.currency);
      return {
        refund_id: operation.id,
        merchant_uid: order.merchantUid,
        imp_uid: operation.impUid,
        origin: operation.kind === "refund" ? "merchant" : "automatic",
        state: "pending",
        amount: wire(operation.amount),
        tax_free: wire(operation.taxFree),
        reason: operation.reason,
        tag: operation.tag,
        cancellation_id: null,
        requested_at: iso(operation.sinceMs),
        scheduled_at: null,
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

/** A give-back has no key of the merchant's, so it is named by its cancel, as a console cancel is. */
const viewRefundId = ({ origin, refundId, cancellationId }: Refund): string =>
  origin === "automatic" && cancellationId !== null ? `cx_${cancellationId}` : refundId;

const inCurrency = (currency: Currency) => (money: Money) => toWire(money, currency);
