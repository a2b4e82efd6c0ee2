// A merchant charges a card or a billing key: the same number and body never charge twice.
import { describe, expect, it } from "vitest";
import { claimCharge } from "../../../lib/domain/charge.ts";
import { newOrder } from "../../../lib/domain/new-order.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import {
  askChargeRules,
  type ChargeOrder,
  chargeOrder,
  outcomeOf,
} from "../../../lib/usecases/charges/charge-order.ts";
import {
  billingPorts,
  chargedOrder,
  chargedRecord,
  chargeFacts,
  declinedRecord,
  lost,
  refusedWith,
  testCard,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { createdAtMs, createdOrder, minuteMs } from "../../support/orders.ts";
import { call, countedPauses, hurriedCall, storedOrder } from "../../support/syncing-ports.ts";

const byKey: ChargeOrder = {
  order: chargedOrder({ customData: "구독 8월" }),
  charge: { customerUid: "cust-7", cardQuota: null, productType: "digital" },
  card: null,
  replaces: null,
  keyToKnowOf: null,
  facts: chargeFacts(),
};
const byCard: ChargeOrder = {
  ...byKey,
  charge: { ...byKey.charge, customerUid: null, cardQuota: 3 },
  card: testCard,
  facts: chargeFacts({ calls: ["key_in"], card: testCard, cardQuota: 3 }),
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

describe("a charge", () => {
  it("of a key pays the order, and names the merchant's key in the history", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push(paid);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "finished",
      order: {
        state: "paid",
        charge: null,
        chargeResult: { status: "paid", productType: "digital" },
        attempts: [{ slip: { applyNum: "30001234" } }],
      },
    });
    expect(ports.charges.sent).toMatchObject([
      {
        call: "key",
        customerUid: "cust-7",
        request: {
          amount: 109_000,
          taxFree: 3_000,
          productType: "digital",
          customData: "구독 8월",
          noticeUrl: "https://pay.shop.example/portone/notice/ord-20260805-000142",
        },
      },
    ]);
    expect((await storedOrder(ports)).history[0]).toMatchObject({ to: "created", key: "shop-2026" });
  });

  it("is looked at by its send alone: no window of its order is ever opened", async () => {
    const ports = await billingPorts();
    await chargeOrder(byKey, call, ports);
    expect(await storedOrder(ports)).toMatchObject({
      nextLookAtMs: null,
      dueAtMs: ports.clock.nowMs() + minuteMs,
    });
  });

  it("of a card hands it to PortOne and keeps nothing of it", async () => {
    const ports = await billingPorts();
    expect(await chargeOrder(byCard, call, ports)).toMatchObject({
      outcome: "pending",
      order: { charge: { via: "onetime", cardQuota: 3, state: "unknown" } },
    });
    expect(ports.charges.sent).toMatchObject([
      { call: "onetime", card: testCard, request: { cardQuota: 3 } },
    ]);
    const stored = JSON.stringify(await storedOrder(ports));
    for (const secret of ["5413330000009994", "900101", "2028-12"]) expect(stored).not.toContain(secret);
  });

  it("that the card company declines is finished and failed, and owes one more look", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push({ outcome: "done", value: declinedRecord() });
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "finished",
      order: {
        state: "failed",
        owedReads: [{ atMs: ports.clock.nowMs() + 10 * minuteMs, impUid: null }],
        chargeResult: { status: "failed", failReason: "한도 초과" },
      },
    });
  });

  it("that PortOne refuses is finished with its words", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push(refusedWith("등록되지 않은 빌링키입니다."));
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "failed", charge: null, chargeResult: { failReason: "등록되지 않은 빌링키입니다." } },
    });
  });
});

describe("before anything is stored", () => {
  it.each([
    ["a contract that is missing", {}, { contracts: new Set<never>() }, "contract_missing"],
    ["no buyer's name", { buyerName: " " }, {}, "buyer_name_required"],
    ["another currency", { currency: "USD" }, {}, "currency_unsupported"],
  ])("KSNET's rules refuse %s", async (_, facts, more, code) => {
    const ports = { ...(await billingPorts()), ...more };
    ports.store.fail("read");
    const request = { ...byKey, facts: chargeFacts(facts) };
    expect(await chargeOrder(request, call, ports)).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code }],
    });
    expect(ports.charges.sent).toEqual([]);
  });

  it("a product type must be said", async () => {
    const request = {
      ...byKey,
      charge: { ...byKey.charge, productType: null },
      facts: chargeFacts({ productType: null }),
    };
    expect(await chargeOrder(request, call, await billingPorts())).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code: "product_type_required", pointer: "/product_type" }],
    });
    expect(askChargeRules(chargeFacts(), await billingPorts())).toEqual([]);
  });

  it("PortOne must let us in, and time must be left: else there is no order", async () => {
    const ports = await billingPorts();
    expect(await chargeOrder(byKey, hurriedCall, ports)).toMatchObject({ outcome: "unavailable" });
    ports.charges.isReady = false;
    expect(await chargeOrder(byKey, call, ports)).toEqual(silence);
    expect(await ports.store.read("ord-20260805-000142")).toBeNull();
    expect(ports.charges.sent).toEqual([]);
  });

  it("a table that cannot be read sends nothing", async () => {
    const ports = await billingPorts();
    ports.store.fail("read");
    await expect(chargeOrder(byKey, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.charges.sent).toEqual([]);
  });
});

describe("the same number again", () => {
  it("is answered with what the first one came to", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push(paid);
    const first = await chargeOrder(byKey, call, ports);
    expect(await chargeOrder(byKey, hurriedCall, ports)).toMatchObject({
      outcome: first.outcome,
      order: { state: "paid" },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("with another body is taken", async () => {
    const ports = await billingPorts(createdOrder({ bodyHash: "other" }));
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({ outcome: "exists", at: "" });
    expect(ports.charges.sent).toEqual([]);
  });

  it("waits for its twin at work and answers what became of it", async () => {
    const ports = await billingPorts(claimedByTwin());
    const { pauses, pause } = countedPauses({
      2: async () => {
        const order = await storedOrder(ports);
        const chargeResult = { ...failedResult, status: "failed" as const };
        await ports.store.update(order, { ...order, charge: null, chargeResult });
      },
    });
    expect(await chargeOrder(byKey, call, { ...ports, pause })).toMatchObject({ outcome: "finished" });
    expect(pauses).toEqual([250, 250]);
    expect([ports.charges.sent, ports.gateway.asked]).toEqual([[], []]);
  });

  it("is pending when its twin has not finished after 20 turns", async () => {
    const ports = await billingPorts(claimedByTwin());
    const { pauses, pause } = countedPauses();
    expect(await chargeOrder(byKey, call, { ...ports, pause })).toMatchObject({ outcome: "pending" });
    expect([pauses.length, ports.charges.sent.length]).toEqual([20, 0]);
  });

  it("created by two at once is sent by one of them", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push(paid);
    await Promise.all([chargeOrder(byKey, call, ports), chargeOrder(byKey, call, ports)]);
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("sends although its creation's first answer was lost", async () => {
    const ports = await billingPorts();
    ports.store.loseNextAnswer();
    ports.charges.answers.push(paid);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "paid" },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });
});

const failedResult = {
  impUid: null,
  cardName: null,
  cardNumber: null,
  applyNum: null,
  receiptUrl: null,
  failReason: "한도 초과",
  productType: "digital",
  sentAtMs: createdAtMs,
} as const;

describe("an answer that was lost", () => {
  it("is pending, and the repeat finds the payment at PortOne", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push(lost);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({ outcome: "pending" });
    ports.gateway.records = [chargedRecord()];
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "finished",
      order: { state: "paid" },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("stays pending while PortOne does not answer", async () => {
    const ports = await billingPorts();
    await chargeOrder(byKey, call, ports);
    ports.gateway.answers.push(silence);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("of a key is sent once more after QUIET, never a third time", async () => {
    const ports = await billingPorts();
    await chargeOrder(byKey, call, ports);
    ports.clock.advance(9 * minuteMs);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({ order: { charge: { sends: 1 } } });
    ports.clock.advance(minuteMs);
    expect(await chargeOrder(byKey, call, ports)).toMatchObject({
      outcome: "pending",
      order: { charge: { sends: 2 } },
    });
    ports.clock.advance(10 * minuteMs);
    const last = await chargeOrder(byKey, call, ports);
    expect(last).toMatchObject({
      outcome: "finished",
      order: { chargeResult: { failReason: "charge_not_made" } },
    });
    expect(ports.charges.sent).toHaveLength(2);
  });

  it("of a card is never sent again: nobody kept the card", async () => {
    const ports = await billingPorts();
    await chargeOrder(byCard, call, ports);
    ports.clock.advance(10 * minuteMs);
    expect(await chargeOrder(byCard, call, ports)).toMatchObject({
      outcome: "finished",
      order: { chargeResult: { status: "failed", failReason: "charge_not_made" } },
    });
    expect(ports.charges.sent).toHaveLength(1);
  });
});

it("an order's charge is finished once it has a result and nothing is in flight", () => {
  const order = createdOrder();
  const chargeResult = { ...failedResult, status: "failed" as const };
  expect(outcomeOf(order).outcome).toBe("pending");
  expect(outcomeOf({ ...order, chargeResult }).outcome).toBe("finished");
  expect(outcomeOf({ ...claimedByTwin(), chargeResult }).outcome).toBe("pending");
});
