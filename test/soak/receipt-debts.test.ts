// An order owes its receipt a look while it is not what is left, a read behind another, and an end of whom it is for.
import { describe, expect, it } from "vitest";
import { attempt, dayMs, minuteMs, nowMs, order, receiptItem, sealed } from "./healthy.ts";
import { receiptDebtsOf, recipientEndMs, refundsEndMs } from "./receipt-debts.ts";
import type { Item } from "./table.ts";

const endMs = Date.parse("2027-02-06T00:00:00+09:00");
const appliedMs = nowMs - 2 * dayMs;
const kept = (more: Item = {}, receipt: Item = {}): Item =>
  order({ receipt_to: sealed, receipt: { ...receiptItem, ...receipt }, ...more });
const { receipt: _, ...unissued } = kept();
const over109 = { amount: 109_000, tax_free: 3_000 };
const sent = { state: "unknown", sent_at: nowMs };
const window = order({ attempts: [{ ...attempt, cash_receipt: true }] });

describe("what is owed to a receipt", () => {
  it.each<readonly [string, Item, readonly number[]]>([
    ["nothing but its end where it is what is left", kept(), [endMs]],
    ["nothing where nobody is kept", order({ receipt: receiptItem }), []],
    ["nothing where none was asked for", order(), []],
    ["nothing where nobody paid", { pk: "order#ord-2", receipt_to: sealed }, []],
    ["a look since it was issued, where it is over more", kept({}, over109), [appliedMs]],
    ["a look where another part is free of tax", kept({}, { tax_free: 3_000 }), [appliedMs]],
    ["a look since it was wished", kept({ wished_at: nowMs }, over109), [nowMs]],
    ["a look where none is live", kept({}, { state: "cancelled" }), [appliedMs]],
    ["a look where none was issued yet", { ...unissued, wished_at: nowMs }, [nowMs]],
    [
      "a look once a DELETE has come to rest",
      kept({ wished_at: nowMs }, { state: "cancelled", rests_until: nowMs + minuteMs }),
      [nowMs + minuteMs],
    ],
    [
      "a look at one that nobody can issue again",
      order({ receipt: { ...receiptItem, ...over109 }, wished_at: nowMs }),
      [nowMs],
    ],
    ["none while a call for it is at work", kept({ receipt_operation: sent }, over109), []],
    ["none while money is on its way back", kept({ cancel: sent }, over109), []],
    [
      "one while money waits for the morning",
      kept({ cancel: { ...sent, state: "scheduled" } }, over109),
      [appliedMs],
    ],
    ["its end alone once a person was told", kept({ receipt_handed: 89_000 }, over109), [endMs]],
    ["a look again once more went back", kept({ receipt_handed: 109_000 }, over109), [appliedMs]],
    ["its end where nothing is left", kept({ cancel_amount: 109_000 }, { state: "cancelled" }), [endMs]],
    ["a read behind another", kept({}, { read_at: nowMs + dayMs }), [nowMs + dayMs, endMs]],
    ["a look at the window's, of which some went back", { ...window, wished_at: nowMs }, [nowMs]],
    ["nothing to the window's", { ...window, cancel_amount: 0 }, []],
  ])("is %s", (__, item, debts) => {
    expect(receiptDebtsOf(item)).toEqual(debts);
  });

  it("takes no more for free of tax than is left at all", () => {
    const most = { amount: 2_000, tax_free: 2_000 };
    const cancelled = {
      attempts: [{ ...attempt, cancels: [["c-1", 107_000, nowMs]] }],
      cancel_amount: 107_000,
    };
    expect(receiptDebtsOf(kept(cancelled, most))).toEqual([endMs]);
  });

  it("has no end before what is in flight has ended", () => {
    expect(recipientEndMs(kept({ cancel: { ...sent, state: "scheduled" } }))).toBeNull();
    expect(recipientEndMs(kept({}, over109))).toBeNull();
  });

  it.each([
    ["2026-08-05T12:34:56+09:00", "2027-02-06T00:00:00+09:00"],
    ["2026-08-31T23:30:00+09:00", "2027-03-01T00:00:00+09:00"],
    ["2026-08-31T00:30:00+09:00", "2027-03-01T00:00:00+09:00"],
    ["2027-08-31T00:30:00+09:00", "2028-03-01T00:00:00+09:00"],
  ])("ends six months in Korea after %s", (paid, until) => {
    expect(refundsEndMs(Date.parse(paid))).toBe(Date.parse(until));
  });
});
