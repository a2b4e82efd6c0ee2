// A charge without a window as an operation of its order: written down before it is sent. PortOne promises
// no uniqueness of the number for these calls, so what became of a lost one is decided by its record alone:
// paid, declined, or not known before QUIET has passed since the last send.
import { owingQuietRead } from "./due.ts";
import type { Look } from "./look.ts";
import { type Charge, type ChargeResult, firstSend, nextSend, quietMs } from "./operation.ts";
import {
  type Attempt,
  attemptOf,
  hasEnded,
  newAttempt,
  type Order,
  type Stamp,
  withAttempt,
} from "./order.ts";
import { changeOrder } from "./order-change.ts";
import type { PaymentRecord } from "./payment-record.ts";
import { isReserved, reservationsOf } from "./schedule.ts";

/** How late PortOne may run a schedule before it counts as not run. */
const scheduleGraceMs = 3_600_000;
/** *again* may be sent a second time, never a third. */
const mostSends = 2;

export const notMade = "charge_not_made";

export type ChargeFacts = Pick<Charge, "via" | "customerUid" | "productType" | "cardQuota">;

/** The order with the charge claimed, its first send counted before it is made. */
export const claimCharge = (order: Order, facts: ChargeFacts, claimToken: string, stamp: Stamp): Order =>
  withClaim(order, { ...facts, ...firstSend(claimToken, stamp.atMs), scheduledAtMs: null }, stamp);

/** One more send counted, before it is made, under a claim of its own. */
export const claimChargeAgain = (order: Order, charge: Charge, claimToken: string, stamp: Stamp): Order =>
  withClaim(order, nextSend(charge, claimToken, stamp.atMs), stamp);

const withClaim = (order: Order, charge: Charge, stamp: Stamp): Order =>
  changeOrder(order, { charge }, stamp);

export const markChargeUnknown = (order: Order, charge: Charge, stamp: Stamp): Order =>
  changeOrder(order, { charge: { ...charge, state: "unknown" } }, stamp);

/** What this look says about the charge in flight; the same order when nothing follows yet. */
export function decideCharge(order: Order, look: Look): Order {
  const { charge } = order;
  if (!charge) return order;
  if (order.impUid !== null) {
    const record = look.records.find(({ impUid }) => impUid === order.impUid);
    return close(order, record ? resultOf(record, "paid", charge) : null, look);
  }
  const fresh = look.records.filter(
    (record) => !isEarlierTry(record, charge) && !isKnownEnded(order, record.impUid),
  );
  const isQuiet = look.atMs >= lastSendMs(charge) + quietMs;
  const ended = fresh.filter(({ status }) => status === "failed" || status === "cancelled");
  const isSure = charge.sends === 1 || isQuiet;
  const [declined] = ended;
  if (declined && ended.length === fresh.length && isSure) {
    const attempts = ended.reduce(
      (all, record) => withAttempt(all, endedAttempt(order, record, look.atMs)),
      order.attempts,
    );
    return close(order, resultOf(declined, "failed", charge), look, attempts);
  }
  if (fresh.length > 0 || !look.isComplete || !isQuiet || !isOverdue(charge, look.atMs)) return order;
  if (charge.via === "schedule" && !isGone(order, look)) return order;
  if (charge.via === "again" && charge.sends < mostSends) {
    if (charge.state === "resend") return order;
    return changeOrder(order, { charge: { ...charge, state: "resend" } }, look);
  }
  return close(order, failure(null, notMade, charge), look);
}

const lastSendMs = (charge: Charge): number => charge.scheduledAtMs ?? charge.sentAtMs;
const isOverdue = (charge: Charge, nowMs: number): boolean =>
  charge.scheduledAtMs === null || nowMs >= charge.scheduledAtMs + scheduleGraceMs;

/** PortOne will not run it any more: nobody is telling it to, and no reservation of the number is live. */
const isGone = (order: Order, { reservations }: Look): boolean =>
  order.instruction === null &&
  reservations !== undefined &&
  !reservationsOf(order, reservations).some(isReserved);

/** What ended under the number before it was reserved or retried, or nobody knows when, says nothing about this try. */
const isEarlierTry = ({ status, startedAtMs }: PaymentRecord, { via, sinceMs }: Charge): boolean =>
  (via === "retry" || via === "schedule") &&
  (status === "failed" || status === "cancelled") &&
  (startedAtMs ?? 0) < Math.floor(sinceMs / 1000) * 1000;

/** A decline of an earlier try says nothing about this one. */
function isKnownEnded(order: Order, impUid: string): boolean {
  const attempt = attemptOf(order, impUid);
  return attempt !== undefined && hasEnded(attempt);
}

const endedAttempt = (order: Order, { impUid, startedAtMs }: PaymentRecord, nowMs: number): Attempt => ({
  ...(attemptOf(order, impUid) ?? newAttempt(impUid, order, startedAtMs ?? nowMs)),
  state: "failed",
});

/** PortOne answered no to the only send: final, but for one more look after QUIET. */
export const refuseCharge = (order: Order, charge: Charge, message: string | null, stamp: Stamp): Order =>
  changeOrder(
    order,
    {
      charge: null,
      chargeResult: failure(null, message ?? "provider_refused", charge),
      owedReads: owingQuietRead(order, null, stamp.atMs),
    },
    { ...stamp, reason: "charge_refused" },
  );

function close(
  order: Order,
  result: ChargeResult | null,
  look: Look,
  attempts: readonly Attempt[] = order.attempts,
): Order {
  const isFailed = result?.status === "failed";
  // A late approval of a failed charge would otherwise be seen by nobody.
  const owedReads = isFailed ? owingQuietRead(order, null, look.atMs) : order.owedReads;
  return changeOrder(
    order,
    { charge: null, chargeResult: result, owedReads, attempts },
    { ...look, reason: isFailed ? "charge_failed" : null },
  );
}

const failure = (impUid: string | null, failReason: string, charge: Charge): ChargeResult => ({
  status: "failed",
  impUid,
  failReason,
  productType: charge.productType,
  sentAtMs: lastSendMs(charge),
});

const resultOf = (record: PaymentRecord, status: ChargeResult["status"], charge: Charge): ChargeResult => ({
  status,
  impUid: record.impUid,
  failReason: record.failReason,
  productType: charge.productType,
  sentAtMs: lastSendMs(charge),
});

/** Why a debt may not be charged under a new number yet; null when it may. */
export function whyNotReplaceable(
  order: Order,
  replacement: string,
  nowMs: number,
): "not_failed" | "quiet" | null {
  if (order.supersededBy !== null) return order.supersededBy === replacement ? null : "not_failed";
  const isAtRest = order.charge === null && order.instruction === null && !order.isVoidWanted;
  const hasFailed = isAtRest && order.chargeResult?.status === "failed" && order.impUid === null;
  // One that was paid and given back is no failure: the debt was taken once.
  if (!hasFailed || !order.attempts.every(hasEnded)) return "not_failed";
  const lastMs = Math.max(
    order.chargeResult?.sentAtMs ?? 0,
    ...order.attempts.map((one) => one.stateSinceMs),
  );
  return nowMs < lastMs + quietMs ? "quiet" : null;
}

/** Closed in favour of another number: money that still comes goes back. */
export const supersede = (order: Order, supersededBy: string, stamp: Stamp): Order =>
  order.supersededBy === supersededBy
    ? order
    : changeOrder(
        order,
        { supersededBy, owedReads: owingQuietRead(order, null, stamp.atMs) },
        { ...stamp, isNoted: true, reason: "superseded" },
      );
