// What a night reads again once its own day is through: as far as it has time, going on where the last one stopped.
import { beforeEach, describe, expect, it } from "vitest";
import { newAudit } from "../../../lib/domain/audit.ts";
import { kstDay, kstDayStartMs } from "../../../lib/domain/kst.ts";
import { audit } from "../../../lib/usecases/sweeps/audit.ts";
import { auditPorts } from "../../support/audit-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { approvedOrder, createdOrder, minuteMs, paymentRecord, synced } from "../../support/orders.ts";
import { call } from "../../support/syncing-ports.ts";

const dayMs = 24 * 60 * minuteMs;
const own = "2026-08-05";
const run = { fromMs: null, toMs: null, stopBelowMs: 10_000 };
/** The day's own two lists, and the orders of four days. */
const ownSteps = 6;

let ports: Awaited<ReturnType<typeof auditPorts>>;
beforeEach(async () => {
  ports = await auditPorts([], []);
});

/** The days whose payments were read again, in Korea. */
const turned = (): readonly string[] =>
  ports.asked
    .filter((asked) => asked.startsWith("paid"))
    .map((asked) => Number(asked.split(" ")[2]))
    .filter((fromMs) => fromMs % dayMs === 15 * 60 * minuteMs)
    .map(kstDay);

const cutOffAfter = (steps: number) => {
  const left = Array.from({ length: steps }, () => 25_000);
  return { ...call, timeLeftMs: () => left.shift() ?? 0 };
};

async function nextNight(): Promise<void> {
  const { stored } = ports.audits;
  if (stored) ports.audits.others.set(stored.report.day, stored);
  ports.audits.stored = null;
  ports.clock.advance(dayMs);
  ports.asked.length = 0;
}

describe("a turn", () => {
  it("comes after the night's own day, and reads the last days beside the round", async () => {
    const { report } = await audit(run, call, ports);
    expect(report.place).toEqual({ part: "done" });
    expect(turned().slice(0, 4)).toEqual(["2026-08-04", "2026-07-29", "2026-08-03", "2026-07-28"]);
    expect(turned()).toHaveLength(33);
  });

  it("that is cut off leaves the day complete: the next night has its own to do", async () => {
    const { report } = await audit(run, cutOffAfter(ownSteps + 4), ports);
    expect(report.place).toEqual({ part: "turn", step: 4, page: 1 });
    await nextNight();
    const next = await audit(run, cutOffAfter(ownSteps), ports);
    expect(next).toMatchObject({
      behind: [],
      report: { day: "2026-08-06", place: { part: "turn", step: 0 } },
    });
  });

  it("goes on in the next night where it stopped", async () => {
    await audit(run, cutOffAfter(ownSteps + 4), ports);
    await nextNight();
    await audit(run, call, ports);
    expect(turned().slice(0, 4)).toEqual(["2026-08-05", "2026-07-27", "2026-08-04", "2026-07-26"]);
  });

  it("goes on over nights that had no time for it", async () => {
    await audit(run, cutOffAfter(ownSteps + 4), ports);
    await nextNight();
    await audit(run, cutOffAfter(0), ports);
    await nextNight();
    await audit(run, call, ports);
    expect(turned()[1]).toBe("2026-07-27");
  });

  it("goes on over a day that was left out, which knows of no turn", async () => {
    await audit(run, cutOffAfter(ownSteps + 4), ports);
    await nextNight();
    await nextNight();
    await audit(run, cutOffAfter(ownSteps), ports);
    expect(ports.audits.stored?.report).toMatchObject({ day: "2026-08-06", turnAtMs: null });
    await nextNight();
    await audit(run, call, ports);
    expect(turned()[1]).toBe("2026-07-27");
  });

  it("goes on when Lambda repeats the same night, without its own day", async () => {
    await audit(run, cutOffAfter(ownSteps + 1), ports);
    ports.asked.length = 0;
    const { report } = await audit(run, call, ports);
    expect(report.place).toEqual({ part: "done" });
    expect([turned()[0], turned().length]).toEqual(["2026-07-29", 32]);
    expect(ports.asked.some((asked) => asked.startsWith("cancelled"))).toBe(false);
  });

  it("goes on as well when somebody had the same day read again meanwhile", async () => {
    await audit(run, cutOffAfter(ownSteps + 4), ports);
    const fromMs = kstDayStartMs(own);
    await audit({ ...run, fromMs, toMs: fromMs + 1 }, call, ports);
    await nextNight();
    await audit(run, call, ports);
    expect(turned()[1]).toBe("2026-07-27");
  });

  it("is not run by an earlier day that is taken up, nor by a window that somebody names", async () => {
    const fromMs = kstDayStartMs("2026-08-04");
    const report = newAudit("2026-08-04", { fromMs, toMs: fromMs + dayMs - 1 }, null);
    ports.audits.others.set(report.day, { report, version: 1 });
    const night = await audit(run, cutOffAfter(2 * ownSteps), ports);
    expect(night).toMatchObject({ behind: [], report: { place: { part: "turn", step: 0, page: 1 } } });
    expect(turned()).toEqual([]);
    expect(ports.audits.others.get(report.day)?.report.place.part).toBe("turn");
    await audit({ ...run, fromMs, toMs: fromMs + dayMs - 1 }, call, ports);
    expect(turned()).toEqual([]);
  });

  it("that gets no answer stays where it was, and its day is complete", async () => {
    const list = ports.lists.listPayments;
    const failing = kstDayStartMs("2026-07-28");
    ports.lists.listPayments = async (status, window, page) =>
      window.fromMs === failing ? silence : list(status, window, page);
    await expect(audit(run, call, ports)).rejects.toThrow("timeout");
    expect(ports.audits.stored?.report).toMatchObject({
      place: { part: "turn", step: 3, page: 1 },
      turnAtMs: kstDayStartMs("2026-07-29"),
    });
    await nextNight();
    expect((await audit(run, cutOffAfter(0), ports)).behind).toEqual([]);
  });

  it("knows its own progress, whose write got no answer", async () => {
    ports.audits.troubles.push("landed, no answer");
    await audit(run, cutOffAfter(ownSteps + 1), ports);
    ports.audits.troubles.push("landed, no answer", "met its own write");
    const { report } = await audit(run, cutOffAfter(3), ports);
    expect(report.place).toEqual({ part: "turn", step: 4, page: 1 });
  });
});

describe("what was paid counts", () => {
  it("whenever its order was made: one of weeks ago, paid that day, is synced", async () => {
    const made = kstDayStartMs("2026-06-20");
    const order = {
      ...createdOrder({ merchantUid: "ord-reserved", name: "구독 8월분" }),
      createdAtMs: made,
    };
    const record = paymentRecord({ merchantUid: order.merchantUid, impUid: "imp_late" });
    ports = await auditPorts([order], [record]);
    const { report } = await audit(run, call, ports);
    expect(report).toMatchObject({
      payments: 1,
      differences: [{ kind: "state_differs", merchantUid: order.merchantUid, synced: true }],
    });
  });

  it("also when it was paid months before: a lost console cancel is found within the week", async () => {
    const paidAtMs = kstDayStartMs("2026-04-15");
    const order = createdOrder({ merchantUid: "ord-old" });
    const record = paymentRecord({ merchantUid: "ord-old", impUid: "imp_old", paidAtMs });
    ports = await auditPorts([order], [record]);
    const found = new Set<string>();
    for (let night = 0; night < 7; night += 1) {
      const { report } = await audit(run, call, ports);
      for (const { merchantUid } of report.differences) found.add(merchantUid);
      ports.audits.others.set(report.day, { report, version: 9 });
      ports.audits.stored = null;
      ports.clock.advance(dayMs);
    }
    expect([...found]).toEqual(["ord-old"]);
  });

  it("in pages that are read side by side, none left out", async () => {
    const names = Array.from({ length: 2_050 }, (_, index) => `ord-${index}`);
    const orders = names.map((name) => createdOrder({ merchantUid: name }));
    const records = names.map((name) => paymentRecord({ merchantUid: name, impUid: `imp-${name}` }));
    const paid = orders.map((order, index) =>
      synced(approvedOrder(order, `imp-${order.merchantUid}`), records.slice(index, index + 1)),
    );
    ports = await auditPorts(paid, records);
    const { report } = await audit(run, call, ports);
    expect(report).toMatchObject({ payments: 2_050, differences: [], place: { part: "done" } });
  });
});
