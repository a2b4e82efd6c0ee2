// The auditor finds what it is there to find: a right table gives nothing, and each promise broken on purpose
// is named.
import { describe, expect, it } from "vitest";
import { audit, findDoubleCharges } from "./auditor.ts";
import type { FindingKind } from "./findings.ts";
import {
  account,
  dayMs,
  entry,
  nowMs,
  order,
  payment,
  receiptItem,
  refund,
  sealed,
  waiting,
} from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Payment } from "./world.ts";

const kinds = (items: readonly Item[], payments: readonly Payment[]) => [
  ...new Set(audit(items, payments).map(({ kind }) => kind)),
];

describe("the auditor", () => {
  it("finds nothing where everything is right", () => {
    expect(audit([order(), refund()], [payment()])).toEqual([]);
    const second = payment({ imp_uid: "imp_2", cancel_amount: 109_000, status: "cancelled" });
    const givenBack = {
      u: "imp_2",
      s: "giv",
      amount: 109_000,
      c: [["c-1", 1]],
    };
    const both = order({ attempts: [...(order()["attempts"] as Item[]), givenBack] });
    const own = payment({ cancel_history: [{ ...entry, reason: "관리자" }] });
    expect(audit([both], [own, { ...second, cancel_history: own.cancel_history }])).toEqual([]);
    const mark = { review_reason: "refund_account_needed", pay_method: "vbank" };
    expect(audit([order(mark), refund()], [payment()])).toEqual([]);
    const byWindow = order({ review_reason: "receipt_refused" });
    expect(audit([byWindow, refund()], [payment({ cash_receipt_issued: true })])).toEqual([]);
    const kept = { receipt: receiptItem, receipt_to: sealed };
    const end = Date.parse("2027-02-06T00:00:00+09:00");
    expect(audit([order({ ...kept, due_at: end }), refund()], [payment()])).toEqual([]);
    expect(audit([waiting()], [account()])).toEqual([]);
    const created = { pk: "order#ord-2", state: "expired", amount: 1_000, cancel_amount: 0 };
    expect(audit([created], [])).toEqual([]);
  });

  it.each<[FindingKind, string, readonly Item[], readonly Payment[]]>([
    ["believed", "paid by nothing", [order()], []],
    ["believed", "paid by another amount", [order()], [payment({ amount: 100 })]],
    ["believed", "a refund nobody made", [order(), refund({ cancellation_id: "c-2" })], [payment()]],
    ["differs", "another state", [order({ state: "paid" })], [payment()]],
    ["differs", "another cancelled amount", [order({ cancel_amount: 0 })], [payment()]],
    ["differs", "a cancel unknown", [order()], [payment({ cancel_history: [] })]],
    ["lost", "money no order knows of", [order()], [payment(), payment({ imp_uid: "imp_2" })]],
    [
      "money_kept",
      "forged and not given back",
      [order({ state: "created", imp_uid: null })],
      [payment({ amount: 100, cancel_amount: 0 })],
    ],
    ["over_refunded", "more than was paid", [order()], [payment({ cancel_amount: 109_001 })]],
    [
      "double_cancel",
      "one key, two cancels",
      [order()],
      [
        payment({
          cancel_history: ["c-1", "c-2"].map((id) => ({ ...entry, cancellation_id: id })),
        }),
      ],
    ],
    ["refused_yet_moved", "refused, and made later", [order(), refund({ state: "refused" })], [payment()]],
    [
      "refused_yet_moved",
      "withdrawn, and made later",
      [order(), refund({ state: "withdrawn" })],
      [payment()],
    ],
    ["unresolved", "a call in flight", [order({ cancel: { id: "rf_1" } })], [payment()]],
    [
      "unresolved",
      "due before nobody has to know any more whom a receipt is for",
      [order({ receipt: receiptItem, receipt_to: sealed, due_at: nowMs + dayMs })],
      [payment()],
    ],
    ["unresolved", "still due", [order({ due_at: 1 })], [payment()]],
    [
      "unresolved",
      "a card's refund that wants an account",
      [order({ review_reason: "refund_account_needed" })],
      [payment()],
    ],
    [
      "unresolved",
      "a receipt refused that no window issued",
      [order({ review_reason: "receipt_refused" })],
      [payment()],
    ],
    [
      "unresolved",
      "a window's receipt refused of which nothing went back",
      [order({ review_reason: "receipt_refused" })],
      [payment({ cash_receipt_issued: true, cancel_amount: 0 })],
    ],
    [
      "unresolved",
      "a receipt refused, and another payment's is the window's",
      [order({ review_reason: "receipt_refused" })],
      [payment(), payment({ imp_uid: "imp_2", cash_receipt_issued: true })],
    ],
    ["unresolved", "a mark nobody planned", [order({ review_reason: "double_cancel" })], [payment()]],
    [
      "two_transitions",
      "paid twice",
      [order({ history: ["2 portone created paid", "3 buyer failed paid"] })],
      [payment()],
    ],
  ])("finds %s: %s", (kind, _, items, payments) => {
    expect(kinds(items, payments)).toContain(kind);
  });

  it("finds a debt that was paid under two numbers", () => {
    const charges = [payment(), payment({ imp_uid: "imp_2", merchant_uid: "ord-2" })];
    expect(findDoubleCharges(charges, () => "debt-1")).toMatchObject([{ kind: "double_charge" }]);
    expect(findDoubleCharges(charges, (merchantUid) => merchantUid)).toEqual([]);
  });
});
