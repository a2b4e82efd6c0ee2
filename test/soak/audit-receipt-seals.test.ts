// Whom a receipt is made out to stands sealed while one may be issued again, and nowhere afterwards.
import { describe, expect, it } from "vitest";
import { auditReceiptSeals } from "./audit-receipt-seals.ts";
import type { FindingKind } from "./findings.ts";
import { dayMs, issued, nowMs, order, payment, receipt, sealed } from "./healthy.ts";
import { refundsEndMs } from "./receipt-debts.ts";
import type { Item } from "./table.ts";
import type { Answer, Payment } from "./world.ts";

const takenBack: Answer = { ...issued, method: "DELETE", status: 200 };
const kept = order({ receipt_to: sealed });
const whole: Partial<Payment> = { cancel_amount: 109_000 };
const revoked = [receipt({ cancelled_at: 1_785_900_000 })];
const healthy = { nowMs, items: [kept], payments: [payment()], receipts: [receipt()], answers: [issued] };
type World = typeof healthy;
const end = refundsEndMs(payment().paid_at * 1000);

describe("the auditor of whom a receipt is made out to", () => {
  it.each<readonly [string, Partial<World>]>([
    ["one sealed beside a live receipt", {}],
    ["one kept while none could be issued", { receipts: revoked }],
    ["none, of a receipt taken back", { items: [order()], answers: [issued, takenBack], receipts: revoked }],
    ["none, where nothing is left", { items: [order()], payments: [payment(whole)], receipts: revoked }],
    ["none, half a year later", { items: [order()], nowMs: end + 3 * dayMs }],
    ["none, of an order nobody asked a receipt for", { items: [order()], receipts: [], answers: [] }],
    ["none, of a receipt that was refused", { items: [order()], receipts: [] }],
    ["one of which nobody heard", { answers: [{ ...issued, status: 0 }] }],
    ["either, in the days about the end", { nowMs: end }],
    ["either, gone in the days about the end", { nowMs: end, items: [order()] }],
  ])("finds nothing about %s", (_, more) => {
    expect(auditReceiptSeals({ ...healthy, ...more })).toEqual([]);
  });

  it.each<readonly [string, FindingKind, Partial<World>]>([
    ["one that is readable", "identifier_kept", { items: [order({ receipt_to: "010-1234-5678" })] }],
    ["one kept of a receipt taken back", "identifier_kept", { answers: [issued, takenBack] }],
    ["one kept where nothing is left", "identifier_kept", { payments: [payment(whole)] }],
    ["one kept half a year later", "identifier_kept", { nowMs: end + 3 * dayMs }],
    ["one kept that nobody asked for", "identifier_kept", { answers: [] }],
    ["one kept of an order nobody paid", "identifier_kept", { payments: [] }],
    ["one gone that a receipt may need", "identifier_lost", { items: [order()] }],
    ["one gone before the end", "identifier_lost", { items: [order()], nowMs: end - 2 * dayMs }],
  ])("finds %s", (_, kind, more) => {
    expect(auditReceiptSeals({ ...healthy, ...more })).toMatchObject([{ kind, merchantUid: "ord-1" }]);
  });

  it("finds one that is kept beside a sale", () => {
    const sale: Item = { pk: "external-receipt#sale-1", receipt_to: sealed };
    expect(auditReceiptSeals({ ...healthy, items: [kept, sale] })).toMatchObject([
      { kind: "identifier_kept", merchantUid: "sale-1" },
    ]);
  });
});
