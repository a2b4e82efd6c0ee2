// What of a give-back is free of tax: the payment's own part, which is the order's only where it was paid as asked for.
import { expect, it } from "vitest";
import { taxFreeToGiveBack } from "../../lib/domain/give-back.ts";
import type { Attempt } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { attempt, cancelEntry, createdOrder, paymentRecord, won } from "../support/orders.ts";

const order = createdOrder();
const another = { amount: won(108_000) };
const inDollars = { currency: "USD" };
const account = { payMethod: "vbank" };
const gone = (amount: number, taxFree: number, refundId: string | null = null) => ({
  cancels: [{ ...cancelEntry("c-1", amount), taxFree: won(taxFree), refundId }],
});
const told = (taxFree: number) => ({ taxFree: won(taxFree) });
const of = (more: Partial<Attempt> = {}, record: Partial<PaymentRecord> = {}) =>
  taxFreeToGiveBack(
    order,
    attempt("imp_2", { state: "paid", payMethod: "card", ...more }),
    paymentRecord(record),
  );

it.each<readonly [string, number, number]>([
  ["the order's, of what was paid as asked for", of(), 3_000],
  ["no more than is left", of(gone(107_000, 0)), 2_000],
  ["less what a cancel of ours took of it", of(gone(20_000, 550, "rf_1")), 2_450],
  ["what PortOne tells, of another amount", of(another, told(893)), 893],
  ["what PortOne tells, of the same amount", of({}, told(893)), 893],
  ["what PortOne tells, where it is nothing", of({}, told(0)), 0],
  ["what PortOne tells, less what went", of({ ...another, ...gone(20_000, 550, "rf_1") }, told(893)), 343],
  [
    "nothing, where more went than PortOne tells",
    of({ ...another, ...gone(20_000, 900, "rf_1") }, told(893)),
    0,
  ],
  ["no more than is left of what PortOne tells", of({ ...another, ...gone(107_500, 0) }, told(893)), 500],
  ["nothing said, of another amount whole", of(another), 0],
  ["nothing said, of another currency whole", of(inDollars), 0],
  ["the order's, of the rest of another amount", of({ ...another, ...gone(9_000, 0) }), 3_000],
  [
    "the order's, of the rest of another amount, less what went",
    of({ ...another, ...gone(9_000, 550, "rf_1") }),
    2_450,
  ],
  ["nothing, of the rest in another currency", of({ ...inDollars, ...gone(9_000, 0) }), 0],
  ["nothing, of the rest of an account (R-KS-3)", of({ ...another, ...account, ...gone(9_000, 0) }), 0],
  ["what an account's order says, whatever PortOne tells (R-KS-3)", of(account, told(893)), 3_000],
  [
    "nothing, of an account of another amount, whatever PortOne tells (R-KS-3)",
    of({ ...another, ...account }, told(893)),
    0,
  ],
])("%s", (_, taxFree, expected) => {
  expect(taxFree).toBe(expected);
});
