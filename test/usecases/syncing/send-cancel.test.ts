// A claimed cancel is sent once, and whatever PortOne answers, or the table, the refund's key moves money once.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import type { Refund } from "../../../lib/domain/refund.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { sendCancel } from "../../../lib/usecases/syncing/send-cancel.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { silence } from "../../support/doubles.ts";
import { cancelEntry, cancelledRecord, minuteMs, paymentRecord, synced } from "../../support/orders.ts";
import {
  call,
  cancelOf,
  orderWithClaimedRefund,
  requestId,
  type SyncingPorts,
  storedOrder,
  syncingPorts,
  touch,
} from "../../support/syncing-ports.ts";

const impUid = "imp_730112845061";
const sender = { by: "merchant", key: "shop-2026", requestId, account: null } as const;
const made = cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]);
const done = { outcome: "done", value: made } as const;
const no = { outcome: "refused", message: "취소할 수 없는 카드입니다." } as const;

const portsWith = (records = [paymentRecord()]) => syncingPorts(orderWithClaimedRefund(), records);
const send = async (ports: SyncingPorts): Promise<Refund | null> => {
  const order = await storedOrder(ports);
  return sendCancel(order, cancelOf(order), sender, ports);
};
const look = (ports: SyncingPorts) =>
  syncOrder({ merchantUid: "ord-20260805-000142", impUid, by: "sweep", mayMoveMoney: true }, call, ports);
const sentTwice = (order: Order): Order => ({ ...order, cancel: { ...cancelOf(order), sends: 2 } });

describe("a cancel PortOne made", () => {
  it("is kept, counted in the order, and frees the slot", async () => {
    const ports = await portsWith();
    ports.money.cancels.push(done);
    expect(await send(ports)).toMatchObject({
      refundId: "rf_1",
      state: "succeeded",
      cancellationId: "c-1",
      remaining: 89_000,
      remainingTaxFree: 2_450,
      requestId,
    });
    expect(await storedOrder(ports)).toMatchObject({
      state: "partially_refunded",
      cancel: null,
      attempts: [{ cancels: [{ cancellationId: "c-1", refundId: "rf_1", taxFree: 550 }] }],
    });
    expect(ports.gateway.asked).toEqual([]);
  });

  it("is ours by our amount at our remainder, whatever text PortOne kept, when it said yes to the only send", async () => {
    const ports = await portsWith();
    const other = cancelledRecord([cancelEntry("c-1", 20_000, "API 취소")]);
    ports.money.cancels.push({ outcome: "done", value: other });
    expect(await send(ports)).toMatchObject({ state: "succeeded", cancellationId: "c-1" });
    const repeated = await syncingPorts(sentTwice(orderWithClaimedRefund()), [paymentRecord()]);
    repeated.money.cancels.push({ outcome: "done", value: other });
    expect(await send(repeated)).toBeNull();
    expect(await storedOrder(repeated)).toMatchObject({ cancel: { state: "unknown", sends: 2 } });
  });

  it("by an answer that does not show it yet is unknown", async () => {
    const ports = await portsWith();
    ports.money.cancels.push({ outcome: "done", value: paymentRecord() });
    expect(await send(ports)).toBeNull();
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown" } });
    expect(ports.refunds.kept).toEqual([]);
  });
});

it("a cancel without an answer is unknown, and nothing is concluded", async () => {
  const ports = await portsWith();
  expect(await send(ports)).toBeNull();
  expect(await storedOrder(ports)).toMatchObject({ state: "paid", cancel: { state: "unknown", sends: 1 } });
  expect([ports.refunds.kept, ports.gateway.asked]).toEqual([[], []]);
});

it("a repeated send carries the amount, checksum and tag of the first, whatever the order counts by now", async () => {
  const order = sentTwice(orderWithClaimedRefund());
  const counted = synced(order, [cancelledRecord([cancelEntry("c-9", 9_000)])]);
  const ports = await syncingPorts(counted);
  await send(ports);
  expect(ports.money.sent).toMatchObject([
    { amount: 20_000, checksum: 109_000, taxFree: 550, reason: "#k7q2m5xwa 단순 변심" },
  ]);
});

it.each([
  [5_000, 1],
  [5_001, 0],
])("a claim %i ms old is sent %i times", async (ageMs, sent) => {
  const ports = await portsWith();
  ports.clock.advance(ageMs);
  expect(await send(ports)).toBeNull();
  expect(ports.money.sent).toHaveLength(sent);
  expect(await storedOrder(ports)).toMatchObject({ cancel: { state: sent === 1 ? "unknown" : "claimed" } });
});

describe("a refusal", () => {
  it("is the refund's end, and the order owes one more look after QUIET", async () => {
    const ports = await portsWith();
    ports.money.cancels.push(no);
    expect(await send(ports)).toMatchObject({
      state: "refused",
      refusal: "provider_refused",
      providerMessage: no.message,
      remaining: 109_000,
    });
    const owedReads = [{ atMs: ports.clock.nowMs() + 10 * minuteMs, impUid }];
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", cancel: null, owedReads });
    expect(ports.gateway.asked).toEqual([impUid]);
  });

  it("that met another remainder is remaining_changed, and what was cancelled there is counted", async () => {
    const ports = await portsWith([cancelledRecord([cancelEntry("c-9", 9_000)])]);
    ports.money.cancels.push(no);
    expect(await send(ports)).toMatchObject({
      state: "refused",
      refusal: "remaining_changed",
      remaining: 100_000,
    });
    expect(await storedOrder(ports)).toMatchObject({
      cancel: null,
      attempts: [{ cancels: [{ cancellationId: "c-9", refundId: null }] }],
    });
  });

  it("whose record carries our tag is a success", async () => {
    const ports = await portsWith([made]);
    ports.money.cancels.push(no);
    expect(await send(ports)).toMatchObject({ state: "succeeded", refusal: null, cancellationId: "c-1" });
    expect(await storedOrder(ports)).toMatchObject({ state: "partially_refunded", cancel: null });
  });

  it.each([
    ["with words before the tag", "PG 취소 #k7q2m5xwa 단순 변심"],
    ["trimmed to the tag", "#k7q2m5xwa"],
  ])("whose record carries our tag %s is a success", async (_, reason) => {
    const ports = await portsWith([cancelledRecord([cancelEntry("c-1", 20_000, reason)])]);
    ports.money.cancels.push(no);
    expect(await send(ports)).toMatchObject({ state: "succeeded", cancellationId: "c-1" });
  });

  it("beside an entry with our amount and somebody else's text stays one", async () => {
    const ports = await portsWith([cancelledRecord([cancelEntry("c-9", 20_000)])]);
    ports.money.cancels.push(no);
    expect(await send(ports)).toMatchObject({ state: "refused", refusal: "remaining_changed" });
  });

  it("whose record cannot be read is remembered, and believed once the record says nothing else", async () => {
    const ports = await portsWith();
    ports.gateway.answers.push(silence);
    ports.money.cancels.push(no);
    expect(await send(ports)).toBeNull();
    expect((await storedOrder(ports)).cancel).toMatchObject({
      state: "unknown",
      refused: { message: no.message },
    });
    await look(ports);
    expect((await storedOrder(ports)).cancel).toBeNull();
    expect(ports.refunds.kept).toMatchObject([
      { state: "refused", refusal: "provider_refused", providerMessage: no.message },
    ]);
  });

  it("that was false is a success once the record can be read", async () => {
    const ports = await portsWith();
    ports.gateway.answers.push(silence);
    ports.money.cancels.push(no);
    await send(ports);
    ports.gateway.records = [made];
    await look(ports);
    expect(ports.refunds.kept).toMatchObject([{ state: "succeeded", cancellationId: "c-1" }]);
  });

  it("of a repeated send is unknown: it may be the first send's success talking", async () => {
    const ports = await syncingPorts(sentTwice(orderWithClaimedRefund()), [paymentRecord()]);
    ports.money.cancels.push(no);
    expect(await send(ports)).toBeNull();
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown", sends: 2, refused: null } });
    expect([ports.refunds.kept, ports.gateway.asked]).toEqual([[], []]);
  });
});

describe("the end of a cancel", () => {
  it("is kept before the slot is freed: a table that fails in between forgets nothing", async () => {
    const ports = await portsWith();
    ports.money.cancels.push(done);
    ports.store.fail("update");
    await expect(send(ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.refunds.kept).toMatchObject([{ refundId: "rf_1", state: "succeeded" }]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { id: "rf_1", state: "claimed" } });
  });

  it("frees no slot that it could not be kept for", async () => {
    const ports = await portsWith();
    ports.money.cancels.push(done);
    ports.refunds.keepRefund = () => Promise.reject(new StorageUnavailableError("put: down"));
    await expect(send(ports)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { id: "rf_1" } });
    expect(ports.store.updates).toBe(0);
  });

  it.each([
    ["a success", done, { state: "partially_refunded", attempts: [{ cancels: [{ refundId: "rf_1" }] }] }],
    ["a refusal", no, { state: "paid", attempts: [{ cancels: [] }] }],
  ])("is written again over somebody else's write: %s", async (_, answer, expected) => {
    const ports = await portsWith();
    ports.money.cancels.push(answer);
    ports.store.interfere(touch);
    expect(await send(ports)).not.toBeNull();
    expect(await storedOrder(ports)).toMatchObject({ ...expected, cancel: null });
    expect(ports.store.updates).toBe(2);
  });

  it("is told although both writes were lost: the kept item frees the slot later", async () => {
    const ports = await portsWith();
    ports.money.cancels.push(done);
    ports.store.interfere(touch, 2);
    expect(await send(ports)).toMatchObject({ state: "succeeded" });
    expect(await storedOrder(ports)).toMatchObject({ cancel: { id: "rf_1" } });
    expect(ports.refunds.kept).toHaveLength(1);
  });

  it.each([
    ["kept by a write whose answer was lost", 0],
    ["written again over somebody else's write", 1],
  ])("that was made twice stays marked when it is %s", async (_, others) => {
    const twice = cancelledRecord([
      cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심"),
      cancelEntry("c-2", 20_000, "#k7q2m5xwa 단순 변심"),
    ]);
    const ports = await portsWith();
    const keep = ports.refunds.keepRefund.bind(ports.refunds);
    ports.refunds.keepRefund = async (refund) => structuredClone(await keep(refund));
    ports.money.cancels.push({ outcome: "done", value: twice });
    ports.store.interfere(touch, others);
    expect(await send(ports)).toMatchObject({ state: "succeeded", cancellationId: "c-1" });
    expect(await storedOrder(ports)).toMatchObject({ cancel: null, reviewReason: "double_cancel" });
  });

  it("of another sum than was asked for stays marked when it is written again", async () => {
    const ports = await portsWith();
    const less = cancelledRecord([cancelEntry("c-1", 19_000, "#k7q2m5xwa 단순 변심")]);
    ports.money.cancels.push({ outcome: "done", value: less });
    ports.store.interfere(touch);
    expect(await send(ports)).toMatchObject({ state: "succeeded", amount: 19_000, remaining: 90_000 });
    expect(await storedOrder(ports)).toMatchObject({
      reviewReason: "cancel_sum_mismatch",
      attempts: [{ cancels: [{ amount: 19_000, refundId: "rf_1" }] }],
    });
  });

  it("is what was kept first, whatever this answer says", async () => {
    const other = await portsWith();
    other.money.cancels.push(done);
    const kept = await send(other);
    if (!kept) throw new Error("nothing kept");
    const ports = await portsWith();
    ports.refunds.kept.push({ ...kept, requestId: "another request" });
    ports.money.cancels.push(no);
    expect(await send(ports)).toMatchObject({ state: "succeeded", requestId: "another request" });
    expect(await storedOrder(ports)).toMatchObject({ state: "partially_refunded", cancel: null });
  });
});
