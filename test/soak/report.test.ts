// Whatever an auditor finds is counted, and fails the soak.
import { describe, expect, it } from "vitest";
import { findingKinds, found } from "./findings.ts";
import { report, type SoakFigures } from "./report.ts";

const figures: SoakFigures = {
  soak: "payments",
  seed: 7,
  plan: "sha256:0",
  orders: 2,
  operations: 1,
  kills: 0,
  kills_in_flight: 0,
  kills_in_refunds: 0,
  faults: {},
  cancels_at_provider: 0,
  notices_delivered: 0,
  complete_calls: 0,
  sync_calls: 0,
  sweeps: 2,
  virtual_s: 1,
  wall_ms: 1,
  largest_item: 900,
  violations: 0,
  leaks: 0,
  broken: [],
};

describe("a soak's report", () => {
  it("is ok where nothing was found", () => {
    expect(report(figures, [])).toMatchObject({
      soak: "payments",
      ok: true,
      differences: 0,
      receipts_wrong: 0,
    });
  });

  it.each(findingKinds)("is not ok where something is %s", (kind) => {
    expect(report(figures, [found(kind, "ord-1", "somehow")]).ok).toBe(false);
  });

  it("counts an account that is kept as a leak", () => {
    expect(report(figures, [found("account_kept", "ord-1", "readable")])).toMatchObject({
      ok: false,
      leaks: 1,
    });
    expect(report({ ...figures, leaks: 2 }, [])).toMatchObject({ ok: false, leaks: 2 });
  });

  it("counts an order once, whatever differs in it", () => {
    const findings = [found("differs", "ord-1", "one"), found("refund_differs", "ord-1", "two")];
    expect(report(figures, findings)).toMatchObject({ ok: false, differences: 1 });
  });
});
