// Each cancel is one key's, and a key that failed has none.
import { describe, expect, it } from "vitest";
import { auditKeys } from "./audit-keys.ts";
import type { FindingKind } from "./findings.ts";
import { entry, payment, refund } from "./healthy.ts";
import type { Item } from "./table.ts";
import { type CancelEntry, consoleReason } from "./world.ts";

const made = (...entries: readonly CancelEntry[]) => [payment({ cancel_history: entries })];
const byConsole: CancelEntry = { ...entry, cancellation_id: "c-2", reason: consoleReason };
const nameless: CancelEntry = { ...entry, cancellation_id: "c-3", reason: "" };
const { cancellation_id: _, ...unmade } = refund();

describe("the auditor of keys", () => {
  it.each<readonly [string, readonly Item[], readonly CancelEntry[]]>([
    ["a key and its cancel", [refund()], [entry]],
    ["a cancel whose text PortOne dropped", [refund({ cancellation_id: "c-3" })], [nameless]],
    ["a console's cancel beside it", [refund()], [entry, byConsole]],
    ["a key that was refused", [{ ...unmade, state: "refused" }], []],
    ["a key that was withdrawn", [{ ...unmade, state: "withdrawn" }], []],
  ])("finds nothing about %s", (_, items, entries) => {
    expect(auditKeys(items, made(...entries))).toEqual([]);
  });

  it.each<readonly [string, FindingKind, readonly Item[], readonly CancelEntry[]]>([
    ["one key, two cancels, one without its text", "double_cancel", [refund()], [entry, nameless]],
    ["one key, two cancels", "double_cancel", [refund()], [entry, { ...entry, cancellation_id: "c-2" }]],
    ["a cancel of no key", "double_cancel", [], [entry]],
    ["two keys, one cancel", "believed", [refund(), refund({ pk: "refund#ord-1#other" })], [entry]],
    ["a refused key that moved money", "refused_yet_moved", [{ ...unmade, state: "refused" }], [entry]],
    ["a withdrawn key that moved money", "refused_yet_moved", [{ ...unmade, state: "withdrawn" }], [entry]],
    [
      "a withdrawn key that names a cancel",
      "refused_yet_moved",
      [refund({ state: "withdrawn" })],
      [nameless],
    ],
  ])("finds %s", (_, kind, items, entries) => {
    expect(auditKeys(items, made(...entries)).map((finding) => finding.kind)).toContain(kind);
  });
});
