// The refunds of an order: ours by their own items, console cancels by PortOne's entries.
import { minus } from "../../domain/money.ts";
import type { ListedRefund } from "../../domain/refund.ts";
import type { OrderStore, RefundStore } from "../../ports/table.ts";

export interface ListRefundPorts {
  readonly store: OrderStore;
  readonly refunds: RefundStore;
}

/** Oldest first, the one in flight last; null when there is no such order. */
export async function listRefunds(
  merchantUid: string,
  ports: ListRefundPorts,
): Promise<readonly ListedRefund[] | null> {
  const order = await ports.store.read(merchantUid);
  if (!order) return null;
  const ids = order.attempts.flatMap((attempt) => attempt.cancels.flatMap((cancel) => cancel.refundId ?? []));
  const kept = await ports.refunds.readRefunds(merchantUid, ids);
  const ours = new Map(kept.map((refund) => [refund.refundId, refund]));
  const listed = order.attempts.flatMap(({ impUid, amount, cancels }) => {
    let remainingAfter = amount;
    return cancels.map((cancel): ListedRefund => {
      remainingAfter = minus(remainingAfter, cancel.amount);
      const refund = cancel.refundId === null ? undefined : ours.get(cancel.refundId);
      // One that came although its refund was refused, or made before, is told as PortOne tells it.
      if (refund?.cancellationId === cancel.cancellationId) return { kind: "finished", refund };
      return { kind: "console", impUid, cancel, order, remainingAfter };
    });
  });
  const { cancel } = order;
  return cancel ? [...listed, { kind: "running", cancel, order }] : listed;
}

/** One refund by its id, a refused one too. */
export async function findRefund(
  merchantUid: string,
  refundId: string,
  ports: ListRefundPorts,
): Promise<ListedRefund | "order_not_found" | "refund_not_found"> {
  const refunds = await listRefunds(merchantUid, ports);
  if (!refunds) return "order_not_found";
  const listed = refunds.find((refund) => idOf(refund) === refundId);
  if (listed) return listed;
  // A refused refund left no cancel behind; only its own item remembers it.
  const kept = ownIdForm.test(refundId) ? await ports.refunds.readRefund(merchantUid, refundId) : null;
  return kept ? { kind: "finished", refund: kept } : "refund_not_found";
}

const ownIdForm = /^rf_[A-Za-z0-9_-]{22}$/;

function idOf(listed: ListedRefund): string {
  if (listed.kind === "finished") {
    const { origin, refundId, cancellationId } = listed.refund;
    return origin === "automatic" ? `cx_${cancellationId}` : refundId;
  }
  return listed.kind === "running" ? listed.cancel.id : `cx_${listed.cancel.cancellationId}`;
}
