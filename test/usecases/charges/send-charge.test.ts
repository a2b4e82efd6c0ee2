// A claimed charge is sent once and its answer written down; one that certainly was not made may go out once more.
import { describe, expect, it } from "vitest";
import { type ChargeFacts, claimCharge } from "../../../lib/domain/charge.ts";
import type { Charge } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { resendCharge, sendCharge } from "../../../lib/usecases/charges/send-charge.ts";
import {
  type BillingPorts,
  billingPorts,
  chargedRecord,
  declinedRecord,
  refusedWith,
  testCard,
} from "../../support/billing-doubles.ts";
import { createdAtMs, createdOrder, minuteMs } from "../../support/orders.ts";
import { call, hurriedCall, storedOrder, touch } from "../../support/syncing-ports.ts";

const again: ChargeFacts = {
  via: "again",
  customerUid: "cust-7",
  productType: "digital",
  cardQuota: null,
};
const claimed = (facts: Partial<ChargeFacts> = {}): Order =>
  claimCharge(createdOrder(), { ...again, ...facts }, "claim-0", {
    by: "merchant",
    atMs: createdAtMs + 3 * minuteMs,
  });

function withCharge(order: Order, more: Partial<Charge>): Order {
  if (!order.charge) throw new Error("no charge");
  return { ...order, charge: { ...order.charge, ...more } };
}

async function send(ports: BillingPorts, card: typeof testCard | null = null): Promise<Order> {
  const order = await storedOrder(ports);
  if (!order.charge) throw new Error("no charge");
  return sendCharge({ order, charge: order.charge, card, by: "merchant" }, call, ports);
}

describe("sending a charge", () => {
  it.each([
    ["a card", { via: "onetime", customerUid: null }, testCard, "onetime"],
    ["a key", {}, null, "key"],
    ["a failed reservation", { via: "retry" }, null, "retry"],
  ] as const)("calls PortOne for %s", async (_, facts, card, expected) => {
    const ports = await billingPorts(claimed(facts));
    ports.charges.answers.push({ outcome: "done", value: chargedRecord() });
    expect(await send(ports, card)).toMatchObject({ state: "paid", charge: null, version: 2 });
    expect(ports.charges.sent.map((sent) => sent.call)).toEqual([expected]);
  });

  it("of neither card nor key is our own mistake", async () => {
    await expect(send(await billingPorts(claimed({ customerUid: null })))).rejects.toThrow(
      "neither card nor key",
    );
  });

  it.each([
    [5_000, 1],
    [5_001, 0],
  ])("%i ms after its claim: %i sent", async (ageMs, sent) => {
    const ports = await billingPorts(claimed());
    ports.clock.advance(ageMs);
    expect(await send(ports)).toMatchObject({ charge: { state: sent === 1 ? "unknown" : "claimed" } });
    expect(ports.charges.sent).toHaveLength(sent);
  });

  it("without an answer leaves it unknown and due", async () => {
    const ports = await billingPorts(claimed());
    const order = await send(ports);
    expect(order).toMatchObject({ state: "created", charge: { state: "unknown", claimToken: "claim-0" } });
    expect(order.dueAtMs).not.toBeNull();
  });

  it("answered with an open window is unknown", async () => {
    const ports = await billingPorts(claimed());
    ports.charges.answers.push({
      outcome: "done",
      value: chargedRecord({ status: "ready", paidAtMs: null }),
    });
    expect(await send(ports)).toMatchObject({ state: "created", charge: { state: "unknown" } });
  });

  it("refused is final for the first send, and unknown for a repeated one", async () => {
    const first = await billingPorts(claimed());
    first.charges.answers.push(refusedWith("카드 정지"));
    expect(await send(first)).toMatchObject({ charge: null, chargeResult: { failReason: "카드 정지" } });
    const second = await billingPorts(withCharge(claimed(), { sends: 2 }));
    second.charges.answers.push(refusedWith("카드 정지"));
    expect(await send(second)).toMatchObject({ charge: { state: "unknown", sends: 2 }, chargeResult: null });
  });

  it("declined is final for the first send, and unknown for a repeated one", async () => {
    const answer = { outcome: "done", value: declinedRecord() } as const;
    const first = await billingPorts(claimed());
    first.charges.answers.push(answer);
    expect(await send(first)).toMatchObject({ state: "failed", chargeResult: { failReason: "한도 초과" } });
    const second = await billingPorts(withCharge(claimed(), { sends: 2 }));
    second.charges.answers.push(answer);
    expect(await send(second)).toMatchObject({ state: "created", charge: { state: "unknown" } });
  });

  it("does not write its answer over somebody else's", async () => {
    const ports = await billingPorts(claimed());
    ports.charges.answers.push({ outcome: "done", value: chargedRecord() });
    ports.store.interfere(touch);
    expect(await send(ports)).toMatchObject({ state: "created", charge: { state: "claimed" }, version: 2 });
  });

  it("fails when its answer cannot be written, the claim left for the next look", async () => {
    const ports = await billingPorts(claimed());
    ports.charges.answers.push({ outcome: "done", value: chargedRecord() });
    ports.store.fail("update");
    await expect(send(ports)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toEqual(claimed());
  });
});

describe("sending a charge once more", () => {
  const ready = withCharge(claimed(), { state: "resend", sentAtMs: createdAtMs - 20 * minuteMs });

  it("is counted under a token of its own first", async () => {
    const ports = await billingPorts(ready);
    ports.charges.answers.push({ outcome: "done", value: chargedRecord() });
    expect(await resendCharge(ready, "sweep", call, ports)).toMatchObject({ state: "paid", version: 3 });
    const unanswered = await billingPorts(ready);
    expect(await resendCharge(ready, "sweep", call, unanswered)).toMatchObject({
      charge: { state: "unknown", sends: 2, claimToken: "claim-1" },
    });
  });

  it.each<[string, Order]>([
    ["has no charge", createdOrder()],
    ["waits for an answer", withCharge(claimed(), { state: "unknown" })],
    ["is reserved", withCharge(claimed(), { state: "scheduled" })],
  ])("does nothing for an order that %s", async (_, order) => {
    const ports = await billingPorts(order);
    expect(await resendCharge(order, "sweep", call, ports)).toBe(order);
    expect([ports.charges.sent, ports.store.updates]).toEqual([[], 0]);
  });

  it("starts nothing without time, or while PortOne does not let us in", async () => {
    const ports = await billingPorts(ready);
    expect(await resendCharge(ready, "sweep", hurriedCall, ports)).toBe(ready);
    ports.charges.isReady = false;
    expect(await resendCharge(ready, "sweep", call, ports)).toBe(ready);
    expect([ports.charges.sent, ports.store.updates]).toEqual([[], 0]);
  });

  it("is sent by whoever's claim was written, though its answer was lost", async () => {
    const beaten = await billingPorts(ready);
    beaten.store.interfere(touch);
    expect(await resendCharge(ready, "sweep", call, beaten)).toMatchObject({
      charge: { state: "resend", sends: 1 },
    });
    expect(beaten.charges.sent).toEqual([]);
    const ports = await billingPorts(ready);
    ports.store.loseNextAnswer();
    await resendCharge(ready, "sweep", call, ports);
    expect(ports.charges.sent).toHaveLength(1);
  });
});
