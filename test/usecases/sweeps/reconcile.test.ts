// The sweep, with its list, its table and PortOne failing: one item's trouble is not the others', and
// whatever is not finished keeps a next look.

import { describe, expect, it } from "vitest";
import { changeOrder } from "../../../lib/domain/order-change.ts";

import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";

import { failingAfter, silence, unreadable } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  lookedAtLater,
  minuteMs,
  paymentRecord,
} from "../../support/orders.ts";
import { portsWith, sweep } from "../../support/sweeping.ts";
import { call, orderWithUnknownRefund, storedOrder } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const nothing = {
  taken: 0,
  synced: 0,
  resumed: 0,
  expired: 0,
  review: 0,
  errors: 0,
  left: 0,
  oldest_s: 0,
  unknown_s: 0,
  stopped: "done",
};

const second = "ord-20260805-000143";
const secondRecord = paymentRecord({ merchantUid: second, impUid: "imp_730112845062" });
const secondOrder = () => approvedOrder(createdOrder({ merchantUid: second }), "imp_730112845062");

describe("the sweep", () => {
  it("syncs what is due and reports it", async () => {
    const ports = await portsWith(approvedOrder());
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, taken: 1, synced: 1 });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", dueAtMs: null, looks: 0 });
    expect(ports.gateway.asked).toEqual([merchantUid]);
  });

  it("has nothing to do", async () => {
    expect(await reconcile(sweep, call, await portsWith(null))).toEqual(nothing);
  });

  it("takes the index for a hint: gone, not due yet, and at rest are passed over", async () => {
    const later = createdOrder({ merchantUid: second, dueAtMs: createdAtMs + 60 * minuteMs });
    const ports = await portsWith(createdOrder({ dueAtMs: null }), [second, "ord-nobody"]);
    await ports.store.create(later);
    expect(await reconcile(sweep, call, ports)).toEqual(nothing);
    expect([ports.store.updates, ports.gateway.asked]).toEqual([0, []]);
  });

  it("fails as a whole when nobody knows what is due", async () => {
    const ports = await portsWith(approvedOrder());
    ports.due.listDue = () => Promise.reject(new StorageUnavailableError("query: down"));
    await expect(reconcile(sweep, call, ports)).rejects.toThrow(StorageUnavailableError);
  });

  it("says how long the longest call has been in doubt, also where nothing is due", async () => {
    const ports = await portsWith(null);
    ports.doubts.oldestSinceMs = async () => ports.clock.nowMs() - 61 * minuteMs - 1;
    expect(await reconcile(sweep, call, ports)).toMatchObject({ left: 0, oldest_s: 0, unknown_s: 3_660 });
  });

  it("counts an order that expires, and an operation that it finished", async () => {
    const late = await portsWith(createdOrder(), [], []);
    late.clock.advance(30 * minuteMs);
    expect(await reconcile(sweep, call, late)).toMatchObject({ taken: 1, synced: 1, expired: 1 });

    const tagged = cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]);
    const unknown = await portsWith(orderWithUnknownRefund(), [], [tagged]);
    unknown.clock.advance(minuteMs);
    expect(await reconcile(sweep, call, unknown)).toMatchObject({ taken: 1, resumed: 1, errors: 0 });
  });
});

describe("one item's trouble", () => {
  it.each([
    ["its read", ["read"]],
    ["its look's write", ["update"]],
  ] as const)("is not the next one's: the table fails at %s", async (_, failing) => {
    const ports = await portsWith(approvedOrder(), [second], [paymentRecord(), secondRecord]);
    await ports.store.create(secondOrder());
    ports.store.fail(...failing);
    const isRead = failing[0] === "read";
    expect(await reconcile(sweep, call, ports)).toMatchObject({
      errors: 1,
      synced: 1,
      ...(isRead ? { left: 1, oldest_s: 60, stopped: "deadline" } : { left: 0, stopped: "done" }),
    });
    expect(ports.told).toEqual([[merchantUid, `${failing[0]}: down`]]);
    // A look that failed leaves a claim: the next one begins with it.
    const nextMs = ports.clock.nowMs() + minuteMs;
    const claim = isRead ? {} : { looks: 0, silences: 1, lookClaim: "claim-1", dueAtMs: nextMs };
    expect(await storedOrder(ports)).toMatchObject({
      state: "approved",
      attempts: approvedOrder().attempts,
      ...claim,
    });
    expect((await storedOrder(ports, second)).state).toBe("paid");
  });

  it("is not the next one's: PortOne's answer makes it throw", async () => {
    const ports = await portsWith(approvedOrder(), [second], [paymentRecord(), secondRecord]);
    await ports.store.create(secondOrder());
    const find = ports.gateway.findPayments.bind(ports.gateway);
    ports.gateway.findPayments = (name) =>
      name === merchantUid ? Promise.reject(new Error("broken")) : find(name);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, errors: 1, synced: 1, left: 0 });
    expect(ports.told).toEqual([[merchantUid, "broken"]]);
    // Its rung is moved all the same, so it is not taken again at once.
    expect(await storedOrder(ports)).toMatchObject({ looks: 1, dueAtMs: ports.clock.nowMs() + minuteMs });
    expect((await storedOrder(ports, second)).state).toBe("paid");
  });

  it("is an error while PortOne does not answer, and is tried again a minute later", async () => {
    const ports = await portsWith(approvedOrder());
    ports.gateway.answers.push(silence);
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, taken: 1, errors: 1 });
    expect(await storedOrder(ports)).toMatchObject({
      state: "approved",
      looks: 0,
      dueAtMs: ports.clock.nowMs() + minuteMs,
    });
  });
});

/** A refund of unknown outcome that a sweep has looked at that often, the last time a minute from the start. */
const climbedTo = (looks: number) => {
  const order = orderWithUnknownRefund();
  const lookedAtMs = createdAtMs + 4 * minuteMs;
  return { ...lookedAtLater({ ...order, lookedAtMs }, lookedAtMs), looks };
};

/** A refund whose answer was lost a minute ago: it may be sent again, so that its look is claimed first. */
async function portsWithUnknown() {
  const ports = await portsWith(orderWithUnknownRefund());
  ports.clock.advance(minuteMs);
  return ports;
}

describe("the claim of what may be sent on", () => {
  it("lost to another sweep leaves the item to it", async () => {
    const ports = await portsWithUnknown();
    ports.store.interfere((order) => changeOrder(order, { looks: 1 }, { by: "sweep", atMs: createdAtMs }));
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 0, errors: 0 });
    expect(ports.gateway.asked).toEqual([]);
  });

  it("is made by one of many sweeps", async () => {
    const ports = await portsWithUnknown();
    const reports = await Promise.all([1, 2, 3, 4].map(() => reconcile(sweep, call, ports)));
    expect(reports.map(({ taken }) => taken).sort()).toEqual([0, 0, 0, 1]);
    expect(ports.gateway.asked).toEqual([merchantUid]);
  });

  it.each(["loseNextAnswer", "leaveUnanswered"] as const)(
    "is recognised by its token though its answer was lost: %s",
    async (lose) => {
      const ports = await portsWithUnknown();
      if (lose === "loseNextAnswer") ports.store.loseNextAnswer();
      else ports.store.leaveUnanswered("lands");
      expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, taken: 1 });
      expect(ports.gateway.asked).toEqual([merchantUid]);
    },
  );

  it("that nobody can read is an error, and the item keeps its next look", async () => {
    const ports = await portsWithUnknown();
    const { read } = ports.store;
    ports.store.leaveUnanswered("lands");
    ports.store.read = failingAfter(ports.store, 1);
    expect(await reconcile(sweep, call, ports)).toEqual({ ...nothing, errors: 1 });
    ports.store.read = read;
    expect(await storedOrder(ports)).toMatchObject({ looks: 1, dueAtMs: ports.clock.nowMs() + minuteMs });
  });

  it("climbs the ladder, rung by rung, a little early by chance", async () => {
    const ports = await portsWith(orderWithUnknownRefund());
    ports.clock.advance(minuteMs);
    const rungs = [1, 5, 15, 30, 120, 1440, 1440, 1440, 1440, 1440].map((minutes) => minutes * minuteMs);
    const waits: number[] = [];
    for (const _ of rungs) {
      ports.gateway.answers.push(unreadable);
      await reconcile(sweep, call, ports);
      const { dueAtMs } = await storedOrder(ports);
      waits.push((dueAtMs ?? 0) - ports.clock.nowMs());
      ports.clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual(rungs);

    const early = await portsWith(orderWithUnknownRefund());
    early.clock.advance(minuteMs);
    early.gateway.answers.push(unreadable);
    await reconcile(sweep, call, { ...early, random: () => 1 });
    expect((await storedOrder(early)).dueAtMs).toBe(early.clock.nowMs() + 54_000);
  });

  it("after the last rung is a person's, who is told once; the looks go on", async () => {
    const ports = await portsWith(climbedTo(10));
    ports.clock.advance(minuteMs);
    ports.gateway.answers.push(unreadable);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ taken: 1, errors: 1 });
    const marked = await storedOrder(ports);
    expect(marked).toMatchObject({ state: "paid", reviewReason: "operation_unresolved" });
    expect(marked.dueAtMs).toBe(ports.clock.nowMs() + 24 * 60 * minuteMs);
    ports.clock.advance(24 * 60 * minuteMs);
    ports.gateway.answers.push(unreadable);
    await reconcile(sweep, call, ports);
    expect((await storedOrder(ports)).history).toEqual(marked.history);
  });

  it("counts an order that its last rung brought into review", async () => {
    const ports = await portsWith(climbedTo(10));
    ports.clock.advance(minuteMs);
    ports.gateway.answers.push(unreadable);
    expect(await reconcile(sweep, call, ports)).toMatchObject({ review: 1 });
  });
});
