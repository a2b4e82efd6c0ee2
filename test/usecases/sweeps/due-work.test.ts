// One item that is due: what needs a claim before it is looked at, and what cannot even be read.
import { describe, expect, it } from "vitest";
import { workOn } from "../../../lib/usecases/sweeps/due-work.ts";
import { isSilence } from "../../../lib/usecases/sweeps/look-report.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { silence, unreadable } from "../../support/doubles.ts";
import { approved, manyDue, nameOf } from "../../support/many-due.ts";
import { minuteMs } from "../../support/orders.ts";
import { sweep } from "../../support/sweeping.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

describe("an item that cannot be read", () => {
  it("is moved out of the others' way by an hour, and told", async () => {
    const ports = await manyDue(30);
    const { read } = ports.store;
    ports.store.read = async (name) => {
      if (name === nameOf(3)) throw new Error("stored state is broken, which is none of paid");
      return read.call(ports.store, name);
    };
    expect(await reconcile(sweep, call, ports)).toMatchObject({ synced: 29, errors: 1 });
    expect(ports.due.putOffs).toMatchObject([
      { merchantUid: nameOf(3), dueAtMs: ports.clock.nowMs() + 60 * minuteMs },
    ]);
    expect(ports.told[0]?.[1]).toContain("stored state is broken");
  });

  it("is left where it is while the table is silent", async () => {
    const ports = await manyDue(1);
    ports.store.fail("read");
    await reconcile(sweep, call, ports);
    expect(ports.due.putOffs).toEqual([]);
  });
});

describe("a look that needs no claim", () => {
  it("is written once, with its next rung, and carries no claim", async () => {
    const ports = await manyDue(1, approved, () => []);
    ports.clock.advance(10 * minuteMs);
    await reconcile(sweep, call, ports);
    expect(ports.store.updates).toBe(1);
    expect(await storedOrder(ports, nameOf(0))).toMatchObject({ lookClaim: null });
  });

  it("comes after a claim when the last one failed", async () => {
    const ports = await manyDue(1);
    ports.gateway.answers.push(silence);
    await reconcile(sweep, call, ports);
    expect(await storedOrder(ports, nameOf(0))).toMatchObject({
      looks: 0,
      silences: 1,
      lookClaim: "claim-1",
    });
    ports.clock.advance(minuteMs);
    ports.store.updates = 0;
    await reconcile(sweep, call, ports);
    expect(ports.store.updates).toBe(2);
    expect(await storedOrder(ports, nameOf(0))).toMatchObject({ state: "paid" });
  });

  it("is one look's, of two that meet", async () => {
    const ports = await manyDue(1);
    const reports = await Promise.all([1, 2].map(() => reconcile(sweep, call, ports)));
    expect(reports.map(({ taken }) => taken).sort()).toEqual([0, 1]);
    expect(await storedOrder(ports, nameOf(0))).toMatchObject({
      state: "paid",
      version: approved("").version + 1,
    });
  });
});

it("an item that an earlier sweep was at work on is claimed whatever it is", async () => {
  const ports = await manyDue(1);
  const item = { kind: "order", merchantUid: nameOf(0) } as const;
  expect(await workOn(item, { isSuspect: true, call }, ports)).toMatchObject({ synced: true });
  expect(ports.store.updates).toBe(2);
});

it.each([
  ["no answer", silence, true],
  ["an answer nobody can read", unreadable, false],
  ["half an answer", { outcome: "unchanged", order: approved(""), isHalf: true }, true],
  ["a whole one", { outcome: "unchanged", order: approved("") }, false],
] as const)("%s: is it silence?", (_, result, isSilent) => {
  expect(isSilence(result)).toBe(isSilent);
});
