// Where PortOne says an escrow order's parcel is.
import type { DeliveryRecord } from "../../domain/delivery.ts";
import { payingAttempt } from "../../domain/order.ts";
import type { DeliveryPorts } from "./register-delivery.ts";

export type FindDeliveryResult =
  | { readonly outcome: "registered"; readonly record: DeliveryRecord }
  | {
      readonly outcome: "order_not_found" | "delivery_not_found" | "delivery_not_visible_yet" | "unavailable";
    };

export async function findDelivery(merchantUid: string, ports: DeliveryPorts): Promise<FindDeliveryResult> {
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  const paying = payingAttempt(order);
  const known = await ports.deliveries.readDelivery(merchantUid);
  if (!paying || !order.escrow) return { outcome: "delivery_not_found" };
  const fetched = await ports.parcels.fetchDelivery(paying.impUid);
  if (fetched.outcome === "unavailable") return { outcome: "unavailable" };
  if (fetched.record) return { outcome: "registered", record: fetched.record };
  return { outcome: known ? "delivery_not_visible_yet" : "delivery_not_found" };
}
