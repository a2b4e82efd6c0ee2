// Receipts: what they cost in VAT, and what a lost answer to one means.

import { describe, expect, it } from "vitest";
import { moneyFromMinorUnits, vatOf } from "../../lib/domain/money.ts";
import { quietMs, type ReceiptSlot } from "../../lib/domain/operation.ts";
import { claimReceipt, finishReceipt, type ReceiptRecord, resolveReceipt } from "../../lib/domain/receipt.ts";

const won = moneyFromMinorUnits;
const sentAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const draft = {
  type: "person" as const,
  identifierMasked: "010****5678",
  amount: won(109_000),
  taxFree: won(3_000),
  bodyHash: "hash",
};
const live: ReceiptRecord = {
  applyNum: "123456789",
  amount: won(109_000),
  vat: won(9_636),
  receiptTid: "273210000001",
  receiptUrl: null,
  appliedAtMs: sentAtMs,
  cancelledAtMs: null,
};
const empty: ReceiptSlot = { receipt: null, operation: null };

function issued(): ReceiptSlot {
  const claimed = claimReceipt(empty, { kind: "receipt_issue", draft }, "a", sentAtMs);
  if (!claimed.operation) throw new Error("no operation");
  return finishReceipt(claimed, claimed.operation, live);
}

it("a receipt of no time was issued when it was asked for", () => {
  const claimed = claimReceipt(empty, { kind: "receipt_issue", draft }, "a", sentAtMs);
  if (!claimed.operation) throw new Error("no operation");
  const { receipt } = finishReceipt(claimed, claimed.operation, { ...live, appliedAtMs: null });
  expect(receipt?.appliedAtMs).toBe(sentAtMs);
});

describe("VAT", () => {
  it.each([
    [109_000, 3_000, 9_636],
    [69_000, 1_900, 6_100],
    [11, 0, 1],
    [16, 0, 1],
    [17, 0, 2],
    [5, 0, 0],
    [6, 0, 1],
    [3_000, 3_000, 0],
  ])("of %d with %d tax-free is %d", (amount, taxFree, vat) => {
    expect(vatOf(won(amount), won(taxFree))).toBe(vat);
  });
});

describe("resolveReceipt", () => {
  const slot = issued();
  const cancelled = { ...live, cancelledAtMs: sentAtMs + 1_000 };
  const again = { ...live, applyNum: "123456790" };
  const early = sentAtMs + quietMs - 1;
  const quiet = sentAtMs + quietMs;

  it.each([
    ["issue: a live receipt appeared", empty, "receipt_issue", live, early, "happened"],
    ["issue: none before QUIET", empty, "receipt_issue", null, early, "wait"],
    ["issue: none after QUIET", empty, "receipt_issue", null, quiet, "nothing_happened"],
    ["issue again: only the old one, cancelled", slot, "receipt_issue", cancelled, quiet, "nothing_happened"],
    ["issue again: a new number", slot, "receipt_issue", again, early, "happened"],
    ["cancel: ours is cancelled", slot, "receipt_cancel", cancelled, early, "happened"],
    ["cancel: still live before QUIET", slot, "receipt_cancel", live, early, "wait"],
    ["cancel: still live after QUIET", slot, "receipt_cancel", live, quiet, "send_again"],
    [
      "cancel: another receipt's cancel is not ours",
      slot,
      "receipt_cancel",
      { ...again, cancelledAtMs: sentAtMs },
      early,
      "wait",
    ],
  ] as const)("%s", (_, before, kind, record, nowMs, verdict) => {
    const claimed = claimReceipt(
      before,
      { kind, draft: kind === "receipt_issue" ? draft : null },
      "a",
      sentAtMs,
    );
    if (!claimed.operation) throw new Error("no operation");
    expect(resolveReceipt(claimed, claimed.operation, record, nowMs)).toBe(verdict);
  });

  it("gives a cancel up to a person after three sends", () => {
    let claimed = claimReceipt(slot, { kind: "receipt_cancel", draft: null }, "a", sentAtMs);
    claimed = claimReceipt(claimed, { kind: "receipt_cancel", draft: null }, "b", sentAtMs);
    claimed = claimReceipt(claimed, { kind: "receipt_cancel", draft: null }, "c", sentAtMs);
    if (!claimed.operation) throw new Error("no operation");
    expect(resolveReceipt(claimed, claimed.operation, live, quiet)).toBe("stuck");
  });
});

describe("finishReceipt", () => {
  it("counts generations and keeps the provider's amount", () => {
    const first = issued();
    const claimed = claimReceipt(first, { kind: "receipt_cancel", draft: null }, "b", sentAtMs);
    if (!claimed.operation) throw new Error("no operation");
    const cancelled = finishReceipt(claimed, claimed.operation, { ...live, cancelledAtMs: sentAtMs + 5 });
    expect(cancelled.receipt).toMatchObject({
      state: "cancelled",
      cancelledAtMs: sentAtMs + 5,
      generation: 1,
    });
    const again = claimReceipt(
      cancelled,
      { kind: "receipt_issue", draft: { ...draft, amount: won(89_000) } },
      "c",
      sentAtMs,
    );
    if (!again.operation) throw new Error("no operation");
    const second = finishReceipt(again, again.operation, { ...live, applyNum: "9", amount: won(88_000) });
    expect(second.receipt).toMatchObject({ generation: 2, amount: 88_000, applyNum: "9", state: "issued" });
  });
});
