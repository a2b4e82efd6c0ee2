// A live receipt is one of what is left of the payment, as the order says it.
import { describe, expect, it } from "vitest";
import { auditReceipts } from "./audit-receipts.ts";
import { order, payment, receipt, receiptItem } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Payment, Receipt } from "./world.ts";

const held = (more: Item = {}): Item => order({ receipt: { ...receiptItem, ...more } });
const revoked = receipt({ apply_num: "000000001", cancelled_at: 1_785_900_000 });

describe("the auditor of receipts", () => {
  it.each<readonly [string, Item, readonly Receipt[]]>([
    ["one that is live", held(), [receipt()]],
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
});
