// What the parcels of escrow orders need from the table and from PortOne.
import type { CallResult, Unavailable } from "./portone.ts";

/** An escrow order's parcel, and what PortOne is still to be told of it. */
export interface Delivery {
  readonly merchantUid: string;
  readonly impUid: string;
  readonly registered: DeliveryRecord | null;
  /** Sent until PortOne takes it, then forgotten: it names people and where they live. */
  readonly wanted: DeliveryRequest | null;
  readonly dueAtMs: number | null;
  readonly looks: number;
  readonly version: number;
}

export interface DeliveryStore {
  readDelivery(merchantUid: string): Promise<Delivery | null>;
  /** False when somebody else wrote first; a null `previous` creates it. */
  writeDelivery(previous: Delivery | null, next: Omit<Delivery, "version">): Promise<boolean>;
}

/** What PortOne knows of a parcel. */
export interface DeliveryRecord {
  readonly company: string;
  readonly invoice: string;
  readonly sentAtMs: number;
  readonly appliedAtMs: number;
}

export interface DeliveryRequest {
  /** A first registration, or a change of one. */
  readonly isChange: boolean;
  readonly sender: Readonly<Record<string, string>>;
  readonly receiver: Readonly<Record<string, string>>;
  readonly company: string;
  readonly invoice: string;
  readonly sentAtMs: number;
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
