// What PortOne's record proves about a cancel whose outcome is not known, and how a cancel ends. PortOne's checksum
// is documented only as a check before the cancel, so an earlier request may still be working at the PG.
import { minus } from "./money.ts";
import {
  type CancelOperation,
  type CancelRefusal,
  firstLookAfterSendMs,
  firstSend,
  isQuiet,
  nextSend,
  type Operation,
  quietMs,
} from "./operation.ts";
import { attemptOf, type Order, remainingOfAttempt, type Stamp, withAttempt } from "./order.ts";
import { changeOrder, earlierLook, markForReview } from "./order-change.ts";
import type { CancelEntry, PaymentRecord } from "./payment-record.ts";
import { closeRefund, type Refund } from "./refund.ts";

/** The first send and at most two more. */
const mostSends = 3;

export type CancelClaim = Omit<CancelOperation, Exclude<keyof Operation, "claimToken">>;

/** What PortOne's record says about a cancel. */
export type CancelVerdict =
  | { readonly verdict: "happened"; readonly entry: CancelEntry; readonly isDouble: boolean }
  /** The record was read before something we know; nothing follows from it. */
  | { readonly verdict: "old" }
  /** Too early to say. */
  | { readonly verdict: "wait" }
  /** Nothing happened and nothing can any more: the same request may go out once more. */
  | { readonly verdict: "send_again" }
  /** Sent as often as it may be; a person decides, and the slot stays taken. */
  | { readonly verdict: "stuck" }
  /** Somebody else took of the money first: our checksum can never pass again. */
  | { readonly verdict: "remaining_changed" };

/** Decides by a record that was fetched after the order was read. */
export function resolveCancel(
  order: Order,
  cancel: CancelOperation,
  record: PaymentRecord,
  nowMs: number,
): CancelVerdict {
  const held = attemptOf(order, cancel.impUid)?.cancels ?? [];
  const [ours, second] = findOurs(cancel, record, new Set(held.map((known) => known.cancellationId)));
  if (ours) return { verdict: "happened", entry: ours, isDouble: second !== undefined };
  const seen = new Set(record.cancels.map((entry) => entry.cancellationId));
  if (record.amount === null || record.cancelAmount === null) return { verdict: "old" };
  const remaining = minus(record.amount, record.cancelAmount);
  const lacksHeld = held.some((known) => !seen.has(known.cancellationId));
  if (lacksHeld || remaining > cancel.checksum) return { verdict: "old" };
  if (!isQuiet(cancel, nowMs)) return { verdict: "wait" };
  if (remaining < cancel.checksum) return { verdict: "remaining_changed" };
  return { verdict: cancel.sends < mostSends ? "send_again" : "stuck" };
}

/**
 * Entries that carry the tag. Where PortOne kept no text at all, the entry before which exactly our
 * checksum was left, with our amount, is ours too; one with somebody else's text never is.
 */
function findOurs(
  cancel: CancelOperation,
  record: PaymentRecord,
  held: ReadonlySet<string>,
): readonly CancelEntry[] {
  const tagged = record.cancels.filter((entry) => entry.reason.startsWith(cancel.tag));
  if (tagged.length > 0 || record.amount === null) return tagged;
  let remaining = record.amount;
  for (const entry of record.cancels) {
    const fits = remaining === cancel.checksum && entry.amount === cancel.amount;
    if (fits && entry.reason.trim() === "" && !held.has(entry.cancellationId)) return [entry];
    remaining = minus(remaining, entry.amount);
  }
  return [];
}

/** What is known of a cancel after a look at PortOne, or after its own send was answered. */
export interface CancelSight extends Stamp {
  /** PortOne's record, fetched after the order was read; absent where it could not be. */
  readonly record: PaymentRecord | undefined;
  /** PortOne's no to the only send ever made, with its words; null where it said none. */
  readonly refused: { readonly message: string | null } | null;
  readonly requestId: string;
}

export type CancelConclusion =
  /** `refund` is kept first, `next` written second: reversed, a crash in between would forget the key. */
  | { readonly isOver: true; readonly next: Order; readonly refund: Refund }
  | { readonly isOver: false; readonly verdict: "old" | "wait" | "send_again" | "stuck" };

/**
 * The one way a cancel ends. `order` is as it was read, `synced` is it joined with the same record. A refusal of a
 * repeated send is never handed in: it may be the first send's success talking.
 */
export function concludeCancel(
  order: Order,
  synced: Order,
  cancel: CancelOperation,
  seen: CancelSight,
): CancelConclusion {
  const verdict = seen.record
    ? resolveCancel(order, cancel, seen.record, seen.atMs)
    : ({ verdict: "wait" } as const);
  if (verdict.verdict === "happened") return succeed(synced, cancel, verdict, seen);
  if (verdict.verdict === "remaining_changed") return refuse(synced, cancel, "remaining_changed", seen);
  if (seen.refused === null) return { isOver: false, verdict: verdict.verdict };
  const attempt = attemptOf(synced, cancel.impUid);
  const hasChanged = attempt !== undefined && remainingOfAttempt(attempt) !== cancel.checksum;
  return refuse(synced, cancel, hasChanged ? "remaining_changed" : "provider_refused", seen);
}

function succeed(
  synced: Order,
  cancel: CancelOperation,
  { entry, isDouble }: { readonly entry: CancelEntry; readonly isDouble: boolean },
  seen: CancelSight,
): CancelConclusion {
  const finished = finishCancel(synced, cancel, entry, seen);
  const refund = closeRefund(finished, cancel, {
    state: "succeeded",
    refusal: null,
    cancellationId: entry.cancellationId,
    cancelledAtMs: entry.atMs,
    providerMessage: null,
    requestId: seen.requestId,
    completedAtMs: seen.atMs,
  });
  return {
    isOver: true,
    refund,
    next: isDouble ? markForReview(finished, "double_cancel", seen) : finished,
  };
}

function refuse(
  synced: Order,
  cancel: CancelOperation,
  refusal: CancelRefusal,
  seen: CancelSight,
): CancelConclusion {
  const next = releaseCancel(synced, cancel, refusal, seen);
  const refund = closeRefund(next, cancel, {
    state: "refused",
    refusal,
    cancellationId: null,
    cancelledAtMs: null,
    providerMessage: seen.refused?.message ?? null,
    requestId: seen.requestId,
    completedAtMs: seen.atMs,
  });
  return { isOver: true, next, refund };
}

/** The slot freed by the refund's own item, which is the last word on its key. */
export function endAsKept(order: Order, cancel: CancelOperation, kept: Refund, stamp: Stamp): Order {
  const { cancellationId, cancelledAtMs, amount } = kept;
  if (cancellationId === null || cancelledAtMs === null)
    return releaseCancel(order, cancel, kept.refusal ?? "provider_refused", stamp);
  return finishCancel(order, cancel, { cancellationId, amount, atMs: cancelledAtMs }, stamp);
}

/** The order with the slot taken and the first send counted, before it is made. */
export const claimCancel = (order: Order, claim: CancelClaim, stamp: Stamp): Order =>
  changeOrder(
    order,
    { cancel: { ...claim, ...firstSend(claim.claimToken, stamp.atMs) } },
    { ...stamp, lookAtMs: earlierLook(order, stamp.atMs + firstLookAfterSendMs) },
  );

/** One more send counted, before it is made, under a claim of its own. */
export const claimAnotherSend = (
  order: Order,
  cancel: CancelOperation,
  claimToken: string,
  stamp: Stamp,
): Order =>
  changeOrder(
    order,
    { cancel: nextSend(cancel, claimToken, stamp.atMs) },
    { ...stamp, lookAtMs: stamp.atMs + firstLookAfterSendMs },
  );

/** No answer came: shown to the merchant as unknown, looked at when the claim said. */
export const markCancelUnknown = (order: Order, cancel: CancelOperation, stamp: Stamp): Order =>
  changeOrder(order, { cancel: { ...cancel, state: "unknown" } }, stamp);

const givenBack = { state: "given_back", giveBack: "done" } as const;

/** The cancel is a fact: counted once by its id, named as this refund's, the slot free. */
export function finishCancel(
  order: Order,
  cancel: CancelOperation,
  entry: Pick<CancelEntry, "cancellationId" | "amount" | "atMs">,
  stamp: Stamp,
): Order {
  const attempt = attemptOf(order, cancel.impUid);
  if (!attempt) throw new Error(`cancel ${cancel.id} names an attempt the order does not hold`);
  const { cancellationId, amount, atMs } = entry;
  const named = { cancellationId, amount, atMs, taxFree: cancel.taxFree, refundId: cancel.id };
  const others = attempt.cancels.filter((known) => known.cancellationId !== cancellationId);
  const cancels = [...others, named].sort((a, b) => a.atMs - b.atMs);
  const isGivenBack = cancel.kind === "give_back" && remainingOfAttempt({ ...attempt, cancels }) === 0;
  const finished = { ...attempt, cancels, ...(isGivenBack ? givenBack : {}) };
  return changeOrder(
    order,
    { cancel: null, attempts: withAttempt(order.attempts, finished) },
    { ...stamp, reason: cancel.id },
  );
}

/**
 * The cancel will never happen: the slot is free; one more look is owed after QUIET. A give-back the
 * provider refused is a person's from now on; one that met another remainder is tried with the new one.
 */
export function releaseCancel(
  order: Order,
  cancel: CancelOperation,
  refusal: CancelRefusal,
  stamp: Stamp,
): Order {
  const recheckAtMs = stamp.atMs + quietMs;
  const wanting = cancel.kind === "give_back" ? attemptOf(order, cancel.impUid) : undefined;
  const isHandedOver = wanting !== undefined && refusal === "provider_refused";
  return changeOrder(
    order,
    {
      cancel: null,
      recheckAtMs,
      ...(isHandedOver && {
        attempts: withAttempt(order.attempts, { ...wanting, giveBack: null }),
        reviewReason: order.reviewReason ?? "manual_refund",
      }),
    },
    { ...stamp, lookAtMs: wanting && !isHandedOver ? stamp.atMs : recheckAtMs },
  );
}
