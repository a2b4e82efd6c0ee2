// The shop is shown PortOne's live receipt as it is, and that nothing is to be done but by a person who was told.
import { describe, expect, it } from "vitest";
import { auditReceiptsShown, auditReceiptWords, type Shown } from "./audit-receipts-shown.ts";
import { issued, order, payment, receipt, receiptItem } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Answer, Receipt } from "./world.ts";

const shown = (more: Item = {}, status = 200): Shown => ({
  merchantUid: "ord-1",
  status,
  json: { ...receiptItem, todo: null, ...more },
});
const live = [receipt()];
const inReview = order({ review_reason: "receipt_refused" });
const takenBack: Answer = { ...issued, method: "DELETE", status: 200 };

type Row = readonly [string, Shown, readonly Receipt[], Item, readonly Answer[]];
const audit = ([, one, receipts, item, answers]: Row) =>
  auditReceiptsShown([one], { items: [item], payments: [payment()], receipts, answers });

describe("the auditor of what is shown", () => {
  it.each<Row>([
    ["the live one", shown(), live, order(), [issued]],
    ["none", shown({}, 404), [], order(), []],
    ["one that was cancelled", shown({ state: "cancelled" }), [], order(), [issued, takenBack]],
    ["one that a person is to mend", shown({ state: "cancelled", todo: "hand" }), [], inReview, [issued]],
    ["one of which nothing is left to mend", shown({ state: "cancelled" }), [], inReview, [issued]],
  ])("finds nothing about %s", (...row) => {
    expect(audit(row)).toEqual([]);
  });

  it.each<Row>([
    ["none while one is live", shown({}, 404), live, order(), [issued]],
    ["no answer", shown({}, 500), live, order(), [issued]],
    ["something still to be done", shown({ todo: "issue" }), live, order(), [issued]],
    ["nothing said of what is to be done", shown({ todo: "" }), live, order(), [issued]],
    ["work for a person nobody called", shown({ state: "cancelled", todo: "hand" }), [], order(), [issued]],
    ["work for a person about none", shown({ state: "cancelled", todo: "hand" }), [], inReview, [takenBack]],
    ["work for a person about a live one", shown({ todo: "hand" }), live, inReview, [issued]],
    ["one as issued that is not live", shown(), [], order(), [issued]],
    ["one as cancelled that is live", shown({ state: "cancelled" }), live, order(), [issued]],
    ["another amount", shown({ amount: 109_000 }), live, order(), [issued]],
    ["another tax", shown({ vat: 7_869 }), live, order(), [issued]],
  ])("finds %s", (...row) => {
    expect(audit(row)).toMatchObject([{ kind: "told_wrong", merchantUid: "ord-1" }]);
  });

  const ofWindow = payment({ cash_receipt_issued: true });
  const byWindow = (paid: typeof ofWindow, more: Item) =>
    auditReceiptsShown([shown({ origin: "window", ...more })], {
      ...{ items: [order()], payments: [paid], receipts: [], answers: [] },
    });

  it("finds nothing about the window's, of which some went back or none", () => {
    expect(byWindow(ofWindow, { todo: "hand" })).toEqual([]);
    expect(byWindow({ ...ofWindow, cancel_amount: 0 }, {})).toEqual([]);
  });

  it.each<readonly [string, Item]>([
    ["as one of the shop's", { todo: "hand", origin: "merchant" }],
    ["with nothing to be done", { todo: null }],
  ])("finds the window's shown %s", (_, more) => {
    expect(byWindow(ofWindow, more)).toHaveLength(1);
  });
});

describe("the auditor of words", () => {
  const taking = (status: number, code = ""): Answer => ({ ...takenBack, status, json: { code } });

  it("finds nothing where the last call got its word", () => {
    for (const last of [
      taking(200),
      taking(202),
      taking(404, "receipt_not_found"),
      taking(409, "receipt_exists"),
    ])
      expect(auditReceiptWords([issued, taking(503), last, { ...taking(500), method: "GET" }])).toEqual([]);
  });

  it.each([
    ["no answer", taking(0)],
    ["an answer that decides nothing", taking(503)],
    ["another call in the way", taking(409, "operation_in_flight")],
    ["none about a sale", { ...taking(503), path: "/receipts/external/ord-1" }],
  ])("finds %s to the end", (_, last) => {
    expect(auditReceiptWords([issued, last])).toMatchObject([{ kind: "told_wrong", merchantUid: "ord-1" }]);
  });
});
