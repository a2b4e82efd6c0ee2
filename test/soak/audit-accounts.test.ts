// An account is open only for an order that waits for a deposit, and that order knows it.
import { describe, expect, it } from "vitest";
import { auditAccounts } from "./audit-accounts.ts";
import type { FindingKind } from "./findings.ts";
import { account, dayMs, nowMs, waiting } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Payment } from "./world.ts";

const [ready] = waiting()["attempts"] as readonly Item[];
const paid = waiting({ state: "paid", attempts: [] });

describe("the auditor of accounts", () => {
  it.each<readonly [string, readonly Item[], readonly Payment[], number]>([
    ["one that is waited for", [waiting()], [account()], nowMs],
    ["one that was closed when another paid", [paid], [account({ status: "cancelled" })], nowMs],
    ["one whose time is over", [waiting({ state: "expired" })], [account()], nowMs + 3 * dayMs],
    ["a window that was never given an account", [paid], [account({ vbank_num: null })], nowMs],
  ])("finds nothing about %s", (_, items, payments, atMs) => {
    expect(auditAccounts(items, payments, atMs)).toEqual([]);
  });

  it.each<readonly [FindingKind, string, readonly Item[], readonly Payment[]]>([
    ["account_open", "one of a paid order", [paid], [account()]],
    ["account_open", "one of a void order", [waiting({ state: "voided" })], [account()]],
    ["account_open", "one of an order that is over", [waiting({ state: "expired" })], [account()]],
    ["account_unknown", "one nobody ordered", [], [account()]],
    [
      "account_unknown",
      "a second one its order knows nothing of",
      [waiting()],
      [account(), account({ imp_uid: "imp_3" })],
    ],
    ["account_differs", "another number than the buyer was told", [waiting()], [account({ vbank_num: "1" })]],
    [
      "account_differs",
      "another time than the buyer was told",
      [waiting()],
      [account({ vbank_date: nowMs / 1000 + 60 })],
    ],
    [
      "account_differs",
      "one that is over here",
      [waiting({ attempts: [ready ?? {}, { ...ready, u: "imp_3", s: "fai" }] })],
      [account(), account({ imp_uid: "imp_3" })],
    ],
    ["account_differs", "a deposit waited for in vain", [waiting()], [account({ status: "cancelled" })]],
  ])("finds %s: %s", (kind, _, items, payments) => {
    expect(auditAccounts(items, payments, nowMs).map((finding) => finding.kind)).toEqual([kind]);
  });
});
