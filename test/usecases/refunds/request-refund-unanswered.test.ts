// A refund while the table falls silent, or a twin is faster: made once, or told as unknown, never as not started.
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { failingAfter } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { asked, done, made } from "../../support/refund-request.ts";
import {
  call,
  orderWithClaimedRefund,
  orderWithUnknownRefund,
  storedOrder,
  syncingPorts,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const paid = synced(approvedOrder(), [paymentRecord()]);

describe("a claim whose write got no answer", () => {
  const named = { outcome: "claim_unreadable", merchantUid, refundId: "rf_1" };

  it("is sent once when it is found there", async () => {
    const ports = await syncingPorts(paid);
    ports.store.leaveUnanswered("lands");
    ports.money.cancels.push(done);
    expect(await requestRefund(asked, call, ports)).toMatchObject({ outcome: "finished" });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("is sent once when it lands late, while its version is taken away", async () => {
    const ports = await syncingPorts(paid);
    ports.store.leaveUnanswered("lands late");
    ports.money.cancels.push(done);
    expect(await requestRefund(asked, call, ports)).toMatchObject({ outcome: "finished" });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("is told as unknown when it is found there too late to send", async () => {
    const ports = await syncingPorts(paid);
    ports.store.leaveUnanswered("lands");
    const read = ports.store.read.bind(ports.store);
    ports.store.read = async (uid) => {
      ports.clock.advance(5_001);
      return read(uid);
    };
    expect(await requestRefund(asked, call, ports)).toMatchObject({
      outcome: "pending",
      cancel: { id: "rf_1" },
    });
    expect(ports.money.sent).toEqual([]);
  });

  it("is told as unknown when finding it left no time for the call", async () => {
    const ports = await syncingPorts(paid);
    ports.store.leaveUnanswered("lands");
    const left = [20_800, 17_399];
    const late = { ...call, timeLeftMs: () => left.shift() ?? 0 };
    expect(await requestRefund(asked, late, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.money.sent).toEqual([]);
  });

  it("is told as unknown, never as not started, when the table cannot be read; the sweep then sends it", async () => {
    const ports = await syncingPorts(paid, [paymentRecord()]);
    const read = ports.store.read;
    ports.store.leaveUnanswered("lands");
    ports.store.read = failingAfter(ports.store, 1);
    expect(await requestRefund(asked, call, ports)).toEqual(named);
    expect(ports.money.sent).toEqual([]);
    ports.store.read = read;
    ports.clock.advance(10 * minuteMs);
    const sweeping = { merchantUid, impUid: null, by: "sweep", mayMoveMoney: true } as const;
    await syncOrder(sweeping, call, ports);
    expect(ports.money.sent).toHaveLength(1);
  });

  it("is told as unknown when its version cannot be taken away", async () => {
    const ports = await syncingPorts(paid);
    ports.store.fail("update", "update");
    expect(await requestRefund(asked, call, ports)).toEqual(named);
  });

  it("is decided again when somebody else wrote meanwhile, so that nothing of it can land", async () => {
    const ports = await syncingPorts(paid);
    ports.store.fail("update");
    const read = ports.store.read.bind(ports.store);
    let reads = 0;
    ports.store.read = async (uid) => {
      reads += 1;
      const order = await read(uid);
      if (reads !== 2 || !order) return order;
      await ports.store.update(order, synced(order, [cancelledRecord([cancelEntry("c-9", 9_000)])]));
      return read(uid);
    };
    await requestRefund(asked, call, ports);
    expect(ports.money.sent).toMatchObject([{ amount: 20_000, checksum: 100_000 }]);
  });
});

describe("once it is claimed, a silent table leaves it unknown, never not started", () => {
  it.each(["update", "keep"] as const)("after the send: at %s", async (failing) => {
    const ports = await syncingPorts(paid);
    ports.money.cancels.push(done);
    const send = ports.money.cancel.bind(ports.money);
    ports.money.cancel = (request) => {
      if (failing === "update") ports.store.fail("update");
      else ports.refunds.keepRefund = () => Promise.reject(new StorageUnavailableError("put: down"));
      return send(request);
    };
    expect(await requestRefund(asked, call, ports)).toMatchObject({
      outcome: "pending",
      cancel: { id: "rf_1" },
    });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("for the same key again, waiting for its twin or looking by itself", async () => {
    const silent = () => Promise.reject(new StorageUnavailableError("read: down"));
    const working = await syncingPorts(orderWithClaimedRefund());
    working.refunds.readRefund = silent;
    expect(await requestRefund(asked, call, working)).toMatchObject({ outcome: "pending" });
    const unknown = await syncingPorts(orderWithUnknownRefund(), [paymentRecord()]);
    unknown.store.read = failingAfter(unknown.store, 1);
    expect(await requestRefund(asked, call, unknown)).toMatchObject({ outcome: "pending" });
    unknown.refunds.readRefund = silent;
    unknown.store.read = failingAfter(unknown.store, 9);
    expect(await requestRefund(asked, call, unknown)).toMatchObject({ outcome: "pending" });
  });

  it("but an unclaimed key whose item cannot be read starts nothing", async () => {
    const ports = await syncingPorts(paid);
    ports.refunds.readRefund = () => Promise.reject(new StorageUnavailableError("read: down"));
    await expect(requestRefund(asked, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.store.updates).toBe(0);
  });
});

describe("the order is read before the key's item", () => {
  /** What a twin under the same key does between this request's two first reads. */
  it("so that a twin that finishes in between is seen as running or as done, and nothing is sent twice", async () => {
    const twin = await syncingPorts(paid);
    twin.money.cancels.push(done);
    await requestRefund(asked, call, twin);
    const [kept] = twin.refunds.kept;
    if (!kept) throw new Error("nothing kept");
    const ports = await syncingPorts(orderWithClaimedRefund(), [made]);
    let reads = 0;
    const [readOrder, readRefund] = [ports.store.read, ports.refunds.readRefund];
    const thenFinish = async <Read>(read: Promise<Read>): Promise<Read> => {
      const value = await read;
      reads += 1;
      if (reads !== 1) return value;
      await ports.refunds.keepRefund(kept);
      const order = await readOrder.call(ports.store, merchantUid);
      if (order) await ports.store.update(order, await storedOrder(twin));
      return value;
    };
    ports.store.read = (uid) => thenFinish(readOrder.call(ports.store, uid));
    ports.refunds.readRefund = (uid, id) => thenFinish(readRefund.call(ports.refunds, uid, id));
    expect(await requestRefund(asked, call, ports)).toEqual({ outcome: "finished", refund: kept });
    expect(ports.money.sent).toEqual([]);
  });
});
