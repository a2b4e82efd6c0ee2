// Nights that were too short, and days on which somebody did not answer: what is behind is read first, and told.
import { beforeEach, describe, expect, it } from "vitest";
import { newAudit } from "../../../lib/domain/audit.ts";
import { kstDayStartMs } from "../../../lib/domain/kst.ts";
import { audit } from "../../../lib/usecases/sweeps/audit.ts";
import { auditStep } from "../../../lib/usecases/sweeps/audit-steps.ts";
import { auditPorts, unreadableRow } from "../../support/audit-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { approvedOrder, createdOrder, minuteMs, paymentRecord, synced } from "../../support/orders.ts";
import { call } from "../../support/syncing-ports.ts";

const dayMs = 24 * 60 * minuteMs;
const own = "2026-08-05";
const run = { fromMs: null, toMs: null, stopBelowMs: 10_000 };

let ports: Awaited<ReturnType<typeof auditPorts>>;
/** What was asked of PortOne's lists, from when on. */
const begun = (): readonly string[] =>
  ports.asked.map((asked) => {
    const [status, page, from] = asked.split(" ");
    return `${status} ${page} ${new Date(Number(from)).toISOString()}`;
  });
beforeEach(async () => {
  ports = await auditPorts([], []);
});

/** An audit of that day that is kept, ended or not. */
function keep(day: string, place: "done" | "paid"): void {
  const fromMs = kstDayStartMs(day);
  const report = newAudit(day, fromMs, fromMs + dayMs - 1);
  const kept = place === "done" ? { ...report, place: { part: "done" } as const } : report;
  ports.audits.others.set(day, { report: kept, version: 1 });
}

describe("days that are behind", () => {
  it("are read first, the oldest first, and are behind no more", async () => {
    keep("2026-08-01", "done");
    keep("2026-08-02", "paid");
    keep("2026-08-03", "done");
    keep("2026-08-04", "paid");
    const { report, behind } = await audit(run, call, ports);
    expect([report.day, report.place.part, behind]).toEqual([own, "done", []]);
    const firstPages = begun().filter(
      (asked) => asked.startsWith("paid 1") && asked.endsWith("T14:00:00.000Z"),
    );
    expect(firstPages.map((asked) => asked.slice(7, 17))).toEqual(["2026-08-01", "2026-08-03", "2026-08-04"]);
    expect(ports.audits.others.get("2026-08-02")?.report.place).toEqual({ part: "done" });
  });

  it("are those as well that no night has begun since the first that was audited", async () => {
    keep("2026-08-02", "done");
    const short = { ...call, timeLeftMs: () => 0 };
    expect((await audit(run, short, ports)).behind).toEqual(["2026-08-03", "2026-08-04"]);
  });

  it("are none where no night has ever been", async () => {
    expect((await audit(run, call, ports)).behind).toEqual([]);
  });

  it("are told every night, with what could not be ended this time, and the night goes on where it was cut off", async () => {
    keep("2026-08-03", "done");
    keep("2026-08-04", "paid");
    const steps = [25_000, 25_000];
    const cutOff = { ...call, timeLeftMs: () => steps.shift() ?? 0 };
    const first = await audit(run, cutOff, ports);
    expect(first.behind).toEqual(["2026-08-04"]);
    expect(first.report.place).toEqual({ part: "paid", page: 1 });
    expect(ports.audits.others.get("2026-08-04")?.report.place).toEqual({ part: "turn", slice: 0, page: 1 });
    ports.clock.advance(dayMs);
    ports.asked.length = 0;
    expect(await audit(run, call, ports)).toMatchObject({ behind: [], report: { day: "2026-08-06" } });
    // The cut off day had its own lists read already.
    expect(begun()[0]).toMatch(/^paid 1 2026-07-/);
  });

  it("that fail again keep no other day from being read, and are told", async () => {
    keep("2026-08-03", "paid");
    const list = ports.lists.listPayments;
    const failing = kstDayStartMs("2026-08-03") - 60 * minuteMs;
    ports.lists.listPayments = async (status, window, page) =>
      window.fromMs === failing ? silence : list(status, window, page);
    const { report, behind } = await audit(run, call, ports);
    expect([report.place.part, behind]).toEqual(["done", ["2026-08-03"]]);
    expect(ports.told).toEqual(["2026-08-03: PortOne's list: timeout"]);
  });

  it("and what is found on them is told tonight", async () => {
    const record = paymentRecord({ merchantUid: "ord-1", impUid: "imp_1" });
    ports = await auditPorts([createdOrder({ merchantUid: "ord-1" })], [record]);
    ports.clock.advance(dayMs);
    keep(own, "paid");
    const { report } = await audit(run, call, ports);
    expect(report).toMatchObject({
      day: "2026-08-06",
      differences: [{ merchantUid: "ord-1", synced: true }],
    });
  });

  it("wait while somebody names a window", async () => {
    keep("2026-08-03", "paid");
    const fromMs = kstDayStartMs("2026-08-05");
    const { report, behind } = await audit({ ...run, fromMs, toMs: fromMs + 1 }, call, ports);
    expect([report.place.part, behind]).toEqual(["done", ["2026-08-03", "2026-08-04"]]);
    expect(ports.audits.others.get("2026-08-03")?.report.place.part).toBe("paid");
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

describe("what cannot be read", () => {
  it("is counted and passed, in a list and in the table", async () => {
    const records = ["ord-1", "ord-2"].map((name) =>
      paymentRecord({ merchantUid: name, impUid: `imp-${name}` }),
    );
    ports = await auditPorts(
      [createdOrder({ merchantUid: "ord-1" }), createdOrder({ merchantUid: "ord-2" })],
      records,
    );
    ports.broken.items.push("ord-1");
    const { report } = await audit(run, call, ports);
    expect(report).toMatchObject({
      unreadable: 1,
      differences: [{ merchantUid: "ord-2", synced: true }],
      place: { part: "done" },
    });
  });

  it("of a page of PortOne's hides no other of its records", async () => {
    ports.broken.lists = 3;
    const fromMs = kstDayStartMs(own);
    const next = await auditStep(newAudit(own, fromMs, fromMs + dayMs - 1), call, ports);
    expect(next).toMatchObject({ unreadable: 3, place: { part: "cancelled", page: 1 } });
  });

  it("may be the one that is missing: nothing is reported as lost", async () => {
    const order = synced(approvedOrder(), [paymentRecord()]);
    ports = await auditPorts([order], []);
    ports.days.listDay = async (day) => ({ orders: day === own ? [order] : [], unreadable: 0, next: null });
    ports.lists.fetchPayments = async () => ({ outcome: "found", records: [], unreadable: [unreadableRow] });
    const { report } = await audit(run, call, ports);
    expect(report).toMatchObject({ unreadable: 1, differences: [] });
  });
});
