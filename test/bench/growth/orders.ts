// The orders of what PortOne took: created, as before the buyer pays, approved and due, as when every notice was lost, or
// paid, as on an audit's night.
import { decideConfirmation } from "../../../lib/domain/confirmation.ts";
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { newOrder } from "../../../lib/domain/new-order.ts";
import type { Order } from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { decideSync } from "../../../lib/domain/sync.ts";
import { encodeOrder } from "../../../lib/dynamodb/order-item.ts";

const minuteMs = 60_000;
const holds = { holdTtlMs: 60 * minuteMs, firstLookMs: 2 * minuteMs };
const times = { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs };

/** Made ten minutes before it was paid. */
function created({ merchantUid, startedAtMs }: PaymentRecord): Order {
  const createdAtMs = (startedAtMs ?? 0) - 10 * minuteMs;
  const facts = {
    merchantUid,
    amount: moneyFromMinorUnits(109_000),
    taxFree: moneyFromMinorUnits(3_000),
    currency: "KRW" as const,
    name: "나이키 와플 트레이너 2 SD",
    payMethod: "card",
    buyerName: "홍길동",
    escrow: false,
    expiresAtMs: null,
    bodyHash: "bench",
  };
  return newOrder(facts, times, { by: "merchant", atMs: createdAtMs });
}

/** A minute later, and not looked at since. */
function approved(record: PaymentRecord): Order {
  const order = created(record);
  const asked = { impUid: record.impUid, amount: order.amount };
  const confirmation = decideConfirmation(order, asked, order.createdAtMs + minuteMs, holds);
  if (confirmation.decision !== "approve") throw new Error(`not approved: ${confirmation.decision}`);
  return confirmation.order;
}

export const createdItem = (record: PaymentRecord) => encodeOrder(created(record));
export const dueItem = (record: PaymentRecord) => encodeOrder(approved(record));

export function paidItem(record: PaymentRecord, mid: string) {
  const look = { records: [record], isComplete: true, by: "portone" as const, atMs: record.paidAtMs ?? 0 };
  const policy = { mids: [mid], acceptsSandbox: true, givesBack: new Set<never>() };
  const paid = decideSync(approved(record), look, policy);
  if (paid.state !== "paid") throw new Error(`${record.merchantUid} is ${paid.state}`);
  return encodeOrder(paid);
}
