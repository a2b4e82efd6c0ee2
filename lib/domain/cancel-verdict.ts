// What PortOne's record proves about a cancel whose outcome is not known. PortOne's checksum is documented only as a
// check before the cancel, so an earlier request may still be working at the PG.
import { namedAsHeld } from "./held-cancels.ts";
import { type Money, minus } from "./money.ts";
import { type CancelOperation, isQuiet } from "./operation.ts";
import { attemptOf, type Cancel, type Order } from "./order.ts";
import { type CancelEntry, isReadable, type PaymentRecord, type ReadableEntry } from "./payment-record.ts";
import { tagIn } from "./tag.ts";

/** The first send and at most two more. */
const mostSends = 3;

/** PortOne's record as it was seen. */
export interface SeenRecord {
  readonly record: PaymentRecord;
  readonly atMs: number;
  /** PortOne said yes to the only send ever made. */
  readonly isAnswered: boolean;
}

/** What PortOne's record says about a cancel. */
export type CancelVerdict =
  | { readonly verdict: "happened"; readonly entry: ReadableEntry; readonly isDouble: boolean }
  /** The record was read before something we know, or a figure in it cannot be read; nothing follows from it. */
  | { readonly verdict: "old" }
  /** Too early to say. */
  | { readonly verdict: "wait" }
  /** Nothing happened and nothing can any more: the same request may go out once more. */
  | { readonly verdict: "send_again" }
  /** Sent as often as it may be; a person decides, and the slot stays taken. */
  | { readonly verdict: "stuck" }
  /** It was never sent, and may be now. */
  | { readonly verdict: "send" }
  /** Somebody else took of the money first: our checksum can never pass again. */
  | { readonly verdict: "remaining_changed" };

/** Decides by a record that was fetched after the order was read. */
export function resolveCancel(
  order: Order,
  cancel: CancelOperation,
  { record: shown, atMs, isAnswered }: SeenRecord,
): CancelVerdict {
  const record = namedAsHeld(order, shown);
  const held = attemptOf(order, cancel.impUid)?.cancels ?? [];
  const isSent = cancel.sends > 0;
  // What was never sent has made no cancel, whatever one looks like.
  const [ours, second] = isSent
    ? findOurs(cancel, record, { isAnswered, held: new Set(held.map((known) => known.cancellationId)) })
    : [];
  if (ours && isReadable(ours)) return { verdict: "happened", entry: ours, isDouble: second !== undefined };
  const seen = new Set(record.cancels.map((entry) => entry.cancellationId));
  const { amount, cancelAmount, cancels } = record;
  if (amount === null || cancelAmount === null || !cancels.every(isReadable)) return { verdict: "old" };
  const remaining = minus(amount, cancelAmount);
  const lacksHeld = held.some((known) => !seen.has(known.cancellationId));
  if (lacksHeld || remaining > cancel.checksum) return { verdict: "old" };
  if (!isSent) return resolveUnsent(cancel, remaining, atMs);
  if (!isQuiet(cancel, atMs)) return { verdict: "wait" };
  if (remaining < cancel.checksum)
    return { verdict: mayBeOurs(cancel, record, held) ? "stuck" : "remaining_changed" };
  return { verdict: cancel.sends < mostSends ? "send_again" : "stuck" };
}

function resolveUnsent(cancel: CancelOperation, remaining: Money, atMs: number): CancelVerdict {
  if (remaining < cancel.checksum) return { verdict: "remaining_changed" };
  return { verdict: atMs < (cancel.scheduledAtMs ?? 0) ? "wait" : "send" };
}

/** An entry without any text takes what we asked for: nobody can tell whose it is, and a person has to look. */
const mayBeOurs = (cancel: CancelOperation, { cancels }: PaymentRecord, held: readonly Cancel[]): boolean =>
  cancels.some(
    ({ cancellationId, amount, reason }) =>
      amount === cancel.amount &&
      reason.trim() === "" &&
      !held.some((known) => known.cancellationId === cancellationId),
  );

/**
 * Entries that carry the tag. Where PortOne kept no text at all, the entry before which exactly our checksum was left,
 * with our amount, is ours too; one with somebody else's text is only after a yes to the only send, and never when that
 * text names another refund.
 */
function findOurs(
  cancel: CancelOperation,
  record: PaymentRecord,
  { held, isAnswered }: { readonly held: ReadonlySet<string>; readonly isAnswered: boolean },
): readonly CancelEntry[] {
  const tagged = record.cancels.filter((entry) => tagIn(entry.reason) === cancel.tag);
  if (tagged.length > 0 || record.amount === null) return tagged;
  let remaining = record.amount;
  for (const entry of record.cancels) {
    const fits = remaining === cancel.checksum && entry.amount === cancel.amount;
    const mayBeOurs = entry.reason.trim() === "" || (isAnswered && tagIn(entry.reason) === null);
    if (fits && mayBeOurs && !held.has(entry.cancellationId)) return [entry];
    if (!isReadable(entry)) return [];
    remaining = minus(remaining, entry.amount);
  }
  return [];
}
