// What became of a cancel whose answer was lost: decided by PortOne's record, fetched after the order was
// read. One function for the refund door, every sync and the sweep.

import {
  type CancelOperation,
  claimAnotherSend,
  finishCancel,
  markForReview,
  releaseCancel,
  resolveCancel,
} from "../../domain/cancel.ts";
import { attemptOf, type Order } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import { closeRefund } from "../../domain/refund.ts";
import type { Clock, Identifiers } from "../../ports/environment.ts";
import type { RefundStore } from "../../ports/table.ts";
import { freeByKept, refused, type Sender, succeeded } from "./send-cancel.ts";

export interface ResolvePorts {
  readonly refunds: RefundStore;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export interface Resolution {
  /** The order to write; the given one when nothing follows yet. */
  readonly next: Order;
  /** `next` counts one more send, to be made after it is written. */
  readonly sendsAgain: boolean;
}

/**
 * `synced` is `order` joined with the same record. The refund's item is read after the order and written
 * before the slot is freed; both orders reversed would move money twice.
 */
export async function resolveOperation(
  order: Order,
  synced: Order,
  operation: CancelOperation,
  record: PaymentRecord | undefined,
  caller: Sender & { readonly maySend: boolean },
  ports: ResolvePorts,
): Promise<Resolution> {
  const nowMs = ports.clock.nowMs();
  const { by, requestId } = caller;
  const kept = await ports.refunds.readRefund(order.merchantUid, operation.id);
  if (kept) return done(freeByKept(synced, operation, kept, by, nowMs));
  if (!record) return done(synced);
  const verdict = resolveCancel(order, operation, record, nowMs);
  switch (verdict.verdict) {
    case "happened": {
      const { entry, isDouble } = verdict;
      const after = finishCancel(synced, operation, entry, by, nowMs);
      const outcome = succeeded(entry.cancellationId, entry.atMs, requestId);
      const stored = await ports.refunds.keepRefund(closeRefund(after, operation, outcome, nowMs));
      const next = freeByKept(synced, operation, stored, by, nowMs);
      return done(isDouble ? markForReview(next, "double_cancel", by, nowMs) : next);
    }
    case "remaining_changed": {
      const after = releaseCancel(synced, operation, "remaining_changed", by, nowMs);
      const outcome = refused("remaining_changed", null, requestId);
      const stored = await ports.refunds.keepRefund(closeRefund(after, operation, outcome, nowMs));
      return done(freeByKept(synced, operation, stored, by, nowMs));
    }
    case "stuck":
      return done(markForReview(synced, "operation_unresolved", by, nowMs));
    case "send_again": {
      if (!caller.maySend) return done(synced);
      const needsAccount = attemptOf(order, operation.impUid)?.payMethod === "vbank";
      // Nobody stored the buyer's account: only the merchant's own repeat of the key brings it again.
      if (needsAccount && caller.account === null)
        return done(markForReview(synced, "refund_account_needed", by, nowMs));
      const next = claimAnotherSend(synced, operation, ports.ids.newOwner(), by, nowMs);
      return { next, sendsAgain: true };
    }
    case "old":
    case "wait":
      return done(synced);
  }
}

const done = (next: Order): Resolution => ({ next, sendsAgain: false });
