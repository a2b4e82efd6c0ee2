// The sweep with more to do than it likes: several at once, money first, until time or PortOne's patience is over, and
// what it reports as left is really left.
import { describe, expect, it } from "vitest";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { silence } from "../../support/doubles.ts";
import { approved, countOpen, manyDue, nameOf, paidRecord } from "../../support/many-due.ts";
import { createdOrder } from "../../support/orders.ts";
import { sweep } from "../../support/sweeping.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

describe("many at once", () => {
  it("are taken page after page until nothing is due", async () => {
    const ports = await manyDue(1_050);
    expect(await reconcile(sweep, call, ports)).toMatchObject({
      taken: 1_050,
      synced: 1_050,
      errors: 0,
      left: 0,
      stopped: "done",
    });
  });

  it("are so many as the setting says, and no more", async () => {
    const ports = await manyDue(100);
    const open = countOpen(ports);
    await reconcile(sweep, call, ports);
    expect(open.most).toBe(16);
    const few = await manyDue(100);
    const openOfFew = countOpen(few);
    await reconcile(sweep, call, { ...few, parallel: 3 });
    expect(openOfFew.most).toBe(3);
  });

  it("one that is slow holds no other", async () => {
    const ports = await manyDue(200);
    const find = ports.gateway.findPayments.bind(ports.gateway);
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    ports.gateway.findPayments = async (name) => {
      asked += 1;
      if (asked === 200) release();
      if (name === nameOf(0)) await held;
      return find(name);
    };
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 200 });
  });

  it("poison among them is told with its number and reason, and holds no other", async () => {
    const ports = await manyDue(60);
    const find = ports.gateway.findPayments.bind(ports.gateway);
    ports.gateway.findPayments = (name) =>
      name === nameOf(7)
        ? Promise.reject(new Error("no such page"))
        : name === nameOf(8)
          ? Promise.resolve(silence)
          : find(name);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ synced: 58, errors: 2, left: 0 });
    expect(ports.told.toSorted()).toEqual([
      [nameOf(7), "no such page"],
      [nameOf(8), "timeout"],
    ]);
  });

  it("money goes before windows that nobody paid in, however far behind them it is", async () => {
    const ports = await manyDue(
      500,
      (name) => (name === nameOf(499) ? approved(name) : createdOrder({ merchantUid: name })),
      (name) => (name === nameOf(499) ? [paidRecord(name)] : []),
    );
    await reconcile(sweep, call, ports);
    expect(ports.gateway.asked[0]).toBe(nameOf(499));
    expect(ports.gateway.asked).toHaveLength(500);
  });
});

describe("what is left", () => {
  it("at the deadline is counted, with the age of the oldest, and untouched", async () => {
    const ports = await manyDue(1_000);
    const timeLeftMs = () => (ports.gateway.asked.length < 300 ? 25_000 : 10_000);
    const report = await reconcile(sweep, { ...call, timeLeftMs }, ports);
    expect(report).toMatchObject({ stopped: "deadline", oldest_s: 60 });
    expect(report.taken).toBeGreaterThanOrEqual(300);
    expect(report.taken + report.left).toBe(1_000);
    expect(await storedOrder(ports, nameOf(999))).toEqual(approved(nameOf(999)));
  });

  it("when PortOne has enough is counted, too, and nothing more is asked", async () => {
    const ports = await manyDue(1_000);
    const pulse = { begin: () => {}, isInTrouble: () => ports.gateway.asked.length >= 40 };
    const report = await reconcile(sweep, call, { ...ports, pulse });
    expect(report.stopped).toBe("provider");
    expect(ports.gateway.asked.length).toBeLessThanOrEqual(40 + 16);
    expect(report.taken + report.left).toBe(1_000);
  });

  it("is nothing that this sweep took and an index that is behind still shows", async () => {
    const ports = await manyDue(40);
    ports.due.countDue = async (_, besides) => ({ count: 40 - besides.length, oldestAtMs: null });
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 40, left: 0, stopped: "done" });
  });

  it("is never called done", async () => {
    const ports = await manyDue(40);
    ports.store.fail("read");
    expect(await reconcile(sweep, call, ports)).toMatchObject({ errors: 1, left: 1, stopped: "deadline" });
  });
});
