// Charges PortOne is to make by itself at a given time. Their orders are created when they are reserved, so that
// whatever comes of them finds an order; the list of reservations is PortOne's.
import type { Money } from "./money.ts";
import { newOrder, type OrderFacts } from "./new-order.ts";
import { type Charge, firstSend, type ProductType } from "./operation.ts";
import type { Order, Stamp } from "./order.ts";
import { changeOrder } from "./order-change.ts";

/** PortOne's record of a reservation. */
export interface ScheduleRecord {
  readonly merchantUid: string;
  readonly customerUid: string | null;
  readonly impUid: string | null;
  readonly scheduledAtMs: number;
  readonly amount: Money;
  /** PortOne's words, shown as they are. */
  readonly scheduleStatus: string;
  readonly paymentStatus: string | null;
  readonly failReason: string | null;
}

/** It has not run, and nobody has revoked it. */
export const isReserved = ({ scheduleStatus }: ScheduleRecord): boolean => scheduleStatus === "scheduled";

/** What an order of one of these charges is made of. */
export type ChargedOrder = Omit<OrderFacts, "payMethod" | "escrow" | "expiresAtMs" | "replaces">;

export interface Reservation {
  readonly customerUid: string;
  readonly productType: ProductType;
  readonly scheduledAtMs: number;
  readonly claimToken: string;
}

/** How long after its time an order waits for PortOne to run it. */
const lifeAfterMs = 24 * 3_600_000;

/** The order of a charge that is to be made later. */
export function reservedOrder(facts: ChargedOrder, reservation: Reservation, stamp: Stamp): Order {
  const { scheduledAtMs } = reservation;
  const order = newOrder(
    { ...facts, payMethod: "card", escrow: false, expiresAtMs: scheduledAtMs + lifeAfterMs },
    { orderTtlMs: 0, firstLookMs: null },
    stamp,
  );
  return reserve(order, reservation, stamp);
}

/** The order's charge reserved for another time. */
export function reserve(order: Order, reservation: Reservation, stamp: Stamp): Order {
  const { customerUid, productType, scheduledAtMs, claimToken } = reservation;
  const charge: Charge = {
    via: "schedule",
    customerUid,
    productType,
    cardQuota: null,
    customData: null,
    ...firstSend(claimToken, stamp.atMs),
    state: "scheduled",
    scheduledAtMs,
  };
  return changeOrder(order, { charge, expiresAtMs: scheduledAtMs + lifeAfterMs, isExpired: false }, stamp);
}

/** What the order's charge is for; null where it never had one. */
export const productTypeOf = ({ charge, chargeResult }: Order): ProductType | null =>
  charge?.productType ?? chargeResult?.productType ?? null;
