// A charge without a window as an operation of its order: written down before it is sent. PortOne promises
// no uniqueness of the number for these calls, so what became of a lost one is decided by its record alone:
// paid, declined, or not known before QUIET has passed since the last send.
import { quietMs } from "./cancel.ts";
import { changeBy, type Look } from "./look.ts";
import {
  type Actor,
  type Attempt,
  attemptOf,
  changeOrder,
  newAttempt,
  type Order,
  withAttempt,
} from "./order.ts";
import type { PaymentRecord } from "./payment-record.ts";

export interface Charge {
  /** `onetime` carries card data nobody kept, so it can never be sent again; a `schedule` is sent by PortOne. */
  readonly via: "onetime" | "again" | "schedule" | "retry";
  /** `resend`: certainly not made, may go out once more. */
  readonly state: "claimed" | "unknown" | "scheduled" | "resend";
  readonly customerUid: string | null;
  readonly productType: "real" | "digital";
  /** Months; null for one payment. */
  readonly cardQuota: number | null;
  readonly customData: string | null;
  readonly owner: string;
  readonly sends: number;
  readonly sentAtMs: number;
  readonly sinceMs: number;
  /** When PortOne is to make it; null for one made at once. */
  readonly scheduledAtMs: number | null;
}

/** What a charge came to, kept for whoever asks again. */
export interface ChargeResult {
  readonly status: "paid" | "failed";
  readonly impUid: string | null;
  readonly cardName: string | null;
  /** Masked by PortOne. */
  readonly cardNumber: string | null;
  readonly applyNum: string | null;
  readonly receiptUrl: string | null;
  /** The card company's words, or PortOne's; `charge_not_made` when nobody ever answered. */
  readonly failReason: string | null;
  /** The last send: a new number for the same debt has to wait QUIET from here. */
  readonly sentAtMs: number;
}

const firstLookAfterSendMs = 60_000;
/** How late PortOne may run a schedule before it counts as not run. */
const scheduleGraceMs = 3_600_000;
/** *again* may be sent a second time, never a third. */
const mostSends = 2;

export const notMade = "charge_not_made";

export const newCharge = (
  facts: Pick<Charge, "via" | "customerUid" | "productType" | "cardQuota" | "customData" | "owner">,
  nowMs: number,
): Charge => ({
  ...facts,
  state: "claimed",
  sends: 1,
  sentAtMs: nowMs,
  sinceMs: nowMs,
  scheduledAtMs: null,
});

/** The order with the charge claimed, its send counted before it is made. */
export const claimCharge = (order: Order, charge: Charge, by: Actor, nowMs: number): Order =>
  changeOrder(order, { charge }, { by, atMs: nowMs, lookAtMs: nowMs + firstLookAfterSendMs });

/** One more send counted, before it is made, by a new owner. */
export const claimChargeAgain = (
  order: Order,
  charge: Charge,
  owner: string,
  by: Actor,
  nowMs: number,
): Order =>
  claimCharge(
    order,
    { ...charge, state: "claimed", owner, sends: charge.sends + 1, sentAtMs: nowMs },
    by,
    nowMs,
  );

export const markChargeUnknown = (order: Order, charge: Charge, by: Actor, nowMs: number): Order =>
  changeOrder(order, { charge: { ...charge, state: "unknown" } }, { by, atMs: nowMs });

/** What this look says about the charge in flight; the same order when nothing follows yet. */
export function decideCharge(order: Order, look: Look): Order {
  const { charge } = order;
  if (!charge) return order;
  if (order.impUid !== null) {
    const record = look.records.find(({ impUid }) => impUid === order.impUid);
    return close(order, record ? resultOf(record, "paid", charge) : null, look);
  }
  const fresh = look.records.filter((record) => !isKnownEnded(order, record.impUid));
  const isQuiet = look.atMs >= lastSendMs(charge) + quietMs;
  const ended = fresh.filter(({ status }) => status === "failed" || status === "cancelled");
  const isSure = charge.sends === 1 || isQuiet;
  const [declined] = ended;
  if (declined && ended.length === fresh.length && isSure) {
    const attempt = ended.reduce(
      (attempts, record) => withAttempt(attempts, endedAttempt(order, record)),
      order.attempts,
    );
    return close({ ...order, attempts: attempt }, resultOf(declined, "failed", charge), look);
  }
  if (fresh.length > 0 || !look.isComplete || !isQuiet || !isOverdue(charge, look.atMs)) return order;
  if (charge.via === "again" && charge.sends < mostSends) {
    if (charge.state === "resend") return order;
    return changeOrder(
      order,
      { charge: { ...charge, state: "resend" } },
      { ...changeBy(look), lookAtMs: look.atMs },
    );
  }
  return close(order, failure(null, notMade, charge), look);
}

const lastSendMs = (charge: Charge): number => charge.scheduledAtMs ?? charge.sentAtMs;
const isOverdue = (charge: Charge, nowMs: number): boolean =>
  charge.scheduledAtMs === null || nowMs >= charge.scheduledAtMs + scheduleGraceMs;

/** A decline of an earlier try says nothing about this one. */
function isKnownEnded(order: Order, impUid: string): boolean {
  const state = attemptOf(order, impUid)?.state;
  return state === "failed" || state === "abandoned";
}

const endedAttempt = (order: Order, record: PaymentRecord): Attempt => ({
  ...(attemptOf(order, record.impUid) ?? newAttempt(record.impUid, order, record.startedAtMs)),
  state: "failed",
});

/** PortOne answered no to the only send: final, but for one more look after QUIET. */
export const refuseCharge = (order: Order, charge: Charge, message: string | null, nowMs: number): Order =>
  changeOrder(
    order,
    {
      charge: null,
      chargeResult: failure(null, message ?? "provider_refused", charge),
      recheckAtMs: nowMs + quietMs,
    },
    { by: "merchant", atMs: nowMs, reason: "charge_refused", lookAtMs: nowMs + quietMs },
  );

function close(order: Order, result: ChargeResult | null, look: Look): Order {
  const isFailed = result?.status === "failed";
  // A late approval of a failed charge would otherwise be seen by nobody.
  const recheckAtMs = isFailed ? look.atMs + quietMs : order.recheckAtMs;
  return changeOrder(
    order,
    { charge: null, chargeResult: result, recheckAtMs, attempts: order.attempts },
    {
      ...changeBy(look),
      reason: isFailed ? "charge_failed" : null,
      ...(isFailed && recheckAtMs !== null ? { lookAtMs: recheckAtMs } : {}),
    },
  );
}

const failure = (impUid: string | null, failReason: string, charge: Charge): ChargeResult => ({
  status: "failed",
  impUid,
  cardName: null,
  cardNumber: null,
  applyNum: null,
  receiptUrl: null,
  failReason,
  sentAtMs: charge.sentAtMs,
});

const resultOf = (record: PaymentRecord, status: ChargeResult["status"], charge: Charge): ChargeResult => ({
  status,
  impUid: record.impUid,
  ...record.card,
  failReason: record.failReason,
  sentAtMs: charge.sentAtMs,
});

/** Why a debt may not be charged under a new number yet; null when it may. */
export function whyNotReplaceable(
  order: Order,
  replacement: string,
  nowMs: number,
): "not_failed" | "quiet" | null {
  if (order.supersededBy !== null) return order.supersededBy === replacement ? null : "not_failed";
  if (order.charge !== null || order.chargeResult?.status !== "failed" || order.impUid !== null)
    return "not_failed";
  return nowMs < order.chargeResult.sentAtMs + quietMs ? "quiet" : null;
}

/** Closed in favour of another number: money that still comes goes back. */
export const supersede = (order: Order, by: string, nowMs: number): Order =>
  order.supersededBy === by
    ? order
    : changeOrder(
        order,
        { supersededBy: by, recheckAtMs: nowMs + quietMs },
        { by: "merchant", atMs: nowMs, isNoted: true, reason: "superseded", lookAtMs: nowMs + quietMs },
      );
