// A live receipt is one of what is left of the payment, as the order says it.
import { describe, expect, it } from "vitest";
import { auditReceipts } from "./audit-receipts.ts";
import { entry, order, payment, receipt, receiptItem, refund } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Payment, Receipt } from "./world.ts";

const held = (more: Item = {}): Item => order({ receipt: { ...receiptItem, ...more } });
const { vat: _, ...itemWithoutTax } = receiptItem;
const untaxed = order({ receipt: itemWithoutTax });
const revoked = receipt({ apply_num: "000000001", cancelled_at: 1_785_900_000 });

describe("the auditor of receipts", () => {
  it.each<readonly [string, Item, readonly Receipt[]]>([
    ["one that is live", held(), [receipt()]],
    ["one whose tax the order need not say", untaxed, [receipt()]],
    ["one issued anew", held(), [revoked, receipt()]],
    ["one that was revoked", held({ state: "cancelled", apply_num: "000000001" }), [revoked]],
    ["none", order(), []],
  ])("finds nothing about %s", (_, item, receipts) => {
    expect(auditReceipts([item], [payment()], receipts)).toEqual([]);
  });

  it.each<readonly [string, Item, readonly Receipt[], Partial<Payment>]>([
    ["one the order knows nothing of", order(), [receipt()], {}],
    ["one the order takes for revoked", held({ state: "cancelled" }), [receipt()], {}],
    ["one of another number", held({ apply_num: "000000001" }), [receipt()], {}],
    ["one of another amount", held({ amount: 109_000 }), [receipt()], {}],
    ["one of another tax-free part", held({ tax_free: 0 }), [receipt()], {}],
    [
      "one with more free of tax than is left of it",
      held({ tax_free: 3_000, vat: 7_818 }),
      [receipt({ tax_free: 3_000, vat: 7_818 })],
      {},
    ],
    ["one of more than is left", held(), [receipt()], { cancel_amount: 20_001 }],
    ["one of less than is left", held(), [receipt()], { cancel_amount: 0 }],
    ["a tax reckoned wrong", held({ vat: 7_869 }), [receipt({ vat: 7_869 })], {}],
    ["one of another payment", held(), [receipt({ imp_uid: "imp_2" })], {}],
    ["two at once", held(), [receipt(), receipt()], {}],
    ["one that is gone at PortOne", held(), [], {}],
  ])("finds %s", (_, item, receipts, paid) => {
    expect(auditReceipts([item], [payment(paid)], receipts).map(({ kind }) => kind)).toEqual([
      "receipt_wrong",
    ]);
  });

  it("tells what is left free of tax of an account by its keys, and counts what the console gives back as taxable", () => {
    const paid = payment({ pay_method: "vbank", tax_free: 0, cancel_history: [{ ...entry, tax_free: 0 }] });
    expect(auditReceipts([held(), refund()], [paid], [receipt()])).toEqual([]);
    const all = receipt({ tax_free: 3_000, vat: 7_818 });
    const byConsole = held({ tax_free: 3_000, vat: 7_818 });
    expect(auditReceipts([byConsole], [paid], [all])).toEqual([]);
    expect(auditReceipts([byConsole, refund()], [paid], [all])).toHaveLength(1);
  });

  it("takes no more for free of tax than is left at all", () => {
    const most = { amount: 2_000, tax_free: 2_000, vat: 0 };
    const paid = payment({
      cancel_amount: 107_000,
      cancel_history: [{ ...entry, amount: 107_000, tax_free: 0 }],
    });
    expect(auditReceipts([held(most)], [paid], [receipt(most)])).toEqual([]);
  });
});
