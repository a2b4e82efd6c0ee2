// What an order store promises, asked of every one there is.

import { describe, expect, it } from "vitest";
import { claimCancel } from "../../lib/domain/cancel.ts";
import { decideConfirmation } from "../../lib/domain/confirmation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { claimReceipt, emptySlot } from "../../lib/domain/receipt.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import type { OrderStore } from "../../lib/ports/table.ts";
import { ended, having, moving, opening, revoking, scheduling } from "../support/instructions.ts";
import {
  account,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  holds,
  look,
  minuteMs,
  paymentRecord,
  policy,
  sweepTakes,
  won,
} from "../support/orders.ts";

const synced = (order: Order, ...seen: Parameters<typeof look>) => decideSync(order, look(...seen), policy);

function approved(order: Order): Order {
  const request = { impUid: "imp_730112845061", amount: order.amount };
  const confirmation = decideConfirmation(order, request, createdAtMs + minuteMs, holds);
  if (confirmation.decision !== "approve") throw new Error(confirmation.decision);
  return confirmation.order;
}

const owingReads = (order: Order) =>
  changeOrder(
    order,
    {
      owedReads: [
        { atMs: createdAtMs + 13 * minuteMs, impUid: "imp_730112845061" },
        { atMs: createdAtMs + 14 * minuteMs, impUid: null },
      ],
    },
    { by: "merchant", atMs: createdAtMs + 4 * minuteMs },
  );

const wantedNow = (order: Order) => {
  const stamp = { by: "sweep", atMs: createdAtMs + 5 * minuteMs } as const;
  return sweepTakes(makeDueNow(owingReads(order), stamp), 0, stamp);
};

/** One order in each shape that is ever stored. */
function everyShape(): readonly (readonly [string, Order])[] {
  const order = createdOrder();
  const paid = synced(approved(order), [paymentRecord()]);
  const refunding = claimCancel(
    paid,
    {
      kind: "refund",
      id: "rf_2Zk",
      impUid: "imp_730112845061",
      amount: won(20_000),
      taxFree: won(550),
      checksum: won(109_000),
      tag: "#k7q2m5xwa",
      reason: "단순 변심",
      requester: "customer",
      bodyHash: "hash",
      account: null,
      scheduledAtMs: null,
      claimToken: "claim",
    },
    { by: "merchant", atMs: createdAtMs + 5 * minuteMs, key: "가맹점 2026" },
  );
  const draft = {
    type: "person" as const,
    identifierMasked: "010****5678",
    amount: won(109_000),
    taxFree: won(3_000),
    bodyHash: "hash",
  };
  const asking = claimReceipt(
    emptySlot,
    { kind: "receipt_issue", isFollowing: false, draft, recipient: "sealed" },
    "claim",
    createdAtMs,
  );
  return [
    ["created", order],
    [
      "with a cent and no buyer's Korean",
      createdOrder({ currency: "USD", amount: won(1_050), buyerName: "Kim", taxFree: won(0) }),
    ],
    ["approved", approved(order)],
    ["paid", paid],
    ["looked at by a sweep", { ...paid, lookClaim: "claim" }],
    ["with a refund refused", { ...paid, refusedRefunds: ["rf_2Zk"] }],
    ["partly given back", synced(paid, [cancelledRecord([cancelEntry("c-1", 20_000)])])],
    ["marked", synced(order, [paymentRecord({ amount: null, currency: "EUR" })])],
    [
      "awaiting a deposit",
      synced(createdOrder({ payMethod: "vbank" }), [
        paymentRecord({ status: "ready", payMethod: "vbank", paidAtMs: null, account }),
      ]),
    ],
    ["with a refund in flight", refunding],
    [
      "with a receipt in flight",
      changeOrder(
        paid,
        {
          receiptOperation: asking.operation,
          receiptRecipient: asking.recipient,
          receiptHandedOver: won(89_000),
          owedReads: [{ atMs: createdAtMs, impUid: null }],
        },
        { by: "merchant", atMs: createdAtMs },
      ),
    ],
    ["with reads owed of one attempt and of all", owingReads(paid)],
    ["swept, and wanted looked at", wantedNow(paid)],
    ["expired", synced(order, [], { isComplete: true, atMs: order.expiresAtMs })],
    ["with a reservation in doubt", scheduling],
    [
      "with a refused move nobody could check",
      having(moving, { refused: { message: "거절" }, state: "unknown" }),
    ],
    ["with a refusal without words", having(moving, { refused: { message: null } })],
    ["with a revocation to be sent", having(revoking, { state: "resend", sends: 0 })],
    ["with an account being opened", opening],
    ["whose reservation is over", ended],
    ["escrow", createdOrder({ escrow: true, payMethod: "trans" })],
  ];
}

export function orderStoreContract(name: string, makeStore: () => Promise<OrderStore>): void {
  describe(`${name} as an order store`, () => {
    it("creates a number once and gives back the order that has it", async () => {
      const store = await makeStore();
      const order = createdOrder({ merchantUid: "ord-once" });
      expect(await store.create(order)).toEqual({ outcome: "created" });
      expect(await store.create({ ...order, name: "다른 상품" })).toEqual({ outcome: "exists", order });
      expect(await store.read("ord-nobody")).toBeNull();
    });

    it.each(everyShape())("reads an order %s as it was written", async (shape, order) => {
      const store = await makeStore();
      const stored = { ...order, merchantUid: `ord-${shape.replaceAll(/[^a-z]/gi, "-")}` };
      await store.create(stored);
      expect(await store.read(stored.merchantUid)).toEqual(stored);
      const first = { ...createdOrder(), merchantUid: `${stored.merchantUid}-2`, currency: stored.currency };
      await store.create(first);
      const next = { ...order, merchantUid: first.merchantUid };
      const updated = await store.update(first, next);
      expect(updated).toEqual({ outcome: "updated", order: { ...next, version: 2 } });
      expect(await store.read(first.merchantUid)).toEqual({ ...next, version: 2 });
    });

    it("lets one of many writers of a version win and tells the others what it wrote", async () => {
      const store = await makeStore();
      const order = createdOrder({ merchantUid: "ord-race" });
      await store.create(order);
      const writes = Array.from({ length: 10 }, (_, index) =>
        store.update(order, { ...order, name: `상품 ${index}` }),
      );
      const results = await Promise.all(writes);
      const winners = results.filter(({ outcome }) => outcome === "updated");
      expect(winners).toHaveLength(1);
      const stored = await store.read("ord-race");
      expect(stored?.version).toBe(2);
      for (const result of results) expect(result.order).toEqual(stored);
    });
  });
}
