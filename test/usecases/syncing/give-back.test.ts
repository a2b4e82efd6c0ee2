// Money that must not stay goes back once, however login, brake, table and PortOne fail on the way; what
// is not certain stays wished for and due.

import { beforeEach, describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { decideSync } from "../../../lib/domain/sync.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { giveBackWanted } from "../../../lib/usecases/syncing/give-back.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { NumberedIdentifiers } from "../../support/doubles.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  paymentRecord,
  won,
} from "../../support/orders.ts";
import { refundRecord } from "../../support/refunds.ts";
import {
  call,
  hurriedCall,
  requestId,
  type SyncingPorts,
  storedOrder,
  syncingPorts,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const sender = { by: "sweep" as const, requestId, account: null };

/** Paid after it was voided: all of it is to go back. */
const wanting = (record: Partial<PaymentRecord> = {}): Order => {
  const voided = changeOrder(
    createdOrder(),
    { voidedAtMs: createdAtMs },
    { by: "merchant", atMs: createdAtMs },
  );
  const order = decideSync(voided, look([paymentRecord(record)]), givingPolicy);
  expect(order).toMatchObject({ state: "voided", attempts: [{ giveBack: "wanted" }] });
  return order;
};
const ourId = "rf_ord-20260805-000142_give_back_imp_730112845061_1";
const tag = new NumberedIdentifiers().tag(ourId);
const given = cancelledRecord([cancelEntry("c-1", 109_000, `${tag} 자동 환불`)]);

let ports: SyncingPorts;
beforeEach(async () => {
  ports = await syncingPorts(wanting(), [paymentRecord()]);
});
const giveBack = async () => giveBackWanted(await storedOrder(ports), sender, ports);

it("a give-back whose claim nobody can read stays wished for", async () => {
  ports.store.fail("update", "update");
  expect(await giveBack()).toMatchObject(untouched);
  expect(ports.money.sent).toEqual([]);
});

const untouched = { state: "voided", cancel: null, attempts: [{ state: "paid", giveBack: "wanted" }] };

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
    expect([ports.money.sent, ports.brake.brake.count]).toEqual([[], 0]);
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
    expect([ports.money.sent, ports.brake.brake.count, ports.store.updates]).toEqual([[], 0, 0]);
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
    "goes past a brake it was released from, though the answer of that write was lost: %s",
    async (how) => {
      ports.brake.brake = { ...ports.brake.brake, isOn: true, released: [merchantUid] };
      ports.brake.lostAnswers.push(how);
      await giveBack();
      expect(ports.money.sent).toHaveLength(1);
      expect(ports.brake.brake).toMatchObject({ isOn: true, released: [], waiting: [], count: 0 });
    },
  );

  it.each(["met its own write", "no answer"] as const)(
    "is counted at least once when the answer of the count was lost: %s",
    async (how) => {
      ports.brake.lostAnswers.push(how);
      await giveBack();
      expect(ports.money.sent).toHaveLength(1);
      expect(ports.brake.brake.count).toBe(2);
    },
  );

  it("is stopped by the brake, waits for a person, and goes once it is released", async () => {
    const braked = { ...ports, mostGiveBacksPerHour: 1 };
    ports.brake.brake = { ...ports.brake.brake, hourStartMs: ports.clock.nowMs(), count: 1 };
    expect(await giveBackWanted(await storedOrder(ports), sender, braked)).toMatchObject({
      ...untouched,
      reviewReason: "give_back_stopped",
      dueAtMs: ports.clock.nowMs(),
    });
    expect(ports.brake.brake).toMatchObject({ isOn: true, waiting: [merchantUid] });
    ports.brake.brake = { ...ports.brake.brake, released: [merchantUid] };
    ports.money.cancels.push({ outcome: "done", value: given });
    expect(await giveBackWanted(await storedOrder(ports), sender, braked)).toMatchObject({
      reviewReason: null,
      attempts: [{ state: "given_back" }],
    });
  });
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
    await Promise.all(Array.from({ length: callers }, () => giveBackWanted(order, sender, ports)));
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
