// What an instance remembers of a minute. Who is let in by it is in follow-signal.test.ts.
import { describe, expect, it } from "vitest";
import { createAllowance } from "../../../lib/usecases/payments/allowance.ts";
import { createdAtMs, minuteMs } from "../../support/orders.ts";

describe("the payments that PortOne did not know", () => {
  it("are remembered for a minute from when it was last asked, whatever minute it is", () => {
    const allowance = createAllowance();
    const atMs = createdAtMs + 50_000;
    allowance.rememberUnknown("imp_9", atMs);
    expect(allowance.takeOnTrust("ord-1", atMs + 20_000)).toBe(true);
    expect(allowance.isUnknown("imp_9", atMs + minuteMs - 1)).toBe(true);
    expect(allowance.isUnknown("imp_9", atMs + minuteMs)).toBe(false);
    allowance.rememberUnknown("imp_9", atMs + minuteMs);
    expect(allowance.isUnknown("imp_9", atMs + 2 * minuteMs - 1)).toBe(true);
    expect(allowance.isUnknown("imp_8", atMs)).toBe(false);
  });

  it("are a thousand, the last ones", () => {
    const allowance = createAllowance();
    for (let number = 0; number <= 1_000; number += 1)
      allowance.rememberUnknown(`imp_${number}`, createdAtMs);
    expect(allowance.isUnknown("imp_0", createdAtMs)).toBe(false);
    expect(allowance.isUnknown("imp_1", createdAtMs)).toBe(true);
    allowance.rememberUnknown("imp_1", createdAtMs);
    allowance.rememberUnknown("imp_1001", createdAtMs);
    expect(allowance.isUnknown("imp_1", createdAtMs)).toBe(true);
    expect(allowance.isUnknown("imp_2", createdAtMs)).toBe(false);
  });
});

describe("trust", () => {
  it("counts what PortOne's own addresses asked about that order", () => {
    const allowance = createAllowance();
    allowance.takeFromPortOne("ord-1", createdAtMs);
    expect(allowance.takeOnTrust("ord-1", createdAtMs)).toBe(true);
    expect(allowance.takeOnTrust("ord-1", createdAtMs)).toBe(false);
  });

  it("leaves PortOne's own addresses their thirty", () => {
    const allowance = createAllowance();
    allowance.wasLiedTo();
    allowance.learnedNothing("ord-1");
    let taken = 0;
    while (allowance.takeFromPortOne("ord-1", createdAtMs)) taken += 1;
    expect(taken).toBe(30);
  });
});
