// Rows that are no records, met by a look, by the night's audit, and again and again by the sweep.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../../lib/domain/order-change.ts";
import { audit } from "../../../lib/usecases/sweeps/audit.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { auditPorts } from "../../support/audit-doubles.ts";
import { unreadable } from "../../support/doubles.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  lookedAtLater,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { portsWith, sweep } from "../../support/sweeping.ts";
import { call, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const stamp = { by: "sweep", atMs: createdAtMs + 3 * minuteMs } as const;
const paid = synced(approvedOrder(), [paymentRecord()]);
const row = { impUid, merchantUid, why: "no_record" } as const;
const marked = { reviewReason: "status_unknown" };

describe("one payment asked for", () => {
  const ask = async (order: Order, more: Partial<Record<keyof typeof row, string | null>>) => {
    const ports = await syncingPorts(order);
    ports.gateway.answers.push({ ...unreadable, row: { ...row, ...more } as typeof row });
    const asked = { merchantUid, impUid, by: "buyer", mayMoveMoney: false } as const;
    return { result: await syncOrder(asked, call, ports), order: await storedOrder(ports) };
  };

  it("marks the order that it names", async () => {
    const { result, order } = await ask(createdOrder(), {});
    expect(result.outcome).toBe("synced");
    expect(order).toMatchObject({ state: "created", ...marked });
    expect(order.history.at(-1)).toMatchObject({ by: "buyer", reason: `status_unknown:${impUid}` });
  });

  it("that names none marks whose attempt it is", async () => {
    expect((await ask(approvedOrder(), { merchantUid: null })).order).toMatchObject(marked);
  });

  it.each([
    ["names another", approvedOrder(), "ord-of-another"],
    ["names none, and is nobody's attempt", createdOrder(), null],
  ])("that %s is no answer, and marks nobody", async (_, order, named) => {
    const asked = await ask(order, { merchantUid: named });
    expect(asked.result).toMatchObject({ outcome: "unavailable", isAnswered: true });
    expect(asked.order).toEqual(order);
  });
});

describe("all payments of an order", () => {
  const all = { merchantUid, impUid: null, by: "sweep", mayMoveMoney: true } as const;

  it("mark it where one is no record, and pay nothing that is owed", async () => {
    const owing = makeDueNow(paid, stamp);
    const ports = await syncingPorts(owing);
    ports.gateway.answers.push({ outcome: "found", records: [paymentRecord()], unreadable: [row] } as never);
    await syncOrder(all, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ ...marked, lookNowAtMs: owing.lookNowAtMs });
  });

  it.each([
    ["", "paid"],
    [" ", "paid"],
    ["NaN", "paid"],
    ["ord-of-another", "paid"],
    ["109000", "unrecognised"],
  ] as const)(
    "mark it where what may be money is shown under another number: %j, %s",
    async (number, status) => {
      const ports = await syncingPorts(approvedOrder());
      const record = paymentRecord({ merchantUid: number, status });
      ports.gateway.answers.push({ outcome: "found", records: [record] } as never);
      await syncOrder(all, call, ports);
      expect(await storedOrder(ports)).toMatchObject({
        state: "approved",
        reviewReason: "merchant_uid_mismatch",
        attempts: [{ state: "approved" }],
      });
    },
  );

  it("pass over what nobody paid under another number", async () => {
    const ports = await syncingPorts(createdOrder());
    const record = paymentRecord({ merchantUid: "ord-of-another", status: "ready", paidAtMs: null });
    ports.gateway.answers.push({ outcome: "found", records: [record] } as never);
    expect(await syncOrder(all, call, ports)).toMatchObject({
      order: { reviewReason: null, openWindows: [] },
    });
  });
});

describe("the night's audit", () => {
  const run = { fromMs: null, toMs: null, stopBelowMs: 10_000 };
  const shown = { outcome: "found", records: [], unreadable: [row] } as never;

  it("marks the order that a row of its lists names, and passes over one that names none", async () => {
    const waiting = createdOrder();
    const ports = await auditPorts([waiting], []);
    const names = [merchantUid, "가".repeat(5_000), "\ud83d", null, "ord-unknown"];
    const unreadableRows = names.map((named) => ({ ...row, merchantUid: named }));
    ports.lists.listPayments = async () => ({
      outcome: "found",
      records: [],
      unreadable: unreadableRows,
      nextPage: 0,
    });
    ports.gateway.answers.push(shown);
    expect((await audit(run, call, ports)).report).toMatchObject({ place: { part: "done" } });
    expect(await storedOrder(ports)).toMatchObject(marked);
    expect(ports.gateway.asked).not.toContain("ord-unknown");
  });

  it("marks the order whose payment it holds and cannot read", async () => {
    const ports = await auditPorts([paid], [], { "2026-08-05": [paid] });
    ports.lists.fetchPayments = async () => ({ outcome: "found", records: [], unreadable: [row] });
    ports.gateway.answers.push(shown);
    const { report } = await audit(run, call, ports);
    expect(report).toMatchObject({ unreadable: 1, differences: [] });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", ...marked });
  });
});

describe("looks that are answered with what nobody can read", () => {
  const climbed = (order: Order, looks: number) => ({ ...lookedAtLater(order, stamp.atMs), looks });
  const wanted = makeDueNow(paid, { ...stamp, atMs: createdAtMs + minuteMs });
  const claims = changeOrder(wanted, { lookClaim: "look-1", lookedAtMs: createdAtMs + 2 * minuteMs }, stamp);

  it.each([
    ["end before a person, as often as there are rungs", wanted, 10, "operation_unresolved"],
    ["end before a person though each is claimed", claims, 10, "operation_unresolved"],
    ["are repeated before that", wanted, 7, null],
  ])("%s", async (_, order, looks, reviewReason) => {
    const ports = await portsWith(climbed({ ...order, lookedAtMs: createdAtMs + 2 * minuteMs }, looks));
    ports.gateway.answers.push(unreadable);
    await reconcile(sweep, call, ports);
    const after = await storedOrder(ports);
    expect(after.reviewReason).toBe(reviewReason);
    expect(after.dueAtMs).toBeGreaterThan(stamp.atMs);
  });
});
