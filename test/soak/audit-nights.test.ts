// The nights' reports leave nothing unexplained, unread or behind.
import { describe, expect, it } from "vitest";
import { auditNights } from "./audit-nights.ts";
import type { FindingKind } from "./findings.ts";
import { night, order } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { NightReport } from "./world.ts";

const difference = {
  kind: "cancel_unknown",
  merchant_uid: "ord-1",
  ours: { state: "paid" },
  theirs: { status: "cancelled" },
  synced: true,
};
const unsynced = { ...difference, synced: false };
const due = { ...difference, ours: { due_at: 1 }, theirs: { due_at: 2 } };

describe("the auditor of the nights", () => {
  it.each<readonly [string, readonly Item[], readonly NightReport[]]>([
    ["a night without a difference", [order()], [night()]],
    ["a difference brought level", [order()], [night({ differences: [difference] }), night()]],
    [
      "a difference a person knows of",
      [order({ review_reason: "status_unknown" })],
      [night({ differences: [unsynced] })],
    ],
    [
      "a difference a person decided",
      [order({ history: ["9 operator paid paid cleared:ok"] })],
      [night({ differences: [unsynced] })],
    ],
    [
      "a day that was left off and taken up",
      [],
      [night({ complete: false, behind: ["2026-08-03"] }), night()],
    ],
  ])("finds nothing about %s", (_, items, nights) => {
    expect(auditNights(items, nights)).toEqual([]);
  });

  it.each<readonly [FindingKind, string, readonly Item[], readonly NightReport[]]>([
    ["audit_differs", "a difference nobody brought level", [order()], [night({ differences: [unsynced] })]],
    ["audit_differs", "a difference about no order", [], [night({ differences: [difference] })]],
    [
      "audit_differs",
      "another due time than the stored one",
      [order()],
      [night({ differences: [due] }), night()],
    ],
    ["audit_differs", "something nobody could read", [], [night({ unreadable: 1 }), night()]],
    ["audit_behind", "a day left behind", [], [night({ behind: ["2026-08-03"] })]],
    ["audit_behind", "a last night that did not end", [], [night({ complete: false })]],
    ["audit_behind", "no night at all", [], []],
  ])("finds %s: %s", (kind, _, items, nights) => {
    expect(auditNights(items, nights).map((finding) => finding.kind)).toEqual([kind]);
  });
});
