// The nights before, read together: which were not completed, and which was the last.
import { expect, it } from "vitest";
import { newAudit } from "../../../lib/domain/audit.ts";
import { kstDay, kstDayStartMs } from "../../../lib/domain/kst.ts";
import { readEarlierNights } from "../../../lib/usecases/sweeps/earlier-nights.ts";
import { InMemoryAuditStore } from "../../support/in-memory-audit-store.ts";

const dayMs = 24 * 3_600_000;

function keep(
  audits: InMemoryAuditStore,
  day: string,
  part: "done" | "paid",
  turnAtMs: number | null = null,
) {
  const fromMs = kstDayStartMs(day);
  const report = newAudit(day, { fromMs, toMs: fromMs + dayMs - 1 }, turnAtMs);
  const place = part === "done" ? ({ part } as const) : report.place;
  audits.others.set(day, { report: { ...report, place }, version: 1 });
}

it("are none where none is kept in thirty nights", async () => {
  const audits = new InMemoryAuditStore();
  keep(audits, "2026-07-05", "paid");
  expect(await readEarlierNights(kstDayStartMs("2026-08-05"), audits)).toEqual({
    last: null,
    behind: [],
    turnAtMs: null,
  });
});

it("are behind where they were not completed or not begun, the oldest first", async () => {
  const audits = new InMemoryAuditStore();
  keep(audits, "2026-08-01", "done", 7);
  keep(audits, "2026-08-02", "paid");
  keep(audits, "2026-08-04", "done");
  const { last, behind, turnAtMs } = await readEarlierNights(kstDayStartMs("2026-08-06"), audits);
  expect(behind.map(({ fromMs }) => kstDay(fromMs))).toEqual(["2026-08-02", "2026-08-03", "2026-08-05"]);
  expect([last?.day, turnAtMs]).toEqual(["2026-08-04", 7]);
});
