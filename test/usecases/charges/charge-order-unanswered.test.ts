// A charge while the table falls silent over its claim: made once, or told as unknown, never as not started.
import { describe, expect, it } from "vitest";
import { claimCharge } from "../../../lib/domain/charge.ts";
import { newOrder } from "../../../lib/domain/new-order.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { type ChargeOrder, chargeOrder } from "../../../lib/usecases/charges/charge-order.ts";
import { billingPorts, chargedOrder, chargedRecord, chargeFacts } from "../../support/billing-doubles.ts";
import { failingAfter } from "../../support/doubles.ts";
import { createdAtMs, createdOrder, minuteMs } from "../../support/orders.ts";
import { call } from "../../support/syncing-ports.ts";

const byKey: ChargeOrder = {
  order: chargedOrder(),
  charge: { customerUid: "cust-7", cardQuota: null, productType: "digital" },
  card: null,
  replaces: null,
  keyToKnowOf: null,
  facts: chargeFacts(),
};
const paid = { outcome: "done", value: chargedRecord() } as const;

/** The order of another invocation that is about to send, or died doing so. */
function claimedByTwin(): Order {
  const stamp = { by: "merchant", atMs: createdAtMs + 3 * minuteMs } as const;
  const facts = { ...chargedOrder(), payMethod: "card", escrow: false, expiresAtMs: null };
  const order = newOrder(facts, { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs }, stamp);
  const charge = { ...byKey.charge, productType: "digital", via: "again" } as const;
  return claimCharge(order, charge, "claim-twin", stamp);
}

describe("a new order whose write got no answer", () => {
  const named = { outcome: "claim_unreadable", merchantUid: "ord-20260805-000142" };

  it("is charged once when it is found there", async () => {
    const ports = await billingPorts();
    ports.store.leaveUnanswered("lands");
    ports.charges.answers.push(paid);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "paid" },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("is told as unknown when finding it left no time for the call", async () => {
    const ports = await billingPorts();
    ports.store.leaveUnanswered("lands");
    const left = [20_800, 17_399];
    const late = { ...call, timeLeftMs: () => left.shift() ?? 0 };
    expect(await chargeOrder(byKey, late, ports)).toMatchObject({
      outcome: "pending",
      order: { charge: { state: "claimed" } },
    });
    expect(ports.charges.sent).toEqual([]);
  });

  it("is told as unknown, never as not started, when nobody can read it: the sweep may charge it", async () => {
    const ports = await billingPorts();
    const { read } = ports.store;
    ports.store.leaveUnanswered("lands");
    ports.store.read = failingAfter(ports.store, 1);
    expect(await chargeOrder(byKey, call, ports)).toEqual(named);
    expect(ports.charges.sent).toEqual([]);
    ports.store.read = read;
    ports.clock.advance(10 * minuteMs);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("is told as unknown when it is not there: it may land yet, and no version can be taken away", async () => {
    const ports = await billingPorts();
    ports.store.fail("create");
    expect(await chargeOrder(byKey, call, ports)).toEqual(named);
    const late = await billingPorts();
    late.store.leaveUnanswered("lands late");
    expect(await chargeOrder(byKey, call, late)).toEqual(named);
  });

  it("is answered as another's when somebody else has the number", async () => {
    const ports = await billingPorts();
    ports.store.create = async () => {
      const other = await billingPorts(createdOrder({ bodyHash: "other" }));
      ports.store.read = (uid) => other.store.read(uid);
      throw new StorageUnavailableError("create: no answer");
    };
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({ outcome: "exists", at: "" });
  });
});

describe("once it is claimed, a silent table leaves it unknown, never not started", () => {
  it("after the send", async () => {
    const ports = await billingPorts();
    ports.store.fail("update");
    ports.charges.answers.push(paid);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "pending",
      order: { charge: { state: "claimed", sends: 1 } },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("for the same number again, waiting for its twin or looking by itself", async () => {
    const working = await billingPorts(claimedByTwin());
    working.store.read = failingAfter(working.store, 1);
    expect(await chargeOrder(byKey, call, working)).toMatchObject({ outcome: "pending" });
    working.clock.advance(minuteMs);
    working.store.read = failingAfter(working.store, 1);
    expect(await chargeOrder(byKey, call, working)).toMatchObject({ outcome: "pending" });
    working.clock.advance(10 * minuteMs);
    working.store.read = failingAfter(working.store, 9);
    // The look is written, the claim of the second send is not, nor can it be taken away.
    const update = working.store.update.bind(working.store);
    working.store.update = async (previous, next) => {
      const written = await update(previous, next);
      working.store.fail("update", "update");
      return written;
    };
    expect(await chargeOrder(byKey, call, working)).toMatchObject({ outcome: "pending" });
    expect(working.charges.sent).toEqual([]);
  });
});
