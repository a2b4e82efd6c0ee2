// The auditor finds what it is there to find: a right table gives nothing, and each promise broken on purpose
// is named.
import { describe, expect, it } from "vitest";
import { audit, type FindingKind, findDoubleCharges, type Payment } from "./auditor.ts";
import type { Item } from "./table.ts";

const tag = "#k7q2m5xwa";
const payment = (more: Partial<Payment> = {}): Payment => ({
  imp_uid: "imp_1",
  merchant_uid: "ord-1",
  status: "paid",
  amount: 109_000,
  cancel_amount: 20_000,
  paid_at: 1_785_900_062,
  sandbox: false,
  cancel_history: [{ cancellation_id: "c-1", amount: 20_000, reason: `${tag} 단순 변심` }],
  ...more,
});
const order = (more: Item = {}): Item => ({
  pk: "order#ord-1",
  state: "partially_refunded",
  amount: 109_000,
  cancel_amount: 20_000,
  imp_uid: "imp_1",
  attempts: [{ uid: "imp_1", state: "paid", amount: 109_000, cancels: [["c-1", 20_000]] }],
  history: ["1 merchant - created", "2 portone created paid", "3 merchant paid partially_refunded rf_1"],
  ...more,
});
const refund = (more: Item = {}): Item => ({
  pk: "refund#ord-1#abc",
  merchant_uid: "ord-1",
  refund_id: "rf_1",
  state: "succeeded",
  tag,
  cancellation_id: "c-1",
  ...more,
});
const kinds = (items: readonly Item[], payments: readonly Payment[]) => [
  ...new Set(audit(items, payments).map(({ kind }) => kind)),
];

describe("the auditor", () => {
  it("finds nothing where everything is right", () => {
    expect(audit([order(), refund()], [payment()])).toEqual([]);
    const second = payment({ imp_uid: "imp_2", cancel_amount: 109_000, status: "cancelled" });
    const givenBack = {
      uid: "imp_2",
      state: "given_back",
      amount: 109_000,
      cancels: [["c-1", 1]],
    };
    const both = order({ attempts: [...(order()["attempts"] as Item[]), givenBack] });
    const own = payment({ cancel_history: [{ cancellation_id: "c-1", amount: 20_000, reason: "관리자" }] });
    expect(audit([both], [own, { ...second, cancel_history: own.cancel_history }])).toEqual([]);
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
          cancel_history: ["c-1", "c-2"].map((id) => ({
            cancellation_id: id,
            amount: 1,
            reason: `${tag} 변심`,
          })),
        }),
      ],
    ],
    ["refused_yet_moved", "refused, and made later", [order(), refund({ state: "refused" })], [payment()]],
    ["unresolved", "a call in flight", [order({ cancel: { id: "rf_1" } })], [payment()]],
    ["unresolved", "still due", [order({ due_at: 1 })], [payment()]],
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
