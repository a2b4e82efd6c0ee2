// An order with its receipt, of which money went back, and the sweep that looks at it.
import type { ReceiptOperation } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { followReceipt } from "../../lib/usecases/receipts/follow-receipt.ts";
import { cancelEntry, cancelledRecord, createdAtMs, minuteMs, synced, won } from "./orders.ts";
import {
  heldReceipt,
  orderPaidByTransfer,
  type ReceiptDoubles,
  receiptDraft,
  receiptPorts,
  receiptRecord,
  recipient,
} from "./receipt-doubles.ts";
import { sealedRecipients } from "./sealings.ts";
import { call } from "./syncing-ports.ts";

export const merchantUid = "ord-20260805-000142";
export const address = { of: "order", merchantUid } as const;
export const sweep = { by: "sweep", call } as const;
export const nowMs = createdAtMs + 3 * minuteMs;
export const dayMs = 24 * 60 * minuteMs;
export const no = { outcome: "refused", message: "취소할 수 없습니다." } as const;
export const live = receiptRecord();
export const gone = receiptRecord({ cancelledAtMs: nowMs + 1_000 });
/** Over the 84,000 won that are left, 3,000 of them tax-free. */
export const rest = receiptRecord({
  applyNum: "120000124",
  amount: won(84_000),
  vat: won(7_364),
  appliedAtMs: nowMs + 2_000,
});
export const done = (value: typeof live) => ({ outcome: "done", value }) as const;
export const sealed = await sealedRecipients.seal(recipient, merchantUid);

export const issuedOrder = (more: Partial<Order> = {}): Order => ({
  ...orderPaidByTransfer(),
  receipt: heldReceipt(),
  receiptRecipient: sealed,
  ...more,
});
export const refunded = (backWon: number, more: Partial<Order> = {}): Order => {
  const record = cancelledRecord([cancelEntry("c-1", backWon)], { payMethod: "trans" });
  return changeOrder(synced(issuedOrder(more), [record], { atMs: nowMs }), {}, { by: "sweep", atMs: nowMs });
};
export const inFlight = (more: Partial<ReceiptOperation> = {}): ReceiptOperation => ({
  id: "receipt_cancel-1",
  kind: "receipt_cancel",
  state: "unknown",
  isFollowing: true,
  draft: null,
  claimToken: "claim-0",
  sends: 1,
  sentAtMs: nowMs,
  sinceMs: nowMs,
  ...more,
});
export const issuing = (more: Partial<ReceiptOperation> = {}): ReceiptOperation =>
  inFlight({
    id: "receipt_issue-1",
    kind: "receipt_issue",
    isFollowing: false,
    draft: receiptDraft,
    ...more,
  });
export const firstInDoubt = (more: Partial<ReceiptOperation> = {}, order: Partial<Order> = {}): Order =>
  issuedOrder({ receipt: null, receiptOperation: issuing(more), ...order });

export const follow = (ports: ReceiptDoubles, worker: Parameters<typeof followReceipt>[1] = sweep) =>
  followReceipt(address, worker, ports);
export const sent = ({ receipts }: ReceiptDoubles) => [receipts.cancelled.length, receipts.issued.length];
export const portsAt = async (order: Order | null, record: typeof live | null, afterMs = 0) => {
  const ports = await receiptPorts(order);
  ports.receipts.record = record;
  ports.clock.advance(afterMs);
  return ports;
};
