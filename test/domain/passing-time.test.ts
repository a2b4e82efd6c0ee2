// How a hold ends: an open window is waited for once more, what PortOne does not know is not.
import { describe, expect, it } from "vitest";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { approvedOrder, createdAtMs, createdOrder, minuteMs, openRecord, synced } from "../support/orders.ts";

/** Approved one minute after its creation, for ten minutes. */
const heldUntilMs = createdAtMs + 11 * minuteMs;
const lookedAt = (records: readonly PaymentRecord[], atMs: number, order = approvedOrder()) =>
  synced(order, records, { isComplete: true, atMs });

describe("the end of a hold", () => {
  it("gives up at once what PortOne does not know", () => {
    expect(lookedAt([], heldUntilMs - 1)).toMatchObject({
      state: "approved",
      attempts: [{ holdExtended: false }],
    });
    expect(lookedAt([], heldUntilMs)).toMatchObject({
      state: "failed",
      holdUntilMs: null,
      attempts: [{ state: "abandoned", holdExtended: false }],
    });
  });

  it("waits once more for an open window, and no longer", () => {
    const extended = lookedAt([openRecord], heldUntilMs);
    expect(extended).toMatchObject({
      state: "approved",
      holdUntilMs: heldUntilMs + 5 * minuteMs,
      attempts: [{ holdExtended: true }],
    });
    expect(lookedAt([openRecord], heldUntilMs + 5 * minuteMs, extended)).toMatchObject({
      state: "failed",
      attempts: [{ state: "abandoned" }],
    });
  });

  it("waits once more, too, where PortOne may not show it yet, because holds are short", () => {
    const short = { ...approvedOrder(createdOrder()), holdUntilMs: createdAtMs + minuteMs + 30_000 };
    expect(lookedAt([], createdAtMs + 2 * minuteMs - 1, short)).toMatchObject({ state: "approved" });
    expect(lookedAt([], createdAtMs + 2 * minuteMs, short)).toMatchObject({ state: "failed" });
  });
});
