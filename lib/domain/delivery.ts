// The parcel of an escrow order, and what PortOne is still to be told of it.

import type { Climb } from "./ladder.ts";

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

/** An escrow order's parcel, and what PortOne is still to be told of it. */
export interface Delivery extends Climb {
  readonly merchantUid: string;
  readonly impUid: string;
  readonly registered: DeliveryRecord | null;
  /** Sent until PortOne takes it, then forgotten: it names people and where they live. */
  readonly wanted: DeliveryRequest | null;
  /** When it was asked for; null once PortOne was told. */
  readonly wantedSinceMs: number | null;
  readonly version: number;
}

/** The same parcel: told again it changes nothing. */
export const isSameParcel = (record: DeliveryRecord, request: DeliveryRequest): boolean =>
  record.company === request.company && record.invoice === request.invoice;
