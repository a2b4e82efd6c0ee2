// What became of a cancel whose answer was lost: decided by PortOne's record, fetched after the order was
// read. One function for the refund door, every sync and the sweep.
import { claimAnotherSend, concludeCancel, endAsKept, holdForGood } from "../../domain/cancel.ts";
import { closedRefunds, nameLateCancels, unnamedEntries } from "../../domain/late-cancel.ts";
import type { CancelOperation } from "../../domain/operation.ts";
import { attemptOf, type Order } from "../../domain/order.ts";
import { markForReview } from "../../domain/order-change.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import type { Clock, Identifiers } from "../../ports/environment.ts";
import type { RefundStore } from "../../ports/table.ts";
import { keepEnd, type Sender, stampOfSender } from "./send-cancel.ts";

export interface ResolveCancelPorts {
  readonly refunds: RefundStore;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

/** The order as read, and what a look at PortOne made of it. */
export interface Looked {
  readonly order: Order;
  /** `order` joined with the same records. */
  readonly synced: Order;
  /** Of the attempt that the cancel is about; absent when the look did not show it. */
  readonly record: PaymentRecord | undefined;
}

export interface Resolution {
  /** The order to write; the given one when nothing follows yet. */
  readonly next: Order;
  /** `next` counts one more send, to be made after it is written. */
  readonly sendsAgain: boolean;
}

/**
 * The refund's item is read after the order and written before the slot is freed; both orders reversed would
 * move money twice.
 */
export async function resolveCancelInFlight(
  { order, synced, record }: Looked,
  cancel: CancelOperation,
  sender: Sender & { readonly maySend: boolean },
  ports: ResolveCancelPorts,
): Promise<Resolution> {
  const stamp = stampOfSender(sender, ports);
  const kept = await ports.refunds.readRefund(order.merchantUid, cancel.id);
  if (kept) return done(endAsKept(synced, cancel, kept, stamp));
  if (!record) return done(synced);
  const seen = { ...stamp, record, refused: null, isAnswered: false, requestId: sender.requestId };
  const concluded = concludeCancel(order, synced, cancel, seen);
  if (concluded.isOver)
    return done((await keepEnd(concluded, { synced, cancel, stamp }, ports.refunds)).next);
  switch (concluded.verdict) {
    case "stuck":
      return done(holdForGood(synced, stamp));
    case "send_again": {
      if (!sender.maySend) return done(synced);
      const needsAccount = attemptOf(order, cancel.impUid)?.payMethod === "vbank";
      // Nobody stored the buyer's account: only the merchant's own repeat of the key brings it again.
      if (needsAccount && sender.account === null)
        return done(markForReview(synced, "refund_account_needed", stamp));
      return { next: claimAnotherSend(synced, cancel, ports.ids.newClaimToken(), stamp), sendsAgain: true };
    }
    case "old":
    case "wait":
      return done(synced);
  }
}

/** Cancels under a tag of ours that belong to no cancel in flight, counted as their refunds'; most looks show none. */
export async function nameLate(
  order: Order,
  records: readonly PaymentRecord[],
  sender: Sender,
  ports: ResolveCancelPorts,
): Promise<Order> {
  if (records.every((record) => unnamedEntries(order, record).length === 0)) return order;
  const closed = await ports.refunds.readRefunds(order.merchantUid, closedRefunds(order));
  const stamp = stampOfSender(sender, ports);
  return records.reduce((next, record) => nameLateCancels(next, record, closed, stamp), order);
}

const done = (next: Order): Resolution => ({ next, sendsAgain: false });
