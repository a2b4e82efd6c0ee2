// A cancel that PortOne shows under our tag although its slot is free: the refund was told as refused, or was made
// once already. Whatever carries one of our tags is ours, so it is named after its refund, and a person looks.
import { namedAsHeld } from "./held-cancels.ts";
import { least } from "./money.ts";
import { attemptOf, type Order, type Stamp, withAttempt } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import { isReadable, type PaymentRecord, type ReadableEntry } from "./payment-record.ts";
import type { Refund } from "./refund.ts";
import { tagIn } from "./tag.ts";

/** Entries under a tag that this order counts, but for nobody; the cancel in flight names its own. */
export function unnamedEntries(order: Order, shown: PaymentRecord): readonly ReadableEntry[] {
  const record = namedAsHeld(order, shown);
  const { cancel } = order;
  const running = cancel?.impUid === record.impUid ? cancel.tag : null;
  const counted = attemptOf(order, record.impUid)?.cancels ?? [];
  const unnamed = new Set(
    counted.flatMap(({ refundId, cancellationId }) => (refundId === null ? [cancellationId] : [])),
  );
  return record.cancels.filter(isReadable).filter(({ cancellationId, reason }) => {
    const tag = tagIn(reason);
    return tag !== null && tag !== running && unnamed.has(cancellationId);
  });
}

/** Refunds of ours that ended, by the names this order still knows. */
export const closedRefunds = ({ attempts, refusedRefunds }: Order): readonly string[] => [
  ...new Set([
    ...refusedRefunds,
    ...attempts.flatMap(({ cancels }) => cancels.flatMap(({ refundId }) => refundId ?? [])),
  ]),
];

/** The order with those entries counted as the refunds' they name; the same object when none names any of these. */
export function nameLateCancels(
  order: Order,
  record: PaymentRecord,
  closed: readonly Refund[],
  stamp: Stamp,
): Order {
  let next = order;
  for (const { cancellationId, amount, reason } of unnamedEntries(order, record)) {
    const refund = closed.find(({ tag, impUid }) => tag === tagIn(reason) && impUid === record.impUid);
    const attempt = attemptOf(next, record.impUid);
    if (!refund || !attempt) continue;
    const { refundId, state } = refund;
    const named = { refundId, taxFree: least(refund.taxFree, amount) };
    const cancels = attempt.cancels.map((known) =>
      known.cancellationId === cancellationId ? { ...known, ...named } : known,
    );
    const mark = state === "succeeded" ? ("double_cancel" as const) : ("operation_unresolved" as const);
    next = changeOrder(
      next,
      {
        attempts: withAttempt(next.attempts, { ...attempt, cancels }),
        reviewReason: next.reviewReason ?? mark,
      },
      { ...stamp, reason: refundId, isNoted: true },
    );
  }
  return next;
}
