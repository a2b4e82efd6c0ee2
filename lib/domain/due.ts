// When the sweep looks at an order next. Computed inside every write, so that only orders that still need
// attention carry index keys.
import type { Order } from "./order.ts";

type Attention = Pick<
  Order,
  "state" | "isExpired" | "attempts" | "operation" | "charge" | "receiptOperation" | "recheckAtMs"
>;

/** Orders whose truth may still change without anybody telling us. */
function needsAttention(order: Attention): boolean {
  const { operation, charge, receiptOperation, recheckAtMs } = order;
  if ([operation, charge, receiptOperation, recheckAtMs].some((owed) => owed !== null)) return true;
  if (
    order.attempts.some(
      (attempt) => attempt.giveBack === "wanted" || attempt.giveBack === "scheduled" || attempt.isRevoking,
    )
  )
    return true;
  switch (order.state) {
    case "created":
    case "approved":
    case "awaiting_deposit":
      return true;
    case "failed":
      return !order.isExpired;
    default:
      return false;
  }
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
