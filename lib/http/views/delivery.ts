// An escrow order's parcel as merchants see it.
import type { ReviewReason } from "../../domain/review.ts";
import { iso } from "./time.ts";

interface Parcel {
  readonly company: string;
  readonly invoice: string;
  readonly sentAtMs: number;
  readonly appliedAtMs?: number;
}

/** `scheduled`: kept here until PortOne takes it. */
export const viewDelivery = (
  merchantUid: string,
  { company, invoice, sentAtMs, appliedAtMs }: Parcel,
  state: "registered" | "scheduled",
  reviewReason: ReviewReason | null = null,
) => ({
  merchant_uid: merchantUid,
  company,
  invoice,
  sent_at: iso(sentAtMs),
  applied_at: appliedAtMs === undefined ? null : iso(appliedAtMs),
  state,
  review_reason: reviewReason,
});
