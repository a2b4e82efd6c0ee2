// One key moves money at most once: rules, login, claim, send, with each of them failing in turn.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { type RequestRefund, requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdOrder,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { asked, done, made } from "../../support/refund-request.ts";
import {
  call,
  countedPauses,
  hurriedCall,
  orderWithClaimedRefund,
  orderWithUnknownRefund,
  requestId,
  storedOrder,
  syncingPorts,
  touch,
} from "../../support/syncing-ports.ts";

const impUid = "imp_730112845061";
const paid = synced(approvedOrder(), [paymentRecord()]);
const no = { outcome: "refused", message: "취소할 수 없는 카드입니다." } as const;

describe("a refund", () => {
  it("is made once, kept for ever, and names the key that asked in the history", async () => {
    const ports = await syncingPorts(paid);
    ports.money.cancels.push(done);
    expect(await requestRefund(asked, call, ports)).toMatchObject({
      outcome: "finished",
      refund: {
        refundId: "rf_1",
        state: "succeeded",
        cancellationId: "c-1",
        amount: 20_000,
        taxFree: 550,
        remaining: 89_000,
        requestId,
      },
    });
    expect(ports.money.sent).toEqual([
      {
        impUid,
        amount: 20_000,
        taxFree: 550,
        checksum: 109_000,
        currency: "KRW",
        reason: "#aaaaaarfi 단순 변심",
        requester: "customer",
        account: null,
      },
    ]);
    const order = await storedOrder(ports);
    expect(order).toMatchObject({ state: "partially_refunded", cancel: null });
    expect(order.history.at(-1)).toMatchObject({
      by: "merchant",
      key: "shop-2026",
      to: "partially_refunded",
    });
  });

  it("of no amount takes all that is left", async () => {
    const ports = await syncingPorts(paid);
    await requestRefund({ ...asked, asked: { amount: null, taxFree: null } }, call, ports);
    expect(ports.money.sent).toMatchObject([{ amount: 109_000, taxFree: 3_000 }]);
  });

  it("is asked for by an order's number", async () => {
    expect(await requestRefund(asked, call, await syncingPorts(null))).toEqual({
      outcome: "order_not_found",
    });
  });
});

describe("before anything is claimed", () => {
  const escrow = synced(approvedOrder(createdOrder({ escrow: true })), [paymentRecord({ escrow: true })]);
  it.each<[string, Order, Partial<RequestRefund["asked"]>, object]>([
    ["an order nobody paid", createdOrder(), {}, { outcome: "refused", refusal: "order_not_paid" }],
    ["nothing", paid, { amount: 0 }, { outcome: "refused", refusal: "refund_amount_not_positive" }],
    [
      "more than is left",
      paid,
      { amount: 109_001 },
      { outcome: "refused", refusal: "refund_exceeds_remaining" },
    ],
    [
      "more tax-free than there is",
      paid,
      { taxFree: 3_001 },
      { refusal: "refund_tax_free_exceeds_remaining" },
    ],
    ["half a won", paid, { amount: "0.5" }, { outcome: "malformed_amount" }],
    [
      "a part of an unconfirmed escrow",
      escrow,
      {},
      { outcome: "rules_broken", broken: [{ code: "escrow_not_confirmed" }] },
    ],
  ])("the rules refuse %s, asking nobody", async (_, order, more, expected) => {
    const ports = await syncingPorts(order);
    ports.money.isReady = false;
    const request = { ...asked, asked: { ...asked.asked, ...more } };
    expect(await requestRefund(request, call, ports)).toMatchObject(expected);
    expect([ports.money.sent, ports.store.updates, ports.refunds.kept]).toEqual([[], 0, []]);
  });

  it("PortOne must let us in, and enough time must be left: else nothing is started", async () => {
    const ports = await syncingPorts(paid);
    expect(await requestRefund(asked, hurriedCall, ports)).toEqual({
      outcome: "unavailable",
      why: "no time left to send",
    });
    ports.money.isReady = false;
    expect(await requestRefund(asked, call, ports)).toEqual(silence);
    expect(await storedOrder(ports)).toEqual(paid);
    expect(ports.money.sent).toEqual([]);
  });
});

describe("the same key again", () => {
  it("is answered by the kept item, though PortOne is silent", async () => {
    const ports = await syncingPorts(paid);
    ports.money.cancels.push(done);
    const first = await requestRefund(asked, call, ports);
    ports.money.isReady = false;
    expect(await requestRefund(asked, hurriedCall, ports)).toEqual(first);
    expect(ports.money.sent).toHaveLength(1);
  });

  it("with another body is refused, kept or running", async () => {
    const other = { ...asked, bodyHash: "other" };
    const running = await syncingPorts(orderWithUnknownRefund());
    expect(await requestRefund(other, call, running)).toEqual({ outcome: "idempotency_key_reused" });
    const ports = await syncingPorts(paid);
    ports.money.cancels.push(done);
    await requestRefund(asked, call, ports);
    expect(await requestRefund(other, call, ports)).toEqual({ outcome: "idempotency_key_reused" });
    expect([running.money.sent.length, ports.money.sent.length]).toEqual([0, 1]);
  });

  it("waits for its twin and answers what that one kept", async () => {
    const ports = await syncingPorts(paid);
    ports.money.cancels.push(done);
    await requestRefund(asked, call, ports);
    const [kept] = ports.refunds.kept.splice(0);
    if (!kept) throw new Error("nothing kept");
    const working = await syncingPorts(orderWithClaimedRefund());
    const { pauses, pause } = countedPauses({ 3: () => working.refunds.keepRefund(kept) });
    expect(await requestRefund(asked, call, { ...working, pause })).toEqual({
      outcome: "finished",
      refund: kept,
    });
    expect(pauses).toEqual([250, 250, 250]);
    expect([working.money.sent, working.gateway.asked]).toEqual([[], []]);
  });

  it("is pending when its twin has not finished after 20 turns", async () => {
    const ports = await syncingPorts(orderWithClaimedRefund());
    const { pauses, pause } = countedPauses();
    expect(await requestRefund(asked, call, { ...ports, pause })).toMatchObject({
      outcome: "pending",
      cancel: { id: "rf_1", state: "claimed" },
    });
    expect(pauses).toHaveLength(20);
    expect(ports.money.sent).toEqual([]);
  });

  it("does not wait for whoever is not at work any more, and looks", async () => {
    const tagged = cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]);
    const ports = await syncingPorts(orderWithClaimedRefund(), [tagged]);
    ports.clock.advance(15_000);
    const { pauses, pause } = countedPauses();
    expect(await requestRefund(asked, call, { ...ports, pause })).toMatchObject({
      outcome: "finished",
      refund: { state: "succeeded" },
    });
    expect(pauses).toEqual([]);
  });
});

it("another key in flight is named, and nothing is sent beside it", async () => {
  const ports = await syncingPorts(orderWithUnknownRefund());
  expect(await requestRefund({ ...asked, refundId: "rf_2" }, call, ports)).toEqual({
    outcome: "operation_in_flight",
    operationId: "rf_1",
  });
  expect([ports.money.sent, ports.store.updates]).toEqual([[], 0]);
});

describe("its answer", () => {
  it("lost is pending, and the same key finds out from PortOne's record", async () => {
    const ports = await syncingPorts(paid, [paymentRecord()]);
    expect(await requestRefund(asked, call, ports)).toMatchObject({
      outcome: "pending",
      cancel: { id: "rf_1" },
    });
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown", sends: 1 } });
    expect(await requestRefund(asked, call, ports)).toMatchObject({ outcome: "pending" });
    ports.gateway.records = [made];
    expect(await requestRefund(asked, call, ports)).toMatchObject({
      outcome: "finished",
      refund: { state: "succeeded", cancellationId: "c-1" },
    });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("no is kept as PortOne said it, frees the slot, and stays no", async () => {
    const ports = await syncingPorts(paid, [paymentRecord()]);
    ports.money.cancels.push(no);
    const first = await requestRefund(asked, call, ports);
    expect(first).toMatchObject({
      outcome: "finished",
      refund: {
        state: "refused",
        refusal: "provider_refused",
        providerMessage: no.message,
        cancellationId: null,
      },
    });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", cancel: null });
    expect(await requestRefund(asked, call, ports)).toEqual(first);
    expect(ports.money.sent).toHaveLength(1);
  });
});

describe("its claim", () => {
  it("meets others five times and is busy, nothing sent", async () => {
    const ports = await syncingPorts(paid);
    ports.store.interfere(touch, 5);
    expect(await requestRefund(asked, call, ports)).toEqual({ outcome: "busy" });
    expect([ports.money.sent, ports.store.updates]).toEqual([[], 5]);
  });

  it("is decided again on what somebody else wrote, with what is left then", async () => {
    const ports = await syncingPorts(paid);
    ports.store.interfere((order) => synced(order, [cancelledRecord([cancelEntry("c-9", 9_000)])]));
    await requestRefund(asked, call, ports);
    expect(ports.money.sent).toMatchObject([{ amount: 20_000, checksum: 100_000 }]);
  });

  it("sends although its first answer was lost, and a twin's claim does not", async () => {
    const ports = await syncingPorts(paid);
    ports.store.loseNextAnswer();
    ports.money.cancels.push(done);
    expect(await requestRefund(asked, call, ports)).toMatchObject({ outcome: "finished" });
    expect(ports.money.sent).toHaveLength(1);
    const second = await syncingPorts(paid);
    second.store.interfere(orderWithClaimedRefund);
    expect(await requestRefund(asked, call, second)).toMatchObject({ outcome: "pending" });
    expect(second.money.sent).toEqual([]);
  });

  it("made by three at once is sent by one of them", async () => {
    const ports = await syncingPorts(paid);
    ports.money.cancels.push(done);
    const results = await Promise.all([1, 2, 3].map(() => requestRefund(asked, call, ports)));
    expect(results.filter(({ outcome }) => outcome === "finished")).not.toEqual([]);
    expect(ports.money.sent).toHaveLength(1);
  });

  it.each(["read", "update"] as const)("sends nothing when the table fails at %s", async (failing) => {
    const ports = await syncingPorts(paid);
    ports.store.fail(failing);
    await expect(requestRefund(asked, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.money.sent).toEqual([]);
    // Nothing was started: where a write got no answer, the version it stood on was taken away.
    const version = failing === "update" ? paid.version + 1 : paid.version;
    expect(await storedOrder(ports)).toEqual({ ...paid, version });
  });
});
