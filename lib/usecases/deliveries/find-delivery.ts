// Where PortOne says an escrow order's parcel is.
import type { DeliveryRecord, DeliveryRequest } from "../../domain/delivery.ts";
import { payingAttempt } from "../../domain/order.ts";
import type { ReviewReason } from "../../domain/review.ts";
import type { DeliveryPorts } from "./register-delivery.ts";

export type FindDeliveryResult =
  | {
      readonly outcome: "registered";
      readonly record: DeliveryRecord;
      readonly reviewReason: ReviewReason | null;
    }
  /** It could not be told PortOne for so long that a person has to look. */
  | { readonly outcome: "scheduled"; readonly request: DeliveryRequest; readonly reviewReason: ReviewReason }
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
  const reviewReason = known?.reviewReason ?? null;
  if (fetched.record) return { outcome: "registered", record: fetched.record, reviewReason };
  if (known?.wanted && reviewReason !== null)
    return { outcome: "scheduled", request: known.wanted, reviewReason };
  return { outcome: known ? "delivery_not_visible_yet" : "delivery_not_found" };
}
