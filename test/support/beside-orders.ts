// What lies beside the orders while a call about it is in doubt: a sale outside PortOne, and a parcel.
import type { Delivery } from "../../lib/domain/delivery.ts";
import { firstLook } from "../../lib/domain/ladder.ts";
import { claimReceipt, emptySlot } from "../../lib/domain/receipt.ts";
import type { ExternalSale } from "../../lib/ports/table.ts";
import { createdAtMs, minuteMs } from "./orders.ts";
import { receiptDraft } from "./receipt-doubles.ts";

/** An issue of a sale's receipt in doubt, sent in the first minute; nobody kept for whom. */
export function saleInDoubt(more: Partial<ExternalSale> = {}): ExternalSale {
  const { receipt, operation } = claimReceipt(
    emptySlot,
    { kind: "receipt_issue", isFollowing: false, draft: receiptDraft, recipient: "sealed" },
    "claim-0",
    createdAtMs,
  );
  const slot = { receipt, operation, recipient: null };
  return { merchantUid: "sale-1", slot, ...firstLook(createdAtMs + minuteMs), version: 1, ...more };
}
/** A parcel that PortOne is still to be told of. */
export const parcelInDoubt: Delivery = {
  merchantUid: "ord-20260805-000142",
  impUid: "imp_730112845061",
  registered: null,
  wanted: {
    isChange: false,
    sender: { name: "샘플상점" },
    receiver: { name: "홍길동" },
    company: "CJ",
    invoice: "688912345678",
    sentAtMs: createdAtMs,
  },
  wantedSinceMs: createdAtMs,
  ...firstLook(createdAtMs + minuteMs),
  version: 1,
};
