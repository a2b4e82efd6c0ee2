// Money that must not stay goes back once, however login, brake, table and PortOne fail on the way; what
// is not certain stays wished for and due.

import { beforeEach, describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { giveBackWanted } from "../../../lib/usecases/syncing/give-back.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { given, impUid, ourId, sender, tag, untouched, wanting } from "../../support/give-backs.ts";
import { cancelEntry, cancelledRecord, createdAtMs, paymentRecord, won } from "../../support/orders.ts";
import { refundRecord } from "../../support/refunds.ts";
import {
  call,
  hurriedCall,
  type SyncingPorts,
  storedOrder,
  syncingPorts,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";

let ports: SyncingPorts;
beforeEach(async () => {
  ports = await syncingPorts(wanting(), [paymentRecord()]);
});
const giveBack = async (by = call) => giveBackWanted(await storedOrder(ports), sender, by, ports);
const countOf = () => ports.brake.brake.counted.reduce((all, { count }) => all + count, 0);

it("a give-back whose claim nobody can read stays wished for", async () => {
  ports.store.fail("update", "update");
  expect(await giveBack()).toMatchObject(untouched);
  expect(ports.money.sent).toEqual([]);
});

describe("a give-back", () => {
  it("that nothing is left for is done, and nothing is sent or asked", async () => {
    const order = wanting();
    const [attempt] = order.attempts;
    if (!attempt) throw new Error("no attempt");
    const cancels = [{ ...cancelEntry("c-1", 109_000), taxFree: won(0), refundId: null }];
    ports = await syncingPorts({ ...order, attempts: [{ ...attempt, cancels }] });
    expect(await giveBack()).toMatchObject({
      dueAtMs: null,
      attempts: [{ state: "given_back", giveBack: "done" }],
    });
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: null, cancel: null });
    expect([ports.money.sent, countOf()]).toEqual([[], 0]);
  });

  it("sends what is left, once, and keeps the refund for ever", async () => {
    ports.money.cancels.push({ outcome: "done", value: given });
    expect(await giveBack()).toMatchObject({
      cancel: null,
      dueAtMs: null,
      attempts: [{ state: "given_back", giveBack: "done" }],
    });
    expect(ports.money.sent).toMatchObject([
      { impUid, amount: 109_000, taxFree: 3_000, checksum: 109_000, reason: `${tag} 자동 환불` },
    ]);
    expect(ports.refunds.kept).toMatchObject([{ refundId: ourId, origin: "automatic", state: "succeeded" }]);
    await giveBack();
    expect(ports.money.sent).toHaveLength(1);
  });

  it("waits while another cancel holds the slot", async () => {
    await giveBack();
    const busy = await storedOrder(ports);
    expect(busy).toMatchObject({ cancel: { kind: "give_back", state: "unknown" } });
    expect(await giveBack()).toEqual(busy);
    expect(ports.money.sent).toHaveLength(1);
  });

  it("starts nothing while PortOne does not let us in, and does not count on the brake", async () => {
    ports.money.isReady = false;
    expect(await giveBack()).toMatchObject(untouched);
    expect([ports.money.sent, countOf(), ports.store.updates]).toEqual([[], 0, 0]);
  });

  it("of what PortOne knows not is a person's: a cancel of it could never end", async () => {
    ports.gateway.records = [];
    expect(await giveBack()).toMatchObject(untouched);
    ports.clock.advance(quietMs);
    expect(await giveBack()).toMatchObject({
      cancel: null,
      reviewReason: "manual_refund",
      attempts: [{ state: "paid", giveBack: null }],
    });
    expect([ports.money.sent, countOf()]).toEqual([[], 0]);
  });

  it("starts nothing while PortOne does not say whether it knows it", async () => {
    ports.gateway.answers.push({ outcome: "unavailable", why: "timeout" });
    expect(await giveBack()).toMatchObject(untouched);
    expect([ports.money.sent, countOf()]).toEqual([[], 0]);
  });

  it("starts nothing while the brake cannot be read", async () => {
    ports.brake.isDown = true;
    await expect(giveBack()).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toMatchObject(untouched);
    expect(ports.money.sent).toEqual([]);
  });

  it.each([
    [7, 1],
    [8, 0],
  ])("asks the brake again after %i lost races: %i sent", async (lostRaces, sent) => {
    ports.brake.lostRaces = lostRaces;
    await giveBack();
    expect(ports.money.sent).toHaveLength(sent);
  });

  it.each(["met its own write", "no answer"] as const)(
    "is counted at least once when the answer of the count was lost: %s",
    async (how) => {
      ports.brake.lostAnswers.push(how);
      await giveBack();
      expect(ports.money.sent).toHaveLength(1);
      expect(countOf()).toBe(2);
    },
  );
});

describe("its claim", () => {
  it("lost to somebody else's write sends nothing, and the wish stays", async () => {
    ports.store.interfere((order) => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs }));
    expect(await giveBack()).toMatchObject(untouched);
    expect(ports.money.sent).toEqual([]);
  });

  it("whose answer was lost has won: whoever finds its own token sends", async () => {
    ports.store.loseNextAnswer();
    ports.money.cancels.push({ outcome: "done", value: given });
    expect(await giveBack()).toMatchObject({ attempts: [{ state: "given_back" }] });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("that could not be written sends nothing", async () => {
    ports.store.fail("update");
    await expect(giveBack()).rejects.toThrow(StorageUnavailableError);
    expect(ports.money.sent).toEqual([]);
  });

  it("too old to be sent is left to the sweep", async () => {
    const update = ports.store.update.bind(ports.store);
    ports.store.update = async (previous, next) => {
      const written = await update(previous, next);
      ports.clock.advance(5_001);
      return written;
    };
    expect(await giveBack()).toMatchObject({ cancel: { state: "claimed", sends: 1 } });
    expect(ports.money.sent).toEqual([]);
  });

  it.each([2, 5])("made by %i at once is sent by one of them", async (callers) => {
    const order = await storedOrder(ports);
    await Promise.all(Array.from({ length: callers }, () => giveBackWanted(order, sender, call, ports)));
    expect(ports.money.sent).toHaveLength(1);
  });
});

describe("its answer", () => {
  it("no: a person decides, and nothing is tried again by itself", async () => {
    ports.money.cancels.push({ outcome: "refused", message: "취소할 수 없는 카드입니다." });
    expect(await giveBack()).toMatchObject({
      cancel: null,
      reviewReason: "manual_refund",
      attempts: [{ state: "paid", giveBack: null }],
    });
    await giveBack();
    expect(ports.money.sent).toHaveLength(1);
  });

  it("no, because part of it went back in the console: the rest is tried under another key", async () => {
    ports.gateway.records = [cancelledRecord([cancelEntry("c-9", 9_000)])];
    ports.money.cancels.push({ outcome: "refused", message: "checksum" });
    expect(await giveBack()).toMatchObject({
      reviewReason: null,
      attempts: [{ giveBack: "wanted", cancels: [{ amount: 9_000 }] }],
    });
    await giveBack();
    expect(ports.money.sent).toMatchObject([
      { amount: 109_000 },
      { amount: 100_000, checksum: 100_000, taxFree: 3_000 },
    ]);
    expect(new Set(ports.money.sent.map(({ reason }) => reason)).size).toBe(2);
  });

  it("none: unknown until PortOne's record tells, and found there by its tag", async () => {
    await giveBack();
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown" }, reviewReason: null });
    ports.gateway.records = [given];
    const request = { merchantUid, impUid: null, by: "sweep" as const, mayMoveMoney: true };
    expect(await syncOrder(request, call, ports)).toMatchObject({
      order: { cancel: null, attempts: [{ state: "given_back", giveBack: "done" }] },
    });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("lost with the table: the claim stands, and the record tells", async () => {
    ports.money.cancels.push({ outcome: "done", value: given });
    const cancel = ports.money.cancel.bind(ports.money);
    ports.money.cancel = (request) => {
      ports.store.fail("update");
      return cancel(request);
    };
    await expect(giveBack()).rejects.toThrow(StorageUnavailableError);
    expect(ports.refunds.kept).toHaveLength(1);
    ports.gateway.records = [given];
    await syncOrder({ merchantUid, impUid: null, by: "sweep", mayMoveMoney: true }, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ cancel: null, attempts: [{ state: "given_back" }] });
    expect([ports.money.sent.length, ports.refunds.kept.length]).toEqual([1, 1]);
  });
});

describe("handed to a person at once", () => {
  it.each([
    ["an account nobody named (R-KS-8)", { payMethod: "vbank" }, "refund_account_needed"],
    [
      "a phone bill of last month (R-KS-10)",
      { payMethod: "phone", paidAtMs: Date.parse("2026-07-31T23:59:59+09:00") },
      "manual_refund",
    ],
  ])("%s", async (_, record, reason) => {
    // Only the method matters here: the order was sold that way.
    const order = { ...wanting(), attempts: [] };
    const attempts = wanting().attempts.map((attempt) => ({
      ...attempt,
      payMethod: record.payMethod,
      paidAtMs: "paidAtMs" in record ? record.paidAtMs : attempt.paidAtMs,
    }));
    ports = await syncingPorts({ ...order, attempts });
    expect(await giveBack()).toMatchObject({ reviewReason: reason, attempts: [{ giveBack: null }] });
    expect(ports.money.sent).toEqual([]);
  });

  it("after nine keys that were all used up", async () => {
    for (let key = 1; key <= 9; key += 1)
      ports.refunds.kept.push(refundRecord(`${ourId.slice(0, -1)}${key}`, { state: "refused" }));
    expect(await giveBack()).toMatchObject({ reviewReason: "manual_refund", attempts: [{ giveBack: null }] });
    expect(ports.money.sent).toEqual([]);
  });
});

it.each([
  ["too little time", true, hurriedCall],
  ["a caller that may not move money", false, call],
])("sync with %s leaves the wish to the next look", async (_, mayMoveMoney, by) => {
  await syncOrder({ merchantUid, impUid: null, by: "portone", mayMoveMoney }, by, ports);
  expect(await storedOrder(ports)).toMatchObject(untouched);
  expect((await storedOrder(ports)).dueAtMs).not.toBeNull();
  expect(ports.money.sent).toEqual([]);
});
