// What a look at PortOne makes of a cancel whose answer was lost.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { resolveCancelInFlight } from "../../../lib/usecases/syncing/resolve-cancel.ts";
import { sendCancel } from "../../../lib/usecases/syncing/send-cancel.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import {
  call,
  cancelOf,
  orderWithClaimedRefund,
  orderWithUnknownRefund,
  requestId,
  type SyncingPorts,
  syncingPorts,
} from "../../support/syncing-ports.ts";

const account = { holder: "홍길동", bank: "SHINHAN", number: "110123456789" };
const sweep = { by: "sweep", requestId, account: null, maySend: true } as const;
const made = cancelledRecord([cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심")]);
const no = { outcome: "refused", message: "취소할 수 없는 카드입니다." } as const;
const running = orderWithUnknownRefund();

interface Sight {
  readonly order?: Order;
  readonly record?: PaymentRecord | undefined;
  readonly sender?: Parameters<typeof resolveCancelInFlight>[2];
}

/** As a sync does it, so many minutes after the send. */
function resolveAfter(minutes: number, ports: SyncingPorts, sight: Sight = {}) {
  ports.clock.advance(minutes * minuteMs);
  const { order = running, record, sender = sweep } = sight;
  const next = synced(order, record ? [record] : [], { atMs: ports.clock.nowMs(), by: "sweep" });
  return resolveCancelInFlight({ order, synced: next, record }, cancelOf(order), sender, ports);
}

/** The refund's own item, as an invocation left it that died before it freed the slot. */
async function keptBy(answer: Parameters<SyncingPorts["money"]["cancels"]["push"]>[0]) {
  const ports = await syncingPorts(orderWithClaimedRefund(), [paymentRecord()]);
  ports.money.cancels.push(answer);
  const kept = await sendCancel(orderWithClaimedRefund(), cancelOf(orderWithClaimedRefund()), sweep, ports);
  if (!kept) throw new Error("nothing kept");
  return kept;
}

describe("the kept item", () => {
  it("frees the slot by itself, though PortOne shows nothing", async () => {
    const ports = await syncingPorts(running);
    ports.refunds.kept.push(await keptBy({ outcome: "done", value: made }));
    expect(await resolveAfter(1, ports)).toMatchObject({
      sendsAgain: false,
      next: {
        state: "partially_refunded",
        cancel: null,
        attempts: [{ cancels: [{ cancellationId: "c-1", refundId: "rf_1" }] }],
      },
    });
  });

  it("of a refusal frees it too, and nothing is sent again", async () => {
    const ports = await syncingPorts(running);
    ports.refunds.kept.push(await keptBy(no));
    expect(await resolveAfter(11, ports, { record: paymentRecord() })).toMatchObject({
      sendsAgain: false,
      next: { state: "paid", cancel: null },
    });
    expect(ports.refunds.kept).toHaveLength(1);
  });
});

it("a kept refusal wins over a tag seen later, which is counted as its refund's all the same", async () => {
  const ports = await syncingPorts(running, [made]);
  ports.refunds.kept.push(await keptBy(no));
  ports.clock.advance(minuteMs);
  const sweeping = {
    merchantUid: running.merchantUid,
    impUid: null,
    by: "sweep",
    mayMoveMoney: true,
  } as const;
  expect(await syncOrder(sweeping, call, ports)).toMatchObject({
    order: {
      cancel: null,
      reviewReason: "operation_unresolved",
      attempts: [{ cancels: [{ cancellationId: "c-1", refundId: "rf_1" }] }],
    },
  });
  expect(ports.refunds.kept).toMatchObject([{ state: "refused" }]);
});

describe("PortOne's record", () => {
  it("that carries the tag is the refund's success, kept before the slot is free", async () => {
    const ports = await syncingPorts(running);
    expect(await resolveAfter(1, ports, { record: made })).toMatchObject({
      sendsAgain: false,
      next: { state: "partially_refunded", cancel: null, reviewReason: null },
    });
    expect(ports.refunds.kept).toMatchObject([{ refundId: "rf_1", state: "succeeded", requestId }]);
  });

  it("with our tag twice is a double cancel for a person", async () => {
    const record = cancelledRecord([
      cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심"),
      cancelEntry("c-2", 20_000, "#k7q2m5xwa 단순 변심"),
    ]);
    const { next } = await resolveAfter(1, await syncingPorts(running), { record });
    expect(next).toMatchObject({ cancel: null, reviewReason: "double_cancel" });
  });

  it("with another remainder is a refusal, but only after QUIET", async () => {
    const record = cancelledRecord([cancelEntry("c-9", 9_000)]);
    const early = await syncingPorts(running);
    expect((await resolveAfter(9, early, { record })).next).toMatchObject({ cancel: { state: "unknown" } });
    expect(early.refunds.kept).toEqual([]);
    const ports = await syncingPorts(running);
    expect((await resolveAfter(10, ports, { record })).next).toMatchObject({ cancel: null });
    expect(ports.refunds.kept).toMatchObject([{ state: "refused", refusal: "remaining_changed" }]);
  });

  it("that was not seen concludes nothing", async () => {
    const ports = await syncingPorts(running);
    expect(await resolveAfter(60, ports)).toMatchObject({
      sendsAgain: false,
      next: { cancel: { sends: 1 } },
    });
  });

  it("older than what the order holds concludes nothing", async () => {
    const order = synced(running, [cancelledRecord([cancelEntry("c-9", 9_000)])]);
    const ports = await syncingPorts(order);
    const { next, sendsAgain } = await resolveAfter(60, ports, { order, record: paymentRecord() });
    expect(next.cancel).toEqual(order.cancel);
    expect([sendsAgain, ports.refunds.kept]).toEqual([false, []]);
  });
});

describe("a cancel that certainly did not happen", () => {
  it.each([
    [9, false, 1],
    [10, true, 2],
  ])("after %i minutes is sent again: %s", async (minutes, sendsAgain, sends) => {
    const ports = await syncingPorts(running);
    const resolution = await resolveAfter(minutes, ports, { record: paymentRecord() });
    expect(resolution).toMatchObject({ sendsAgain, next: { cancel: { sends } } });
  });

  it("is counted under a token of its own before it is sent again", async () => {
    const { next } = await resolveAfter(10, await syncingPorts(running), { record: paymentRecord() });
    expect(next.cancel).toMatchObject({ id: "rf_1", state: "claimed", claimToken: "claim-1", sends: 2 });
  });

  it("is not sent again by whoever may not move money", async () => {
    const sender = { ...sweep, maySend: false };
    const ports = await syncingPorts(running);
    const resolution = await resolveAfter(60, ports, { record: paymentRecord(), sender });
    expect(resolution).toMatchObject({
      sendsAgain: false,
      next: { cancel: running.cancel, reviewReason: null },
    });
  });

  it("three times is stuck: marked operation_unresolved, and the slot stays taken", async () => {
    const order = { ...running, cancel: { ...cancelOf(running), sends: 3 } };
    const ports = await syncingPorts(order);
    expect(await resolveAfter(10, ports, { order, record: paymentRecord() })).toMatchObject({
      sendsAgain: false,
      next: { reviewReason: "operation_unresolved", cancel: { id: "rf_1", sends: 3 } },
    });
    expect(ports.refunds.kept).toEqual([]);
  });
});

describe("a cancel that a rule forbids by now", () => {
  it("though it was sent, is a person's: nothing is sent again, and it is not told as refused", async () => {
    const record = paymentRecord({ payMethod: "phone" });
    const order: Order = { ...synced(approvedOrder(), [record]), cancel: running.cancel };
    const ports = await syncingPorts(order);
    // The phone bill's part was sent by an older program, and its answer was lost.
    expect(await resolveAfter(11, ports, { order, record })).toMatchObject({
      sendsAgain: false,
      next: { reviewReason: "operation_unresolved", cancel: { sends: 1, state: "unknown" } },
    });
    expect(ports.refunds.kept).toEqual([]);
  });
});

describe("a virtual account's cancel", () => {
  const record = paymentRecord({ payMethod: "vbank" });
  const paid = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [record]);
  const order: Order = { ...paid, cancel: running.cancel };

  it("without the buyer's account is a person's: refund_account_needed, the slot taken", async () => {
    const ports = await syncingPorts(order);
    expect(await resolveAfter(10, ports, { order, record })).toMatchObject({
      sendsAgain: false,
      next: { reviewReason: "refund_account_needed", cancel: { sends: 1, state: "unknown" } },
    });
  });

  it("is sent again with the account that the key's repeat brings", async () => {
    const ports = await syncingPorts(order);
    const sender = { ...sweep, by: "merchant" as const, account };
    expect(await resolveAfter(10, ports, { order, record, sender })).toMatchObject({
      sendsAgain: true,
      next: { reviewReason: null, cancel: { sends: 2 } },
    });
  });
});
