// Nothing waits for a person.
import { expect, it } from "vitest";
import { auditMarks } from "./audit-marks.ts";
import { order } from "./healthy.ts";

it("finds an order that is marked, and no other", () => {
  expect(auditMarks([order()])).toEqual([]);
  expect(auditMarks([order({ review_reason: "refund_account_needed" })])).toMatchObject([
    { kind: "unresolved", merchantUid: "ord-1", detail: "refund_account_needed" },
  ]);
});
