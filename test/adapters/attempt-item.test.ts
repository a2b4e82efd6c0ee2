// What an attempt's item leaves out is what its order says: read back as it was, whatever differs.
import { describe, expect, it } from "vitest";
import { type Attempt, attemptStates, orderStates } from "../../lib/domain/order.ts";
import { decodeAttempt, encodeAttempt } from "../../lib/dynamodb/attempt-item.ts";
import { shortWord } from "../../lib/dynamodb/item.ts";
import { decodeOrder, encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { decodeRefundId, encodeRefundId } from "../../lib/dynamodb/refund-id.ts";
import { attempt, createdOrder, untold, won } from "../support/orders.ts";

const order = createdOrder();
const reread = (one: Attempt): Attempt => decodeAttempt(encodeAttempt(one, order).M ?? {}, order);
const names = (one: Attempt): readonly string[] => Object.keys(encodeAttempt(one, order).M ?? {});

describe("an attempt's item", () => {
  it.each<[string, Partial<Attempt>]>([
    ["as its order says", { state: "paid", payMethod: "card" }],
    ["of another amount", { state: "paid", payMethod: "card", amount: won(100) }],
    ["of nothing", { state: "paid", payMethod: "card", amount: won(0) }],
    ["paid with something else", { state: "paid", payMethod: "kakaopay" }],
    ["paid with nobody knows what", { state: "given_back", giveBack: "done", payMethod: null }],
    ["that names its method before it has money", { state: "ready", payMethod: "card" }],
    ["that told nothing of its slip", { state: "paid", payMethod: "card", slip: untold }],
    [
      "that told all of it",
      {
        state: "paid",
        payMethod: "card",
        slip: {
          cardName: "신한카드",
          cardNumber: "451842******0015",
          applyNum: "30012345",
          cardQuota: 0,
          receiptUrl: "https://pgims.ksnet.co.kr/1",
          embPgProvider: "kakaopay",
          pgTid: "173210000142",
        },
      },
    ],
  ])("%s", (_, more) => {
    const one = attempt("imp_1", more);
    expect(reread(one)).toEqual(one);
  });

  it("says neither amount nor method where these are the order's, or nobody knows how it will be paid", () => {
    expect(names(attempt("imp_1")).toSorted()).toEqual(["at", "s", "u"]);
    expect(names(attempt("imp_1", { state: "paid", payMethod: "card" })).toSorted()).toEqual([
      "at",
      "s",
      "u",
    ]);
  });

  it("has words that are told apart when they are cut", () => {
    for (const words of [attemptStates, orderStates])
      expect(new Set(words.map(shortWord)).size).toBe(words.length);
  });
});

describe("an order's item", () => {
  it("gives back custom data as it came, an object or a text", () => {
    for (const customData of [{ 메모: "선물 🎀", items: [{ quantity: 2 }] }, "구독 8월", '{"회차":8}', ""])
      expect(decodeOrder(encodeOrder(createdOrder({ customData }))).customData).toEqual(customData);
    expect(encodeOrder(order)["custom"]).toBeUndefined();
  });

  it("says a read's attempt by its number, whoever made it", () => {
    const owedReads = ["imp_730112845061", "imps_730112845061", "imp"].map((impUid, index) => ({
      atMs: order.createdAtMs + index,
      impUid,
    }));
    expect(decodeOrder(encodeOrder({ ...order, owedReads, nextLookAtMs: null })).owedReads).toEqual(
      owedReads,
    );
  });
});

describe("a refund's id", () => {
  it.each(["rf_Pv2nqgiDr6gadRvy0RTthQ", "rf_AAAAAAAAAAAAAAAAAAAAAB", "rf_1", "give-back-imp_1"])(
    "%s is read back",
    (id) => {
      expect(decodeRefundId(encodeRefundId(id))).toBe(id);
    },
  );
  it("is 16 bytes where it says 16 bytes", () => {
    expect(encodeRefundId("rf_Pv2nqgiDr6gadRvy0RTthQ").B).toHaveLength(16);
  });
});
