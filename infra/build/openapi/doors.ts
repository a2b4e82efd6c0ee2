// Every door, in the order in which a shop meets them.
import type { DirectDoor, Door, MerchantDoor } from "./door.ts";
import { billingDoors } from "./doors/billing.ts";
import { deliveryDoors } from "./doors/deliveries.ts";
import { completeDoor, portoneDoors, redirectDoor } from "./doors/open.ts";
import { orderDoors } from "./doors/orders.ts";
import { receiptDoors } from "./doors/receipts.ts";
import { refundDoors } from "./doors/refunds.ts";
import { scheduleDoors } from "./doors/schedules.ts";

export const merchantDoors: readonly MerchantDoor[] = [
  ...orderDoors,
  ...refundDoors,
  ...receiptDoors,
  ...billingDoors,
  ...scheduleDoors,
  ...deliveryDoors,
];

export const openDoors: readonly Door[] = [completeDoor, redirectDoor, ...portoneDoors];

export const isMerchants = (door: Door): door is MerchantDoor => "scope" in door;
export const isDirect = (door: Door): door is DirectDoor => "action" in door;

/** Those that a direct invocation can name. */
export const directDoors: readonly DirectDoor[] = merchantDoors.filter(isDirect);
