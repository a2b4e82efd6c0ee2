// A live receipt stands where one is wanted and nowhere else, and a person knows of every one that could not.
import { describe, expect, it } from "vitest";
import { auditReceiptMarks, auditReceiptWishes } from "./audit-receipt-wishes.ts";
import { issued, order, payment, receipt } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Answer, Payment, Receipt } from "./world.ts";

const takenBack: Answer = { ...issued, method: "DELETE", status: 200 };
const lost: Answer = { ...issued, status: 0 };
const revoked = receipt({ cancelled_at: 1_785_900_000 });
const inReview = order({ review_reason: "receipt_refused" });
const whole = payment({ cancel_amount: 109_000 });
const ofWindow = payment({ cash_receipt_issued: true });

type Row = readonly [string, Item, Payment, readonly Receipt[], readonly Answer[]];

const audit = ([, item, paid, receipts, answers]: Row) =>
  auditReceiptWishes({ items: [item], payments: [paid], receipts, answers });

describe("the auditor of what is wanted", () => {
  it.each<Row>([
    ["one that lives", order(), payment(), [revoked, receipt()], [issued]],
    ["one nobody asked for", order(), payment(), [], []],
    ["one taken back", order(), payment(), [revoked], [issued, takenBack]],
    ["one of which nothing is left", order(), whole, [revoked], [issued]],
    ["one that PortOne refused, and a person was told", inReview, payment(), [revoked], [issued]],
    ["one of which nobody heard", order(), payment(), [receipt()], [lost]],
    ["the window's, of which nothing went back", order(), { ...ofWindow, cancel_amount: 0 }, [], []],
    ["the window's, and a person was told", inReview, ofWindow, [], []],
  ])("finds nothing about %s", (...row) => {
    expect(audit(row)).toEqual([]);
  });

  it.each<Row>([
    ["one that is wanted and does not live", order(), payment(), [revoked], [issued]],
    ["one that never came to live", order(), payment(), [], [issued]],
    ["one marked for another reason", order({ review_reason: "double_cancel" }), payment(), [], [issued]],
    ["one nobody asked for that lives", order(), payment(), [receipt()], []],
    ["one taken back that lives", order(), payment(), [receipt()], [issued, takenBack]],
    [
      "one taken back that lives, and a person was told",
      inReview,
      payment(),
      [receipt()],
      [issued, takenBack],
    ],
    ["one that lives while nothing is left", order(), whole, [receipt()], [issued]],
    ["one beside the window's", inReview, ofWindow, [revoked], []],
    ["the window's that nobody was told of", order(), ofWindow, [], []],
  ])("finds %s", (...row) => {
    expect(audit(row)).toMatchObject([{ kind: "receipt_wrong", merchantUid: "ord-1" }]);
  });
});

describe("the auditor of who was called", () => {
  const marks = (item: Item, paid: readonly Payment[], isRefused = false) =>
    auditReceiptMarks(
      { items: [item], payments: paid, receipts: [revoked] },
      (_, own) => isRefused && own.length > 0,
    );

  it("finds nothing where nobody was, or PortOne refuses, or the window's is to be mended", () => {
    expect(marks(order(), [payment()])).toEqual([]);
    expect(marks(inReview, [payment()], true)).toEqual([]);
    expect(marks(inReview, [ofWindow])).toEqual([]);
  });

  it("finds somebody called for nothing", () => {
    for (const paid of [[payment()], []])
      expect(marks(inReview, paid)).toMatchObject([{ kind: "unresolved", merchantUid: "ord-1" }]);
  });
});
