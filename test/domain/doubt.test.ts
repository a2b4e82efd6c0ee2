// Calls of which nobody knows whether they happened: told from those that are being answered and from those that wait.
import { describe, expect, it } from "vitest";
import { doubtOfDelivery, doubtOfSale, doubtSinceMs, doubtsOf } from "../../lib/domain/doubt.ts";
import { noReceipt } from "../../lib/domain/receipt.ts";
import { parcelInDoubt, saleInDoubt } from "../support/beside-orders.ts";
import { confirmed, having, scheduling, sentAtMs } from "../support/instructions.ts";
import { createdAtMs, createdOrder } from "../support/orders.ts";
import { orderWithUnknownRefund } from "../support/syncing-ports.ts";

const unknown = orderWithUnknownRefund();
const refund = unknown.cancel;
if (!refund) throw new Error("no refund");
const refunding = (state: typeof refund.state, more: object = {}) => ({
  ...unknown,
  cancel: { ...refund, state },
  ...more,
});
const receiptOperation = {
  id: "receipt_issue-1",
  kind: "receipt_issue",
  state: "unknown",
  claimToken: "claim-1",
  sends: 1,
  sentAtMs: createdAtMs,
  sinceMs: createdAtMs,
  isFollowing: false,
  draft: null,
} as const;

describe("a call", () => {
  it("whose answer was lost is in doubt, since its first send", () => {
    const { id, kind, sinceMs } = refund;
    expect(doubtsOf(unknown)).toEqual([{ id, kind, state: "unknown", sinceMs }]);
    expect(doubtSinceMs(unknown)).toBe(sinceMs);
  });

  it("that is being sent is in doubt once a sweep had to come for it, not before", () => {
    expect(doubtsOf(refunding("claimed"))).toEqual([]);
    expect(doubtsOf(refunding("claimed", { lookedAtMs: refund.sinceMs }))).toEqual([]);
    expect(doubtsOf(refunding("claimed", { lookedAtMs: refund.sinceMs + 1 }))).toMatchObject([
      { state: "claimed" },
    ]);
  });

  it("that waits for its time is in none, however often it is looked at", () => {
    expect(doubtsOf(refunding("scheduled", { lookedAtMs: refund.sinceMs + 1 }))).toEqual([]);
    expect(doubtsOf({ ...confirmed, lookedAtMs: sentAtMs })).toEqual([]);
  });

  it.each([
    [
      "charge",
      { ...confirmed, charge: confirmed.charge && { ...confirmed.charge, state: "unknown" as const } },
    ],
    ["schedule", having(scheduling, { state: "unknown" })],
    ["receipt_issue", { ...createdOrder(), ...noReceipt, receiptOperation }],
  ])("of kind %s is one", (kind, order) => {
    expect(doubtsOf(order)).toMatchObject([{ kind, state: "unknown" }]);
  });

  it("beside another is told with it, and the longest says since when", () => {
    const both = { ...unknown, receiptOperation };
    expect(doubtsOf(both).map(({ kind }) => kind)).toEqual(["refund", "receipt_issue"]);
    expect(doubtSinceMs(both)).toBe(createdAtMs);
  });
});

it("an order without calls is in no doubt, and pays nothing for it", () => {
  expect(doubtSinceMs(createdOrder())).toBeNull();
});

describe("beside the orders", () => {
  const { slot } = saleInDoubt();
  const lost = slot.operation && { ...slot, operation: { ...slot.operation, state: "unknown" as const } };
  if (!lost) throw new Error("no call");

  it.each([
    ["being sent", saleInDoubt(), null],
    ["whose answer was lost", saleInDoubt({ slot: lost }), "unknown"],
    ["that a sweep had to come for", saleInDoubt({ looks: 1 }), "claimed"],
    ["of which PortOne said nothing", saleInDoubt({ silences: 1 }), "claimed"],
    ["that is over", saleInDoubt({ slot: noReceipt, looks: 1 }), null],
  ])("a receipt %s", (_, sale, state) => {
    const { id = "" } = slot.operation ?? {};
    const doubt = { id, kind: "receipt_issue", state, sinceMs: createdAtMs };
    expect(doubtOfSale(sale)).toEqual(state && doubt);
  });

  it.each([
    ["being told", {}, null],
    ["that a sweep had to tell again", { looks: 1 }, "delivery_register"],
    ["of which PortOne said nothing", { silences: 1 }, "delivery_register"],
    ["told", { wanted: null, wantedSinceMs: null, looks: 1 }, null],
    [
      "changed",
      { wanted: parcelInDoubt.wanted && { ...parcelInDoubt.wanted, isChange: true }, looks: 1 },
      "delivery_update",
    ],
  ])("a parcel %s", (_, more, kind) => {
    const parcel = { ...parcelInDoubt, ...more };
    const { merchantUid } = parcel;
    const doubt = { id: merchantUid, kind, state: "scheduled", sinceMs: parcelInDoubt.wantedSinceMs };
    expect(doubtOfDelivery(parcel)).toEqual(kind && doubt);
  });
});
