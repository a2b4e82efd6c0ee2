// An account that waits is sealed beside what waits for it, and gone afterwards.
import { describe, expect, it } from "vitest";
import { auditGone, auditWaiting } from "./audit-sealed.ts";
import { order, refund, sealed } from "./healthy.ts";

const slot = (cancel: Record<string, string>) => order({ pay_method: "vbank", cancel });

describe("the auditor of accounts that money goes back to", () => {
  it("finds nothing where one that waits is sealed, and one that has run is gone", () => {
    expect(auditWaiting([slot({ state: "scheduled", account: sealed })])).toEqual([]);
    expect(auditWaiting([slot({ state: "unknown" }), order({ cancel: { state: "scheduled" } })])).toEqual([]);
    expect(auditGone([order(), slot({ state: "unknown" }), refund()])).toEqual([]);
  });

  it.each([
    ["none", {}],
    ["one that is readable", { account: "56211105948400" }],
  ])("finds %s beside what waits", (_, account) => {
    expect(auditWaiting([slot({ state: "scheduled", ...account })])).toMatchObject([
      { kind: "account_lost" },
    ]);
  });

  it("finds one that is kept in a slot or beside a key", () => {
    expect(auditGone([slot({ state: "unknown", account: sealed })])).toMatchObject([
      { kind: "account_kept" },
    ]);
    expect(auditGone([refund({ account: sealed })])).toMatchObject([
      { kind: "account_kept", merchantUid: "ord-1" },
    ]);
  });
});
