// The nightly comparison with PortOne's records: what differs is synced and reported, and a crash loses no place.
import { beforeEach, describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { audit as auditNights } from "../../../lib/usecases/sweeps/audit.ts";
import { auditPorts } from "../../support/audit-doubles.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const hourMs = 60 * minuteMs;
/** The day of the orders; the audit runs on the next one. */
const fromMs = Date.parse("2026-08-05T00:00:00+09:00");
const toMs = fromMs + 24 * hourMs - 1;
const run = { fromMs: null, toMs: null, stopBelowMs: 10_000 };
const paid = synced(approvedOrder(), [paymentRecord()]);

let ports: Awaited<ReturnType<typeof auditPorts>>;

const audit = async (...asking: Parameters<typeof auditNights>) => (await auditNights(...asking)).report;

/** PortOne lists these as paid, the table holds this order. */
async function given(order: Order | null, records: readonly PaymentRecord[]): Promise<void> {
  const orders = order ? [order] : [];
  ports = await auditPorts(orders, records, { "2026-08-05": orders });
}

beforeEach(() => given(paid, [paymentRecord()]));

describe("an audit", () => {
  it("of yesterday finds nothing where both are level", async () => {
    expect(await audit(run, call, ports)).toEqual({
      day: "2026-08-05",
      fromMs,
      toMs,
      payments: 1,
      orders: 1,
      unreadable: 0,
      differences: [],
      place: { part: "done" },
      turnAtMs: fromMs - 33 * 24 * hourMs,
    });
    expect(ports.store.updates).toBe(0);
  });

  it("asks for both lists, an hour over the window, and for every payment that holds money", async () => {
    await audit(run, call, ports);
    const window = `${fromMs - hourMs} ${toMs}`;
    expect(ports.asked.filter((question) => question.endsWith(window))).toEqual([
      `paid 1 ${window}`,
      `cancelled 1 ${window}`,
    ]);
    expect(ports.asked[2]).toBe(impUid);
  });

  it("tells again of a mark that still stands, and of nothing that is nobody's trouble", async () => {
    await given({ ...paid, reviewReason: "status_unknown" }, [paymentRecord()]);
    await audit(run, call, ports);
    expect(ports.raised).toEqual([`status_unknown of ${merchantUid}`]);
    await given({ ...createdOrder(), reviewReason: "sandbox_payment" }, []);
    await audit(run, call, ports);
    expect(ports.raised).toEqual([]);
  });

  it("reads all pages of a list", async () => {
    ports.lists.listPayments = async (status, _, page) => {
      ports.asked.push(`${status} ${page}`);
      return {
        outcome: "found",
        records: [],
        unreadable: [],
        nextPage: status === "paid" && page < 3 ? page + 1 : 0,
      };
    };
    await audit(run, call, ports);
    // The first alone, because most lists have no other; then some together.
    expect(ports.asked.slice(0, 3)).toEqual(["paid 1", "paid 2", "paid 3"]);
    expect(ports.asked.indexOf("cancelled 1")).toBe(9);
  });

  it("reads a page again that showed something new, because what follows moves up when money goes back", async () => {
    const [forged, hidden] = [paymentRecord(), paymentRecord({ impUid: "imp_2", merchantUid: "ord-2" })];
    await given(createdOrder(), [forged]);
    let reads = 0;
    ports.lists.listPayments = async (status, _, page) => {
      const list = status === "cancelled" ? [] : reads === 0 ? [forged, hidden] : [hidden];
      reads += 1;
      const records = list.slice(page - 1, page);
      return { outcome: "found", records, unreadable: [], nextPage: page < list.length ? page + 1 : 0 };
    };
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [
        { merchantUid, impUid },
        { kind: "payment_without_order", merchantUid: "ord-2", impUid: "imp_2", synced: false },
      ],
      place: { part: "done" },
    });
  });

  it("reads the orders of four days, the audited one first", async () => {
    const read = new Set<string>();
    ports.days.listDay = async (named) => {
      read.add(named);
      return { orders: [], unreadable: 0, next: null };
    };
    await audit(run, call, ports);
    expect([...read]).toEqual(["2026-08-05", "2026-08-04", "2026-07-29", "2026-07-23"]);
  });

  it("reads all pages of a day", async () => {
    const next = [{ merchantUid, atMs: createdAtMs }];
    ports.days.listDay = async (day, _, after) =>
      day === "2026-08-05"
        ? { orders: [paid], unreadable: 0, next: after ? null : next }
        : { orders: [], unreadable: 0, next: null };
    expect(await audit(run, call, ports)).toMatchObject({ orders: 2 });
  });
});

describe("a difference", () => {
  it("of a payment nobody told us of is synced and reported", async () => {
    await given(approvedOrder(), [paymentRecord()]);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [
        { kind: "state_differs", merchantUid, impUid, ours: { state: "approved" }, synced: true },
      ],
    });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid" });
  });

  it("of a cancel made in PortOne's console is found through the order", async () => {
    await given(paid, [cancelledRecord([cancelEntry("c-9", 9_000)])]);
    ports.lists.listPayments = async () => ({ outcome: "found", records: [], unreadable: [], nextPage: 0 });
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "cancel_unknown", synced: true }],
    });
    expect(await storedOrder(ports)).toMatchObject({ state: "partially_refunded" });
  });

  it("of a payment without an order is reported, and nothing is done", async () => {
    await given(null, [paymentRecord()]);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "payment_without_order", merchantUid, synced: false }],
    });
    expect(ports.gateway.asked).toEqual([]);
  });

  it("of a payment on an order that is marked and expired is synced, and the mark stays", async () => {
    const foreign = paymentRecord({ impUid: "imp_9", startedAtMs: createdAtMs - hourMs });
    const expiresAtMs = createdOrder().expiresAtMs;
    const marked = synced(synced(createdOrder(), [foreign]), [], { isComplete: true, atMs: expiresAtMs });
    expect(marked).toMatchObject({ state: "expired", dueAtMs: null });
    await given(marked, [foreign, paymentRecord()]);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "state_differs", impUid, synced: true }],
    });
    expect(await storedOrder(ports)).toMatchObject({
      state: "paid",
      impUid,
      reviewReason: "payment_older_than_order",
    });
  });

  it("of an order that is due later than it should be is mended", async () => {
    await given({ ...approvedOrder(), nextLookAtMs: null, dueAtMs: createdAtMs + 99 * hourMs }, []);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "state_differs", synced: true }],
    });
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: createdAtMs + 11 * minuteMs });
  });

  it("of an order whose payment PortOne does not show is reported", async () => {
    await given(paid, []);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "order_without_payment", merchantUid, impUid, synced: false }],
    });
  });

  it("that stays after looking again is not called synced", async () => {
    await given(paid, [paymentRecord({ amount: createdOrder().taxFree })]);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "amount_differs", synced: false }],
    });
  });

  it("of an order that is due although it needs nothing is mended", async () => {
    await given({ ...paid, dueAtMs: createdAtMs }, [paymentRecord()]);
    expect(await audit(run, call, ports)).toMatchObject({
      differences: [{ kind: "state_differs", synced: true }],
    });
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: null });
  });

  it("met twice is reported once", async () => {
    await given(paid, [paymentRecord({ amount: createdOrder().taxFree })]);
    expect((await audit(run, call, ports)).differences).toHaveLength(1);
    expect(ports.asked).toContain(impUid);
  });

  it("of another shop's channel, or of the test channel, is none of ours", async () => {
    await given(null, [paymentRecord({ pgId: "9999999999" }), paymentRecord({ sandbox: true })]);
    expect(await audit(run, call, ports)).toMatchObject({ payments: 0, differences: [] });
  });
});

describe("its progress", () => {
  it("is kept after each step, and the next run goes on from there", async () => {
    const stepsUntilTheEnd = [25_000, 25_000, 9_000];
    const stopping = { ...call, timeLeftMs: () => stepsUntilTheEnd.shift() ?? 0 };
    expect(await audit(run, stopping, ports)).toMatchObject({
      place: { part: "orders", daysBefore: 0, after: null },
      payments: 1,
    });
    ports.asked.length = 0;
    expect(await audit(run, call, ports)).toMatchObject({ place: { part: "done" }, payments: 1, orders: 1 });
    expect(ports.asked.slice(0, 2)).toEqual([impUid, expect.stringMatching(/^paid 1 /)]);
  });

  it.each(["paid", "cancelled"] as const)(
    "stays where it was when PortOne's list of %s fails",
    async (failing) => {
      const list = ports.lists.listPayments.bind(ports.lists);
      ports.lists.listPayments = async (status, ...rest) =>
        status === failing ? silence : list(status, ...rest);
      await expect(audit(run, call, ports)).rejects.toThrow("timeout");
      expect(ports.audits.stored?.report.place ?? { part: "paid", page: 1 }).toEqual({
        part: failing,
        page: 1,
      });
    },
  );

  it("stays where it was when PortOne's payments cannot be read", async () => {
    ports.lists.fetchPayments = async () => silence;
    await expect(audit(run, call, ports)).rejects.toThrow("timeout");
    expect(ports.audits.stored?.report.place).toEqual({ part: "orders", daysBefore: 0, after: null });
  });

  it("of a finished audit begins anew", async () => {
    await audit(run, call, ports);
    const { written } = ports.audits;
    await audit(run, call, ports);
    expect(ports.audits.written).toBe(2 * written);
  });

  it.each(["lost", "met its own write", "landed, no answer"] as const)(
    "is not ended by one write that %s",
    async (trouble) => {
      await audit(run, call, ports);
      const { written } = ports.audits;
      ports.audits.stored = null;
      ports.audits.written = 0;
      ports.audits.troubles.push(trouble, trouble);
      expect(await audit(run, call, ports)).toMatchObject({
        place: { part: "done" },
        payments: 1,
        orders: 1,
      });
      expect(ports.audits.written).toBe(written);
    },
  );

  it("is given up when the table stays silent", async () => {
    ports.audits.troubles.push("lost", "lost", "lost");
    await expect(audit(run, call, ports)).rejects.toThrow(StorageUnavailableError);
  });

  it("gives way to somebody who audits the same day", async () => {
    const theirs = { ...(await audit(run, call, ports)), payments: 7 };
    const list = ports.lists.listPayments.bind(ports.lists);
    ports.lists.listPayments = async (...asking) => {
      ports.audits.stored = { report: theirs, version: 99 };
      return list(...asking);
    };
    expect(await audit(run, call, ports)).toEqual(theirs);
  });
});
