// Which cancels of PortOne's record are which of those we hold. An id may come later than its cancel, or be lost; amount,
// time and place tell it all the same, so that it is counted once and holds up nobody.
import { owingQuietRead } from "./due.ts";
import type { Look } from "./look.ts";
import { quietMs } from "./operation.ts";
import { type Attempt, attemptOf, type Cancel, cancelledOf, holdsMoney, type Order } from "./order.ts";
import { changeOrder, markForReview } from "./order-change.ts";
import type { CancelEntry, PaymentRecord } from "./payment-record.ts";

/** The record with each cancel under the name it is held by. */
export function namedAsHeld(order: Order, record: PaymentRecord): PaymentRecord {
  const held = attemptOf(order, record.impUid)?.cancels ?? [];
  const shown = new Set(record.cancels.map(({ cancellationId }) => cancellationId));
  const nameless = held.filter(({ cancellationId }) => !shown.has(cancellationId));
  if (nameless.length === 0) return record;
  const names = new Set(held.map(({ cancellationId }) => cancellationId));
  const cancels = record.cancels.map((entry, place) => {
    if (names.has(entry.cancellationId)) return entry;
    const index = nameless.findIndex((cancel) => isSame(cancel, entry, place));
    const [known] = index < 0 ? [] : nameless.splice(index, 1);
    return known ? { ...entry, cancellationId: known.cancellationId } : entry;
  });
  return { ...record, cancels };
}

/** Two names that PortOne gave are two cancels, whatever else is alike. */
function isSame({ cancellationId, amount, atMs }: Cancel, entry: CancelEntry, place: number): boolean {
  const standIn = standInOf(cancellationId);
  if ((standIn === null && standInOf(entry.cancellationId) === null) || amount !== entry.amount) return false;
  if (standIn !== null && standIn.place !== place) return false;
  return entry.atMs === null || standIn?.isTimeless === true || atMs === entry.atMs;
}

/** The name of a cancel that PortOne names not, made of its time and place. */
export const standInFor = (atMs: number | null, place: number): string => `${(atMs ?? 0) / 1000}-${place}`;

function standInOf(name: string): { readonly place: number; readonly isTimeless: boolean } | null {
  const [, seconds, place] = /^(\d+)-(\d+)$/.exec(name) ?? [];
  return place === undefined ? null : { place: Number(place), isTimeless: seconds === "0" };
}

/** Cancels that we hold and the record does not show. */
export function missingCancels(record: PaymentRecord, { cancels }: Attempt): readonly Cancel[] {
  const shown = new Set(record.cancels.map(({ cancellationId }) => cancellationId));
  return cancels.filter(({ cancellationId }) => !shown.has(cancellationId));
}

/** An old answer is older than QUIET at most: what it lacks beyond that, PortOne does not have. */
const isBeyondDoubt = (missing: readonly Cancel[], nowMs: number): boolean =>
  missing.every(({ atMs }) => nowMs >= atMs + quietMs);

/** What we hold of its cancels is what PortOne shows, and what it says was cancelled. */
const isLevel = (record: PaymentRecord, attempt: Attempt): boolean =>
  record.cancelAmount === cancelledOf(attempt) &&
  record.cancels.length === attempt.cancels.length &&
  missingCancels(record, attempt).length === 0;

/**
 * What we hold of a payment's cancels against PortOne's own figure. An answer may be old or come in between, so a person
 * is told of what QUIET does not mend, and once.
 */
export function followSums(order: Order, record: PaymentRecord, look: Look): Order {
  const { reviewReason, owedReads } = order;
  const attempt = attemptOf(order, record.impUid);
  if (!attempt || !holdsMoney(attempt) || reviewReason !== null || isLevel(record, attempt)) return order;
  if (!isBeyondDoubt(missingCancels(record, attempt), look.atMs)) return order;
  const owed = owedReads.filter(({ impUid }) => impUid === record.impUid);
  if (owed.some(({ atMs }) => atMs <= look.atMs)) return markForReview(order, "cancel_sum_mismatch", look);
  if (owed.length > 0) return order;
  return changeOrder(order, { owedReads: owingQuietRead(order, record.impUid, look.atMs) }, look);
}
