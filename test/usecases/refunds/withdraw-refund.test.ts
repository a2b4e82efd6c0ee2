// A refund that waits for the morning taken back, whatever runs beside it, is lost, or dies.
import { describe, expect, it } from "vitest";
import { claimAnotherSend, claimCancel } from "../../../lib/domain/cancel.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { withdrawRefund } from "../../../lib/usecases/refunds/withdraw-refund.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { impUid, wanting } from "../../support/give-backs.ts";
import { approvedOrder, createdOrder, minuteMs, paymentRecord, synced, won } from "../../support/orders.ts";
import { refundRecord } from "../../support/refunds.ts";
import {
  call,
  cancelOf,
  refundClaim,
  type SyncingPorts,
  storedOrder,
  syncingPorts,
  touch,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const refundId = `rf_${"B".repeat(22)}`;
const claimed = { ...refundClaim, id: refundId };
const record = paymentRecord({ payMethod: "vbank" });
const paid = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [record]);
const nightMs = Date.parse("2026-08-05T23:30:00+09:00");
const morningMs = Date.parse("2026-08-06T06:04:00+09:00");
const stamp = { by: "merchant", atMs: nightMs } as const;
const waiting = claimCancel(paid, { ...claimed, account: "sealed", scheduledAtMs: morningMs }, stamp);
const asked = { merchantUid, refundId };
const sweeping = { merchantUid, impUid: null, by: "sweep", mayMoveMoney: true } as const;

async function portsWith(order: Order): Promise<SyncingPorts> {
  const ports = await syncingPorts(order, [record]);
  ports.clock.advance(nightMs + minuteMs - ports.clock.nowMs());
  return ports;
}
const repeat = (ports: SyncingPorts) =>
  requestRefund(
    {
      ...asked,
      bodyHash: "hash",
      asked: { amount: 20_000, taxFree: null },
      reason: null,
      requester: null,
      account: null,
    },
    call,
    ports,
  );
/** The morning comes, and the sweep with it. */
async function sweepInTheMorning(ports: SyncingPorts) {
  ports.clock.advance(morningMs + minuteMs - ports.clock.nowMs());
  await syncOrder(sweeping, call, ports);
}

describe("a refund that waits", () => {
  it("is withdrawn for good: its key says so, the slot is free, and the morning sends nothing", async () => {
    const ports = await portsWith(waiting);
    expect(await withdrawRefund(asked, call, ports)).toMatchObject({
      outcome: "withdrawn",
      refund: { state: "withdrawn", refusal: null, remaining: 109_000, requestedAtMs: nightMs },
    });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", cancel: null, dueAtMs: null });
    expect(JSON.stringify([await storedOrder(ports), ports.refunds.kept])).not.toContain("sealed");
    await sweepInTheMorning(ports);
    expect(await repeat(ports)).toMatchObject({ outcome: "finished", refund: { state: "withdrawn" } });
    expect(ports.money.sent).toEqual([]);
  });

  it("is withdrawn once: asked again it is told the same", async () => {
    const ports = await portsWith(waiting);
    const first = await withdrawRefund(asked, call, ports);
    expect(await withdrawRefund(asked, call, ports)).toEqual(first);
    expect(ports.refunds.kept).toHaveLength(1);
  });

  it("whoever claims its send first has it: then there is nothing to withdraw", async () => {
    const ports = await portsWith(waiting);
    ports.store.interfere((order) => claimAnotherSend(order, cancelOf(order), "sweep-1", stamp));
    expect(await withdrawRefund(asked, call, ports)).toEqual({ outcome: "refund_not_scheduled" });
    expect(ports.refunds.kept).toEqual([]);
  });

  it("is withdrawn although somebody else writes in between", async () => {
    const ports = await portsWith(waiting);
    ports.store.interfere(touch, 3);
    expect(await withdrawRefund(asked, call, ports)).toMatchObject({ outcome: "withdrawn" });
    expect(await storedOrder(ports)).toMatchObject({ cancel: null });
  });

  it("says that others are faster when they are, again and again", async () => {
    const ports = await portsWith(waiting);
    ports.store.interfere(touch, 9);
    expect(await withdrawRefund(asked, call, ports)).toEqual({ outcome: "busy" });
  });
});

describe("a withdrawal that is lost or dies on its way", () => {
  it("after the slot is closed: nobody sends it, and the sweep writes its end", async () => {
    const ports = await portsWith(waiting);
    const keepRefund = async () => {
      throw new StorageUnavailableError("put: down");
    };
    const dying = { ...ports, refunds: { ...inFull(ports), keepRefund } };
    expect(await withdrawRefund(asked, call, dying)).toEqual({ outcome: "claim_unreadable", ...asked });
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "closed", closedBy: null } });
    await sweepInTheMorning(ports);
    expect(ports.money.sent).toEqual([]);
    expect(ports.refunds.kept).toMatchObject([{ state: "withdrawn" }]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: null });
  });

  it.each([
    ["asking again", (ports: SyncingPorts) => withdrawRefund(asked, call, ports)],
    ["the key's own repeat", repeat],
  ])("after the slot is closed: %s ends it as withdrawn", async (_, again) => {
    const ports = await portsWith(waiting);
    await ports.store.update(waiting, { ...waiting, cancel: { ...cancelOf(waiting), state: "closed" } });
    expect(await again(ports)).toMatchObject({ refund: { state: "withdrawn" } });
    expect(await storedOrder(ports)).toMatchObject({ cancel: null });
    expect([ports.gateway.asked, ports.money.sent]).toEqual([[], []]);
  });

  it("the answer of its write is lost: read again, it stands", async () => {
    const ports = await portsWith(waiting);
    ports.store.leaveUnanswered("lands");
    expect(await withdrawRefund(asked, call, ports)).toMatchObject({ outcome: "withdrawn" });
  });

  it("nobody can read whether its write stands: it is told as not known", async () => {
    const ports = await portsWith(waiting);
    ports.store.leaveUnanswered("lands late");
    ports.store.read = readOnce(ports);
    expect(await withdrawRefund(asked, call, ports)).toEqual({ outcome: "claim_unreadable", ...asked });
  });
});

describe("nothing to withdraw", () => {
  const sent = claimCancel(paid, claimed, stamp);

  it.each<[string, Order | null, string]>([
    ["no such order", null, "order_not_found"],
    ["no such refund", paid, "refund_not_found"],
    ["one that is on its way", sent, "refund_not_scheduled"],
  ])("%s", async (_, order, outcome) => {
    const ports = order ? await portsWith(order) : await syncingPorts(null);
    expect(await withdrawRefund(asked, call, ports)).toEqual({ outcome });
    expect(ports.store.updates).toBe(0);
  });

  it.each(["succeeded", "refused"] as const)("one that %s", async (state) => {
    const ports = await portsWith(paid);
    ports.refunds.kept.push(refundRecord("rf_AAAAAAAAAAAAAAAAAAAAAA", { state }));
    const refundId = "rf_AAAAAAAAAAAAAAAAAAAAAA";
    expect(await withdrawRefund({ merchantUid, refundId }, call, ports)).toEqual({
      outcome: "refund_not_scheduled",
    });
  });
});

it("a give-back that waits is handed back to a person, and not tried again by itself", async () => {
  const claim = { ...claimed, kind: "give_back" as const, amount: won(109_000), impUid };
  const order = claimCancel(wanting({ payMethod: "vbank" }), { ...claim, scheduledAtMs: morningMs }, stamp);
  const ports = await portsWith(order);
  expect(await withdrawRefund(asked, call, ports)).toMatchObject({ outcome: "withdrawn" });
  expect(await storedOrder(ports)).toMatchObject({
    cancel: null,
    reviewReason: "refund_account_needed",
    attempts: [{ state: "paid", giveBack: null }],
  });
  await sweepInTheMorning(ports);
  expect(ports.money.sent).toEqual([]);
});

const inFull = ({ refunds }: SyncingPorts) => ({
  readRefund: refunds.readRefund.bind(refunds),
  readRefunds: refunds.readRefunds.bind(refunds),
  keepRefund: refunds.keepRefund.bind(refunds),
});

function readOnce({ store }: SyncingPorts) {
  let reads = 0;
  return async (uid: string) => {
    reads += 1;
    if (reads > 1) throw new StorageUnavailableError("read: down");
    return store.peek(uid);
  };
}
