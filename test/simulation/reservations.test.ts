// Three hundred lives in which PortOne is told what to do later: few enough to be lived for one mistake.
import { describe, expect, it } from "vitest";
import { actorsOfReservations } from "./plan.ts";
import { runLives } from "./run-lives.ts";

describe.runIf(actorsOfReservations)("three hundred lives", () => {
  it("go well where PortOne is told what to do later", { timeout: 60_000 }, async () => {
    const { found, acts } = await runLives(20_260_901, 300, 1, { hasReservations: true });
    expect(found).toEqual([]);
    expect(acts.runs_reservation).toBeGreaterThan(100);
  });
});
