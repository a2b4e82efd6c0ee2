// Each alarm tells of something that is so, and whatever needs a person has one.
import { describe, expect, it } from "vitest";
import { alarmsIn, auditAlarms } from "./audit-alarms.ts";
import type { FindingKind } from "./findings.ts";
import { attempt, order, refund } from "./healthy.ts";
import type { Item } from "./table.ts";

const alarm = (code: string) => ({ code, merchant_uid: "ord-1" });
const marked = order({ review_reason: "double_cancel" });
const second: Item = { u: "imp_2", s: "giv", back: "done" };
const twicePaid = order({ attempts: [attempt, second] });
const wanting = order({ attempts: [attempt, { ...second, s: "pai", back: "wanted" }] });
const givenBack = refund({ pk: "refund#ord-1#xyz", imp_uid: "imp_2", origin: "automatic" });
const { imp_uid: _, ...unpaid } = order();

it("reads alarms out of the functions' lines", () => {
  const line = { level: "error", at: "2026-08-05T03:00:00.000Z", function: "reconcile", event: "alarm" };
  const others = ["START", JSON.stringify({ ...line, event: "answered" })];
  expect(alarmsIn([...others, JSON.stringify({ ...line, ...alarm("give_back") })])).toEqual([
    alarm("give_back"),
  ]);
});

describe("the auditor of alarms", () => {
  it.each<readonly [string, readonly Item[], readonly string[]]>([
    ["an order in order", [order()], []],
    ["a mark that was told, twice", [marked], ["double_cancel", "double_cancel"]],
    ["money that went back by itself", [twicePaid, givenBack], ["give_back"]],
    ["a second payment somebody cancelled before us", [twicePaid], []],
    [
      "a mark that was cleared",
      [order({ history: ["9 portone paid paid double_cancel"] })],
      ["double_cancel"],
    ],
    [
      "a test payment of an order that waits for a live one",
      [{ ...unpaid, review_reason: "sandbox_payment" }],
      [],
    ],
  ])("finds nothing about %s", (_name, items, codes) => {
    expect(auditAlarms(items, codes.map(alarm))).toEqual([]);
  });

  it.each<readonly [FindingKind, string, readonly Item[], readonly string[]]>([
    ["alarm_missing", "a mark nobody was told of", [marked], []],
    ["alarm_missing", "money that went back, and nobody was told", [twicePaid, givenBack], []],
    ["alarm_missing", "money that is to go back, and nobody was told", [wanting], []],
    ["alarm_missing", "a test payment of a paid order", [order({ review_reason: "sandbox_payment" })], []],
    ["alarm_unexplained", "a mark nobody set", [order()], ["double_cancel"]],
    ["alarm_unexplained", "money nobody gives back", [order()], ["give_back"]],
    ["alarm_unexplained", "an order that does not exist", [], ["manual_refund"]],
  ])("finds %s: %s", (kind, _name, items, codes) => {
    expect(auditAlarms(items, codes.map(alarm)).map((finding) => finding.kind)).toEqual([kind]);
  });
});
