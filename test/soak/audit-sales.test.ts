// A sale outside PortOne has one live receipt where one is wanted, over what was sold, and an order's number has none.
import { describe, expect, it } from "vitest";
import { auditSales } from "./audit-sales.ts";
import { order, receipt } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Answer, Receipt } from "./world.ts";

const sold = { amount: 55_000, tax_free: 3_000 };
const figures = { ...sold, vat: 4_727, apply_num: "123456789" };
const external = (more: Partial<Receipt> = {}): Receipt =>
  receipt({ imp_uid: null, merchant_uid: "sale-1", ...figures, ...more });
const sale = (more: Item = {}): Item => ({
  pk: "external-receipt#sale-1",
  receipt: { state: "issued", ...figures, ...more },
});
const asked: Answer = {
  method: "POST",
  path: "/receipts/external/sale-1",
  key: null,
  sent: { ...sold, identifier: "010-1234-5678" },
  status: 201,
  json: { state: "issued" },
};
const takenBack: Answer = { ...asked, method: "DELETE", sent: {}, status: 200 };
const revoked = external({ cancelled_at: 1_785_900_000 });

type Row = readonly [string, readonly Item[], readonly Receipt[], readonly Answer[]];
const audit = ([, items, externalReceipts, answers]: Row) => auditSales({ items, externalReceipts, answers });

describe("the auditor of sales outside PortOne", () => {
  it.each<Row>([
    ["one that lives", [sale()], [external()], [asked]],
    ["one issued anew", [sale()], [revoked, external()], [asked, takenBack, asked]],
    ["one taken back", [sale({ state: "cancelled" })], [revoked], [asked, takenBack]],
    ["one of which nobody heard", [], [], [{ ...asked, status: 0 }]],
    ["none", [order()], [], []],
  ])("finds nothing about %s", (...row) => {
    expect(audit(row)).toEqual([]);
  });

  it.each<Row>([
    ["one that is wanted and does not live", [sale({ state: "cancelled" })], [revoked], [asked]],
    ["one that was never issued", [], [], [asked]],
    ["one that is gone at PortOne", [sale()], [revoked], [asked, takenBack]],
    ["one taken back that lives", [sale()], [external()], [asked, takenBack]],
    ["one that nobody asked for", [sale()], [external()], []],
    ["two at once", [sale()], [external(), external()], [asked]],
    ["one the table knows nothing of", [], [external()], [asked]],
    ["one the table takes for revoked", [sale({ state: "cancelled" })], [external()], [asked]],
    ["one of another number", [sale({ apply_num: "000000001" })], [external()], [asked]],
    ["one the table says otherwise", [sale({ vat: 1 })], [external()], [asked]],
    ["one of another amount", [sale({ amount: 1 })], [external({ amount: 1 })], [asked]],
    ["one of another tax-free part", [sale({ tax_free: 0 })], [external({ tax_free: 0 })], [asked]],
    ["a tax reckoned wrong", [sale({ vat: 4_728 })], [external({ vat: 4_728 })], [asked]],
    ["one whose number has an order", [sale(), order({ pk: "order#sale-1" })], [external()], [asked]],
  ])("finds %s", (...row) => {
    expect(audit(row)).toMatchObject([{ kind: "receipt_wrong", merchantUid: "sale-1" }]);
  });
});
