// An audit's report as it is stored, and as it was before the turn came last.
import { describe, expect, it } from "vitest";
import { type AuditPlace, type AuditReport, isComplete, newAudit } from "../../lib/domain/audit.ts";
import { decodeAudit, encodeAudit } from "../../lib/dynamodb/audit-store.ts";
import { text } from "../../lib/dynamodb/item.ts";

const day = "2026-08-05";
const fromMs = Date.parse("2026-08-05T00:00:00+09:00");
const dayMs = 24 * 3_600_000;
const begun = newAudit(day, { fromMs, toMs: fromMs + dayMs - 1 }, null);
const after = [{ merchantUid: "ord-20260805-000142", atMs: fromMs }];

describe("a report", () => {
  it.each<[string, AuditReport]>([
    ["before the first turn", begun],
    ["among a day's orders", { ...begun, place: { part: "orders", daysBefore: 7, after } }],
    ["in its turn", { ...begun, place: { part: "turn", step: 3, page: 9 }, turnAtMs: fromMs - 9 * dayMs }],
    ["that is done", { ...begun, place: { part: "done" }, turnAtMs: fromMs - 33 * dayMs }],
  ])("%s is read as it was stored", (_, report) => {
    expect(decodeAudit(day, encodeAudit(report))).toEqual(report);
  });

  it.each([
    ["its orders", { part: "orders", dayIndex: 9, after }],
    ["its turn, which came before the orders", { part: "turn", slice: 1, page: 3 }],
  ])("left off before in %s begins the orders anew", (_, place) => {
    const item = { ...encodeAudit(begun), place: text(JSON.stringify(place)) };
    const report = decodeAudit(day, item);
    expect(report.place).toEqual({ part: "orders", daysBefore: 0, after: null } satisfies AuditPlace);
    expect(isComplete(report)).toBe(false);
  });
});
