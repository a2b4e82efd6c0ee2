// People are told of what needs them, whoever wrote it; told twice rather than never where an answer was lost.
import { beforeEach, describe, expect, it } from "vitest";
import { createAlarmingStore } from "../../lib/alarming-store.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, markForReview } from "../../lib/domain/order-change.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { TroubledStore } from "../support/doubles.ts";
import { attempt, createdAtMs, createdOrder, givingPolicy, look, paymentRecord } from "../support/orders.ts";
import { cancelOf, orderWithClaimedRefund, touch } from "../support/syncing-ports.ts";

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
const alarming = () =>
  createAlarmingStore(store, { raise: (code, { merchantUid }) => raised.push(`${code} ${merchantUid}`) });

beforeEach(async () => {
  store = new TroubledStore();
  raised = [];
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
