// An order whose money is to go back by itself, and what PortOne says when it has.
import { expect } from "vitest";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { NumberedIdentifiers } from "./doubles.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  paymentRecord,
} from "./orders.ts";
import { requestId } from "./syncing-ports.ts";

export const impUid = "imp_730112845061";
export const sender = { by: "sweep" as const, requestId, account: null };

/** Paid after it was voided: all of it is to go back. */
export const wanting = (record: Partial<PaymentRecord> = {}): Order => {
  const voided = changeOrder(
    createdOrder(),
    { voidedAtMs: createdAtMs },
    { by: "merchant", atMs: createdAtMs },
  );
  const order = decideSync(voided, look([paymentRecord(record)]), givingPolicy);
  expect(order).toMatchObject({ state: "voided", attempts: [{ giveBack: "wanted" }] });
  return order;
};
export const ourId = "rf_ord-20260805-000142_give_back_imp_730112845061_1";
export const tag = new NumberedIdentifiers().tag(ourId);
export const given = cancelledRecord([cancelEntry("c-1", 109_000, `${tag} 자동 환불`)]);

export const untouched = { state: "voided", cancel: null, attempts: [{ state: "paid", giveBack: "wanted" }] };
