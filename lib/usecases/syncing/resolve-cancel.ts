// What became of a cancel whose answer was lost: decided by PortOne's record, fetched after the order was
// read. One function for the refund door, every sync and the sweep.
import { claimAnotherSend, concludeCancel, endAsKept, holdForGood } from "../../domain/cancel.ts";
import type { Contract } from "../../domain/ksnet/rule.ts";
import { closedRefunds, nameLateCancels, unnamedEntries } from "../../domain/late-cancel.ts";
import type { CancelOperation, CancelRefusal } from "../../domain/operation.ts";
import type { Order, Stamp } from "../../domain/order.ts";
import { markForReview } from "../../domain/order-change.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import type { RefundAccount } from "../../domain/refund-account.ts";
import { closeUnsent, decideSend, postpone } from "../../domain/scheduled-cancel.ts";
import type { Clock, Identifiers } from "../../ports/environment.ts";
import type { OrderStore, RefundStore } from "../../ports/table.ts";
import { type KeptAccountPorts, openFor } from "./kept-account.ts";
import { keepEnd, type Sender, stampOfSender } from "./send-cancel.ts";

export interface ResolveCancelPorts extends KeptAccountPorts {
  readonly refunds: RefundStore;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly contracts: ReadonlySet<Contract>;
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
  /** To be sent with it. */
  readonly account: RefundAccount | null;
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
  if (!record && cancel.state !== "closed") return done(synced);
  const seen = { ...stamp, record, refused: null, isAnswered: false, requestId: sender.requestId };
  const concluded = concludeCancel(order, synced, cancel, seen);
  if (concluded.isOver)
    return done((await keepEnd(concluded, { synced, cancel, stamp }, ports.refunds)).next);
  switch (concluded.verdict) {
    case "remaining_changed":
      return close(synced, cancel, "remaining_changed", { stamp, ids: ports.ids });
    case "stuck":
      return done(holdForGood(synced, stamp));
    case "send":
    case "send_again":
      return sendNow(synced, cancel, sender, ports);
    case "old":
    case "wait":
      return done(synced);
  }
}

/** The rules are asked once more, and the account is opened: only what may go out now is claimed. */
async function sendNow(
  order: Order,
  cancel: CancelOperation,
  sender: Sender & { readonly maySend: boolean },
  ports: ResolveCancelPorts,
): Promise<Resolution> {
  if (!sender.maySend) return done(order);
  const opened = await openFor(order, cancel, sender.account, ports);
  if (opened.isSealed) return done(order);
  const { account } = opened;
  const stamp = stampOfSender(sender, ports);
  const step = decideSend(order, cancel, account, { nowMs: stamp.atMs, contracts: ports.contracts });
  switch (step.step) {
    case "put_off":
      return done(postpone(order, cancel, step.atMs, stamp));
    case "account_needed":
      return done(markForReview(order, "refund_account_needed", stamp));
    case "forbidden":
      // What was sent may only end by what PortOne shows: a person looks.
      return cancel.sends === 0
        ? close(order, cancel, step.by, { stamp, ids: ports.ids })
        : done(holdForGood(order, stamp));
    case "send": {
      const next = claimAnotherSend(order, cancel, ports.ids.newClaimToken(), stamp);
      return { next, sendsAgain: true, account };
    }
  }
}

const close = (
  order: Order,
  cancel: CancelOperation,
  closedBy: CancelRefusal,
  { stamp, ids }: { readonly stamp: Stamp; readonly ids: Identifiers },
): Resolution => done(closeUnsent(order, cancel, { closedBy, claimToken: ids.newClaimToken() }, stamp));

/** Ends what will never be sent, without a look at PortOne; the order as it stands then. Losing the last write is harmless. */
export async function endClosed(
  order: Order,
  cancel: CancelOperation,
  sender: Sender,
  ports: ResolveCancelPorts & { readonly store: OrderStore },
): Promise<Order> {
  const looked = { order, synced: order, record: undefined };
  const { next } = await resolveCancelInFlight(looked, cancel, { ...sender, maySend: false }, ports);
  return (await ports.store.update(order, next)).order;
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

const done = (next: Order): Resolution => ({ next, sendsAgain: false, account: null });
