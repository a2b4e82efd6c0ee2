// A cancel at PortOne as an operation: written down before it is sent, so that after a crash or a lost
// answer it is known what may have happened. PortOne has no idempotency key and its checksum is documented
// only as a check before the cancel, so an earlier request may still be working at the PG: nothing is sent
// again, and nothing concluded from an absence, before QUIET has passed since the last send.
import { type Money, minus } from "./money.ts";
import { type Actor, attemptOf, changeOrder, type Order, remainingOfAttempt, withAttempt } from "./order.ts";
import type { CancelEntry, PaymentRecord } from "./payment-record.ts";
import type { ReviewReason } from "./review.ts";

/** How long a request that was given up may still take effect. */
export const quietMs = 10 * 60_000;
/** A send begins at once after its claim or not at all: an old claim must not wake up and send. */
export const sendWindowMs = 5_000;
/** The first send and at most two more. */
export const mostSends = 3;
const firstLookAfterSendMs = 60_000;

export interface CancelOperation {
  /** The refund's id. */
  readonly id: string;
  /** A give-back is a refund nobody asked for: money that must not stay. */
  readonly kind: "refund" | "give_back";
  readonly state: "claimed" | "unknown";
  readonly impUid: string;
  readonly amount: Money;
  readonly taxFree: Money;
  /** What was left of the attempt when it was claimed; every send carries it. */
  readonly checksum: Money;
  /** Stands at the front of `reason`, so that a `cancel_history` entry names its refund. */
  readonly tag: string;
  readonly reason: string | null;
  readonly requester: "customer" | "admin" | null;
  readonly bodyHash: string;
  /** Random per invocation: only who wrote it sends, once. */
  readonly owner: string;
  readonly sends: number;
  readonly sentAtMs: number;
  readonly sinceMs: number;
}

export type CancelClaim = Omit<CancelOperation, "state" | "sends" | "sentAtMs" | "sinceMs">;

/** How a cancel ends that will never happen. */
export type CancelRefusal = "provider_refused" | "remaining_changed";

/** What PortOne's record says about an operation. */
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
  operation: CancelOperation,
  record: PaymentRecord,
  nowMs: number,
): CancelVerdict {
  const held = attemptOf(order, operation.impUid)?.cancels ?? [];
  const [ours, second] = findOurs(operation, record, new Set(held.map((cancel) => cancel.cancellationId)));
  if (ours) return { verdict: "happened", entry: ours, isDouble: second !== undefined };
  const seen = new Set(record.cancels.map((cancel) => cancel.cancellationId));
  if (record.amount === null || record.cancelAmount === null) return { verdict: "old" };
  const remaining = minus(record.amount, record.cancelAmount);
  const lacksHeld = held.some((cancel) => !seen.has(cancel.cancellationId));
  if (lacksHeld || remaining > operation.checksum) return { verdict: "old" };
  if (nowMs < operation.sentAtMs + quietMs) return { verdict: "wait" };
  if (remaining < operation.checksum) return { verdict: "remaining_changed" };
  return { verdict: operation.sends < mostSends ? "send_again" : "stuck" };
}

/**
 * Entries that carry the tag. Where PortOne kept no text at all, the entry before which exactly our
 * checksum was left, with our amount, is ours too; one with somebody else's text never is.
 */
function findOurs(
  operation: CancelOperation,
  record: PaymentRecord,
  held: ReadonlySet<string>,
): readonly CancelEntry[] {
  const tagged = record.cancels.filter((entry) => entry.reason.startsWith(operation.tag));
  if (tagged.length > 0 || record.amount === null) return tagged;
  let remaining = record.amount;
  for (const entry of record.cancels) {
    const fits = remaining === operation.checksum && entry.amount === operation.amount;
    if (fits && entry.reason.trim() === "" && !held.has(entry.cancellationId)) return [entry];
    remaining = minus(remaining, entry.amount);
  }
  return [];
}

/** The order with the slot taken and the first send counted, before it is made. */
export const claimCancel = (order: Order, claim: CancelClaim, by: Actor, nowMs: number): Order =>
  changeOrder(
    order,
    {
      operation: { ...claim, state: "claimed", sends: 1, sentAtMs: nowMs, sinceMs: nowMs },
    },
    { by, atMs: nowMs, lookAtMs: earlierLook(order, nowMs + firstLookAfterSendMs) },
  );

/** One more send counted, before it is made, by a new owner. */
export const claimAnotherSend = (
  order: Order,
  operation: CancelOperation,
  owner: string,
  by: Actor,
  nowMs: number,
): Order =>
  changeOrder(
    order,
    { operation: { ...operation, state: "claimed", owner, sends: operation.sends + 1, sentAtMs: nowMs } },
    { by, atMs: nowMs, lookAtMs: nowMs + firstLookAfterSendMs },
  );

/** A look already wanted for another reason is not put off. */
export const earlierLook = (order: Order, atMs: number): number => Math.min(order.dueAtMs ?? atMs, atMs);

/** No answer came: shown to the merchant as unknown, looked at when the claim said. */
export const markUnknown = (order: Order, operation: CancelOperation, by: Actor, nowMs: number): Order =>
  changeOrder(order, { operation: { ...operation, state: "unknown" } }, { by, atMs: nowMs });

const givenBack = { state: "given_back", giveBack: "done" } as const;

/** The cancel is a fact: counted once by its id, named as this refund's, the slot free. */
export function finishCancel(
  order: Order,
  operation: CancelOperation,
  entry: Pick<CancelEntry, "cancellationId" | "amount" | "atMs">,
  by: Actor,
  nowMs: number,
): Order {
  const attempt = attemptOf(order, operation.impUid);
  if (!attempt) throw new Error(`operation ${operation.id} names an attempt the order does not hold`);
  const { cancellationId, amount, atMs } = entry;
  const named = { cancellationId, amount, atMs, taxFree: operation.taxFree, refundId: operation.id };
  const others = attempt.cancels.filter((cancel) => cancel.cancellationId !== cancellationId);
  const cancels = [...others, named].sort((a, b) => a.atMs - b.atMs);
  const isGivenBack = operation.kind === "give_back" && remainingOfAttempt({ ...attempt, cancels }) === 0;
  const finished = { ...attempt, cancels, ...(isGivenBack ? givenBack : {}) };
  return changeOrder(
    order,
    { operation: null, attempts: withAttempt(order.attempts, finished) },
    { by, atMs: nowMs, reason: operation.id },
  );
}

/**
 * The cancel will never happen: the slot is free; one more look is owed after QUIET. A give-back the
 * provider refused is a person's from now on; one that met another remainder is tried with the new one.
 */
export function releaseCancel(
  order: Order,
  operation: CancelOperation,
  refusal: CancelRefusal,
  by: Actor,
  nowMs: number,
): Order {
  const atMs = nowMs + quietMs;
  const wanting = operation.kind === "give_back" ? attemptOf(order, operation.impUid) : undefined;
  const isHandedOver = wanting !== undefined && refusal === "provider_refused";
  return changeOrder(
    order,
    {
      operation: null,
      recheckAtMs: atMs,
      ...(isHandedOver && {
        attempts: withAttempt(order.attempts, { ...wanting, giveBack: null }),
        reviewReason: order.reviewReason ?? "manual_refund",
      }),
    },
    { by, atMs: nowMs, lookAtMs: wanting && !isHandedOver ? nowMs : atMs },
  );
}

/** A person has to look; the slot stays as it is. */
export const markForReview = (order: Order, reason: ReviewReason, by: Actor, nowMs: number): Order =>
  order.reviewReason === null ? changeOrder(order, { reviewReason: reason }, { by, atMs: nowMs }) : order;
