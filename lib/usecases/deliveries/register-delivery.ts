// Tells PortOne where an escrow order's parcel is. Moves no money; what PortOne does not take yet is kept
// and told again by the sweep.

import {
  type Delivery,
  type DeliveryRecord,
  type DeliveryRequest,
  isSameParcel,
} from "../../domain/delivery.ts";
import { firstLook } from "../../domain/ladder.ts";
import { payingAttempt } from "../../domain/order.ts";
import type { DeliveryGateway, DeliveryStore } from "../../ports/delivery.ts";
import type { Clock } from "../../ports/environment.ts";
import type { OrderStore } from "../../ports/table.ts";

export interface DeliveryPorts {
  readonly store: OrderStore;
  readonly deliveries: DeliveryStore;
  readonly parcels: DeliveryGateway;
  readonly clock: Clock;
}

export type DeliveryResult =
  | { readonly outcome: "registered"; readonly record: DeliveryRecord }
  /** Kept; the sweep tells PortOne as soon as it listens. */
  | { readonly outcome: "scheduled"; readonly request: DeliveryRequest }
  | { readonly outcome: "order_not_found" | "order_not_paid" | "escrow_not_requested" | "delivery_not_found" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "busy" | "unavailable" };

const firstLookMs = 60_000;

export interface RegisterDelivery extends DeliveryRequest {
  readonly merchantUid: string;
}

/** The same parcel again is answered alike. */
export async function registerDelivery(
  { merchantUid, ...request }: RegisterDelivery,
  ports: DeliveryPorts,
): Promise<DeliveryResult> {
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  const paying = payingAttempt(order);
  if (!paying) return { outcome: "order_not_paid" };
  if (!order.escrow) return { outcome: "escrow_not_requested" };
  const known = await ports.deliveries.readDelivery(merchantUid);
  const isRegistered = known !== null && (known.registered !== null || known.wanted !== null);
  if (request.isChange && !isRegistered) return { outcome: "delivery_not_found" };
  if (known?.registered && !known.wanted && isSameParcel(known.registered, request))
    return { outcome: "registered", record: known.registered };
  const nowMs = ports.clock.nowMs();
  // Written down first: whatever is lost from here on is told again.
  const kept = {
    merchantUid,
    impUid: paying.impUid,
    registered: known?.registered ?? null,
    wanted: request,
    wantedSinceMs: nowMs,
    ...firstLook(nowMs + firstLookMs),
  };
  if (!(await ports.deliveries.writeDelivery(known, kept))) return { outcome: "busy" };
  const told = await tell({ ...kept, version: (known?.version ?? 0) + 1 }, request, ports);
  return isOpen(told) ? { outcome: "scheduled", request } : told;
}

/** `told`: nothing is left to tell. */
export async function resumeDelivery(
  delivery: Delivery,
  request: DeliveryRequest,
  ports: DeliveryPorts,
): Promise<"told" | NotTold["outcome"]> {
  const told = await tell(delivery, request, ports);
  return isOpen(told) ? told.outcome : "told";
}

/** PortOne does not take it yet, or nobody said anything. */
interface NotTold {
  readonly outcome: "not_taken" | "unanswered";
}

const isOpen = (told: DeliveryResult | NotTold): told is NotTold =>
  told.outcome === "not_taken" || told.outcome === "unanswered";

async function tell(
  delivery: Delivery,
  request: DeliveryRequest,
  ports: DeliveryPorts,
): Promise<DeliveryResult | NotTold> {
  const told = await ports.parcels.register(delivery.impUid, request);
  const rest = { ...delivery, wanted: null, wantedSinceMs: null, ...firstLook(null) };
  if (told.outcome === "done") {
    await ports.deliveries.writeDelivery(delivery, { ...rest, registered: told.value });
    return { outcome: "registered", record: told.value };
  }
  if (told.outcome === "refused") {
    await ports.deliveries.writeDelivery(delivery, rest);
    return { outcome: "provider_refused", message: told.message };
  }
  if (told.outcome === "unknown") return { outcome: "unanswered" };
  if (request.isChange) return { outcome: "not_taken" };
  // Registered already: by the call whose answer was lost, if it is the same parcel.
  const fetched = await ports.parcels.fetchDelivery(delivery.impUid);
  if (fetched.outcome === "unavailable") return { outcome: fetched.isAnswered ? "not_taken" : "unanswered" };
  if (fetched.record === null) return { outcome: "not_taken" };
  await ports.deliveries.writeDelivery(delivery, { ...rest, registered: fetched.record });
  return isSameParcel(fetched.record, request)
    ? { outcome: "registered", record: fetched.record }
    : { outcome: "provider_refused", message: null };
}
