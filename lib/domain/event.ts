// What the shop is told of an order: which change of it is an event, and what the event says. One write is at most one
// event, and every event tells state and mark, so that one of two changes at once is enough. Pure.
import type { Receipt } from "./operation.ts";
import { cancelAmountOf, type Order, type OrderState, payingAttempt, remainingOf } from "./order.ts";
import type { ReviewReason } from "./review.ts";

export const eventTypes = [
  "order.approved",
  "order.awaiting_deposit",
  "order.paid",
  "order.partially_refunded",
  "order.refunded",
  "order.failed",
  "order.expired",
  "order.voided",
  "order.review",
  "receipt.issued",
  "receipt.cancelled",
] as const;
export type EventType = (typeof eventTypes)[number];

/** By the state that is entered. The shop made the order itself, and one whose account was closed is as it made it. */
export const typeOfState: Readonly<Record<OrderState, EventType | null>> = {
  created: null,
  approved: "order.approved",
  awaiting_deposit: "order.awaiting_deposit",
  paid: "order.paid",
  partially_refunded: "order.partially_refunded",
  refunded: "order.refunded",
  failed: "order.failed",
  expired: "order.expired",
  voided: "order.voided",
};

type ReceiptStanding = Receipt["state"] | "none";

/** By how the receipt stood and stands, where it is another one or stands otherwise. */
export const typeOfReceipt: Readonly<
  Record<ReceiptStanding, Readonly<Record<ReceiptStanding, EventType | null>>>
> = {
  none: { none: null, issued: "receipt.issued", cancelled: "receipt.cancelled" },
  issued: { none: null, issued: "receipt.issued", cancelled: "receipt.cancelled" },
  // The other one was made and taken back without us: nothing lives, as before.
  cancelled: { none: null, issued: "receipt.issued", cancelled: null },
};

/** A mark that is set, replaced or taken off. */
export const typeOfMark = (from: ReviewReason | null, to: ReviewReason | null): EventType | null =>
  from === to ? null : "order.review";

export interface OrderEvent {
  readonly type: EventType;
  readonly previous: OrderState;
  readonly occurredAtMs: number;
  /** Paid although the shop had been told that it was over. */
  readonly isLate: boolean;
}

/** What the write from `previous` to `next` tells the shop; null for a write that is nothing to it. */
export function eventOf(previous: Order, next: Order): OrderEvent | null {
  const told = changeOf(previous, next);
  const isLate = isOver(previous.state) && holdsMoney(next.state);
  return told && { ...told, previous: previous.state, isLate };
}

function changeOf(previous: Order, next: Order): Pick<OrderEvent, "type" | "occurredAtMs"> | null {
  const type = typeOfState[next.state];
  const moved = { type, occurredAtMs: changedAtMs(next) };
  if (previous.state !== next.state && isTold(moved)) return moved;
  // A second partial refund moves nothing.
  const refunded = { type, occurredAtMs: lastCancelAtMs(next) };
  if (cancelAmountOf(previous) !== cancelAmountOf(next) && isTold(refunded)) return refunded;
  const receipt = { type: receiptType(previous.receipt, next.receipt), occurredAtMs: receiptAtMs(next) };
  if (isTold(receipt)) return receipt;
  const mark = {
    type: typeOfMark(previous.reviewReason, next.reviewReason),
    occurredAtMs: changedAtMs(next),
  };
  return isTold(mark) ? mark : null;
}

const isTold = <Change extends { readonly type: EventType | null }>(
  change: Change,
): change is Change & { readonly type: EventType } => change.type !== null;

function receiptType(from: Receipt | null, to: Receipt | null): EventType | null {
  const isSame = from?.state === to?.state && from?.generation === to?.generation;
  return isSame ? null : typeOfReceipt[from?.state ?? "none"][to?.state ?? "none"];
}

/** Each move and each mark has its line. */
const changedAtMs = ({ history, createdAtMs }: Order): number => history.at(-1)?.atMs ?? createdAtMs;

const lastCancelAtMs = (order: Order): number =>
  Math.max(...(payingAttempt(order)?.cancels ?? []).map(({ atMs }) => atMs));

const receiptAtMs = (order: Order): number =>
  (order.receipt?.state === "cancelled" ? order.receipt.cancelledAtMs : order.receipt?.appliedAtMs) ??
  changedAtMs(order);

const isOver = (state: OrderState): boolean => state === "expired" || state === "failed";
const holdsMoney = (state: OrderState): boolean =>
  state === "paid" || state === "partially_refunded" || state === "refunded";

/** The money an event tells of, as it stands after the change. */
export const amountsOf = (order: Order) => ({
  amount: order.amount,
  cancelAmount: cancelAmountOf(order),
  remaining: remainingOf(order),
});
