// The list that the shop reads is PortOne's.
import { describe, expect, it } from "vitest";
import { auditListed } from "./audit-listed.ts";
import { entry, payment } from "./healthy.ts";
import { consoleReason, type Json } from "./world.ts";

const ours: Json = { cancellation_id: "c-1", amount: 20_000, origin: "merchant", state: "succeeded" };
const byConsole: Json = { ...ours, cancellation_id: "c-2", amount: 1_000, origin: "console" };
const both = payment({
  cancel_history: [entry, { ...entry, cancellation_id: "c-2", amount: 1_000, reason: consoleReason }],
});
const audit = (...refunds: readonly Json[]) => auditListed([{ merchantUid: "ord-1", refunds }], [both]);

describe("the auditor of lists", () => {
  it("finds nothing where each cancel is listed once, in any order", () => {
    expect(audit(ours, byConsole)).toEqual([]);
    expect(audit(byConsole, ours)).toEqual([]);
  });

  it.each<readonly [string, readonly Json[]]>([
    ["a cancel left out", [ours]],
    ["a cancel listed twice", [ours, ours, byConsole]],
    ["one that was never made", [ours, byConsole, { ...ours, cancellation_id: "c-3" }]],
    ["another amount", [{ ...ours, amount: 1 }, byConsole]],
    ["another origin", [ours, { ...byConsole, origin: "merchant" }]],
    ["one that is still open", [{ ...ours, state: "pending" }, byConsole]],
  ])("finds %s", (_, refunds) => {
    expect(audit(...refunds)).toMatchObject([{ kind: "told_wrong", merchantUid: "ord-1" }]);
  });
});
