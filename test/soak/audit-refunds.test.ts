// What is given back is what the order, the key and PortOne say, to the won and to its tax.
import { describe, expect, it } from "vitest";
import { auditRefundFigures } from "./audit-refunds.ts";
import { attempt, entry, nowMs, order, payment, refund, refundId, tag } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { CancelEntry, Payment } from "./world.ts";

const rest: CancelEntry = {
  cancellation_id: "c-2",
  amount: 89_000,
  tax_free: 2_450,
  reason: "#aaaaaaaaa 전액",
  cancelled_at: entry.cancelled_at + 60,
};
const made = (...entries: readonly CancelEntry[]) => payment({ cancel_history: entries });
const counted = (amount: number, taxFree: number, ...refund: readonly string[]): Item =>
  order({ attempts: [{ ...attempt, c: [["c-1", amount, nowMs, taxFree, ...refund]] }] });

const unnamed = new Map<string, number>();

describe("the auditor of refunds", () => {
  it.each<readonly [string, readonly Item[], Payment]>([
    ["one that is level", [order(), refund()], payment()],
    ["the rest, with all that is left free of tax", [order(), refund()], made(entry, rest)],
    ["one that was refused", [refund({ state: "refused", cancellation_id: null })], made()],
    ["a cancel PortOne does not know, which is found beside this", [order()], made()],
    ["one whose text PortOne dropped", [order(), refund()], made({ ...entry, reason: "" })],
    [
      "one of the console, split as somebody liked",
      [order({ attempts: [{ ...attempt, c: [] }] })],
      made({ ...entry, tax_free: 7, reason: "관리자페이지취소" }),
    ],
    [
      "an account's, for which PortOne takes no tax",
      [order(), refund()],
      payment({ pay_method: "vbank", cancel_history: [{ ...entry, tax_free: 0 }] }),
    ],
  ])("finds nothing about %s", (_, items, paid) => {
    expect(auditRefundFigures(items, [paid], unnamed)).toEqual([]);
  });

  it("holds a part that was named against what was named, and not against its share", () => {
    const named = made({ ...entry, tax_free: 3_000 });
    const items = [counted(20_000, 3_000, refundId), refund({ tax_free: 3_000 })];
    expect(auditRefundFigures(items, [named], new Map([[tag, 3_000]]))).toEqual([]);
    expect(auditRefundFigures(items, [named], new Map([[tag, 2_999]]))).toMatchObject([
      { kind: "refund_differs" },
    ]);
  });

  it.each<readonly [string, readonly Item[], Payment]>([
    ["a key that says another amount", [order(), refund({ amount: 19_000 })], payment()],
    ["a key that says another tax-free part", [order(), refund({ tax_free: 0 })], payment()],
    ["a key without an entry", [refund({ cancellation_id: "c-9" })], payment()],
    ["a key with another's entry", [refund({ tag: "#zzzzzzzzz" })], payment()],
    ["an order that counts another amount", [counted(1, 550, refundId), refund()], payment()],
    ["an order that counts another tax-free part", [counted(20_000, 0, refundId), refund()], payment()],
    ["an order that does not name who gave it back", [counted(20_000, 550), refund()], payment()],
    [
      "a share too small for what was left",
      [counted(20_000, 549, refundId), refund({ tax_free: 549 })],
      made({ ...entry, tax_free: 549 }),
    ],
    ["a rest that is not all", [order(), refund()], made(entry, { ...rest, tax_free: 2_449 })],
  ])("finds %s", (_, items, paid) => {
    expect(auditRefundFigures(items, [paid], unnamed).map(({ kind }) => kind)).toEqual(["refund_differs"]);
  });
});
