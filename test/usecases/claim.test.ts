// The protocol under every call that changes something at PortOne: whose claim it is, and how often is tried.
import { describe, expect, it } from "vitest";
import { claimCancel } from "../../lib/domain/cancel.ts";
import { claimCharge } from "../../lib/domain/charge.ts";
import { firstSend } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, markForReview } from "../../lib/domain/order-change.ts";
import {
  claimOnOrder,
  hasTimeToFinish,
  hasTimeToSend,
  isOurs,
  stampOf,
  turnsOfWaiting,
  writeChange,
} from "../../lib/usecases/claim.ts";
import { StandingClock, TroubledStore } from "../support/doubles.ts";
import { approvedOrder, createdAtMs, createdOrder, paymentRecord, synced } from "../support/orders.ts";
import { call, cancelOf, countedPauses, orderWithClaimedRefund, touch } from "../support/syncing-ports.ts";

const stamp = { by: "merchant", atMs: createdAtMs } as const;
const paid = synced(approvedOrder(), [paymentRecord()]);

async function storeOf(order: Order): Promise<TroubledStore> {
  const store = new TroubledStore();
  await store.create(order);
  return store;
}

/** The same refund under the same key, claimed by the invocation of this token. */
function refundBy(order: Order, claimToken: string): Order {
  const {
    state: _,
    sends: _sends,
    sentAtMs: _sentAt,
    sinceMs: _since,
    ...claim
  } = cancelOf(orderWithClaimedRefund());
  return claimCancel(order, { ...claim, claimToken }, stamp);
}

describe("a claim", () => {
  it("that was written is the claimer's", async () => {
    const store = await storeOf(paid);
    expect(await claimOnOrder(paid, refundBy(paid, "claim-1"), "claim-1", store)).toMatchObject({
      outcome: "ours",
      order: { cancel: { claimToken: "claim-1", sends: 1 }, version: 2 },
    });
  });

  it("whose first answer was lost is recognised by its token", async () => {
    const store = await storeOf(paid);
    store.loseNextAnswer();
    const claimed = await claimOnOrder(paid, refundBy(paid, "claim-1"), "claim-1", store);
    expect(claimed).toMatchObject({ outcome: "ours", order: { cancel: { claimToken: "claim-1" } } });
  });

  it("of a twin under the same key with another token does not send", async () => {
    const store = await storeOf(paid);
    store.interfere((order) => refundBy(order, "claim-twin"));
    const claimed = await claimOnOrder(paid, refundBy(paid, "claim-1"), "claim-1", store);
    expect(claimed).toMatchObject({
      outcome: "theirs",
      order: { cancel: { id: "rf_1", claimToken: "claim-twin" } },
    });
  });

  it("lost to a write that claims nothing is nobody's", async () => {
    const store = await storeOf(paid);
    store.interfere(touch);
    expect(await claimOnOrder(paid, refundBy(paid, "claim-1"), "claim-1", store)).toMatchObject({
      outcome: "theirs",
      order: { cancel: null },
    });
  });

  it("is found in the charge's slot and in the receipt's as well", async () => {
    const order = createdOrder();
    const charge = {
      via: "again",
      customerUid: "cust-7",
      productType: "real",
      cardQuota: null,
      customData: null,
    } as const;
    const charging = claimCharge(order, charge, "claim-1", stamp);
    expect(await claimOnOrder(order, charging, "claim-1", await storeOf(order))).toMatchObject({
      outcome: "ours",
    });
    const receiptOperation = {
      id: "receipt_cancel-1",
      kind: "receipt_cancel" as const,
      isFollowing: false,
      draft: null,
      ...firstSend("claim-1", createdAtMs),
    };
    const cancelling = changeOrder(paid, { receiptOperation }, stamp);
    expect(await claimOnOrder(paid, cancelling, "claim-1", await storeOf(paid))).toMatchObject({
      outcome: "ours",
    });
    expect(await claimOnOrder(paid, cancelling, "claim-2", await storeOf(paid))).toMatchObject({
      outcome: "theirs",
    });
    const looking = changeOrder(paid, { lookClaim: "claim-1" }, stamp);
    expect(await claimOnOrder(paid, looking, "claim-1", await storeOf(paid))).toMatchObject({
      outcome: "ours",
    });
  });

  it("is compared by its token alone", () => {
    const cancel = cancelOf(orderWithClaimedRefund());
    expect([isOurs(cancel, "claim-0"), isOurs(cancel, "claim-1"), isOurs(null, "claim-0")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a bounded write", () => {
  const mark = (order: Order) => markForReview(order, "manual_refund", stamp);

  it("writes once when nobody is in the way", async () => {
    const store = await storeOf(paid);
    expect(await writeChange(paid, mark, store)).toMatchObject({
      outcome: "written",
      order: { reviewReason: "manual_refund", version: 2 },
    });
    expect(store.updates).toBe(1);
  });

  it("writes nothing when the change is none", async () => {
    const store = await storeOf(paid);
    expect(await writeChange(paid, (order) => order, store)).toEqual({ outcome: "written", order: paid });
    expect(store.updates).toBe(0);
  });

  it("changes what somebody else wrote, after four lost races too", async () => {
    const store = await storeOf(createdOrder());
    store.interfere((order) => changeOrder(order, { looks: order.looks + 1 }, stamp), 4);
    expect(await writeChange(createdOrder(), mark, store)).toMatchObject({
      outcome: "written",
      order: { reviewReason: "manual_refund", version: 6 },
    });
  });

  it("gives busy after five lost races, with the order as it stands", async () => {
    const store = await storeOf(paid);
    store.interfere(touch, 5);
    expect(await writeChange(paid, mark, store)).toMatchObject({
      outcome: "busy",
      order: { reviewReason: null, version: 6 },
    });
    expect(store.updates).toBe(5);
  });

  it("ends when the change is not possible on what stands there any more", async () => {
    const store = await storeOf(createdOrder());
    store.interfere((order) => approvedOrder(order));
    const whileNew = (order: Order) => (order.state === "created" ? mark(order) : null);
    expect(await writeChange(createdOrder(), whileNew, store)).toMatchObject({
      outcome: "impossible",
      order: { state: "approved", reviewReason: null },
    });
    expect(store.updates).toBe(1);
  });
});

describe("waiting", () => {
  it("pauses 20 times 250 ms, each time before the caller looks", async () => {
    const { pauses, pause } = countedPauses();
    const looks: number[] = [];
    for await (const _ of turnsOfWaiting(pause)) looks.push(pauses.length);
    expect(pauses).toEqual(Array.from({ length: 20 }, () => 250));
    expect(looks).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it("ends as soon as the caller has seen enough", async () => {
    const { pauses, pause } = countedPauses();
    for await (const _ of turnsOfWaiting(pause)) if (pauses.length === 3) break;
    expect(pauses).toEqual([250, 250, 250]);
  });
});

it.each([
  [20_799, false],
  [20_800, true],
])("with %i ms left there is time to send: %s", (leftMs, expected) => {
  expect(hasTimeToSend({ ...call, timeLeftMs: () => leftMs })).toBe(expected);
});

it.each([
  [17_399, false],
  [17_400, true],
])("with %i ms left after the claim there is time to send on it: %s", (leftMs, expected) => {
  expect(hasTimeToFinish({ ...call, timeLeftMs: () => leftMs })).toBe(expected);
});

it("a stamp names who, when, and the merchant's key", () => {
  const clock = new StandingClock();
  expect(stampOf("merchant", call, clock)).toEqual({
    by: "merchant",
    atMs: Date.parse("2026-08-05T12:03:00+09:00"),
    key: "shop-2026",
  });
  expect(stampOf("sweep", { key: null }, clock)).toMatchObject({ by: "sweep", key: null });
});
