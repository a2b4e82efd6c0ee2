// When the sweep looks at an order next. Computed inside every write, so that only orders that still need
// attention carry index keys.
import type { Attempt, Order, OrderState } from "./order.ts";

type Attention = Pick<
  Order,
  "state" | "isExpired" | "attempts" | "cancel" | "charge" | "receiptOperation" | "recheckAtMs"
>;

/** May PortOne's record of an order in this state still change its state without anybody telling us? */
const mayMoveUnseen: Readonly<Record<OrderState, (order: Attention) => boolean>> = {
  created: () => true,
  approved: () => true,
  awaiting_deposit: () => true,
  // A window of the same order may still be paid in until the order's own time is over.
  failed: (order) => !order.isExpired,
  paid: () => false,
  partially_refunded: () => false,
  refunded: () => false,
  expired: () => false,
  voided: () => false,
};

const isGiveBackOpen: Readonly<Record<NonNullable<Attempt["giveBack"]>, boolean>> = {
  wanted: true,
  scheduled: true,
  done: false,
};

const owesCall = ({ giveBack, isRevoking }: Attempt): boolean =>
  isRevoking || (giveBack !== null && isGiveBackOpen[giveBack]);

function needsAttention(order: Attention): boolean {
  const { cancel, charge, receiptOperation, recheckAtMs } = order;
  return (
    [cancel, charge, receiptOperation, recheckAtMs].some((owed) => owed !== null) ||
    order.attempts.some(owesCall) ||
    mayMoveUnseen[order.state](order)
  );
}

/** The stored `due_at`: the wanted look while the order needs attention, nothing otherwise. */
export const dueAt = (order: Attention, wantedAtMs: number): number | null =>
  needsAttention(order) ? wantedAtMs : null;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Between one look of the sweep and the next; afterwards it stays daily. */
const rungsMs = [1, 5, 15, 30, 120].map((minutes) => minutes * minuteMs).concat(Array(5).fill(dayMs));

/** How long to wait after the given number of looks. */
export const rungMs = (looks: number): number => rungsMs[looks] ?? dayMs;

/** The whole ladder has been climbed without a result. */
export const isLadderUsedUp = (looks: number): boolean => looks >= rungsMs.length;
