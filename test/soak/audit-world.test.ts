// One look at the world knows all that the auditors know: a right one is accepted, and of each thing learned one state
// is refused.
import { describe, expect, it } from "vitest";
import { auditWorld } from "./audit-world.ts";
import type { FindingKind } from "./findings.ts";
import {
  account,
  dayMs,
  entry,
  issued,
  night,
  nowMs,
  order,
  payment,
  receipt,
  receiptItem,
  refund,
  refunded,
  sealed,
  waiting,
} from "./healthy.ts";
import type { Item } from "./table.ts";
import type { World } from "./world.ts";

/** When nobody has to know any more whom its receipt is for. */
const keptUntilMs = Date.parse("2027-02-06T00:00:00+09:00");
const held = (more: Item = {}): Item =>
  order({ receipt: receiptItem, receipt_to: sealed, due_at: keptUntilMs, ...more });
const largest = [{ pk: "order#ord-1", bytes: 1_024, item: held() }];
const healthy: World = {
  nowMs,
  items: [held(), refund(), waiting()],
  payments: [payment(), account()],
  receipts: [receipt()],
  externalReceipts: [],
  reservations: [],
  answers: [refunded, issued],
  nights: [night()],
  alarms: [],
  largest,
  largestWrite: { pk: "order#ord-1", units: 2 },
};

describe("the auditors together", () => {
  it("accept a world in which everything is right", () => {
    expect(auditWorld(healthy)).toEqual([]);
  });

  it.each<readonly [string, FindingKind, Partial<World>]>([
    [
      "a refund that PortOne made of another amount",
      "refund_differs",
      { items: [held(), refund({ amount: 1 }), waiting()] },
    ],
    [
      "a refund with another tax-free part",
      "refund_differs",
      { items: [held(), refund({ tax_free: 0 }), waiting()] },
    ],
    [
      "an account left open for an order that is over",
      "account_open",
      { items: [held(), refund(), waiting({ state: "failed" })] },
    ],
    [
      "an account its order knows nothing of",
      "account_unknown",
      { payments: [payment(), account(), account({ imp_uid: "imp_3" })] },
    ],
    [
      "a debt without a due time",
      "never_due",
      { items: [held(), refund(), waiting(), { pk: "order#ord-3", open_until: nowMs + dayMs }] },
    ],
    ["a look that is overdue", "overdue", { nowMs: nowMs + 2 * dayMs + 3_600_000 }],
    ["a yes that was none", "told_wrong", { answers: [{ ...refunded, json: { cancellation_id: "c-9" } }] }],
    ["a day left behind by the audit", "audit_behind", { nights: [night({ behind: ["2026-08-03"] })] }],
    [
      "an alarm about nothing",
      "alarm_unexplained",
      { alarms: [{ code: "give_back", merchant_uid: "ord-1" }] },
    ],
    ["an item that grew", "item_too_large", { largest: [{ pk: "order#ord-1", bytes: 4_097, item: held() }] }],
    [
      "a receipt of more than is left",
      "receipt_wrong",
      { receipts: [receipt({ amount: 109_000, vat: 9_686 })] },
    ],
    ["a receipt nobody asked for", "receipt_wrong", { answers: [refunded] }],
    [
      "a number that nobody needs any more",
      "identifier_kept",
      { answers: [refunded, { ...issued, method: "DELETE", status: 200 }] },
    ],
    [
      "a sale's receipt that nobody asked for",
      "receipt_wrong",
      { externalReceipts: [receipt({ imp_uid: null })] },
    ],
    [
      "a reservation nobody waits for",
      "reservation_left",
      {
        reservations: [
          {
            merchant_uid: "ord-1",
            imp_uid: null,
            schedule_at: 1,
            schedule_status: "scheduled",
            payment_status: null,
          },
        ],
      },
    ],
    [
      "a cancel that is no key's",
      "double_cancel",
      {
        payments: [
          payment({ cancel_history: [entry, { ...entry, cancellation_id: "c-2", reason: "" }] }),
          account(),
        ],
      },
    ],
    [
      "more free of tax than was paid so",
      "over_refunded",
      { payments: [payment({ tax_free: 500 }), account()] },
    ],
    ["a phone payment's part", "rule_broken", { payments: [payment({ pay_method: "phone" }), account()] }],
    [
      "an account kept after its refund",
      "account_kept",
      { items: [held({ cancel: { id: "rf_1", account: "1.sealed", sent_at: nowMs } }), refund(), waiting()] },
    ],
    [
      "a named tax-free part that was not kept to",
      "refund_differs",
      { answers: [{ ...refunded, sent: { ...refunded.sent, tax_free: 3_000 } }] },
    ],
    ["money nobody knows of", "lost", { payments: [payment(), account(), payment({ imp_uid: "imp_9" })] }],
  ])("refuse %s", (_, kind, broken) => {
    expect(auditWorld({ ...healthy, ...broken }).map((finding) => finding.kind)).toContain(kind);
  });
});
