// What the parcels of escrow orders need from the table and from PortOne.
import type { Delivery, DeliveryRecord, DeliveryRequest } from "../domain/delivery.ts";
import type { CallResult, Unavailable } from "./portone.ts";

export interface DeliveryStore {
  readDelivery(merchantUid: string): Promise<Delivery | null>;
  /** False when somebody else wrote first; a null `previous` creates it. */
  writeDelivery(previous: Delivery | null, next: Omit<Delivery, "version">): Promise<boolean>;
}

export interface DeliveryGateway {
  /** `conflict`: registered already, or not changeable yet (R-KS-27). */
  register(
    impUid: string,
    request: DeliveryRequest,
  ): Promise<CallResult<DeliveryRecord> | { readonly outcome: "conflict" }>;
  /** Null while PortOne shows none, which it also does for the first 30 to 60 minutes. */
  fetchDelivery(
    impUid: string,
  ): Promise<{ readonly outcome: "found"; readonly record: DeliveryRecord | null } | Unavailable>;
}
