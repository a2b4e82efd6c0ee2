// A customer's refund of 20,000 won, as it is asked for and as PortOne answers it.
import type { RequestRefund } from "../../lib/usecases/refunds/request-refund.ts";
import { cancelEntry, cancelledRecord } from "./orders.ts";

export const asked: RequestRefund = {
  merchantUid: "ord-20260805-000142",
  refundId: "rf_1",
  bodyHash: "hash",
  asked: { amount: 20_000, taxFree: null },
  reason: "단순 변심",
  requester: "customer",
  account: null,
};
/** What PortOne shows once the cancel is made; the tag names the refund. */
export const made = cancelledRecord([cancelEntry("c-1", 20_000, "#aaaaaarfi 단순 변심")]);
export const done = { outcome: "done", value: made } as const;
