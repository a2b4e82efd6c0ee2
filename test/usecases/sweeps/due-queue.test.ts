// In which order is taken what is due: what ended a process first, then money, each sweep its own part first.
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { takeInOrder } from "../../../lib/usecases/sweeps/due-queue.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { approved, countOpen, manyDue, nameOf } from "../../support/many-due.ts";
import { createdOrder, minuteMs, openRecord } from "../../support/orders.ts";
import { portsWith, sweep } from "../../support/sweeping.ts";
import { call, orderWithUnknownRefund, storedOrder } from "../../support/syncing-ports.ts";

it("money of any page goes before windows of the first, and nothing comes twice", async () => {
  const isMoney = (name: string) => Number(name.slice(4)) % 100 === 99;
  const ports = await manyDue(350, (name) =>
    isMoney(name) ? approved(name) : createdOrder({ merchantUid: name }),
  );
  const taken: string[] = [];
  for await (const { items } of takeInOrder(0, ports))
    taken.push(...items.map(({ merchantUid }) => merchantUid));
  expect(taken.slice(0, 3)).toEqual([nameOf(99), nameOf(199), nameOf(299)]);
  expect([taken.length, new Set(taken).size]).toEqual([350, 350]);
});

describe("an item that ended the process", () => {
  it("is claimed alone, before anything else is taken", async () => {
    const ports = await manyDue(50);
    ports.sweeps.inWork.set(0, [{ kind: "order", merchantUid: nameOf(30) }]);
    const states: (string | null)[] = [];
    const find = ports.gateway.findPayments.bind(ports.gateway);
    ports.gateway.findPayments = async (name) => {
      if (states.length === 0) states.push(name, (await storedOrder(ports, name)).lookClaim);
      return find(name);
    };
    const open = countOpen(ports);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 50, left: 0 });
    expect(states).toEqual([nameOf(30), "claim-1"]);
    expect(open.most).toBe(16);
  });

  it("is known, because what is at work is written down a page at a time, and forgotten at the end", async () => {
    const ports = await manyDue(64);
    await reconcile(sweep, call, ports);
    expect(new Set(ports.sweeps.kept.flat()).size).toBe(64);
    expect(ports.sweeps.kept.length).toBeLessThanOrEqual(4);
    expect(ports.sweeps.inWork.get(0)).toEqual([]);
  });

  it("costs no write while nothing is due", async () => {
    const ports = await manyDue(0);
    await reconcile(sweep, call, ports);
    expect(ports.sweeps.kept).toEqual([]);
  });

  it("would not be known while the table takes no note of it, so that each is claimed", async () => {
    const ports = await manyDue(2);
    ports.sweeps.keepInWork = () => Promise.reject(new StorageUnavailableError("put: down"));
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 2 });
    expect(ports.store.updates).toBe(4);
  });
});

describe("several sweeps a minute", () => {
  it("add up: each takes what the others do not", async () => {
    const ports = await manyDue(600);
    const asked = ports.gateway.asked;
    const reports = await Promise.all(
      [0, 1, 2].map((number) => reconcile({ ...sweep, number }, call, { ...ports, sweepCount: 3 })),
    );
    expect(reports.reduce((sum, { taken }) => sum + taken, 0)).toBe(600);
    for (const { taken } of reports) expect(taken).toBeGreaterThan(100);
    // They rarely meet: hardly an order is asked about twice.
    expect(asked.length).toBeLessThan(600 * 1.1);
  });

  it("ask about a window that stays due for the next minute once a minute, and take it once", async () => {
    const ports = await manyDue(
      60,
      (name) => createdOrder({ merchantUid: name }),
      (name) => [{ ...openRecord, merchantUid: name }],
    );
    const both = async () => {
      const numbers = [0, 1].map((number) =>
        reconcile({ ...sweep, number }, call, { ...ports, sweepCount: 2 }),
      );
      return (await Promise.all(numbers)).reduce((sum, { taken }) => sum + taken, 0);
    };
    expect([await both(), await both()]).toEqual([60, 0]);
    ports.clock.advance(minuteMs);
    expect([await both(), await both()]).toEqual([60, 0]);
  });

  it("and one that never comes is not missed", async () => {
    const ports = await manyDue(100);
    expect(await reconcile({ ...sweep, number: 1 }, call, { ...ports, sweepCount: 2 })).toMatchObject({
      taken: 100,
      left: 0,
    });
  });

  it("send an unknown refund's repeat once", async () => {
    const ports = await portsWith(orderWithUnknownRefund());
    ports.clock.advance(11 * minuteMs);
    await Promise.all(
      [0, 1].map((number) => reconcile({ ...sweep, number }, call, { ...ports, sweepCount: 2 })),
    );
    expect(ports.money.sent).toHaveLength(1);
  });
});
