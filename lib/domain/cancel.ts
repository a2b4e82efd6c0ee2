// How a cancel takes the money slot, and the one way it ends.
import { type CancelVerdict, resolveCancel } from "./cancel-verdict.ts";
import { owingQuietRead } from "./due.ts";
import { least } from "./money.ts";
import {
  type CancelOperation,
  type CancelRefusal,
  firstSend,
  keptInSlot,
  nextSend,
  notSentYet,
  type Operation,
  type Refused,
} from "./operation.ts";
import { attemptOf, type Order, remainingOfAttempt, type Stamp, withAttempt } from "./order.ts";
import { changeOrder, markForReview } from "./order-change.ts";
import type { PaymentRecord, ReadableEntry } from "./payment-record.ts";
import { closeRefund, type Refund } from "./refund.ts";
import { releaseWithdrawn } from "./scheduled-cancel.ts";

/** Refused refunds an order remembers by name. */
const mostRefused = 8;

export type CancelClaim = Omit<
  CancelOperation,
  Exclude<keyof Operation, "claimToken"> | "refused" | "closedBy"
>;

/** Everything a claim says before it is sent for the first time, or kept until then. */
const begunAt = ({ claimToken, scheduledAtMs }: CancelClaim, atMs: number) =>
  scheduledAtMs === null ? firstSend(claimToken, atMs) : notSentYet(claimToken, atMs);

/** What is known of a cancel after a look at PortOne, or after its own send was answered. */
export interface CancelSight extends Stamp {
  /** PortOne's record, fetched after the order was read; absent where it could not be. */
  readonly record: PaymentRecord | undefined;
  /** PortOne's no to the only send ever made, if this is its answer. */
  readonly refused: Refused | null;
  /** PortOne's yes to the only send ever made. */
  readonly isAnswered: boolean;
  readonly requestId: string;
}

export type CancelConclusion =
  /** `refund` is kept first, `next` written second: reversed, a crash in between would forget the key. */
  | {
      readonly isOver: true;
      readonly next: Order;
      readonly refund: Refund;
      /** Two entries carry its tag. */
      readonly isDouble: boolean;
    }
  | { readonly isOver: false; readonly verdict: UnresolvedVerdict };

/** `remaining_changed` of one that was never sent, which has to be closed first. */
type UnresolvedVerdict = Exclude<CancelVerdict["verdict"], "happened">;

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
  const { record } = seen;
  if (cancel.state === "closed")
    return cancel.closedBy === null
      ? withdraw(synced, cancel, seen)
      : refuse(synced, cancel, cancel.closedBy, seen);
  const verdict = record ? resolveCancel(order, cancel, { ...seen, record }) : ({ verdict: "wait" } as const);
  if (verdict.verdict === "happened") return succeed(synced, cancel, verdict, seen);
  if (verdict.verdict === "remaining_changed" && cancel.sends > 0)
    return refuse(synced, cancel, "remaining_changed", seen);
  const refused = seen.refused ?? cancel.refused;
  if (refused === null || !record) return { isOver: false, verdict: verdict.verdict };
  const attempt = attemptOf(synced, cancel.impUid);
  const hasChanged = attempt !== undefined && remainingOfAttempt(attempt) !== cancel.checksum;
  const why = hasChanged ? "remaining_changed" : "provider_refused";
  return refuse(synced, cancel, why, { ...seen, refused });
}

function succeed(
  synced: Order,
  cancel: CancelOperation,
  { entry, isDouble }: { readonly entry: ReadableEntry; readonly isDouble: boolean },
  seen: CancelSight,
): CancelConclusion {
  const finished = finishCancel(synced, cancel, entry, seen);
  const refund = closeRefund(finished, cancel, {
    state: "succeeded",
    amount: entry.amount,
    taxFree: least(cancel.taxFree, entry.amount),
    refusal: null,
    cancellationId: entry.cancellationId,
    cancelledAtMs: entry.atMs ?? seen.atMs,
    providerMessage: null,
    requestId: seen.requestId,
    completedAtMs: seen.atMs,
  });
  return { isOver: true, refund, isDouble, next: isDouble ? markDouble(finished, seen) : finished };
}

function refuse(
  synced: Order,
  cancel: CancelOperation,
  refusal: CancelRefusal,
  seen: CancelSight,
): CancelConclusion {
  const next = releaseCancel(synced, cancel, refusal, seen);
  const refund = closeRefund(next, cancel, { state: "refused", refusal, ...unmade(cancel, seen) });
  return { isOver: true, refund, isDouble: false, next };
}

function withdraw(synced: Order, cancel: CancelOperation, seen: CancelSight): CancelConclusion {
  const next = releaseWithdrawn(synced, cancel, seen);
  const refund = closeRefund(next, cancel, { state: "withdrawn", refusal: null, ...unmade(cancel, seen) });
  return { isOver: true, refund, isDouble: false, next };
}

/** What is kept of a cancel that was never made. */
const unmade = ({ amount, taxFree }: CancelOperation, { refused, requestId, atMs }: CancelSight) => ({
  amount,
  taxFree,
  cancellationId: null,
  cancelledAtMs: null,
  providerMessage: refused?.message ?? null,
  requestId,
  completedAtMs: atMs,
});

export const markDouble = (order: Order, stamp: Stamp): Order => markForReview(order, "double_cancel", stamp);

/** The slot freed by the refund's own item, which is the last word on its key. */
export function endAsKept(order: Order, cancel: CancelOperation, kept: Refund, stamp: Stamp): Order {
  const { state, cancellationId, cancelledAtMs, amount } = kept;
  if (state === "withdrawn") return releaseWithdrawn(order, cancel, stamp);
  if (cancellationId === null || cancelledAtMs === null)
    return releaseCancel(order, cancel, kept.refusal ?? "provider_refused", stamp);
  return finishCancel(order, cancel, { cancellationId, amount, atMs: cancelledAtMs }, stamp);
}

/** The order with the slot taken and the first send counted, before it is made; or with none, before its time. */
export const claimCancel = (order: Order, claim: CancelClaim, stamp: Stamp): Order =>
  changeOrder(
    order,
    { cancel: { ...claim, ...begunAt(claim, stamp.atMs), refused: null, closedBy: null } },
    stamp,
  );

/** One more send counted, or the first, before it is made, under a claim of its own. */
export const claimAnotherSend = (
  order: Order,
  cancel: CancelOperation,
  claimToken: string,
  stamp: Stamp,
): Order =>
  changeOrder(order, { cancel: { ...nextSend(cancel, claimToken, stamp.atMs), scheduledAtMs: null } }, stamp);

/**
 * Nobody knows what came of it: no answer, or a no without the record that would prove it. After a no it is never sent
 * again, and needs no account any more.
 */
export const markCancelUnknown = (
  order: Order,
  cancel: CancelOperation,
  refused: Refused | null,
  stamp: Stamp,
): Order => {
  const account = refused === null ? cancel.account : null;
  const unknown = { ...cancel, state: "unknown" as const, account, refused: keptInSlot(refused) };
  return changeOrder(order, { cancel: unknown }, stamp);
};

/** A person has to end it: it was sent as often as it may be, and PortOne's record shows neither yes nor no. */
export const isHeldForGood = ({ cancel, reviewReason, history }: Order): boolean =>
  cancel !== null &&
  (reviewReason === "operation_unresolved" ||
    history.some(({ reason, atMs }) => reason === "operation_unresolved" && atMs >= cancel.sentAtMs));

/** The slot stays taken until a person looks, who is told once, whatever the order was marked for before. */
export const holdForGood = (order: Order, stamp: Stamp): Order =>
  isHeldForGood(order)
    ? order
    : changeOrder(
        order,
        { reviewReason: order.reviewReason ?? "operation_unresolved" },
        { ...stamp, reason: "operation_unresolved", isNoted: true },
      );

/** The cancel is a fact: counted once by its id, named as this refund's, the slot free. */
export function finishCancel(
  order: Order,
  cancel: CancelOperation,
  entry: Pick<ReadableEntry, "cancellationId" | "amount" | "atMs">,
  stamp: Stamp,
): Order {
  const attempt = attemptOf(order, cancel.impUid);
  if (!attempt) throw new Error(`cancel ${cancel.id} names an attempt the order does not hold`);
  const { cancellationId, amount, atMs: cancelledAtMs } = entry;
  const atMs = cancelledAtMs ?? stamp.atMs;
  const taxFree = least(cancel.taxFree, amount);
  const named = { cancellationId, amount, atMs, taxFree, refundId: cancel.id };
  const others = attempt.cancels.filter((known) => known.cancellationId !== cancellationId);
  const cancels = [...others, named].sort((a, b) => a.atMs - b.atMs);
  const finished = changeOrder(
    order,
    { cancel: null, attempts: withAttempt(order.attempts, { ...attempt, cancels }) },
    { ...stamp, reason: cancel.id },
  );
  // Under our tag, but not the sum we asked for: it is counted as PortOne made it, and a person looks.
  return amount === cancel.amount ? finished : markForReview(finished, "cancel_sum_mismatch", stamp);
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
  const wanting = cancel.kind === "give_back" ? attemptOf(order, cancel.impUid) : undefined;
  const isHandedOver =
    wanting !== undefined && refusal !== "remaining_changed" && remainingOfAttempt(wanting) > 0;
  return changeOrder(
    order,
    {
      cancel: null,
      owedReads: owingQuietRead(order, cancel.impUid, stamp.atMs),
      refusedRefunds: [...order.refusedRefunds, cancel.id].slice(-mostRefused),
      ...(isHandedOver && {
        attempts: withAttempt(order.attempts, { ...wanting, giveBack: null }),
        reviewReason: order.reviewReason ?? "manual_refund",
      }),
    },
    stamp,
  );
}
