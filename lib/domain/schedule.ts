// Charges PortOne is to make by itself at a given time. Their orders are created when they are reserved, so that
// whatever comes of them finds an order; the list of reservations is PortOne's.
import type { Money } from "./money.ts";
import { newOrder, type OrderFacts } from "./new-order.ts";
import { type Charge, firstSend, type Reservation } from "./operation.ts";
import type { Order, Stamp } from "./order.ts";
import { changeOrder } from "./order-change.ts";

/** PortOne's record of a reservation. */
export interface ScheduleRecord {
  readonly merchantUid: string;
  readonly customerUid: string | null;
  readonly impUid: string | null;
  readonly scheduledAtMs: number;
  /** Null when PortOne sent something that is no amount in won. */
  readonly amount: Money | null;
  /** PortOne's words, shown as they are. */
  readonly scheduleStatus: string;
  readonly paymentStatus: string | null;
  readonly failReason: string | null;
}

/** It has not run, and nobody has revoked it. */
export const isReserved = ({ scheduleStatus }: ScheduleRecord): boolean => scheduleStatus === "scheduled";
export const isRevoked = ({ scheduleStatus }: ScheduleRecord): boolean => scheduleStatus === "revoked";

/** PortOne counts in whole seconds: a move within one is none. */
export const isAt = ({ scheduledAtMs }: { readonly scheduledAtMs: number | null }, atMs: number): boolean =>
  scheduledAtMs !== null && Math.floor(scheduledAtMs / 1000) === Math.floor(atMs / 1000);

/** What an order of one of these charges is made of. */
export type ChargedOrder = Omit<OrderFacts, "payMethod" | "escrow" | "expiresAtMs" | "replaces">;

/** What is reserved, and by which invocation. */
export type ReservationClaim = Reservation & { readonly claimToken: string };

/** How long after its time an order waits for PortOne to run it. */
const lifeAfterMs = 24 * 3_600_000;

/** The order of a charge that is to be made later. */
export function reservedOrder(facts: ChargedOrder, reservation: ReservationClaim, stamp: Stamp): Order {
  const { scheduledAtMs } = reservation;
  const order = newOrder(
    { ...facts, payMethod: "card", escrow: false, expiresAtMs: scheduledAtMs + lifeAfterMs },
    { orderTtlMs: 0, firstLookMs: null },
    stamp,
  );
  return reserve(order, reservation, stamp);
}

/** The order's charge reserved for this time, whatever time it was reserved for before. */
export function reserve(order: Order, claim: ReservationClaim, stamp: Stamp): Order {
  const { claimToken: _, ...reservation } = claim;
  const charge = order.charge ?? chargeReserved(claim, stamp);
  return changeOrder(
    order,
    {
      charge: { ...charge, scheduledAtMs: claim.scheduledAtMs },
      reservation,
      expiresAtMs: claim.scheduledAtMs + lifeAfterMs,
      isExpired: false,
    },
    stamp,
  );
}

/** The charge that PortOne makes at that time. */
export const chargeReserved = (
  { customerUid, productType, scheduledAtMs, claimToken }: ReservationClaim,
  { atMs }: Stamp,
): Charge => ({
  via: "schedule",
  customerUid,
  productType,
  cardQuota: null,
  ...firstSend(claimToken, atMs),
  state: "scheduled",
  scheduledAtMs,
});

/** The reservations PortOne has under the order's number on its customer's key. */
export const reservationsOf = (
  { merchantUid, reservation }: Order,
  records: readonly ScheduleRecord[],
): readonly ScheduleRecord[] =>
  records.filter(
    (record) =>
      record.merchantUid === merchantUid &&
      (record.customerUid === null || record.customerUid === reservation?.customerUid),
  );

/** Its debt is still to be charged by this order, and nothing that may charge it is on its way. */
const isUnpaid = ({ impUid, supersededBy, state, isVoidWanted }: Order): boolean =>
  impUid === null && supersededBy === null && state !== "voided" && !isVoidWanted;

/** What was reserved may be given another time: it waits for its own, or has failed. */
export const mayMove = (order: Order): boolean =>
  isUnpaid(order) &&
  order.reservation !== null &&
  order.instruction === null &&
  (order.charge === null ? order.state === "failed" : order.charge.state === "scheduled");

/** What was reserved and has failed may be charged now. */
export const mayRetry = (order: Order): boolean =>
  isUnpaid(order) &&
  order.reservation !== null &&
  order.instruction === null &&
  order.charge === null &&
  order.state === "failed";

/** PortOne may run it, is told about it, or may have been: a look is fit only if its reservations are read as well. */
export const needsReservations = (order: Order): boolean =>
  order.reservation !== null &&
  ((order.impUid === null && order.voidedAtMs === null) ||
    order.instruction !== null ||
    order.owedReads.length > 0);

/** What is known of a reservation where PortOne's own record is not at hand. */
type Known = Pick<Order, "merchantUid" | "amount"> & {
  readonly customerUid: string;
  readonly scheduledAtMs: number;
};

/** `pending`: nobody knows yet what became of the request. */
export const shownAs = (
  scheduleStatus: "pending" | "scheduled" | "revoked",
  { merchantUid, amount, customerUid, scheduledAtMs }: Known,
): ScheduleRecord => ({
  merchantUid,
  customerUid,
  impUid: null,
  scheduledAtMs,
  amount,
  scheduleStatus,
  paymentStatus: null,
  failReason: null,
});

/** What the order reserved, shown that way. */
export const orderShownAs = (
  scheduleStatus: "pending" | "scheduled" | "revoked",
  order: Order,
): ScheduleRecord =>
  shownAs(scheduleStatus, {
    merchantUid: order.merchantUid,
    amount: order.amount,
    customerUid: order.reservation?.customerUid ?? "",
    scheduledAtMs:
      order.instruction?.wantedAtMs ?? order.charge?.scheduledAtMs ?? order.reservation?.scheduledAtMs ?? 0,
  });
