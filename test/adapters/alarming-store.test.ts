// People are told of what needs them, whoever wrote it; told twice rather than never where an answer was lost.

import { beforeEach, describe, expect, it } from "vitest";
import {
  createAlarmingDeliveryStore,
  createAlarmingSaleStore,
  createAlarmingStore,
} from "../../lib/alarming-store.ts";
import { claimAnotherSend, claimCancel, holdForGood } from "../../lib/domain/cancel.ts";
import { firstLook } from "../../lib/domain/ladder.ts";
import { clearReview } from "../../lib/domain/operator.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, markForReview } from "../../lib/domain/order-change.ts";
import { noReceipt } from "../../lib/domain/receipt.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { TroubledStore } from "../support/doubles.ts";
import {
  attempt,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  paymentRecord,
  won,
} from "../support/orders.ts";
import { InMemoryDeliveryStore, InMemorySaleStore } from "../support/receipt-doubles.ts";
import { cancelOf, orderWithClaimedRefund, refundClaim, touch } from "../support/syncing-ports.ts";

const stamp = { by: "sweep", atMs: createdAtMs } as const;
const order = createdOrder();
const marked = markForReview(order, "manual_refund", stamp);
const wishing = changeOrder(
  order,
  { attempts: [attempt("imp_2", { state: "paid", giveBack: "wanted" })] },
  stamp,
);

const seen = (more: Parameters<typeof paymentRecord>[0]) =>
  decideSync(order, look([paymentRecord(more)]), givingPolicy);

let store: TroubledStore;
let raised: string[];
let told: string[];
let paid: number;
const alarming = () =>
  createAlarmingStore(store, {
    raise: (code, { merchantUid }, why) => raised.push([code, merchantUid, ...(why ? [why] : [])].join(" ")),
    tellTestPayment: ({ merchantUid }) => told.push(merchantUid),
    tellPaid: () => {
      paid += 1;
    },
  });

beforeEach(async () => {
  store = new TroubledStore();
  raised = [];
  told = [];
  paid = 0;
  await store.create(order);
});

describe("an alarm", () => {
  it.each<[string, Order, readonly string[]]>([
    ["for a new mark", marked, ["manual_refund ord-20260805-000142"]],
    ["for money that goes back by itself", wishing, ["give_back ord-20260805-000142"]],
    ["for a foreign payment", seen({ pgId: "2999199990" }), ["foreign_channel ord-20260805-000142"]],
    [
      "for a payment of the test channel on a paid order",
      { ...seen({}), reviewReason: "sandbox_payment" },
      ["sandbox_payment ord-20260805-000142"],
    ],
    ["for none of the test channel while the order waits for a live one", seen({ sandbox: true }), []],
    ["for nothing else", touch(order), []],
  ])("%s", async (_, next, expected) => {
    await alarming().update(order, next);
    expect(raised).toEqual(expected);
  });

  it("says what is wrong with money that goes back", async () => {
    await alarming().update(order, seen({ amount: won(100) }));
    expect(raised).toEqual(["give_back ord-20260805-000142 amount_mismatch"]);
  });

  it("is none for a payment, which is counted once, by the write that found it", async () => {
    const { order: standing } = await alarming().update(order, seen({}));
    await alarming().update(standing, touch(standing));
    expect([raised, paid]).toEqual([[], 1]);
  });

  it("is none, and a line is, for a payment of the test channel: once for each order", async () => {
    const test = seen({ sandbox: true });
    await alarming().update(order, test);
    const { order: stored } = await alarming().update({ ...test, version: order.version + 1 }, touch(test));
    expect([raised, told, stored.reviewReason]).toEqual([[], [order.merchantUid], "sandbox_payment"]);
  });

  it("of money that goes back is told again with its claim, for the process may have died with the wish", async () => {
    const claim = (kind: "give_back" | "refund"): Order => ({
      ...wishing,
      cancel: { ...cancelOf(orderWithClaimedRefund()), kind },
    });
    await alarming().update(order, wishing);
    await alarming().update({ ...wishing, version: 2 }, claim("give_back"));
    const told = "give_back ord-20260805-000142";
    expect(raised).toEqual([told, told]);
    const claimed = { ...claim("give_back"), version: 3 };
    await alarming().update(claimed, touch(claimed));
    expect(raised).toEqual([told, told]);
    await alarming().update({ ...wishing, version: 4 }, claim("refund"));
    expect(raised).toEqual([told, told]);
  });

  it("is not raised for a write somebody else was faster than", async () => {
    store.interfere(touch);
    await alarming().update(order, marked);
    expect(raised).toEqual([]);
  });

  it("is raised for a write that met itself, and for one that may have landed", async () => {
    store.loseNextAnswer();
    await alarming().update(order, marked);
    expect(raised).toEqual(["manual_refund ord-20260805-000142"]);
    const next = { ...order, version: 2 };
    store.leaveUnanswered("lands");
    await expect(alarming().update(next, wishing)).rejects.toThrow(StorageUnavailableError);
    expect(raised).toEqual(["manual_refund ord-20260805-000142", "give_back ord-20260805-000142"]);
  });
});

describe("a cancel held for good", () => {
  const paid = decideSync(createdOrder(), look([paymentRecord()]), givingPolicy);
  const second = attempt("imp_2", { state: "paid", giveBack: "wanted" });
  const wish = (before: Order) => changeOrder(before, { attempts: [...before.attempts, second] }, stamp);
  const claimed = (before: Order) => claimCancel(before, refundClaim, stamp);
  const name = "ord-20260805-000142";

  /** What is raised on the way, write after write. */
  async function raisedBy(first: Order, ...changes: readonly ((order: Order) => Order)[]) {
    let standing = (await store.update(order, first)).order;
    for (const change of changes) standing = (await alarming().update(standing, change(standing))).order;
    return raised.map((line) => line.replace(` ${name}`, ""));
  }
  const held = (before: Order) => holdForGood(before, stamp);

  it("with money waiting behind it that must go back is told of, once", async () => {
    expect(await raisedBy(wish(claimed(paid)), held, held, touch)).toEqual([
      "operation_unresolved",
      "give_back_held_up",
    ]);
  });

  it("is told of again when such money comes to wait behind it", async () => {
    expect(await raisedBy(claimed(paid), held, wish, touch)).toEqual([
      "operation_unresolved",
      "give_back",
      "give_back_held_up",
    ]);
  });

  it("is told of though the brake had marked the order first", async () => {
    const stopped = changeOrder(wish(claimed(paid)), { reviewReason: "give_back_stopped" }, stamp);
    expect(await raisedBy(stopped, held, held)).toEqual(["operation_unresolved", "give_back_held_up"]);
  });

  it("is told of anew after it was sent once more by a person's word", async () => {
    const later = { ...stamp, atMs: createdAtMs + 1 };
    const again = (before: Order) =>
      before.cancel
        ? claimAnotherSend(clearReview(before, "확인", later), before.cancel, "claim-9", later)
        : before;
    const heldLater = (before: Order) => holdForGood(before, later);
    expect(await raisedBy(wish(claimed(paid)), held, again, heldLater)).toEqual([
      "operation_unresolved",
      "give_back_held_up",
      "operation_unresolved",
      "give_back_held_up",
    ]);
  });

  it("with nothing but its own give-back behind it is told of as what it is", async () => {
    const own = { ...refundClaim, kind: "give_back", impUid: "imp_2" } as const;
    expect(await raisedBy(claimCancel(wish(paid), own, stamp), held)).toEqual(["operation_unresolved"]);
  });
});

describe("what lies beside the orders", () => {
  const alarms = {
    raise: (code: string, { merchantUid }: { merchantUid: string }) => raised.push(`${code} ${merchantUid}`),
  };
  const resting = { merchantUid: "sale-1", slot: noReceipt, ...firstLook(null) };
  const held = { ...resting, looks: 11, reviewReason: "operation_unresolved" } as const;
  const alarm = ["operation_unresolved sale-1"];

  it("is told of once, when a sale comes to need a person", async () => {
    const sales = createAlarmingSaleStore(new InMemorySaleStore(), alarms);
    const { sale } = await sales.writeSale(null, resting);
    const marked = await sales.writeSale(sale, held);
    await sales.writeSale(marked.sale, held);
    await sales.writeSale(marked.sale, resting);
    expect(raised).toEqual(alarm);
  });

  it("is told of for a write that may have landed, and for none that somebody else was faster than", async () => {
    const store = new InMemorySaleStore();
    const sales = createAlarmingSaleStore(store, alarms);
    const { sale } = await sales.writeSale(null, resting);
    store.lostRaces = 1;
    await sales.writeSale(sale, held);
    expect(raised).toEqual([]);
    store.troubles.push("landed, no answer");
    await expect(sales.writeSale(sale, held)).rejects.toThrow(StorageUnavailableError);
    expect(raised).toEqual(alarm);
  });

  it("is told of when a parcel comes to need a person, also where the write met itself", async () => {
    const store = new InMemoryDeliveryStore();
    const deliveries = createAlarmingDeliveryStore(store, alarms);
    const parcel = {
      merchantUid: "ord-1",
      impUid: "imp_1",
      registered: null,
      wanted: null,
      wantedSinceMs: null,
      ...firstLook(null),
    };
    await deliveries.writeDelivery(null, parcel);
    const first = await deliveries.readDelivery("ord-1");
    const write = store.writeDelivery.bind(store);
    store.writeDelivery = async (previous, next) => {
      await write(previous, next);
      return false;
    };
    await deliveries.writeDelivery(first, { ...parcel, looks: 11, reviewReason: "operation_unresolved" });
    store.lostRaces = 1;
    await deliveries.writeDelivery(first, { ...parcel, looks: 12, reviewReason: "manual_refund" });
    expect(raised).toEqual(["operation_unresolved ord-1"]);
  });
});
