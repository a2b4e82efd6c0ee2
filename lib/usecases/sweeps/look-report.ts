// What one look of the sweep came to, for its report.
import type { Order } from "../../domain/order.ts";
import { receiptWork } from "../../domain/receipt-goal.ts";
import type { SyncResult } from "../syncing/sync.ts";

/** What became of one item; null where there was nothing to do, or somebody else did it. */
export interface Done {
  readonly synced?: boolean;
  readonly resumed?: boolean;
  readonly expired?: boolean;
  readonly review?: boolean;
  /** Why nothing could be learned. */
  readonly trouble?: string | null;
  /** Nobody said anything, so that it was no look. */
  readonly isUnanswered?: boolean;
}

/** Nobody said anything. */
export const isSilence = (result: SyncResult): boolean =>
  result.outcome === "unavailable"
    ? result.isAnswered !== true
    : "isHalf" in result && result.isHalf === true;

export const doneBy = (result: SyncResult, before: Order, after: Order | null): Done => ({
  synced: result.outcome === "synced",
  resumed: after !== null && isResumed(before, after),
  expired: before.state !== "expired" && after?.state === "expired",
  review: before.reviewReason === null && (after?.reviewReason ?? null) !== null,
  trouble: result.outcome === "unavailable" ? result.why : null,
});

const isResumed = (before: Order, after: Order): boolean =>
  (before.cancel !== null && after.cancel === null) ||
  (before.charge !== null && after.charge === null) ||
  (before.instruction !== null && after.instruction === null) ||
  (isReceiptOpen(before) && !isReceiptOpen(after));

const isReceiptOpen = (order: Order): boolean =>
  order.receiptOperation !== null || receiptWork(order) !== null;
